// Measures the fast convolutions beside onnxruntime-web and TensorFlow.js, all in WebAssembly with SIMD and on one thread, in turns.
import { fileURLToPath } from 'node:url';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';
import type { ArgumentValue } from '../server/src/network/argument.ts';
import { createCall } from '../server/src/operators/call.ts';
import { operators } from '../server/src/operators/registry.ts';
import { createFastKernels } from '../server/src/reference/fast/fast-kernels.ts';
import { detectSimd } from '../server/src/reference/fast/machine.ts';
import type { KernelCall } from '../server/src/reference/kernel.ts';
import { elementCount, type TensorData } from '../server/src/reference/tensor-data.ts';
import { encodeOnnxModel } from './onnx-model.ts';

const options = process.argv.slice(2);
const ROUNDS = Number(options.find((option) => /^\d+$/.test(option)) ?? 40);
/** Outputs in arrays of their own, as the others have them, and not in one that was given back. */
const isFresh = options.includes('--fresh');

interface Layer {
  readonly name: string;
  readonly operator: 'Conv2d' | 'ConvTranspose2d';
  readonly inputs: number;
  readonly outputs: number;
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly groups: number;
  /** How many times as fast as both others the fast path is meant to be. */
  readonly goal: 1 | 2;
}

const plain = { operator: 'Conv2d', stride: 1, groups: 1, goal: 1 } as const;
const transposed = { operator: 'ConvTranspose2d', kernel: 4, stride: 2, padding: 1, groups: 1, goal: 2 } as const;
const LAYERS: readonly Layer[] = [
  { ...plain, name: '3x224 k7 s2 -> 64', inputs: 3, outputs: 64, size: 224, kernel: 7, stride: 2, padding: 3 },
  { ...plain, name: '64x56 k3', inputs: 64, outputs: 64, size: 56, kernel: 3, padding: 1 },
  { ...plain, name: '256x28 k3', inputs: 256, outputs: 256, size: 28, kernel: 3, padding: 1 },
  { ...plain, name: 'depthwise 96x112 k3', inputs: 96, outputs: 96, size: 112, kernel: 3, padding: 1, groups: 96, goal: 2 },
  { ...plain, name: '512x14 k1', inputs: 512, outputs: 512, size: 14, kernel: 1, padding: 0 },
  { ...transposed, name: 'transposed 128x32 k4 s2 -> 64', inputs: 128, outputs: 64, size: 32 },
  { ...transposed, name: 'transposed 512x8 k4 s2 -> 256', inputs: 512, outputs: 256, size: 8 },
];

/** Milliseconds of processor time that this process has taken: what else runs on the machine counts for less than by the clock. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** One implementation of one layer. */
interface Contestant {
  readonly name: string;
  /** Runs once and answers the milliseconds that it took. */
  readonly run: () => Promise<number> | number;
  /** The output of the last run, in the order of PyTorch's tensors. */
  readonly output: () => Float32Array;
}

interface Tensors {
  readonly input: TensorData;
  readonly weight: TensorData;
  readonly bias: TensorData;
  readonly outputShape: readonly number[];
  readonly call: KernelCall;
}

const fast = createFastKernels({
  refused: (operator, reason) => {
    throw new Error(`${operator} is left to the definition: ${reason}`);
  },
});

