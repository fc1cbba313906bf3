// Random convolutions, transposed convolutions and pools, by the definition and by onnxruntime.
import fc from 'fast-check';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../server/src/reference/tensor-data.ts';
import { singleNodeModel } from './onnx-model.ts';
import { apply } from './onnx-node.ts';
import { difference } from './run-operator.ts';
import { randomTensor } from './random-tensor.ts';

env.wasm.numThreads = 1;

async function runModel(
  operator: string,
  attributes: Readonly<Record<string, number | readonly number[]>>,
  inputs: Readonly<Record<string, TensorData>>,
): Promise<TensorData> {
  const ranks = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape.length]));
  const session = await InferenceSession.create(singleNodeModel(operator, attributes, ranks, inputs['x']?.shape.length ?? 0));
  const feeds = Object.fromEntries(Object.entries(inputs).map(([name, { shape, data }]) => [name, new Tensor('float32', data, shape)]));
  const { y } = await session.run(feeds);
  await session.release();
  if (!(y?.data instanceof Float32Array)) throw new Error('no float32 result');
  return { shape: y.dims, data: y.data };
}

function disagreement(actual: TensorData, expected: TensorData): string | undefined {
  return difference(actual, { shape: expected.shape, data: [...expected.data] }, 1e-4, 1e-4);
}

/** One axis, with a window that fits. */
const axis = fc
  .record({
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 3 }),
    after: fc.integer({ min: 0, max: 3 }),
    extra: fc.integer({ min: 0, max: 5 }),
    outputPadding: fc.integer({ min: 0, max: 2 }),
  })
  .map((made) => {
    const effective = made.dilation * (made.kernel - 1) + 1;
    return { ...made, effective, size: Math.max(effective - made.before - made.after, 1) + made.extra };
  });
type Axis = typeof axis extends fc.Arbitrary<infer Made> ? Made : never;

const windows = fc.record({
  axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
  batch: fc.integer({ min: 1, max: 2 }),
  groups: fc.integer({ min: 1, max: 3 }),
  groupInputs: fc.integer({ min: 1, max: 2 }),
  groupOutputs: fc.integer({ min: 1, max: 2 }),
  seed: fc.nat(),
});

function onnxAttributes(axes: readonly Axis[]) {
  return {
    kernel_shape: axes.map(({ kernel }) => kernel),
    strides: axes.map(({ stride }) => stride),
    dilations: axes.map(({ dilation }) => dilation),
    pads: [...axes.map(({ before }) => before), ...axes.map(({ after }) => after)],
  };
}

/** Zeros, or another value, at both ends of each axis. */
function padded(input: TensorData, axes: readonly Axis[], value = 0): TensorData {
  return apply('Pad', { pad: [...axes].reverse().flatMap(({ before, after }) => [before, after]), value }, [input]);
}

const RUNS = { numRuns: 40 };

