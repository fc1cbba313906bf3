// Works along axes: the cells that lie one behind the other on an axis, or on several, taken out in one piece.
import { gather, offsetsOf, stridesOf } from './gather.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

/** Calls `change` with the cells along one axis, for each place on the others; what it writes into them is the result. */
export function mapLanes({ shape, data }: TensorData, axis: number, change: (lane: Float64Array) => void): TensorData {
  const size = shape[axis] ?? 1;
  const stride = stridesOf(shape)[axis] ?? 1;
  const output = new Float32Array(data.length);
  const lane = new Float64Array(size);
  for (let start = 0; start < data.length; start++) {
    // Only where the place on the axis is 0.
    if (Math.floor(start / stride) % size !== 0) continue;
    for (let place = 0; place < size; place++) lane[place] = data[start + place * stride] ?? 0;
    change(lane);
    for (let place = 0; place < size; place++) output[start + place * stride] = lane[place] ?? 0;
  }
  return { shape, data: output };
}

/** The cells with `axes` behind all others, so that what is to become one cell lies in one piece of `size` cells. */
export function lastAxes({ shape, data }: TensorData, axes: readonly number[]): { readonly data: Float32Array; readonly size: number } {
  const own = offsetsOf(shape);
  const kept = own.filter((_, axis) => !axes.includes(axis));
  const moved = axes.map((axis) => own[axis] ?? []);
  return { data: gather(data, [...kept, ...moved]), size: elementCount(axes.map((axis) => shape[axis] ?? 1)) };
}
