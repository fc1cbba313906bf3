// Runs layers on the machine: copies a block of channels in, multiplies, and copies the output out.
import type { PerAxis, SourceAxis } from './correlation.ts';
import type { Layer } from './layer.ts';
import type { PassLayout } from './layout.ts';
import { compileModule, KEPT_MEMORY, LARGEST_MEMORY, reserve, startMachine, type Machine, type SimdSupport } from './machine.ts';
import type { WasmModule } from './web-assembly.ts';
import { packWeights } from './weights.ts';

const FLOAT = 4;
/** Weights are kept for the next run up to this: 64 MiB. */
const KEPT_WEIGHTS = LARGEST_MEMORY / 8;

/** What a layer is given to run on. All in C order, the batch first. */
export interface LayerTensors {
  readonly input: Float32Array;
  /** Must not change from one run to the next: it is packed once. */
  readonly weight: Float32Array;
  readonly bias: Float32Array | undefined;
}

/** The machine and the weights that lie in its memory. Compiles when it is first used. */
export class FastEngine {
  readonly #support: Exclude<SimdSupport, 'none'>;
  readonly #limit: number;
  #module: WasmModule | undefined;
  #machine: Machine | undefined;
  /** Addresses of packed weights, by their tensor and layer; forgotten all at once when there is no room. */
  #weights = new WeakMap<Float32Array, WeakMap<Layer, number>>();
  #weightsEnd = 0;

  /** `limit`: the most memory that it may take, in bytes. */
  constructor(support: Exclude<SimdSupport, 'none'>, limit: number) {
    this.#support = support;
    this.#limit = limit;
  }

  /** The output, or undefined where there is not enough memory. */
  run(layer: Layer, tensors: LayerTensors): Float32Array | undefined {
    this.#module ??= compileModule(this.#support);
    this.#machine ??= this.#module && startMachine(this.#module);
    const machine = this.#machine;
    if (machine === undefined) return undefined;
    const weightsAt = this.#place(machine, layer, tensors.weight);
    if (weightsAt === undefined) return undefined;
    const output = runLayer(machine, layer, tensors, weightsAt, this.#weightsEnd);
    if (machine.memory.buffer.byteLength > KEPT_MEMORY) {
      this.#machine = undefined;
      this.#forgetWeights();
    }
    return output;
  }

  /** The address of the packed weights of a layer. Behind them there is room for what the layer takes. */
  #place(machine: Machine, layer: Layer, weight: Float32Array): number | undefined {
    const { weightCount, bytes } = layer.layout;
    const known = this.#weights.get(weight)?.get(layer);
    if (known !== undefined && reserve(machine, this.#weightsEnd + bytes, this.#limit)) return known;
    const size = Math.ceil((weightCount * FLOAT) / 64) * 64;
    const isFull = this.#weightsEnd + size > KEPT_WEIGHTS || this.#weightsEnd + size + bytes > this.#limit;
    if (isFull) this.#forgetWeights();
    const at = this.#weightsEnd;
    if (!reserve(machine, at + size + bytes, this.#limit)) return undefined;
    const packed = new Float32Array(machine.memory.buffer, at, weightCount);
    packWeights(weight, layer.weightOrder, layer.channels, layer.correlation, layer.layout.blockChannels, packed);
    const ofTensor = this.#weights.get(weight) ?? new WeakMap<Layer, number>();
    this.#weights.set(weight, ofTensor.set(layer, at));
    this.#weightsEnd = at + size;
    return at;
  }

  #forgetWeights(): void {
    this.#weights = new WeakMap();
    this.#weightsEnd = 0;
  }
}

/** `base`: where the layer's own memory begins. */
function runLayer(machine: Machine, layer: Layer, { input, bias }: LayerTensors, weightsAt: number, base: number): Float32Array {
  const { channels, layout, inputCells, outputCells, batch } = layer;
  const memory = new Float32Array(machine.memory.buffer);
  const floatsAt = (at: number) => (base + at) / FLOAT;
  new Int32Array(machine.memory.buffer).set(layout.tables, floatsAt(layout.tablesAt));
  memory.fill(0, floatsAt(layout.sourceAt), floatsAt(layout.sourceAt) + layout.blockChannels * layout.sourceCells);
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
        if (layout.rawAt !== layout.sourceAt) padChannels(machine, layer, count, base);
        weights = multiplyBlock(machine, layer, count, weights, base);
      }
      if (layout.isScattered) for (const pass of layout.passes) scatter(machine, layer, pass, base);
      const at = floatsAt(layout.outputAt);
      output.set(memory.subarray(at, at + groupOutput), done * groupOutput);
    }
  }
  return output;
}

