// Expand and Repeat: an input shown several times.
import type { Kernel } from './kernel.ts';
import { inputAt, outputShapeAt } from './kernel-call.ts';
import { broadcastTo } from './elementwise-joins.ts';
import { gather, stridesOf } from './gather.ts';

export const expansionKernels: readonly Kernel[] = [
  {
    operator: 'Expand',
    reads: 'copies',
    run: (call) => {
      const shape = outputShapeAt(call);
      return [{ shape, data: broadcastTo(inputAt(call), shape) }];
    },
  },
  {
    operator: 'Repeat',
    reads: 'copies',
    run: (call) => {
      const shape = outputShapeAt(call);
      const input = inputAt(call);
      const added = shape.length - input.shape.length;
      const strides = stridesOf(input.shape);
      const offsets = shape.map((size, axis) => {
        const once = input.shape[axis - added] ?? 1;
        return Array.from({ length: size }, (_, place) => (place % once) * (strides[axis - added] ?? 0));
      });
      return [{ shape, data: gather(input.data, offsets) }];
    },
  },
];
