// LocalResponseNorm and CrossMapLRN2d: each value over a power of the squares of its neighbouring channels.
import type { Kernel, KernelCall } from './kernel.ts';
import { inputAt, realOf, wholeOf } from './kernel-call.ts';
import { stridesOf } from './gather.ts';
import type { TensorData } from './tensor-data.ts';

export const responseNormKernels: readonly Kernel[] = [
  {
    operator: 'LocalResponseNorm',
    run: (call) => {
      const size = wholeOf(call.arguments, 'size');
      const before = Math.floor(size / 2);
      return [normalize(call, (channel) => [channel - before, channel - before + size])];
    },
  },
  {
    operator: 'CrossMapLRN2d',
    run: (call) => {
      // PyTorch moves a running sum, and leaves the first channel in it where it should have gone: so do we.
      const reach = Math.floor((wholeOf(call.arguments, 'size') + 1) / 2);
      return [normalize(call, (channel) => [channel - reach + 1, channel + reach], reach)];
    },
  },
];

/** `kept` is the channel from which on the first channel's square stays in every sum. */
function normalize(call: KernelCall, neighbours: (channel: number) => readonly [start: number, end: number], kept = Infinity): TensorData {
  const { arguments: from } = call;
  const { shape, data } = inputAt(call);
  const channels = shape[1] ?? 1;
  const stride = stridesOf(shape)[1] ?? 1;
  const [size, alpha, beta, k] = [wholeOf(from, 'size'), realOf(from, 'alpha'), realOf(from, 'beta'), realOf(from, 'k')];
  const output = data.map((value, at) => {
    const channel = Math.floor(at / stride) % channels;
    const first = at - channel * stride;
    const [start, end] = neighbours(channel);
    let sum = channel >= kept ? (data[first] ?? 0) ** 2 : 0;
    for (let other = Math.max(start, 0); other < Math.min(end, channels); other++) sum += (data[first + other * stride] ?? 0) ** 2;
    return value / (k + (alpha * sum) / size) ** beta;
  });
  return { shape, data: output };
}
