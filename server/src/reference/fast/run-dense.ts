// Runs a layer on the machine: copies a block of channels in, multiplies, and copies the output out.
import { START_CELLS } from './kernels/multiply.ts';
import type { DenseLayer } from './layer.ts';
import type { Machine } from './machine.ts';
import { copyAll } from './move-cells.ts';
import { DIFFERENCES, PARTS_OF_PAIRS, PRODUCTS_OF_PASS, SIGNALS } from './pairs.ts';
import { packedCells, type LayerTensors } from './weights.ts';

const FLOAT = 4;
const VECTOR_CELLS = 4;
/** So many channels have their differences made together: their rows lie side by side, and stay in the caches. */
const SUBTRACTED_AT_ONCE = 4;

/** Fills the output. `base`: where the layer's own memory begins, which is reserved. */
export function runDense(
  machine: Machine,
  layer: DenseLayer,
  { input, bias, progress }: LayerTensors,
  weightsAt: number,
  base: number,
  output: Float32Array,
): void {
  const { correlation, channels, layout, inputCells, outputCells, batch } = layer;
  const memory = new Float32Array(machine.memory.buffer);
  const floatsAt = (at: number) => (base + at) / FLOAT;
  new Int32Array(machine.memory.buffer).set(layout.tables, floatsAt(0));
  // What is not written to is padding; of a source that is the input itself, cells at the end. Signals that are differences are written whole.
  const padded = layer.kind === 'pairs' ? PARTS_OF_PAIRS : Array.from({ length: correlation.slots }, (_, slot) => slot);
  for (const slot of padded) {
    const at = floatsAt(layout.sourceAt) + slot * layout.slotCells;
    memory.fill(0, at, at + layout.slotCells);
  }
  const groupInput = channels.inputs * inputCells;
  const groupOutput = channels.outputs * outputCells;
  for (let sample = 0, done = 0; sample < batch; sample++) {
    let weights = weightsAt;
    for (let group = 0; group < channels.groups; group++, done++) {
      fillStarts(memory, layer, bias, group, base);
      for (let first = 0; first < channels.inputs; first += layout.blockChannels) {
        const count = Math.min(layout.blockChannels, channels.inputs - first);
        progress?.((done + first / channels.inputs) / (batch * channels.groups));
        const from = done * groupInput + first * inputCells;
        memory.set(input.subarray(from, from + count * inputCells), floatsAt(layout.rawAt));
        fillSource(machine, layer, count, base);
        weights = multiplyBlock(machine, layer, first, count, weights, base);
      }
      if (layout.isScattered) finishChannels(machine, layer, base);
      const at = floatsAt(layout.outputAt);
      output.set(memory.subarray(at, at + groupOutput), done * groupOutput);
    }
  }
}

/** Pads the channels of a block, and for pairs makes the differences of a few while they are in the caches. */
function fillSource(machine: Machine, layer: DenseLayer, count: number, base: number): void {
  const { rawAt, sourceAt, channelCells, padding } = layer.layout;
  for (let channel = 0; channel < count; channel++) {
    const to = base + sourceAt + channel * channelCells * FLOAT;
    copyAll(machine, padding, base + rawAt + channel * layer.inputCells * FLOAT, to);
  }
  if (layer.kind !== 'pairs') return;
  for (let channel = 0; channel < count; channel += SUBTRACTED_AT_ONCE) {
    subtractSignals(machine, layer, base + sourceAt + channel * channelCells * FLOAT, Math.min(SUBTRACTED_AT_ONCE, count - channel));
  }
}

/** Puts the sums into the output's order, channel by channel, so that what pairs are combined to stays in the caches until it is copied. */
function finishChannels(machine: Machine, layer: DenseLayer, base: number): void {
  const { kind, layout, channels, outputCells } = layer;
  for (let channel = 0; channel < channels.outputs; channel++) {
    if (kind === 'pairs') combineProducts(machine, layer, channel, base);
    for (const { scatter, at, channelPitch } of layout.planes) {
      copyAll(machine, scatter, base + at + channel * channelPitch, base + layout.outputAt + channel * outputCells * FLOAT);
    }
  }
}

