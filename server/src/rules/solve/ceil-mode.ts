// Solves for the ceil_mode of a pool: rounding the other way.
import { isEqual } from '../../dims/compare.ts';
import { sizeBehind } from './chain.ts';
import type { Solver } from './values.ts';

export const ceilMode: Solver = (target) => {
  const { node, operator, windows, sizes } = target;
  if (!operator.parameters.some(({ name }) => name === 'ceil_mode')) return [];
  const other = windows[0]?.ceilMode !== true;
  const fits = windows.every((window, at) => isEqual(sizeBehind(target, at, { ...window, ceilMode: other }), sizes[at]) === true);
  return fits ? [{ node, argument: 'ceil_mode', value: other, distance: 1 }] : [];
};
