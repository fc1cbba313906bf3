// Sizes of one symbol that repeat, f(x + period) = f(x) + growth: what makes every question about them decidable.
import { greatestCommonDivisor } from './arithmetic.ts';
import type { Atom, Size } from './size.ts';

/** A quasi-affine function of one symbol; it holds for every x of at least 1. */
export interface Periodic {
  readonly period: number;
  /** What is added in one period. */
  readonly growth: number;
}

/** Periods beyond this are not worked with: their residues could not be gone through at once. */
export const LONGEST_PERIOD = 16_384;

/** The period of a size whose only symbol is `name`, or undefined where none is found. */
export function periodOf(size: Size, name: string): Periodic | undefined {
  if (typeof size === 'number') return { period: 1, growth: 0 };
  let sum: Periodic = { period: 1, growth: 0 };
  for (const { coefficient, atoms } of size.terms) {
    const [atom] = atoms;
    const part = atoms.length === 1 && atom !== undefined ? periodOfAtom(atom, name) : undefined;
    if (part === undefined) return undefined;
    const period = leastCommonMultiple(sum.period, part.period);
    if (period > LONGEST_PERIOD) return undefined;
    sum = { period, growth: sum.growth * (period / sum.period) + coefficient * part.growth * (period / part.period) };
  }
  return Number.isSafeInteger(sum.growth) ? sum : undefined;
}

function periodOfAtom(atom: Atom, name: string): Periodic | undefined {
  if (atom.kind === 'symbol') return atom.name === name ? { period: 1, growth: 1 } : undefined;
  if (atom.kind !== 'floor') return undefined;
  const inner = periodOf(atom.numerator, name);
  if (inner === undefined) return undefined;
  // The numerator has to grow by a multiple of the divisor before the floor repeats.
  const times = atom.divisor / greatestCommonDivisor(Math.abs(inner.growth), atom.divisor);
  const period = inner.period * times;
  return period > LONGEST_PERIOD ? undefined : { period, growth: (inner.growth * times) / atom.divisor };
}

export function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b;
}
