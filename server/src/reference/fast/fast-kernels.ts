// The fast kernels by their operators' names, to take the place of the definitions: convolution and transposed convolution, 1-d to 3-d.
import { string } from '../../operators/call.ts';
import { convolutions } from '../../operators/convolution.ts';
import type { Operator } from '../../operators/operator.ts';
import { transposedConvolutions } from '../../operators/transposed-convolution.ts';
import { groupsOf } from '../convolution.ts';
import type { Kernel, KernelCall } from '../kernel.ts';
import { kernels } from '../registry.ts';
import type { TensorData } from '../tensor-data.ts';
import { layOut, type WindowLayout } from '../window-layout.ts';
import { FastEngine } from './engine.ts';
import { planLayer, type Layer, type LayerKind } from './layer.ts';
import { detectSimd, LARGEST_MEMORY, type SimdSupport } from './machine.ts';

/** Layers of fewer multiplications are as fast by the definition, whose sums are float64. */
const LEAST_WORK = 65_536;
/** Plans of layers are kept as long as their tables have fewer entries together: 64 MiB. */
const KEPT_TABLE_CELLS = 16_777_216;

/** Why the definition is used: no WebAssembly with SIMD here, padding that is not zeros, nothing worth the trouble, or more memory than the limit. */
export type Refusal = 'no-simd' | 'padding-mode' | 'small' | 'memory';

export interface FastKernelOptions {
  /** What the machine can do; by default it is asked when the first layer runs. */
  readonly detect?: () => SimdSupport;
  readonly leastWork?: number;
  /** The most memory that the fast path may take, in bytes; at most LARGEST_MEMORY. */
  readonly memoryLimit?: number;
  /** Told of each layer that is left to the definition. */
  readonly refused?: (operator: string, reason: Refusal) => void;
}

export interface FastKernels {
  readonly kernels: ReadonlyMap<string, Kernel>;
  /** Takes back an output that nothing reads any more: its memory will hold another. What these kernels did not make is left alone. */
  readonly giveBack: (output: TensorData) => void;
  /** How many bytes they may take and keep from now on, beside the outputs that are in use. */
  readonly limitMemory: (bytes: number) => void;
}

/**
 * Kernels that answer what the definitions answer, within the rounding of float32 sums. They share one engine, which keeps the
 * weights of layers: a tensor of weights must not change once it was used.
 */
export function createFastKernels(options: FastKernelOptions = {}): FastKernels {
  const { detect = detectSimd, leastWork = LEAST_WORK, memoryLimit = LARGEST_MEMORY, refused } = options;
  let engine: FastEngine | 'none' | undefined;
  const layers = new Map<string, Layer>();
  let tableCells = 0;
  let limit = memoryLimit;

  const planned = (kind: LayerKind, window: WindowLayout, groups: number): Layer => {
    const key = JSON.stringify([kind, window, groups]);
    const known = layers.get(key);
    if (known !== undefined) return known;
    const layer = planLayer(kind, window, groups);
    const cells = layer.kind === 'depthwise' ? 0 : layer.layout.tables.length;
    tableCells += cells;
    if (tableCells > KEPT_TABLE_CELLS) {
      layers.clear();
      tableCells = cells;
    }
    layers.set(key, layer);
    return layer;
  };

  const run = (operator: Operator, kind: LayerKind, call: KernelCall): TensorData | Refusal => {
    if (string(call.arguments, 'padding_mode') !== 'zeros') return 'padding-mode';
    const window = layOut(operator, call);
    const groups = groupsOf(call.arguments);
    if (multiplications(window, groups) < Math.max(leastWork, 1)) return 'small';
    const [input, weight] = [call.inputs[0], call.parameters.get('weight')];
    const shape = call.outputShapes[0];
    if (input === undefined || weight === undefined || shape === undefined) return 'small';
    engine ??= FastEngine.start(detect(), limit) ?? 'none';
    if (engine === 'none') return 'no-simd';
    const bias = call.parameters.get('bias')?.data;
    const data = engine.run(planned(kind, window, groups), { input: input.data, weight: weight.data, bias, progress: call.progress });
    return data === undefined ? 'memory' : { shape, data };
  };

  const fast = (operator: Operator, kind: LayerKind): Kernel[] => {
    const definition = kernels.get(operator.name);
    if (definition === undefined) return [];
    return [
      {
        ...definition,
        run: (call) => {
          const output = run(operator, kind, call);
          if (typeof output !== 'string') return [output];
          refused?.(operator.name, output);
          return definition.run(call);
        },
      },
    ];
  };
  const all = [
    ...convolutions.flatMap((operator) => fast(operator, 'convolution')),
    ...transposedConvolutions.flatMap((operator) => fast(operator, 'transposed')),
  ];
  return {
    kernels: new Map(all.map((kernel) => [kernel.operator, kernel])),
    giveBack: ({ data }) => {
      if (engine !== undefined && engine !== 'none') engine.giveBack(data);
    },
    limitMemory: (bytes) => {
      limit = Math.min(memoryLimit, bytes);
      if (engine !== undefined && engine !== 'none') engine.limitMemory(limit);
    },
  };
}

/** Of a layer: each output cell, or input cell of a transposed one, with each tap. Zero where there is nothing to do. */
function multiplications({ batch, axes, inputChannels, outputChannels }: WindowLayout, groups: number): number {
  const perAxis = axes.reduce((product, { input, output, kernel }) => product * Math.min(input, output) * kernel, 1);
  return (batch * inputChannels * outputChannels * perAxis) / groups;
}
