// How many cells of the image a cell of each row stands for.
import { substitute } from '../../dims/arithmetic.ts';
import type { Dimension, Shape } from '../../dims/size.ts';
import type { Network } from '../../network/network.ts';
import type { StrideOf } from './shift.ts';

/** A side that every stride of a model divides. */
const SIDE = 4096;

/** Known for rows with one output of four axes whose height and width are the same part of the image's. */
export function stridesOf({ layers, inputs }: Network): StrideOf {
  const strides = new Map<number, number>();
  const [image] = inputs;
  for (const { index, outputs } of layers) {
    const [only, ...more] = outputs;
    const stride = more.length > 0 ? undefined : strideOf(only?.shape, image?.shape);
    if (index !== undefined && stride !== undefined) strides.set(index, stride);
  }
  return (index) => strides.get(index);
}

function strideOf(shape: Shape, image: Shape): number | undefined {
  if (shape?.length !== 4 || image?.length !== 4) return undefined;
  const [height, width] = [2, 3].map((axis) => ratio(image[axis], shape[axis]));
  return height === width ? height : undefined;
}

function ratio(whole: Dimension, part: Dimension): number | undefined {
  const [a, b] = [atSide(whole), atSide(part)];
  if (a === undefined || b === undefined || b === 0) return undefined;
  // An image that no stride divides loses a part of a cell in each row that halves it.
  const exact = a / b;
  return Number.isInteger(exact) ? exact : 2 ** Math.round(Math.log2(exact));
}

function atSide(size: Dimension): number | undefined {
  if (size === undefined || typeof size === 'number') return size;
  const sides = new Map(['N', 'H', 'W'].map((name) => [name, SIDE]));
  const value = substitute(size, sides);
  return typeof value === 'number' ? value : undefined;
}
