// The machine with the weights that lie in its memory, and the layers that run on it.
import { packDepthwise, runDepthwise } from './depthwise.ts';
import type { Layer } from './layer.ts';
import { compileModule, KEPT_MEMORY, LARGEST_MEMORY, reserve, startMachine, type Machine, type SimdSupport } from './machine.ts';
import type { WasmModule } from './web-assembly.ts';
import { OutputArrays } from './output-arrays.ts';
import { runDense } from './run-dense.ts';
import { packWeights, type LayerTensors } from './weights.ts';

const FLOAT = 4;
/** Weights begin at a cache line. */
const LINE = 64;
/** The most that arrays take which wait to be used again: 64 MiB, or a quarter of what may be taken. */
const MOST_ARRAYS = LARGEST_MEMORY / 8;
/** Weights are kept for the next run up to this: 64 MiB. */
const KEPT_WEIGHTS = LARGEST_MEMORY / 8;

/** The machine and the weights that lie in its memory. */
export class FastEngine {
  readonly #module: WasmModule;
  #limit = 0;
  readonly #outputs = new OutputArrays();
  #machine: Machine | undefined;
  /** Addresses of packed weights, by their tensor and layer; forgotten all at once when there is no room. */
  #weights = new WeakMap<Float32Array, WeakMap<Layer, number>>();
  #weightsEnd = 0;

  /** `limit`: the most memory that it may take, in bytes. */
  private constructor(module: WasmModule, limit: number) {
    this.#module = module;
    this.limitMemory(limit);
  }

  /** Undefined where the module may not be compiled. */
  static start(support: SimdSupport, limit: number): FastEngine | undefined {
    const module = support === 'none' ? undefined : compileModule(support);
    return module && new FastEngine(module, limit);
  }

  /** The output, or undefined where there is not enough memory. */
  run(layer: Layer, tensors: LayerTensors): Float32Array | undefined {
    this.#machine ??= startMachine(this.#module);
    const machine = this.#machine;
    if (machine === undefined) return undefined;
    const weightsAt = this.#place(machine, layer, tensors.weight);
    if (weightsAt === undefined) return undefined;
    const { batch, channels, outputCells } = layer;
    const output = this.#outputs.take(batch * channels.groups * channels.outputs * outputCells);
    if (layer.kind === 'depthwise') runDepthwise(machine, layer, tensors, weightsAt, this.#weightsEnd, output);
    else runDense(machine, layer, tensors, weightsAt, this.#weightsEnd, output);
    if (machine.memory.buffer.byteLength > KEPT_MEMORY) this.#letMachineGo();
    return output;
  }

  /** The most memory that it may take and keep, in bytes; what it has beyond that is given back. */
  limitMemory(bytes: number): void {
    const arrays = Math.min(MOST_ARRAYS, Math.max(0, bytes / 4));
    this.#outputs.limit(arrays);
    this.#limit = bytes - arrays;
    if (this.#machine !== undefined && this.#machine.memory.buffer.byteLength > this.#limit) this.#letMachineGo();
  }

  /** Takes back an output that nothing reads any more. */
  giveBack(output: Float32Array): void {
    this.#outputs.giveBack(output);
  }

  /** The address of the packed weights of a layer. Behind them there is room for what the layer takes. */
  #place(machine: Machine, layer: Layer, weight: Float32Array): number | undefined {
    const { weightCount, bytes } = layer.kind === 'depthwise' ? layer : layer.layout;
    const known = this.#weights.get(weight)?.get(layer);
    if (known !== undefined && reserve(machine, this.#weightsEnd + bytes, this.#limit)) return known;
    const size = Math.ceil((weightCount * FLOAT) / LINE) * LINE;
    const isFull = this.#weightsEnd + size > KEPT_WEIGHTS || this.#weightsEnd + size + bytes > this.#limit;
    if (isFull) this.#forgetWeights();
    const at = this.#weightsEnd;
    if (!reserve(machine, at + size + bytes, this.#limit)) return undefined;
    const packed = new Float32Array(machine.memory.buffer, at, weightCount);
    if (layer.kind === 'depthwise') packDepthwise(weight, layer, packed);
    else packWeights(weight, layer.weightOrder, layer.channels, layer.correlation, layer.layout, packed);
    const ofTensor = this.#weights.get(weight) ?? new WeakMap<Layer, number>();
    this.#weights.set(weight, ofTensor.set(layer, at));
    this.#weightsEnd = at + size;
    return at;
  }

  #letMachineGo(): void {
    this.#machine = undefined;
    this.#forgetWeights();
  }

  #forgetWeights(): void {
    this.#weights = new WeakMap();
    this.#weightsEnd = 0;
  }
}
