// Conditions in which two symbols meet: a product of two sizes that has to be a number, as in a Linear behind a Flatten.
import { substitute, subtract } from '../dims/arithmetic.ts';
import { compile } from '../dims/compile.ts';
import { periodOf } from '../dims/periodic.ts';
import type { Size } from '../dims/size.ts';
import type { Condition } from '../network/condition.ts';

/** Sizes of two symbols from..to that fit in every combination. */
export interface SizePair {
  readonly first: readonly [from: number, to: number];
  readonly second: readonly [from: number, to: number];
}

/** The largest size of the first symbol that is looked at, and the most pairs that are listed. */
const LARGEST = 4_096;
const MOST_PAIRS = 64;

/**
 * All pairs that make `size = number`, or undefined where the condition is not of this kind. It has to be f(first) *
 * g(second) with f and g that never fall, as chains of windows are: then for each first there is one range of seconds.
 */
export function solvePairs({ kind, left, right }: Condition, first: string, second: string): readonly SizePair[] | undefined {
  const [size, wanted] = typeof left === 'number' ? [right, left] : [left, right];
  if (kind !== 'equal' || typeof wanted !== 'number' || typeof size === 'number') return undefined;
  const base = firstPositive(size, first, second);
  if (base === undefined || !isRisingProduct(size, first, second, base)) return undefined;
  const found: { first: number; from: number; to: number }[] = [];
  for (let value = 1; value <= LARGEST; value++) {
    const row = substitute(size, new Map([[first, value]]));
    if (row === undefined) return undefined;
    const at = compile(row, second);
    if (at(base.second) > wanted) break;
    if (at(LARGEST) < wanted) continue;
    const from = lowest(at, wanted);
    if (at(from) !== wanted) continue;
    found.push({ first: value, from, to: lowest(at, wanted + 1) - 1 });
    if (found.length > LARGEST) return undefined;
  }
  return grouped(found);
}

/** The smallest sizes at which the product is above 0. */
function firstPositive(size: Size, first: string, second: string): { first: number; second: number } | undefined {
  const at = (a: number, b: number) =>
    substitute(
      size,
      new Map([
        [first, a],
        [second, b],
      ]),
    );
  const value = (a: number, b: number) => Number(at(a, b) ?? 0);
  if (value(LARGEST, LARGEST) <= 0) return undefined;
  const lowestFirst = lowest((a) => value(a, LARGEST), 1);
  return { first: lowestFirst, second: lowest((b) => value(lowestFirst, b), 1) };
}

/** size(a, b) * size(a0, b0) = size(a, b0) * size(a0, b), and both factors grow: looked at in the polynomial itself. */
function isRisingProduct(size: Size, first: string, second: string, base: { first: number; second: number }): boolean {
  const [row, column] = [substitute(size, new Map([[first, base.first]])), substitute(size, new Map([[second, base.second]]))];
  if (row === undefined || column === undefined) return false;
  const [f, g] = [periodOf(column, first), periodOf(row, second)];
  if (f === undefined || g === undefined || f.growth <= 0 || g.growth <= 0) return false;
  const product = compile(column, first);
  const other = compile(row, second);
  const origin = product(base.first);
  for (let step = 0; step < 40; step++) {
    const [a, b] = [base.first + ((step * 7) % 61), base.second + ((step * 11) % 53)];
    const value = substitute(
      size,
      new Map([
        [first, a],
        [second, b],
      ]),
    );
    if (subtract(Number(value) * origin, product(a) * other(b)) !== 0) return false;
    if (product(a + 1) < product(a) || other(b + 1) < other(b)) return false;
  }
  return true;
}

/** The smallest size at which a function that never falls is at least `wanted`. */
function lowest(at: (size: number) => number, wanted: number): number {
  let [low, high] = [1, LARGEST + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) >= wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

function grouped(found: readonly { first: number; from: number; to: number }[]): SizePair[] {
  const pairs: SizePair[] = [];
  for (const { first, from, to } of found) {
    const last = pairs[pairs.length - 1];
    if (last?.first[1] === first - 1 && last.second[0] === from && last.second[1] === to)
      pairs[pairs.length - 1] = { ...last, first: [last.first[0], first] };
    else pairs.push({ first: [first, first], second: [from, to] });
  }
  return pairs.slice(0, MOST_PAIRS);
}
