// Sets of sizes that are periodic from some size on: what conditions on one symbol are solved to.
import { LONGEST_PERIOD, leastCommonMultiple } from './periodic.ts';

/** A set of integers from 1 on. From `threshold` on a number is in it if and only if the number one `modulus` later is. */
export interface SizeSet {
  readonly has: (size: number) => boolean;
  readonly threshold: number;
  readonly modulus: number;
  /** How many sets it was made of, one inside of the other; absent for none. */
  readonly depth?: number;
}

const DEEPEST = 100;

/** No set with a longer threshold is worked with. */
export const LARGEST_THRESHOLD = 1_000_000;

export const ALL_SIZES: SizeSet = { has: () => true, threshold: 1, modulus: 1 };

/** The numbers in both; undefined where the common period is too long to be worked with. */
export function intersect(a: SizeSet, b: SizeSet): SizeSet | undefined {
  const modulus = leastCommonMultiple(a.modulus, b.modulus);
  if (modulus > LONGEST_PERIOD) return undefined;
  const depth = (a.depth ?? 0) + (b.depth ?? 0) + 1;
  const both = { has: (size: number) => a.has(size) && b.has(size), threshold: Math.max(a.threshold, b.threshold), modulus, depth };
  return depth < DEEPEST ? both : tabulate(both);
}

/** The same set, asked for each size once: a set that is made of thousands of others would be asked through all of them. */
function tabulate({ has, threshold, modulus }: SizeSet): SizeSet {
  const table = Array.from({ length: threshold + modulus }, (_, size) => has(size));
  return { has: (size) => table[size < threshold ? size : threshold + ((size - threshold) % modulus)] === true, threshold, modulus };
}

/** The numbers in either. */
export function union(a: SizeSet, b: SizeSet): SizeSet | undefined {
  const both = intersect(a, b);
  return both === undefined ? undefined : { ...both, has: (size) => a.has(size) || b.has(size) };
}

/** A set said in the fewest numbers. */
export interface SizeSummary {
  /** From here on exactly the numbers with these residues are in the set; the smallest of them where there is one. */
  readonly minimum: number;
  readonly modulus: number;
  /** Ascending; empty for a set that ends. */
  readonly residues: readonly number[];
  /** The members below the minimum, ascending. */
  readonly exceptions: readonly number[];
}

/** At most so many exceptions are listed. */
const MOST_EXCEPTIONS = 1_000;

export function summariseSet({ has, threshold, modulus }: SizeSet): SizeSummary {
  const member = Array.from({ length: modulus }, (_, at) => has(threshold + at));
  const period = smallestPeriod(member);
  const inPeriod = new Set<number>();
  for (let at = 0; at < period; at++) if (member[at] === true) inPeriod.add((threshold + at) % period);
  let start = threshold;
  while (start > 1 && has(start - 1) === inPeriod.has((start - 1) % period)) start--;
  const residues = [...inPeriod].sort((a, b) => a - b);
  let minimum = start;
  if (residues.length > 0) while (!inPeriod.has(minimum % period)) minimum++;
  const exceptions: number[] = [];
  for (let size = 1; size < start && exceptions.length < MOST_EXCEPTIONS; size++) if (has(size)) exceptions.push(size);
  return { minimum, modulus: period, residues, exceptions };
}

/** The members nearest to `size`: the largest up to it and the smallest above it, where there are any. */
export function nearestMembers({ has, threshold, modulus }: SizeSet, size: number): number[] {
  // One period without a member above the threshold says that there is none in all of them.
  const below = firstIn(has, size, Math.max(size - modulus, 0)) ?? firstIn(has, Math.min(size, threshold), 0);
  const above = firstIn(has, size + 1, Math.max(size, threshold) + modulus + 1);
  return [below, above].filter((member) => member !== undefined);
}

/** The first member on the way from one number to another, which itself is not looked at. */
function firstIn(has: (size: number) => boolean, from: number, to: number): number | undefined {
  const direction = from < to ? 1 : -1;
  for (let size = from; size !== to; size += direction) if (has(size)) return size;
  return undefined;
}

function smallestPeriod(member: readonly boolean[]): number {
  const { length } = member;
  for (let period = 1; period <= length / 2; period++) {
    if (length % period === 0 && member.every((value, at) => value === member[at % period])) return period;
  }
  return length;
}
