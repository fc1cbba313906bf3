// Depthwise convolution, where each output channel sees one input channel: channel by channel, so that what is at work stays in the caches of a core.
import type { WindowLayout } from '../window-layout.ts';
import { isPlain, type Correlation, type Pass, type PerAxis } from './correlation.ts';
import { DEPTHWISE_TILES, SMALL_WINDOW, type DepthwiseName } from './kernels/depthwise.ts';

import type { Machine } from './machine.ts';
import { copyAll, planPadding, planScatter, type Copy } from './move-cells.ts';
import type { LayerCounts, LayerTensors } from './weights.ts';

const FLOAT = 4;
const VECTOR_CELLS = 4;
/** Each region begins at a cache line. */
const LINE_CELLS = 16;
/** What a tap has in memory: its place and its weight. */
const TAP_CELLS = 2;
/** About how many cells are taken from the input at a time: 64 KiB, so that they, their padded copy and the output stay in the caches. */
const BLOCK_CELLS = 16_384;
/** A single row that is at least so long is divided into as many as a tile has. */
const LEAST_DIVIDED = 32;

export interface DepthwiseLayer extends LayerCounts {
  readonly kind: 'depthwise';
  readonly passes: readonly DepthwisePass[];
  /** Of one channel; without any where the input is read where it lies. */
  readonly padding: readonly Copy[] | undefined;
  readonly slotCells: number;
  readonly blockChannels: number;
  /** In cells behind the start of what the layer takes. */
  readonly rawAt: number;
  readonly sourceAt: number;
  readonly sourceCells: number;
  readonly outputAt: number;
  readonly biasAt: number;
  readonly weightCount: number;
  readonly bytes: number;
}

/** Planes of the output, one after the other, by a kernel that fits them. */
interface DepthwisePass {
  readonly taps: Pass['taps'];
  readonly kernel: DepthwiseName;
  readonly planes: number;
  /** In cells, from plane to plane and from row to row. */
  readonly sourceStart: number;
  readonly sourcePlane: number;
  readonly sourcePitch: number;
  readonly outputPlane: number;
  readonly outputPitch: number;
  readonly rowTiles: number;
  readonly lastRow: number;
  readonly columnTiles: number;
  readonly lastColumn: number;
  /** Where the sums go that are not yet where the output has them, and how they get there. */
  readonly scattered: { readonly at: number; readonly copies: readonly Copy[] } | undefined;
}

/** `isOrdered`: the taps of the correlation lie as those of the window do. */
export function planDepthwise(
  { source, slots, rowCells, channelCells, passes }: Correlation,
  axes: WindowLayout['axes'],
  counts: LayerCounts,
  isOrdered: boolean,
): DepthwiseLayer {
  const { channels, inputCells, outputCells } = counts;
  let next = 0;
  // Kernels read and write whole vectors, a row may be shorter.
  const place = (cells: number) => {
    const at = next;
    next += Math.ceil((cells + VECTOR_CELLS) / LINE_CELLS) * LINE_CELLS;
    return at;
  };
  const blockChannels = Math.min(channels.groups, Math.max(1, Math.floor(BLOCK_CELLS / inputCells)));
  const slotCells = Math.ceil(channelCells / VECTOR_CELLS + 1) * VECTOR_CELLS;
  const isRead = isPlain(source);
  const sourceCells = isRead ? 0 : slots * slotCells;
  const [rawAt, sourceAt] = [place(blockChannels * inputCells), place(sourceCells)];
  const outputAt = place(blockChannels * channels.outputs * outputCells);
  const biasAt = place(channels.groups * channels.outputs);
  const outputAxes: PerAxis<number> = [axes[0].output, axes[1].output, axes[2].output];
  const isSmall = isOrdered && isSmallWindow(axes);
  const planned = passes.map((pass) => planPass(pass, source, isSmall, outputAxes, place));
  const taps = passes.reduce((sum, pass) => sum + pass.taps.length, 0);
  return {
    ...counts,
    kind: 'depthwise',
    passes: planned,
    padding: isRead ? undefined : planPadding(source, { rowCells, slotCells, rowSlots: source[2].stride }),
    slotCells,
    blockChannels,
    rawAt,
    sourceAt,
    sourceCells,
    outputAt,
    biasAt,
    weightCount: channels.groups * channels.outputs * taps * TAP_CELLS,
    bytes: next * FLOAT,
  };
}

function isSmallWindow([depth, height, width]: WindowLayout['axes']): boolean {
  const isSquare = [height, width].every(({ kernel, stride, dilation }) => kernel === SMALL_WINDOW && stride === 1 && dilation === 1);
  return isSquare && depth.kernel === 1;
}

