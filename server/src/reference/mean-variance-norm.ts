// MVN, Caffe's norm: pieces of a sample brought to mean 0 and deviation 1, what stands against division by 0 being added to the deviation.
import { boolean } from '../operators/call.ts';
import type { Kernel } from './kernel.ts';
import { inputAt, realOf } from './kernel-call.ts';
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
