// Comparing sizes: a yes or a no that holds for every value of the symbols, or undefined where neither is sure.
import { subtract } from './arithmetic.ts';
import { type Dimension, type Shape } from './size.ts';

/** Whether two sizes are equal for every value of their symbols (true), for none (false), or neither is sure. */
export function isEqual(a: Dimension, b: Dimension): boolean | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  const difference = subtract(a, b);
  return typeof difference === 'number' ? difference === 0 : undefined;
}

/** Whether a < b for every value of the symbols, for none, or neither is sure. */
export function isLess(a: Dimension, b: Dimension): boolean | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  const difference = subtract(a, b);
  if (typeof difference === 'number') return difference < 0;
  // Where every coefficient is positive the smallest value is at the smallest symbols, which are 1.
  const least = lowerBound(difference);
  if (least !== undefined && least >= 0) return false;
  const most = lowerBound(subtract(b, a));
  if (most !== undefined && most > 0) return true;
  return undefined;
}

/** Whether two shapes have the same sizes as far as they are known; unknown sizes fit anything. */
export function isSameShape(a: Shape, b: Shape): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((size, axis) => size === b[axis] || isEqual(size, b[axis]) === true);
}

/** A number that the size is never below, or undefined where this simple look finds none. */
function lowerBound(size: Dimension): number | undefined {
  if (typeof size !== 'object') return size;
  let bound = size.constant;
  for (const { coefficient, atoms } of size.terms) {
    if (coefficient < 0) return undefined;
    let product = coefficient;
    for (const atom of atoms) {
      let least: number | undefined;
      if (atom.kind === 'symbol') least = 1;
      else if (atom.kind === 'floor') {
        const inner = lowerBound(atom.numerator);
        least = inner === undefined ? undefined : Math.floor(inner / atom.divisor);
      }
      if (least === undefined || least < 0) return undefined;
      product *= least;
    }
    bound += product;
  }
  return bound;
}
