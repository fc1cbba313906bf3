// Weights in the order in which the kernel reads them, kept in the memory of the machine from one run to the next.
import type { Progress } from '../kernel.ts';
import type { Correlation } from './correlation.ts';
import { TILE_CHANNELS } from './kernels/multiply.ts';

const FLOAT = 4;

/** How far apart in their tensor the weights of groups lie, and in a group those of output and input channels; taps lie side by side. */
export interface WeightOrder {
  readonly group: number;
  readonly output: number;
  readonly input: number;
}

export interface ChannelCounts {
  readonly groups: number;
  /** Input and output channels of one group. */
  readonly inputs: number;
  readonly outputs: number;
}

/** Conv's weight is [Cout, Cin/groups, k...]. */
export function convolutionOrder({ inputs, outputs }: ChannelCounts, kernelCells: number): WeightOrder {
  return { group: outputs * inputs * kernelCells, output: inputs * kernelCells, input: kernelCells };
}

/** ConvTranspose's weight is [Cin, Cout/groups, k...]. */
export function transposedOrder({ inputs, outputs }: ChannelCounts, kernelCells: number): WeightOrder {
  return { group: inputs * outputs * kernelCells, output: kernelCells, input: outputs * kernelCells };
}

/** What a layer is given to run on. All in C order, the batch first. */
export interface LayerTensors {
  readonly input: Float32Array;
  /** Must not change from one run to the next: it is packed once. */
  readonly weight: Float32Array;
  readonly bias: Float32Array | undefined;
  readonly progress?: Progress | undefined;
}

/** What a layer has of everything. */
export interface LayerCounts {
  readonly channels: ChannelCounts;
  readonly weightOrder: WeightOrder;
  readonly batch: number;
  /** Cells of one channel. */
  readonly inputCells: number;
  readonly outputCells: number;
}

/** How far in memory taps lie from an output's first cell, and how many input channels are taken at a time. */
export interface TapPlaces {
  readonly blockChannels: number;
  /** In cells: from one channel of the source to the next, and from one slot to the next. */
  readonly channelCells: number;
  readonly slotCells: number;
}

/** How many numbers the weights of one tap and input channel are packed to: each tile has its own place of the tap. */
export function packedCells(outputs: number): number {
  return tilesOf(outputs).reduce((sum, [, width]) => sum + 1 + width, 0);
}

/**
 * By group, block of input channels, pass, tile of output channels, input channel and tap: how far the tap lies, in bytes and as a whole
 * number, and the weights of the tile's channels.
 */
export function packWeights(
  weight: Float32Array,
  order: WeightOrder,
  { groups, inputs, outputs }: ChannelCounts,
  { passes }: Correlation,
  { blockChannels, channelCells, slotCells }: TapPlaces,
  packed: Float32Array,
): void {
  const places = new Int32Array(packed.buffer, packed.byteOffset, packed.length);
  let next = 0;
  for (let group = 0; group < groups; group++) {
    for (let first = 0; first < inputs; first += blockChannels) {
      const last = Math.min(first + blockChannels, inputs);
      for (const { taps } of passes) {
        for (const [output, width] of tilesOf(outputs)) {
          const tile = group * order.group + output * order.output;
          for (let input = first; input < last; input++) {
            for (const { terms, slot, offset } of taps) {
              const from = tile + input * order.input;
              places[next++] = (slot * slotCells + (input - first) * channelCells + offset) * FLOAT;
              for (let channel = 0; channel < width; channel++) {
                let sum = 0;
                for (const { index, factor } of terms) sum += factor * (weight[from + channel * order.output + index] ?? 0);
                packed[next++] = sum;
              }
            }
          }
        }
      }
    }
  }
}

/** How the kernel divides output channels into tiles: the first channel and the number of channels of each. */
function tilesOf(outputs: number): readonly (readonly [first: number, width: number])[] {
  const tiles: (readonly [number, number])[] = [];
  let first = 0;
  for (const width of TILE_CHANNELS) for (; first + width <= outputs; first += width) tiles.push([first, width]);
  return tiles;
}