function noise(shape: readonly number[], seed: number): TensorData {
  let state = seed;
  const data = Float32Array.from({ length: elementCount(shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  });
  return { shape, data };
}

function tensorsOf({ operator: name, inputs, outputs, size, kernel, stride, padding, groups }: Layer): Tensors {
  const operator = operators.get(name);
  if (operator === undefined) throw new Error(`no operator ${name}`);
  const input = noise([1, inputs, size, size], 1);
  const [rows, columns] = name === 'Conv2d' ? [outputs, inputs / groups] : [inputs, outputs / groups];
  const weight = noise([rows, columns, kernel, kernel], 2);
  const bias = noise([outputs], 3);
  const written = new Map<string, ArgumentValue>(
    Object.entries({ in_channels: inputs, out_channels: outputs, kernel_size: kernel, stride, padding, groups }),
  );
  const call = createCall(operator, written, [input.shape]);
  const outputShape = (operator.infer(call).outputs[0] ?? []).map(Number);
  const parameters = new Map([
    ['weight', weight],
    ['bias', bias],
  ]);
  const kernelCall = { arguments: call.arguments, inputShapes: [input.shape], outputShapes: [outputShape], inputs: [input], parameters };
  return { input, weight, bias, outputShape, call: kernelCall };
}

function ours({ operator }: Layer, { call }: Tensors): Contestant {
  const kernel = fast.kernels.get(operator);
  let output: TensorData | undefined;
  const run = () => {
    // As a run of a network gives back what nothing reads any more; TensorFlow.js is told as well (dispose).
    if (output !== undefined && !isFresh) fast.giveBack(output);
    const start = processorTime();
    output = kernel?.run(call)[0];
    return processorTime() - start;
  };
  return { name: 'shapelint', run, output: () => output?.data ?? new Float32Array() };
}

async function onnxRuntime(layer: Layer, { input, weight, bias, outputShape }: Tensors): Promise<Contestant> {
  const { operator, kernel, stride, padding, groups } = layer;
  const model = encodeOnnxModel({
    operator: operator === 'Conv2d' ? 'Conv' : 'ConvTranspose',
    attributes: {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
      group: groups,
    },
    input: input.shape,
    output: outputShape,
    weights: [
      { name: 'W', ...weight },
      { name: 'B', ...bias },
    ],
  });
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  const feeds = { X: new ort.Tensor('float32', input.data, input.shape) };
  let output: unknown;
  const run = async () => {
    const start = processorTime();
    const { Y } = await session.run(feeds);
    output = Y?.data;
    return processorTime() - start;
  };
  return { name: 'onnxruntime-web', run, output: () => output as Float32Array };
}

/** NHWC, which is its only order. `isResident`: the tensors stay in its memory, and nothing is copied in or out. */
function tensorFlow(layer: Layer, { input, weight, bias, outputShape }: Tensors, isResident: boolean): Contestant {
  const { operator, inputs, outputs, size, kernel, stride, padding, groups } = layer;
  const nhwc = tf.tidy(() =>
    tf
      .transpose(tf.tensor4d(input.data, [1, inputs, size, size]), [0, 2, 3, 1])
      .dataSync<'float32'>()
      .slice(),
  );
  const shape: [number, number, number, number] = [1, size, size, inputs];
  const [rows, columns] = operator === 'Conv2d' ? [outputs, inputs / groups] : [inputs, outputs / groups];
  const filter = tf.tidy(() => {
    const ordered = tf.tensor4d(weight.data, [rows, columns, kernel, kernel]);
    // [h, w, in, out]; a depthwise filter is [h, w, channels, 1], a transposed one [h, w, out, in].
    return tf.transpose(
      ordered,
      operator === 'Conv2d' && groups === 1 ? [2, 3, 1, 0] : operator === 'Conv2d' ? [2, 3, 0, 1] : [2, 3, 1, 0],
    );
  });
  const offset = tf.tensor1d(bias.data);
  const [, channels = 0, height = 0, width = 0] = outputShape;
  const apply = (x: tf.Tensor4D): tf.Tensor => {
    if (operator === 'ConvTranspose2d') return tf.conv2dTranspose(x, filter, [1, height, width, channels], stride, padding);
    return groups === 1 ? tf.conv2d(x, filter, stride, padding) : tf.depthwiseConv2d(x, filter, stride, padding);
  };
  const resident = tf.tensor4d(nhwc, shape);
  let last: tf.Tensor | undefined;
  const run = () => {
    last?.dispose();
    const start = processorTime();
    if (isResident) last = apply(resident);
    else {
      const x = tf.tensor4d(nhwc, shape);
      last = apply(x);
      last.dataSync();
      x.dispose();
    }
    return processorTime() - start;
  };
  const output = () =>
    tf.tidy(() =>
      last === undefined ? new Float32Array() : Float32Array.from(tf.transpose(tf.add(last, offset), [0, 3, 1, 2]).dataSync()),
    );
  return { name: isResident ? 'tfjs, resident' : 'tfjs', run, output };
}

/** The largest difference between two outputs, in parts of the largest number. */
function difference(left: Float32Array, right: Float32Array): number {
  if (left.length !== right.length) return Infinity;
  let [most, largest] = [0, 0];
  left.forEach((value, at) => {
    most = Math.max(most, Math.abs(value - (right[at] ?? NaN)));
    largest = Math.max(largest, Math.abs(value));
  });
  return most / largest;
}

async function measure(layer: Layer): Promise<boolean> {
  const tensors = tensorsOf(layer);
  const contestants = [
    ours(layer, tensors),
    await onnxRuntime(layer, tensors),
    tensorFlow(layer, tensors, false),
    tensorFlow(layer, tensors, true),
  ];
  const times = contestants.map((): number[] => []);
  // The first rounds compile.
  for (let round = -5; round < ROUNDS; round++) {
    for (const [at, contestant] of contestants.entries()) {
      const time = await contestant.run();
      if (round >= 0) times[at]?.push(time);
    }
  }
  const [own = new Float32Array(), ...others] = contestants.map((contestant) => contestant.output());
  const furthest = Math.max(...others.map((other) => difference(own, other)));
  const work =
    2 * elementCount(tensors.weight.shape) * (layer.operator === 'Conv2d' ? elementCount(tensors.outputShape.slice(2)) : layer.size ** 2);
  const best = times.map((all) => Math.min(...all));
  const [mine = NaN, onnx = NaN, copied = NaN, resident = NaN] = best;
  const ratios = [onnx / mine, copied / mine, resident / mine];
  // Nobody's tensors are resident but TensorFlow.js's: to be as fast as that, with its copies, is enough.
  const isReached = ratios.slice(0, 2).every((ratio) => ratio >= layer.goal) && (ratios[2] ?? 0) >= 1 && furthest < 1e-5;
  const columns = [
    layer.name.padEnd(30),
    ...best.map((time) => `${time.toFixed(2).padStart(8)} ${(work / time / 1e6).toFixed(1).padStart(5)}`),
    ...ratios.map((ratio) => ratio.toFixed(2).padStart(6)),
    `${layer.goal}`.padStart(5),
    isReached ? ' yes' : '  no',
    furthest.toExponential(0).padStart(7),
  ];
  console.log(columns.join(' '));
  return isReached;
}

ort.env.wasm.numThreads = 1;
setThreadsCount(1);
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
const files = fileURLToPath(new URL('../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url));
setWasmPaths(files);
await tf.setBackend('wasm');
console.log(
  [
    `Node ${process.versions.node}, ${detectSimd()}, one thread, best of ${ROUNDS} in turns: milliseconds of processor time and GFLOP/s; how many times as fast; goal reached; difference.`,
    'shapelint, onnxruntime-web and tfjs: from an array to an array. tfjs, resident: its tensors stay in its memory. Weights are prepared before, for all.',
    isFresh
      ? 'shapelint allocates each output, as the others do.'
      : 'shapelint writes to the array that was given back after the last run, as a run of a network does; the others have no way to (--fresh: nor has shapelint).',
    'tfjs has no bias here.',
    '',
    `${''.padEnd(30)} ${['shapelint', 'ort-web', 'tfjs', 'tfjs, resident'].map((name) => name.padStart(14)).join(' ')}  / ort  /tfjs  /res. goal`,
  ].join('\n'),
);
for (const layer of LAYERS) await measure(layer);
