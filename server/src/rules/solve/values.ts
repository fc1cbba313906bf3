// Ideas for one argument of a window: every value that gives the wanted sizes, the smallest change first.
import { isEqual } from '../../dims/compare.ts';
import type { Dimension } from '../../dims/size.ts';
import type { ArgumentValue } from '../../network/argument.ts';
import type { Node } from '../../network/network.ts';
import type { AxisWindow } from '../../operators/operator.ts';
import { sizeBehind, type WindowLink } from './chain.ts';

/** A link with the sizes that the tensor behind it should have on each spatial axis. */
export interface Target extends WindowLink {
  readonly sizes: readonly Dimension[];
}

/** A new value for an argument, with how far it is from today's. */
export interface NewValue {
  readonly node: Node;
  readonly argument: string;
  /** Absent for a value that is nearly possible, where `disabled` says why it is not. */
  readonly value?: ArgumentValue;
  readonly disabled?: string;
  readonly distance: number;
}

/** One kind of change: from a wanted size to ideas. */
export type Solver = (target: Target) => readonly NewValue[];

export interface Search {
  readonly argument: string;
  readonly candidates: (window: AxisWindow) => readonly number[];
  readonly today: (window: AxisWindow) => Dimension;
  readonly change: (window: AxisWindow, value: number) => AxisWindow;
  /** No more ideas than this. */
  readonly most: number;
}

/** One value for all axes where one will do, else a tuple of the nearest value for each. */
export function search(target: Target, { argument, candidates, today, change, most }: Search): NewValue[] {
  const { node, operator, windows, sizes } = target;
  if (!operator.parameters.some(({ name }) => name === argument)) return [];
  const written = windows.map((window) => Number(today(window) ?? NaN));
  if (written.some(Number.isNaN)) return [];
  const fitting = windows.map((window, at) => {
    const away = (value: number) => Math.abs(value - (written[at] ?? 0));
    return candidates(window)
      .filter((value) => isEqual(sizeBehind(target, at, change(window, value)), sizes[at]) === true)
      .sort((a, b) => away(a) - away(b) || a - b);
  });
  const [first = [], ...others] = fitting;
  const common = first.filter((value) => others.every((fits) => fits.includes(value)));
  const each = fitting.map(([nearest]) => nearest);
  const values: readonly (readonly number[])[] =
    common.length > 0 ? common.map((value) => windows.map(() => value)) : each.every((value) => value !== undefined) ? [each] : [];
  return values
    .map((parts) => ({ parts, distance: parts.reduce((total, value, at) => total + Math.abs(value - (written[at] ?? 0)), 0) }))
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ parts, distance }) => ({ node, argument, value: joined(parts), distance }));
}

/** A change that comes near but is not legal, with the reason. */
export function notLegal({ node }: Target, argument: string, disabled: string): NewValue {
  return { node, argument, disabled, distance: Infinity };
}

/** One number where all axes have the same. */
function joined(parts: readonly number[]): ArgumentValue {
  const [first] = parts;
  return first !== undefined && parts.every((value) => value === first) ? first : parts;
}

/** A file may have a stride of a billion. */
const MOST_CANDIDATES = 10_000;

/** `from`, `from + 1`, ... `to`. */
export function span(from: number, to: number): number[] {
  return Array.from({ length: Math.min(Math.max(to - from + 1, 0), MOST_CANDIDATES) }, (_, at) => from + at);
}
