// Solves conditions on one symbol exactly: which sizes of it make two sizes equal, or one at least the other.
import { floorDivide, multiply, subtract, symbolsOf } from './arithmetic.ts';
import { compile } from './compile.ts';
import { periodOf } from './periodic.ts';
import type { Dimension, Size } from './size.ts';
import { ALL_SIZES, LARGEST_THRESHOLD, type SizeSet } from './size-set.ts';

/** The sizes of the symbol for which left = right; undefined where that cannot be decided. */
export function solveEqual(left: Size, right: Size, name: string): SizeSet | undefined {
  return solve(subtract(left, right), name, 'zero');
}

/** The sizes of the symbol for which left >= right. */
export function solveAtLeast(left: Size, right: Size, name: string): SizeSet | undefined {
  return solve(subtract(left, right), name, 'not-negative');
}

/** The sizes of the symbol for which `divisor` divides `size` without a rest. */
export function solveDivisible(size: Size, divisor: Size, name: string): SizeSet | undefined {
  return solve(subtract(size, multiply(divisor, floorDivide(size, divisor))), name, 'zero');
}

type Question = 'zero' | 'not-negative';

function solve(difference: Dimension, name: string, question: Question): SizeSet | undefined {
  if (difference === undefined) return undefined;
  const answers = (value: number) => (question === 'zero' ? value === 0 : value >= 0);
  if (typeof difference === 'number') return { ...ALL_SIZES, has: () => answers(difference) };
  if ([...symbolsOf(difference)].some((other) => other !== name)) return undefined;
  const periodic = periodOf(difference, name);
  if (periodic === undefined) return undefined;
  const { period, growth } = periodic;
  const value = compile(difference, name);
  const has = (size: number) => answers(value(size));
  if (growth === 0) return { has, threshold: 1, modulus: period };
  // d(x + k * period) = d(x) + k * growth passes 0 once for each residue: beyond the last of these places nothing changes.
  let threshold = 1;
  for (let residue = 1; residue <= period; residue++) {
    const periods = -value(residue) / growth;
    if (periods >= 0) threshold = Math.max(threshold, residue + (Math.floor(periods) + 1) * period);
  }
  return threshold > LARGEST_THRESHOLD ? undefined : { has, threshold, modulus: 1 };
}
