// Which cells of their inputs the results of an operator are made of, for those who want to show it.
import type { KernelShapes } from './kernel.ts';
import { inputShapeAt, outputShapeAt } from './kernel-call.ts';

/**
 * `copies`: each cell of a result is one cell of an input, or a constant. Else, for each axis of an input, the axis of the first result on which
 * a cell has the place of the cells that it reads; null for an axis that is read as a whole.
 */
export type Reads = 'copies' | ((call: KernelShapes, input: number) => AxisReads | 'copies' | undefined);

export type AxisReads = readonly (number | null)[];

/** The cell at the same place; what is broadcast is read as a whole, for it has one cell there. */
export function readsSameCell(call: KernelShapes, input: number): AxisReads {
  const [own, result] = [inputShapeAt(call, input), outputShapeAt(call)];
  const added = result.length - own.length;
  return own.map((size, axis) => (size === result[axis + added] ? axis + added : null));
}

/** All cells along some axes, at the same place on all others. */
export function readsAlong(axesOf: (call: KernelShapes) => readonly number[]): Reads {
  return (call) => {
    const along = axesOf(call);
    return inputShapeAt(call).map((_, axis) => (along.includes(axis) ? null : axis));
  };
}
