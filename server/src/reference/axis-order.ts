// Permute, Transpose, Flip and Roll: the same cells in another order.
import { integers } from '../operators/call.ts';
import type { Arguments } from '../operators/operator.ts';
import type { Kernel } from './kernel.ts';
import { axisOf, inputAt, outputShapeAt, wholeOf } from './kernel-call.ts';
import { evenOffsets, gather, offsetsOf, type AxisOffsets } from './gather.ts';
import { elementCount } from './tensor-data.ts';

export const axisOrderKernels: readonly Kernel[] = [
  reorder('Permute', (from, axes) => axesOf(from, 'dims', axes.length).map((axis) => axes[axis] ?? [])),
  reorder('Transpose', (from, axes) => {
    const [first, second] = [axisOf(wholeOf(from, 'dim0'), axes.length), axisOf(wholeOf(from, 'dim1'), axes.length)];
    return axes.map((own, axis) => axes[axis === first ? second : axis === second ? first : axis] ?? own);
  }),
  reorder('Flip', (from, axes) => {
    const flipped = axesOf(from, 'dims', axes.length);
    return axes.map((own, axis) => (flipped.includes(axis) ? [...own].reverse() : own));
  }),
  {
    operator: 'Roll',
    reads: 'copies',
    run: (call) => {
      const { arguments: from } = call;
      const { shape, data } = inputAt(call);
      const shifts = integers(from, 'shifts') ?? [];
      // Without axes the flattened input is rolled.
      const isFlat = from.get('dims') === null;
      const rolled = isFlat ? [0] : axesOf(from, 'dims', shape.length);
      const offsets = [...(isFlat ? [evenOffsets(elementCount(shape), 1)] : offsetsOf(shape))];
      rolled.forEach((axis, at) => {
        offsets[axis] = roll(offsets[axis] ?? [], shifts[at] ?? 0);
      });
      return [{ shape: outputShapeAt(call), data: gather(data, offsets) }];
    },
  },
];

function reorder(operator: string, order: (from: Arguments, axes: readonly AxisOffsets[]) => readonly AxisOffsets[]): Kernel {
  return {
    operator,
    reads: 'copies',
    run: (call) => {
      const { shape, data } = inputAt(call);
      return [{ shape: outputShapeAt(call), data: gather(data, order(call.arguments, offsetsOf(shape))) }];
    },
  };
}

function axesOf(from: Arguments, name: string, rank: number): readonly number[] {
  return (integers(from, name) ?? []).map((dim) => axisOf(dim ?? 0, rank));
}

/** What leaves at the end comes in at the start. */
function roll(offsets: AxisOffsets, shift: number): AxisOffsets {
  const start = offsets.length === 0 ? 0 : ((-shift % offsets.length) + offsets.length) % offsets.length;
  return [...offsets.slice(start), ...offsets.slice(0, start)];
}