describe('onnxruntime', () => {
  it('agrees on convolutions', async () => {
    await fc.assert(
      fc.asyncProperty(windows, async ({ axes, batch, groups, groupInputs, groupOutputs, seed }) => {
        const kernel = axes.map((own) => own.kernel);
        const x = randomTensor([batch, groups * groupInputs, ...axes.map(({ size }) => size)], seed);
        const w = randomTensor([groups * groupOutputs, groupInputs, ...kernel], seed + 1);
        const b = randomTensor([groups * groupOutputs], seed + 2);
        const expected = await runModel('Conv', { ...onnxAttributes(axes), group: groups }, { x, w, b });
        const args = {
          in_channels: groups * groupInputs,
          out_channels: groups * groupOutputs,
          kernel_size: kernel,
          stride: axes.map(({ stride }) => stride),
          dilation: axes.map(({ dilation }) => dilation),
          groups,
        };
        const actual = apply(`Conv${axes.length}d`, args, [padded(x, axes)], { weight: w, bias: b });
        expect(disagreement(actual, expected)).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('agrees on transposed convolutions', async () => {
    await fc.assert(
      fc.asyncProperty(windows, async ({ axes: drawn, batch, groups, groupInputs, groupOutputs, seed }) => {
        const axes = drawn.map((own) => {
          // PyTorch takes more where the dilation is above the stride; onnxruntime does not.
          const outputPadding = Math.min(own.outputPadding, own.stride - 1);
          const full = own.stride * (own.size - 1) + own.effective + outputPadding;
          const padding = Math.min(own.before, Math.floor((full - 1) / 2));
          return { ...own, outputPadding, before: padding, after: padding };
        });
        const kernel = axes.map((own) => own.kernel);
        const x = randomTensor([batch, groups * groupInputs, ...axes.map(({ size }) => size)], seed);
        const w = randomTensor([groups * groupInputs, groupOutputs, ...kernel], seed + 1);
        const b = randomTensor([groups * groupOutputs], seed + 2);
        const outputPadding = axes.map((own) => own.outputPadding);
        const attributes = { ...onnxAttributes(axes), group: groups, output_padding: outputPadding };
        const expected = await runModel('ConvTranspose', attributes, { x, w, b });
        const args = {
          in_channels: groups * groupInputs,
          out_channels: groups * groupOutputs,
          kernel_size: kernel,
          stride: axes.map(({ stride }) => stride),
          padding: axes.map(({ before }) => before),
          output_padding: outputPadding,
          groups,
          dilation: axes.map(({ dilation }) => dilation),
        };
        const actual = apply(`ConvTranspose${axes.length}d`, args, [x], { weight: w, bias: b });
        expect(disagreement(actual, expected)).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('agrees on pools of the largest value', async () => {
    await fc.assert(
      fc.asyncProperty(windows, fc.boolean(), async ({ axes: drawn, batch, seed }, isSymmetric) => {
        // Padding below the kernel, so that every window sees a cell; PyTorch's own takes at most half of it.
        const axes = drawn.map((own) => {
          const limit = isSymmetric ? Math.floor(own.kernel / 2) : own.kernel - 1;
          const before = Math.min(own.before, limit);
          return { ...own, dilation: 1, before, after: isSymmetric ? before : Math.min(own.after, limit), size: own.size + own.kernel };
        });
        const x = randomTensor([batch, 2, ...axes.map(({ size }) => size)], seed);
        const expected = await runModel('MaxPool', onnxAttributes(axes), { x });
        const args = { kernel_size: axes.map(({ kernel }) => kernel), stride: axes.map(({ stride }) => stride) };
        const actual = isSymmetric
          ? apply(`MaxPool${axes.length}d`, { ...args, padding: axes.map(({ before }) => before) }, [x])
          : apply(`MaxPool${axes.length}d`, args, [padded(x, axes, -Infinity)]);
        expect(disagreement(actual, expected)).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('agrees on pools of the mean', async () => {
    await fc.assert(
      fc.asyncProperty(windows, fc.boolean(), async ({ axes: drawn, batch, seed }, isCounted) => {
        const axes = drawn.map((own) => {
          const before = Math.min(own.before, Math.floor(own.kernel / 2));
          return { ...own, before, after: before, size: own.size + own.kernel };
        });
        const x = randomTensor([batch, 2, ...axes.map(({ size }) => size)], seed);
        const { kernel_shape, strides, pads } = onnxAttributes(axes);
        const expected = await runModel('AveragePool', { kernel_shape, strides, pads, count_include_pad: Number(isCounted) }, { x });
        const args = {
          kernel_size: kernel_shape,
          stride: strides,
          padding: axes.map(({ before }) => before),
          count_include_pad: isCounted,
        };
        expect(disagreement(apply(`AvgPool${axes.length}d`, args, [x]), expected)).toBeUndefined();
      }),
      RUNS,
    );
  });
});
