// Copies cells to other places: permuted, sliced, broadcast, padded. The index of a cell is a sum of one part for each axis.
import { NO_SOURCE } from './padding-source.ts';
import { elementCount } from './tensor-data.ts';

/** What each place on an axis of the output adds to the index that is read; `NO_SOURCE` where a constant stands. */
export type AxisOffsets = readonly number[];

/** The cells that `offsets` describes, in the order of the output, the last axis fastest. */
export function gather(data: Float32Array, offsets: readonly AxisOffsets[], constant = 0): Float32Array {
  const output = new Float32Array(elementCount(offsets.map(({ length }) => length)));
  const last = offsets.length - 1;
  let cell = 0;
  const fill = (axis: number, base: number): void => {
    for (const offset of offsets[axis] ?? []) {
      const index = base === NO_SOURCE || offset === NO_SOURCE ? NO_SOURCE : base + offset;
      if (axis < last) fill(axis + 1, index);
      else output[cell++] = index === NO_SOURCE ? constant : (data[index] ?? 0);
    }
  };
  if (offsets.length === 0) output[0] = data[0] ?? 0;
  else fill(0, 0);
  return output;
}

/** How far apart neighbours along each axis lie. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
}

/** The offsets of `count` cells, `stride` apart, from the one at `start`. */
export function evenOffsets(count: number, stride: number, start = 0): AxisOffsets {
  return Array.from({ length: count }, (_, place) => (start + place) * stride);
}

/** The offsets of a tensor as it is, axis by axis. */
export function offsetsOf(shape: readonly number[]): readonly AxisOffsets[] {
  const strides = stridesOf(shape);
  return shape.map((size, axis) => evenOffsets(size, strides[axis] ?? 1));
}

/** The offsets that show a tensor in a larger shape: axes of size 1, and those it does not have, are repeated. */
export function broadcastOffsets(shape: readonly number[], target: readonly number[]): readonly AxisOffsets[] {
  const strides = stridesOf(shape);
  const added = target.length - shape.length;
  return target.map((size, axis) => evenOffsets(size, shape[axis - added] === size ? (strides[axis - added] ?? 0) : 0));
}
