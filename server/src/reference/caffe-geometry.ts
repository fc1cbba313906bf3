// Crop and Interp, Caffe's layers: a tensor cut to the sizes of another, and images resized with their corners aligned.
import { integers } from '../operators/call.ts';
import { gather, offsetsOf } from './gather.ts';
import type { Kernel } from './kernel.ts';
import { axisOf, inputAt, outputShapeAt, wholeOf } from './kernel-call.ts';
import { resize } from './resize.ts';
import { weightedCells } from './resize-weights.ts';

export const caffeGeometryKernels: readonly Kernel[] = [
  {
    operator: 'Crop',
    reads: 'copies',
    run: (call) => {
      const { shape, data } = inputAt(call);
      const output = outputShapeAt(call);
      const first = axisOf(wholeOf(call.arguments, 'axis'), shape.length);
      const starts = integers(call.arguments, 'offset') ?? [];
      const offsets = offsetsOf(shape).map((own, axis) => {
        if (axis < first) return own;
        const start = (starts.length === 1 ? starts[0] : starts[axis - first]) ?? 0;
        return own.slice(start, start + (output[axis] ?? 0));
      });
      return [{ shape: output, data: gather(data, offsets) }];
    },
  },
  {
    operator: 'Interp',
    run: (call) => {
      const { shape: given, data } = inputAt(call);
      // Padding is negative: it cuts off.
      const [before, after] = [-wholeOf(call.arguments, 'pad_beg'), -wholeOf(call.arguments, 'pad_end')];
      const offsets = offsetsOf(given).map((own, axis) => (axis < 2 ? own : own.slice(before, own.length - after)));
      const input = { shape: offsets.map(({ length }) => length), data: gather(data, offsets) };
      const shape = outputShapeAt(call);
      const axes = shape.slice(2).map((output, at) => {
        const size = input.shape[2 + at] ?? 1;
        return weightedCells('linear', { input: size, output, ratio: size / output, alignCorners: true, antialias: false });
      });
      return [{ shape, data: resize(input, shape, axes) }];
    },
  },
];
