// Conditions on one symbol, solved: known answers, and a comparison with trying every size.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, floorDivide, multiply, scale, substitute, subtract } from '../server/src/dims/arithmetic.ts';
import { nearestMembers, summariseSet, type SizeSet } from '../server/src/dims/size-set.ts';
import { symbol, type Dimension, type Size } from '../server/src/dims/size.ts';
import { solveAtLeast, solveDivisible, solveEqual } from '../server/src/dims/solve.ts';

/** One step of a chain of windows: a convolution or pool, a transposed convolution, an upsampling, a pad or a crop. */
interface Step {
  readonly kind: 'down' | 'up' | 'scale' | 'pad';
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('down', 'up', 'scale', 'pad'),
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 4 }),
  padding: fc.integer({ min: -2, max: 3 }),
});

function apply(input: Dimension, { kind, kernel, stride, padding }: Step): Dimension {
  switch (kind) {
    case 'down':
      return add(floorDivide(add(input, 2 * padding - kernel), stride), 1);
    case 'up':
      return add(multiply(stride, subtract(input, 1)), kernel - 2 * padding);
    case 'scale':
      return scale(input, [0.5, 1.5, 2, 0.25][stride - 1] ?? 1);
    case 'pad':
      return add(input, padding);
  }
}

const H = symbol('H');
const chain = fc.array(step, { maxLength: 4 }).map((steps) => steps.reduce<Dimension>(apply, H));

function at(size: Size, value: number): number {
  return Number(substitute(size, new Map([['H', value]])));
}

/** A little past the period and the threshold, and never endless. */
function lastToTry(set: SizeSet): number {
  return Math.min(set.threshold + 3 * set.modulus, 3_000);
}

describe('solving agrees with trying every size', () => {
  const cases = [
    ['equal', solveEqual, (a: number, b: number) => a === b],
    ['at least', solveAtLeast, (a: number, b: number) => a >= b],
  ] as const;
  it.each(cases)('%s', (_name, solve, holds) => {
    fc.assert(
      fc.property(chain, chain, (left, right) => {
        if (left === undefined || right === undefined) return;
        const set = solve(left, right, 'H');
        if (set === undefined) return;
        const summary = summariseSet(set);
        for (let size = 1; size <= lastToTry(set); size++) {
          const expected = holds(at(left, size), at(right, size));
          expect(set.has(size)).toBe(expected);
          // The set past its threshold is what its modulus says.
          if (size >= set.threshold) expect(set.has(size + set.modulus)).toBe(expected);
          if (summary.exceptions.length < 1_000) {
            const said = size >= summary.minimum ? summary.residues.includes(size % summary.modulus) : summary.exceptions.includes(size);
            expect(said || (summary.residues.length === 0 && summary.exceptions.includes(size))).toBe(expected);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('divisible', () => {
    fc.assert(
      fc.property(chain, fc.integer({ min: 1, max: 12 }), (size, divisor) => {
        if (size === undefined) return;
        const set = solveDivisible(size, divisor, 'H');
        if (set === undefined) return;
        for (let value = 1; value <= lastToTry(set); value++)
          expect(set.has(value)).toBe(((at(size, value) % divisor) + divisor) % divisor === 0);
      }),
      { numRuns: 100 },
    );
  });

  it('the nearest sizes are the nearest', () => {
    fc.assert(
      fc.property(chain, chain, fc.integer({ min: 1, max: 300 }), (left, right, wanted) => {
        const set = left === undefined || right === undefined ? undefined : solveEqual(left, right, 'H');
        if (set === undefined || set.modulus > 300 || set.threshold > 300) return;
        const members = Array.from({ length: 1_500 }, (_, index) => index + 1).filter(set.has);
        const below = members.filter((size) => size <= wanted).slice(-1);
        const above = members.filter((size) => size > wanted).slice(0, 1);
        expect(nearestMembers(set, wanted)).toEqual([...below, ...above]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('known answers', () => {
  const down = (size: Dimension) => apply(size, { kind: 'down', kernel: 3, stride: 2, padding: 1 });
  const up = (outputPadding: number) => (size: Dimension) =>
    add(apply(size, { kind: 'up', kernel: 3, stride: 2, padding: 1 }), outputPadding);
  const mirrored = (outputPadding: number) =>
    [down, down, down, up(outputPadding), up(outputPadding), up(outputPadding)].reduce<Dimension>((size, layer) => layer(size), H);
  const solved = (size: Dimension) => {
    const set = size === undefined ? undefined : solveEqual(size, H, 'H');
    return set === undefined ? undefined : summariseSet(set);
  };

  it('three convolutions of stride 2, mirrored with output_padding=1, fit for multiples of 8', () => {
    expect(solved(mirrored(1))).toEqual({ minimum: 8, modulus: 8, residues: [0], exceptions: [] });
  });

  it('the same without output_padding fits for 1 more than a multiple of 8', () => {
    expect(solved(mirrored(0))).toEqual({ minimum: 1, modulus: 8, residues: [1], exceptions: [] });
  });

  it('sizes that grow apart are equal at one place at the most', () => {
    const set = solveEqual(H, 7, 'H');
    expect(set && summariseSet(set)).toMatchObject({ residues: [], exceptions: [7] });
  });
});