function planPass(
  { taps, origin, count, start, step }: Pass,
  [, { cells: sourceHeight }, { cells: sourceWidth }]: Correlation['source'],
  isSmall: boolean,
  outputAxes: PerAxis<number>,
  place: (cells: number) => number,
): DepthwisePass {
  const [planes, height, width] = count;
  // A long row is as good as several that lie one behind the other, whose ends may lie over the next ones' begin.
  const isDivided = height === 1 && width >= LEAST_DIVIDED;
  const pitch = Math.floor(width / DEPTHWISE_TILES.depthwise4x2.rows);
  const rows = isDivided ? DEPTHWISE_TILES.depthwise4x2.rows : height;
  const cells = isDivided ? width - (rows - 1) * pitch : width;
  const kernel = kernelFor(isSmall && !isDivided, rows, cells);
  const tile = DEPTHWISE_TILES[kernel];
  const isScattered = !step.every((size) => size === 1);
  const tileCells = tile.vectors * VECTOR_CELLS;
  return {
    taps,
    kernel,
    planes,
    sourceStart: origin,
    sourcePlane: sourceHeight * sourceWidth,
    sourcePitch: isDivided ? pitch : sourceWidth,
    outputPlane: height * width,
    outputPitch: isDivided ? pitch : width,
    rowTiles: Math.ceil(rows / tile.rows),
    lastRow: rows - tile.rows,
    columnTiles: Math.ceil(cells / tileCells),
    lastColumn: Math.max(0, cells - tileCells),
    scattered: isScattered
      ? {
          at: place(planes * height * width),
          copies: planScatter({ count, start, step }, { count: height, cells: width, pitch: width }, outputAxes),
        }
      : undefined,
  };
}

/** The largest tile that a plane has room for. */
function kernelFor(isSmall: boolean, rows: number, cells: number): DepthwiseName {
  if (isSmall && rows >= DEPTHWISE_TILES.depthwiseSmall.rows) return 'depthwiseSmall';
  const isWide = cells >= 2 * VECTOR_CELLS;
  if (rows >= DEPTHWISE_TILES.depthwise4x2.rows) return isWide ? 'depthwise4x2' : 'depthwise4x1';
  return isWide ? 'depthwise1x2' : 'depthwise1x1';
}

/** By output channel, pass and tap: how far from an output's first cell it lies, in bytes and as a whole number, and its weight. */
export function packDepthwise(
  weight: Float32Array,
  { channels, weightOrder: order, passes, slotCells }: DepthwiseLayer,
  packed: Float32Array,
): void {
  const places = new Int32Array(packed.buffer, packed.byteOffset, packed.length);
  let next = 0;
  for (let group = 0; group < channels.groups; group++) {
    for (let output = 0; output < channels.outputs; output++) {
      for (const { taps } of passes) {
        for (const { terms, slot, offset } of taps) {
          places[next++] = (slot * slotCells + offset) * FLOAT;
          packed[next++] = weight[group * order.group + output * order.output + (terms[0]?.index ?? 0)] ?? 0;
        }
      }
    }
  }
}

/** Fills the output. `base`: where the layer's own memory begins, which is reserved. */
export function runDepthwise(
  machine: Machine,
  layer: DepthwiseLayer,
  { input, bias, progress }: LayerTensors,
  weightsAt: number,
  base: number,
  output: Float32Array,
): void {
  const { channels, blockChannels, batch, inputCells, outputCells, rawAt, sourceAt, outputAt, biasAt, padding } = layer;
  const { groups, outputs } = channels;
  const memory = new Float32Array(machine.memory.buffer);
  const first = base / FLOAT;
  const weightBytes = (layer.weightCount * FLOAT) / (groups * outputs);
  const biases = memory.subarray(first + biasAt, first + biasAt + groups * outputs);
  if (bias === undefined) biases.fill(0);
  else biases.set(bias);
  memory.fill(0, first + sourceAt, first + sourceAt + layer.sourceCells);
  for (let sample = 0; sample < batch; sample++) {
    for (let start = 0; start < groups; start += blockChannels) {
      const count = Math.min(blockChannels, groups - start);
      progress?.((sample * groups + start) / (batch * groups));
      const from = (sample * groups + start) * inputCells;
      memory.set(input.subarray(from, from + count * inputCells), first + rawAt);
      for (let channel = 0; channel < count; channel++) {
        const raw = base + (rawAt + channel * inputCells) * FLOAT;
        const source = padding === undefined ? raw : base + sourceAt * FLOAT;
        if (padding !== undefined) copyAll(machine, padding, raw, source);
        for (let own = 0; own < outputs; own++) {
          const outputChannel = (start + channel) * outputs + own;
          const target = base + (outputAt + (channel * outputs + own) * outputCells) * FLOAT;
          const biasOf = base + (biasAt + outputChannel) * FLOAT;
          runPasses(machine, layer, source, weightsAt + outputChannel * weightBytes, biasOf, target, base);
        }
      }
      const at = first + outputAt;
      const cells = count * outputs * outputCells;
      output.set(memory.subarray(at, at + cells), (sample * groups + start) * outputs * outputCells);
    }
  }
}

function runPasses(
  machine: Machine,
  { passes }: DepthwiseLayer,
  source: number,
  weightsAt: number,
  bias: number,
  target: number,
  base: number,
): void {
  let weights = weightsAt;
  for (const pass of passes) {
    const { scattered, sourcePitch, outputPitch, rowTiles, lastRow, columnTiles, lastColumn } = pass;
    const run = machine.functions[pass.kernel];
    const weightsEnd = weights + pass.taps.length * TAP_CELLS * FLOAT;
    const sums = scattered === undefined ? target : base + scattered.at * FLOAT;
    for (let plane = 0; plane < pass.planes; plane++) {
      const from = source + (pass.sourceStart + plane * pass.sourcePlane) * FLOAT;
      const to = sums + plane * pass.outputPlane * FLOAT;
      run(
        from,
        sourcePitch * FLOAT,
        weights,
        weightsEnd,
        bias,
        to,
        outputPitch * FLOAT,
        rowTiles,
        lastRow,
        columnTiles,
        lastColumn * FLOAT,
      );
    }
    if (scattered !== undefined) copyAll(machine, scattered.copies, sums, target);
    weights = weightsEnd;
  }
}