/** What sums begin with: the bias of each output channel, and behind these zeros. Where a pass has no taps it is all that comes out. */
function fillStarts(
  memory: Float32Array,
  { layout, channels }: DenseLayer,
  bias: Float32Array | undefined,
  group: number,
  base: number,
): void {
  const at = (base + layout.startsAt) / FLOAT;
  const valueOf = (channel: number) => bias?.[group * channels.outputs + channel] ?? 0;
  for (let channel = 0; channel <= channels.outputs; channel++) {
    const start = at + channel * START_CELLS;
    memory.fill(channel < channels.outputs ? valueOf(channel) : 0, start, start + START_CELLS);
  }
  for (const { taps, sumsAt, sumsPitch } of layout.passes) {
    if (taps.length > 0) continue;
    for (let channel = 0; channel < channels.outputs; channel++) {
      const start = (base + sumsAt + channel * sumsPitch) / FLOAT;
      memory.fill(valueOf(channel), start, start + sumsPitch / FLOAT);
    }
  }
}

/** All passes over one block of channels. Answers where the weights of the next block are. */
function multiplyBlock({ functions }: Machine, layer: DenseLayer, first: number, count: number, weightsAt: number, base: number): number {
  const { layout, channels } = layer;
  const tapBytes = count * packedCells(channels.outputs) * FLOAT;
  for (const { taps, tapsBefore, vectors, vectorsAt, sumsAt, sumsPitch, hasBias } of layout.executed) {
    if (taps.length === 0) continue;
    const output = base + sumsAt;
    const zeros = base + layout.startsAt + channels.outputs * START_CELLS * FLOAT;
    const [start, pitch, step] =
      first > 0 ? [output, sumsPitch, START_CELLS * FLOAT] : hasBias ? [base + layout.startsAt, START_CELLS * FLOAT, 0] : [zeros, 0, 0];
    const firstVector = base + vectorsAt;
    functions.multiply(
      weightsAt + tapsBefore * tapBytes,
      count * taps.length,
      base + layout.sourceAt,
      firstVector,
      firstVector + vectors * FLOAT,
      start,
      pitch,
      step,
      output,
      sumsPitch,
      channels.outputs,
    );
  }
  return weightsAt + layout.taps * tapBytes;
}

/** The signals of channels that are differences: first along the width, of cells of even and of odd rows, then along the height of all. */
function subtractSignals({ functions }: Machine, { correlation, layout }: DenseLayer, channelAt: number, count: number): void {
  const slotAt = (row: number, column: number) => channelAt + (row * SIGNALS + column) * layout.slotCells * FLOAT;
  const rows = correlation.source[1].cells;
  const rowBytes = correlation.rowCells * FLOAT;
  const vectors = (count * layout.channelCells) / VECTOR_CELLS;
  for (const { signal, left, right, behind } of DIFFERENCES) {
    for (let row = 0; row < 2; row++) {
      functions.subtract(slotAt(row, left), slotAt(row, right) + behind * FLOAT, slotAt(row, signal), rows, rowBytes, vectors);
    }
  }
  for (const { signal, left, right, behind } of DIFFERENCES) {
    for (let column = 0; column < SIGNALS; column++) {
      functions.subtract(slotAt(left, column), slotAt(right, column) + behind * rowBytes, slotAt(signal, column), rows, rowBytes, vectors);
    }
  }
}

/** All passes of one output channel. */
function combineProducts({ functions }: Machine, { layout }: DenseLayer, channel: number, base: number): void {
  for (const [index, plane] of layout.planes.entries()) {
    const first = layout.passes[index * PRODUCTS_OF_PASS];
    const second = layout.passes[index * PRODUCTS_OF_PASS + 1];
    if (first === undefined || second === undefined) return;
    const from = base + first.sumsAt + channel * first.sumsPitch;
    const to = base + plane.at + channel * plane.channelPitch;
    functions.combine(from, second.sumsAt - first.sumsAt, to, first.runs.count, first.runs.pitch / VECTOR_CELLS);
  }
}
