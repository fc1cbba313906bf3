// Reductions: one number for the cells along some axes, or along all of them.
import { integers } from '../operators/call.ts';
import type { Kernel, KernelShapes } from './kernel.ts';
import { axisOf, inputAt, inputShapeAt, outputShapeAt } from './kernel-call.ts';
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
  reads: (call) => {
    const axes = reducedAxes(call);
    const rank = inputShapeAt(call).length;
    // Behind the axes that are gone all others stand further in front.
    const isKept = outputShapeAt(call).length === rank;
    return inputShapeAt(call).map((_, axis) =>
      axes.includes(axis) ? null : isKept ? axis : axis - axes.filter((reduced) => reduced < axis).length,
    );
  },
  run: (call) => {
    const input = inputAt(call);
    const shape = outputShapeAt(call);
    const axes = reducedAxes(call);
    const { data, size } = lastAxes(input, axes);
    const count = shape.reduce((product, length) => product * length, 1);
    const output = Float32Array.from({ length: count }, (_, at) => reduce(data.subarray(at * size, (at + 1) * size)));
    return [{ shape, data: output }];
  },
}));

function reducedAxes(call: KernelShapes): readonly number[] {
  const own = inputShapeAt(call).map((_, axis) => axis);
  const written = (integers(call.arguments, 'dim') ?? []).map((dim) => axisOf(dim ?? 0, own.length));
  // No axis is named: all of them.
  return written.length > 0 ? written.filter((axis) => axis < own.length) : own;
}

/** The first of equals; NaN is ahead of every number, as in PyTorch. */
function placeOf(cells: Float32Array, isAhead: (value: number, best: number) => boolean): number {
  let place = 0;
  cells.forEach((value, at) => {
    const best = cells[place] ?? 0;
    if (!Number.isNaN(best) && (Number.isNaN(value) || isAhead(value, best))) place = at;
  });
  return place;
}