/** Sums begin with the bias. */
function startSums(memory: Float32Array, { layout, channels }: Layer, bias: Float32Array | undefined, group: number, base: number): void {
  for (const { sumsAt, sumsPitch } of layout.passes) {
    const [at, pitch] = [(base + sumsAt) / FLOAT, sumsPitch / FLOAT];
    if (bias === undefined) memory.fill(0, at, at + channels.outputs * pitch);
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

/** Which cells of an input axis lie in one part of the padded axis: the first of them, the cell of the part it goes to, and how many. */
function partOf(
  { input, before, stride, cells }: SourceAxis,
  part: number,
): { readonly from: number; readonly to: number; readonly count: number } {
  const to = Math.max(0, Math.ceil((before - part) / stride));
  const from = to * stride + part - before;
  return { from, to, count: Math.max(0, Math.min(cells - to, Math.ceil((input - from) / stride))) };
}

/** Copies channels from where they are as they came to where they are padded with zeros and split by stride. */
function padChannels(machine: Machine, { correlation, layout, inputCells }: Layer, count: number, base: number): void {
  const [depth, height, width] = correlation.source;
  const parts = (axis: SourceAxis) => Array.from({ length: axis.stride }, (_, part) => partOf(axis, part));
  const [heightParts, widthParts] = [parts(height), parts(width)];
  const partCells = depth.cells * height.cells * width.cells;
  for (let channel = 0; channel < count; channel++) {
    const rawAt = base + layout.rawAt + channel * inputCells * FLOAT;
    let partAt = base + layout.sourceAt + channel * layout.sourceCells * FLOAT;
    for (const z of parts(depth)) {
      for (const y of heightParts) {
        for (const x of widthParts) {
          for (let plane = 0; plane < z.count; plane++) {
            const from = ((z.from + plane * depth.stride) * height.input + y.from) * width.input + x.from;
            const to = ((z.to + plane) * height.cells + y.to) * width.cells + x.to;
            copy(machine, {
              from: rawAt + from * FLOAT,
              fromPitch: height.stride * width.input,
              fromStep: width.stride,
              to: partAt + to * FLOAT,
              toPitch: width.cells,
              toStep: 1,
              rows: y.count,
              cells: x.count,
            });
          }
          partAt += partCells * FLOAT;
        }
      }
    }
  }
}

/** Copies the sums of a pass to the output cells that they belong to. */
function scatter(machine: Machine, { layout, channels, outputAxes, outputCells }: Layer, pass: PassLayout, base: number): void {
  const [, height, width] = outputAxes;
  const [stepZ, stepY, stepX] = pass.step;
  const [startZ, startY, startX] = pass.start;
  const { runs } = pass;
  const isDense = isEachOne(pass.step);
  const [planes, rows] = isDense ? [1, runs.count] : [pass.count[0], pass.count[1]];
  for (let channel = 0; channel < channels.outputs; channel++) {
    for (let plane = 0; plane < planes; plane++) {
      const to = ((startZ + plane * stepZ) * height + startY) * width + startX;
      copy(machine, {
        from: base + pass.sumsAt + channel * pass.sumsPitch + plane * rows * runs.pitch * FLOAT,
        fromPitch: runs.pitch,
        fromStep: 1,
        to: base + layout.outputAt + (channel * outputCells + to) * FLOAT,
        toPitch: isDense ? runs.cells : stepY * width,
        toStep: stepX,
        rows,
        cells: runs.cells,
      });
    }
  }
}

function isEachOne(steps: PerAxis<number>): boolean {
  return steps.every((step) => step === 1);
}

/** Pitches and steps in cells, addresses in bytes. */
interface Copy {
  readonly from: number;
  readonly fromPitch: number;
  readonly fromStep: number;
  readonly to: number;
  readonly toPitch: number;
  readonly toStep: number;
  readonly rows: number;
  readonly cells: number;
}

function copy({ functions }: Machine, { from, fromPitch, fromStep, to, toPitch, toStep, rows, cells }: Copy): void {
  if (fromStep === 1 && toStep === 1) functions.copyRows(from, fromPitch * FLOAT, to, toPitch * FLOAT, rows, cells);
  else functions.copyCells(from, fromPitch * FLOAT, fromStep * FLOAT, to, toPitch * FLOAT, toStep * FLOAT, rows, cells);
}
