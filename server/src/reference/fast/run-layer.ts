// Runs a layer on the machine: copies a block of channels in, multiplies, and copies the output out.
import type { Layer, LayerTensors } from './layer.ts';
import type { Machine } from './machine.ts';
import { padChannels, scatter } from './move-cells.ts';
import { DIFFERENCES, PRODUCTS_OF_PASS, SIGNALS } from './pairs.ts';

const FLOAT = 4;
const VECTOR_CELLS = 4;

/** The output. `base`: where the layer's own memory begins, which is reserved. */
export function runLayer(machine: Machine, layer: Layer, { input, bias }: LayerTensors, weightsAt: number, base: number): Float32Array {
  const { correlation, channels, layout, inputCells, outputCells, batch } = layer;
  const memory = new Float32Array(machine.memory.buffer);
  const floatsAt = (at: number) => (base + at) / FLOAT;
  new Int32Array(machine.memory.buffer).set(layout.tables, floatsAt(0));
  memory.fill(0, floatsAt(layout.sourceAt), floatsAt(layout.sourceAt) + correlation.slots * layout.slotCells);
  const output = new Float32Array(batch * channels.groups * channels.outputs * outputCells);
  const groupInput = channels.inputs * inputCells;
  const groupOutput = channels.outputs * outputCells;
  for (let sample = 0, done = 0; sample < batch; sample++) {
    let weights = weightsAt;
    for (let group = 0; group < channels.groups; group++, done++) {
      startSums(memory, layer, bias, group, base);
      for (let first = 0; first < channels.inputs; first += layout.blockChannels) {
        const count = Math.min(layout.blockChannels, channels.inputs - first);
        const from = done * groupInput + first * inputCells;
        memory.set(input.subarray(from, from + count * inputCells), floatsAt(layout.rawAt));
        if (layout.rawAt !== layout.sourceAt) {
          padChannels(machine, layer, count, base, layer.kind === 'pairs' ? SIGNALS : correlation.source[2].stride);
        }
        if (layer.kind === 'pairs') subtractSignals(machine, layer, count, base);
        weights = multiplyBlock(machine, layer, count, weights, base);
      }
      if (layer.kind === 'pairs') combineProducts(machine, layer, base);
      if (layout.isScattered) for (const plane of layout.planes) scatter(machine, layer, plane, channels.outputs, base);
      const at = floatsAt(layout.outputAt);
      output.set(memory.subarray(at, at + groupOutput), done * groupOutput);
    }
  }
  return output;
}

/** Sums begin with the bias. */
function startSums(memory: Float32Array, { layout, channels }: Layer, bias: Float32Array | undefined, group: number, base: number): void {
  for (const { sumsAt, sumsPitch, hasBias } of layout.passes) {
    const [at, pitch] = [(base + sumsAt) / FLOAT, sumsPitch / FLOAT];
    if (bias === undefined || !hasBias) memory.fill(0, at, at + channels.outputs * pitch);
    else {
      for (let channel = 0; channel < channels.outputs; channel++) {
        const start = at + channel * pitch;
        memory.fill(bias[group * channels.outputs + channel] ?? 0, start, start + pitch);
      }
    }
  }
}

/** All passes over one block of channels. Answers where the weights of the next block are. */
function multiplyBlock({ functions }: Machine, { layout, channels }: Layer, count: number, weightsAt: number, base: number): number {
  let weights = weightsAt;
  for (const { taps, tapsAt, vectors, vectorsAt, sumsAt, sumsPitch } of layout.passes) {
    if (taps.length === 0) continue;
    const [firstTap, firstVector] = [base + tapsAt, base + vectorsAt];
    const lastTap = firstTap + count * taps.length * FLOAT;
    const lastVector = firstVector + vectors * FLOAT;
    const source = base + layout.sourceAt;
    functions.multiply(weights, firstTap, lastTap, source, firstVector, lastVector, base + sumsAt, sumsPitch, channels.outputs);
    weights += count * taps.length * channels.outputs * FLOAT;
  }
  return weights;
}

/** The signals that are differences: first along the width, of cells of even and of odd rows, then along the height of all. */
function subtractSignals({ functions }: Machine, { correlation, layout }: Layer, count: number, base: number): void {
  const slotAt = (row: number, column: number) => base + layout.sourceAt + (row * SIGNALS + column) * layout.slotCells * FLOAT;
  const vectors = Math.ceil((count * layout.partCells) / VECTOR_CELLS);
  const rowBytes = correlation.source[2].cells * FLOAT;
  for (const { signal, left, right, behind } of DIFFERENCES) {
    for (let row = 0; row < 2; row++) {
      functions.subtract(slotAt(row, left), slotAt(row, right) + behind * FLOAT, slotAt(row, signal), vectors);
    }
  }
  for (const { signal, left, right, behind } of DIFFERENCES) {
    for (let column = 0; column < SIGNALS; column++) {
      functions.subtract(slotAt(left, column), slotAt(right, column) + behind * rowBytes, slotAt(signal, column), vectors);
    }
  }
}

function combineProducts({ functions }: Machine, { layout, channels }: Layer, base: number): void {
  for (const [index, plane] of layout.planes.entries()) {
    const first = layout.passes[index * PRODUCTS_OF_PASS];
    const second = layout.passes[index * PRODUCTS_OF_PASS + 1];
    if (first === undefined || second === undefined) return;
    for (let channel = 0; channel < channels.outputs; channel++) {
      const from = base + first.sumsAt + channel * first.sumsPitch;
      const to = base + plane.at + channel * plane.channelPitch;
      functions.combine(from, second.sumsAt - first.sumsAt, to, first.runs.count, first.runs.pitch / VECTOR_CELLS);
    }
  }
}
