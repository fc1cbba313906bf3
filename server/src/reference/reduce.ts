// Reductions: one number for the cells along some axes, or along all of them.
import { integers } from '../operators/call.ts';
import type { Kernel } from './kernel.ts';
import { axisOf, inputAt, outputShapeAt } from './kernel-call.ts';
import { lastAxes } from './lanes.ts';

type Reduce = (cells: Float32Array) => number;

const sum: Reduce = (cells) => cells.reduce((total, value) => total + value, 0);
const largest: Reduce = (cells) => cells.reduce((most, value) => Math.max(most, value), -Infinity);
const smallest: Reduce = (cells) => cells.reduce((least, value) => Math.min(least, value), Infinity);

const REDUCTIONS: Readonly<Record<string, Reduce>> = {
  Mean: (cells) => sum(cells) / cells.length,
  Sum: sum,
  Prod: (cells) => cells.reduce((total, value) => total * value, 1),
  Max: largest,
  Min: smallest,
  Amax: largest,
  Amin: smallest,
  Argmax: (cells) => placeOf(cells, (value, best) => value > best),
  Argmin: (cells) => placeOf(cells, (value, best) => value < best),
};

export const reductionKernels: readonly Kernel[] = Object.entries(REDUCTIONS).map(([operator, reduce]) => ({
  operator,
  run: (call) => {
    const input = inputAt(call);
    const shape = outputShapeAt(call);
    const written = (integers(call.arguments, 'dim') ?? []).map((dim) => axisOf(dim ?? 0, input.shape.length));
    // No axis is named: all of them.
    const axes = written.length > 0 ? written.filter((axis) => axis < input.shape.length) : input.shape.map((_, axis) => axis);
    const { data, size } = lastAxes(input, axes);
    const count = shape.reduce((product, length) => product * length, 1);
    const output = Float32Array.from({ length: count }, (_, at) => reduce(data.subarray(at * size, (at + 1) * size)));
    return [{ shape, data: output }];
  },
}));

/** The first of equals; NaN is ahead of every number, as in PyTorch. */
function placeOf(cells: Float32Array, isAhead: (value: number, best: number) => boolean): number {
  let place = 0;
  cells.forEach((value, at) => {
    const best = cells[place] ?? 0;
    if (!Number.isNaN(best) && (Number.isNaN(value) || isAhead(value, best))) place = at;
  });
  return place;
}
