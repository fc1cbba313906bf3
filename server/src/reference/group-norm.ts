// GroupNorm, LayerNorm and RMSNorm, which normalize pieces of one sample, and the norms over neighbouring channels.
import { boolean, dimensions, number } from '../operators/call.ts';
import type { Kernel, KernelCall, KernelShapes } from './kernel.ts';
import { inputAt, inputShapeAt, realOf, wholeOf } from './kernel-call.ts';
import { affineParameters, normalizePiece, scaleChannels, statisticsOf } from './normalize.ts';
import { readsAlong } from './reads.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

/** What RMSNorm adds where eps is None: the distance from 1 to the next float32. */
const FLOAT32_EPS = 2 ** -23;

export const groupNormKernels: readonly Kernel[] = [
  {
    operator: 'GroupNorm',
    reads: (call) =>
      wholeOf(call.arguments, 'num_groups') === 1 ? inputShapeAt(call).map((_, axis) => (axis === 0 ? 0 : null)) : undefined,
    parameters: (call) => (boolean(call.arguments, 'affine') === false ? [] : affineParameters([inputShapeAt(call)[1] ?? 0])),
    run: (call) => {
      const { shape, data } = inputAt(call);
      const [batch = 1, channels = 1] = shape;
      const groups = wholeOf(call.arguments, 'num_groups');
      const length = data.length / (batch * groups);
      const output = new Float32Array(data.length);
      for (let start = 0; start < data.length; start += length) {
        normalizePiece(data, output, start, length, statisticsOf(data, start, length), realOf(call.arguments, 'eps'));
      }
      scaleChannels(output, length / (channels / groups), channels, call.parameters.get('weight')?.data, call.parameters.get('bias')?.data);
      return [{ shape, data: output }];
    },
  },
  {
    operator: 'LayerNorm',
    reads: readsAlong(normalizedAxes),
    parameters: (call) => layerParameters(call, boolean(call.arguments, 'bias') !== false),
    run: (call) => [normalizeLast(call, (data, start, length) => statisticsOf(data, start, length))],
  },
  {
    operator: 'RMSNorm',
    reads: readsAlong(normalizedAxes),
    parameters: (call) => layerParameters(call, false),
    run: (call) => [
      normalizeLast(call, (data, start, length) => {
        const { mean, variance } = statisticsOf(data, start, length);
        return { mean: 0, variance: variance + mean * mean };
      }),
    ],
  },
];

function normalizedShape(call: KernelShapes): readonly number[] {
  return inputShapeAt(call).slice(-(dimensions(call.arguments, 'normalized_shape')?.length ?? 1));
}

function normalizedAxes(call: KernelShapes): readonly number[] {
  const first = inputShapeAt(call).length - normalizedShape(call).length;
  return normalizedShape(call).map((_, at) => first + at);
}

function layerParameters(call: KernelShapes, hasBias: boolean) {
  return boolean(call.arguments, 'elementwise_affine') === false ? [] : affineParameters(normalizedShape(call), hasBias);
}

function normalizeLast(call: KernelCall, statistics: typeof statisticsOf): TensorData {
  const { shape, data } = inputAt(call);
  const length = elementCount(normalizedShape(call));
  const output = new Float32Array(data.length);
  const eps = number(call.arguments, 'eps') ?? FLOAT32_EPS;
  for (let start = 0; start < data.length; start += length) {
    normalizePiece(data, output, start, length, statistics(data, start, length), eps);
  }
  scaleChannels(output, 1, length, call.parameters.get('weight')?.data, call.parameters.get('bias')?.data);
  return { shape, data: output };
}
