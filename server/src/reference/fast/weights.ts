// Weights in the order in which the kernel reads them, kept in the memory of the machine from one run to the next.
import type { Correlation } from './correlation.ts';
import { TILE_CHANNELS } from './kernels/multiply.ts';

/** Where in its tensor a weight lies: group, output channel in the group, input channel in the group, and tap, each times its stride. */
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

/** By group, block of input channels, pass, tile of output channels, input channel and tap; the channels of a tile lie together. */
export function packWeights(
  weight: Float32Array,
  order: WeightOrder,
  { groups, inputs, outputs }: ChannelCounts,
  { passes }: Correlation,
  blockChannels: number,
  packed: Float32Array,
): void {
  let next = 0;
  for (let group = 0; group < groups; group++) {
    for (let first = 0; first < inputs; first += blockChannels) {
      const last = Math.min(first + blockChannels, inputs);
      for (const { taps } of passes) {
        for (const [output, width] of tilesOf(outputs)) {
          const tile = group * order.group + output * order.output;
          for (let input = first; input < last; input++) {
            for (const { terms } of taps) {
              const from = tile + input * order.input;
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
