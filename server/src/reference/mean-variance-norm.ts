// MVN, Caffe's norm, in which what stands against division by 0 is added to the deviation, and Normalize, SSD's, in which it is added to the sum.
import { boolean } from '../operators/call.ts';
import type { Kernel } from './kernel.ts';
import { inputAt, inputShapeAt, realOf } from './kernel-call.ts';
import { statisticsOf } from './normalize.ts';
import { elementCount } from './tensor-data.ts';

export const meanVarianceNormKernel: Kernel = {
  operator: 'MVN',
  run: (call) => {
    const { shape, data } = inputAt(call);
    const { arguments: from } = call;
    const length = elementCount(shape.slice(boolean(from, 'across_channels') === true ? 1 : 2));
    const divides = boolean(from, 'normalize_variance') !== false;
    const eps = realOf(from, 'eps');
    const output = new Float32Array(data.length);
    for (let start = 0; start < data.length; start += length) {
      const { mean, variance } = statisticsOf(data, start, length);
      const scale = divides ? 1 / (Math.sqrt(variance) + eps) : 1;
      for (let at = start; at < start + length; at++) output[at] = ((data[at] ?? 0) - mean) * scale;
    }
    return [{ shape, data: output }];
  },
};

export const normalizeKernel: Kernel = {
  operator: 'Normalize',
  parameters: (call) => [
    { name: 'weight', shape: boolean(call.arguments, 'channel_shared') === false ? inputShapeAt(call).slice(1, 2) : [1], start: 'ones' },
  ],
  run: (call) => {
    const { shape, data } = inputAt(call);
    const { arguments: from } = call;
    const factors = call.parameters.get('weight')?.data ?? new Float32Array([1]);
    const eps = realOf(from, 'eps');
    const [batch = 0, channels = 0] = shape;
    const cells = elementCount(shape.slice(2));
    const isWhole = boolean(from, 'across_spatial') !== false;
    const output = new Float32Array(data.length);
    for (let sample = 0; sample < batch; sample++) {
      const start = sample * channels * cells;
      const sums = new Float64Array(isWhole ? 1 : cells).fill(eps);
      for (let at = 0; at < channels * cells; at++) {
        const place = isWhole ? 0 : at % cells;
        sums[place] = (sums[place] ?? 0) + (data[start + at] ?? 0) ** 2;
      }
      for (let at = 0; at < channels * cells; at++) {
        const factor = factors[factors.length === 1 ? 0 : Math.floor(at / cells)] ?? 1;
        output[start + at] = ((data[start + at] ?? 0) / Math.sqrt(sums[isWhole ? 0 : at % cells] ?? 1)) * factor;
      }
    }
    return [{ shape, data: output }];
  },
};
