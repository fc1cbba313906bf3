// The machine with the weights that lie in its memory, and the layers that run on it.
import { runDepthwise } from './depthwise.ts';
import type { Layer, LayerTensors } from './layer.ts';
import { compileModule, KEPT_MEMORY, LARGEST_MEMORY, reserve, startMachine, type Machine, type SimdSupport } from './machine.ts';
import type { WasmModule } from './web-assembly.ts';
import { runLayer } from './run-layer.ts';
import { packWeights } from './weights.ts';

const FLOAT = 4;
/** Weights begin at a cache line. */
const LINE = 64;
/** Weights are kept for the next run up to this: 64 MiB. */
const KEPT_WEIGHTS = LARGEST_MEMORY / 8;

/** The machine and the weights that lie in its memory. */
export class FastEngine {
  readonly #module: WasmModule;
  readonly #limit: number;
  #machine: Machine | undefined;
  /** Addresses of packed weights, by their tensor and layer; forgotten all at once when there is no room. */
  #weights = new WeakMap<Float32Array, WeakMap<Layer, number>>();
  #weightsEnd = 0;

  /** `limit`: the most memory that it may take, in bytes. */
  private constructor(module: WasmModule, limit: number) {
    this.#module = module;
    this.#limit = limit;
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
    const output = this.#runOn(machine, layer, tensors);
    if (machine.memory.buffer.byteLength > KEPT_MEMORY) {
      this.#machine = undefined;
      this.#forgetWeights();
    }
    return output;
  }

  #runOn(machine: Machine, layer: Layer, tensors: LayerTensors): Float32Array | undefined {
    if (layer.kind === 'depthwise') {
      if (!reserve(machine, this.#weightsEnd + layer.layout.bytes, this.#limit)) return undefined;
      return runDepthwise(machine, layer, tensors, this.#weightsEnd);
    }
    const weightsAt = this.#place(machine, layer, tensors.weight);
    return weightsAt === undefined ? undefined : runLayer(machine, layer, tensors, weightsAt, this.#weightsEnd);
  }

  /** The address of the packed weights of a layer. Behind them there is room for what the layer takes. */
  #place(machine: Machine, layer: Layer, weight: Float32Array): number | undefined {
    const { weightCount, bytes } = layer.layout;
    const known = this.#weights.get(weight)?.get(layer);
    if (known !== undefined && reserve(machine, this.#weightsEnd + bytes, this.#limit)) return known;
    const size = Math.ceil((weightCount * FLOAT) / LINE) * LINE;
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
