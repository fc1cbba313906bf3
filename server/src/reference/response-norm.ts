// LocalResponseNorm and CrossMapLRN2d: each value over a power of the squares of its neighbouring channels.
import { boolean } from '../operators/call.ts';
import { foldWindows } from './fold-windows.ts';
import type { Kernel, KernelCall } from './kernel.ts';
import { inputAt, realOf, wholeOf } from './kernel-call.ts';
import { stridesOf } from './gather.ts';
import type { TensorData } from './tensor-data.ts';

export const responseNormKernels: readonly Kernel[] = [
  {
    operator: 'LocalResponseNorm',
    run: (call) => {
      if (boolean(call.arguments, 'within_channel') === true) return [normalizeWithin(call)];
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

/** The neighbours are in a square around the cell, where what lies outside counts as 0. */
function normalizeWithin(call: KernelCall): TensorData {
  const { arguments: from } = call;
  const { shape, data } = inputAt(call);
  const [size, alpha, beta, k] = [wholeOf(from, 'size'), realOf(from, 'alpha'), realOf(from, 'beta'), realOf(from, 'k')];
  const before = Math.floor((size - 1) / 2);
  const spatial = shape.slice(2);
  const [depth = 1, height = 1, width = 1] = [...Array.from({ length: Math.max(0, 3 - spatial.length) }, () => 1), ...spatial];
  const seen = (length: number) =>
    Array.from({ length }, (_, cell) =>
      Array.from({ length: size }, (_unused, tap) => cell - before + tap).filter((place) => place >= 0 && place < length),
    );
  const squares = data.map((value) => value * value);
  const sums = foldWindows(squares, [depth, height, width], [seen(depth), seen(height), seen(width)], shape, SUM, call.progress);
  const cells = size ** spatial.length;
  return { shape, data: data.map((value, at) => value * (k + (alpha * (sums.data[at] ?? 0)) / cells) ** -beta) };
}

const SUM = { start: 0, step: (sum: number, value: number) => sum + value };
