// Expand and Repeat: an input made larger by showing it again.
import { multiply } from '../dims/arithmetic.ts';
import { isEqual } from '../dims/compare.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { unknownLike } from './axis-argument.ts';
import { dimensions } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';

function checkRank(checks: Checks, input: NonNullable<Shape>, sizes: readonly Dimension[], argument: string): boolean {
  const expected = `at most ${sizes.length === 1 ? '1 axis' : `${sizes.length} axes`}, as many as ${argument} has`;
  return checks.holds(sizes.length >= input.length, () => ({
    code: 'rank-mismatch',
    reason: 'bad-rank',
    input: 0,
    shape: input,
    expected,
    argument,
  }));
}

function checkNotBelow(checks: Checks, sizes: readonly Dimension[], least: number, argument: string, legal: string): boolean {
  const value = sizes.find((size) => typeof size === 'number' && size < least);
  return checks.holds(value === undefined, () => ({ code: 'argument-range', reason: 'negative-size', argument, value: value ?? 0, legal }));
}

const expand: Operator = {
  name: 'Expand',
  summary: 'Shows axes of size 1 as larger ones, without a copy.',
  parameters: [
    {
      name: 'sizes',
      type: 'integers',
      variadic: true,
      doc: 'The sizes of the output, as numbers or as a tuple; -1 keeps the size of an axis.',
      legal: 'at least 0, or -1',
    },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const sizes = dimensions(from, 'sizes');
    if (sizes === undefined) return checks.answer([undefined]);
    const areSound = checkNotBelow(checks, sizes, -1, 'sizes', 'at least 0, or -1 for the size that is there');
    if (!areSound || input === undefined || !checkRank(checks, input, sizes, 'sizes')) return checks.answer([unknownLike(sizes)]);
    const added = sizes.length - input.length;
    const output = sizes.map((size, at): Dimension => {
      if (at < added) {
        const isGiven = checks.holds(size !== -1, () => ({
          code: 'argument-range',
          reason: 'negative-size',
          argument: 'sizes',
          value: -1,
          legal: 'at least 0 for a new axis',
        }));
        return isGiven ? size : undefined;
      }
      const there = input[at - added];
      if (size === -1 || size === there) return there;
      if (isEqual(there, 1) === true) return size;
      const fits = checks.equal(there, size, () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input: 1,
        axis: at - sizes.length,
        shapes: [input, sizes],
      }));
      return fits ? size : undefined;
    });
    return checks.answer([output]);
  },
};

const repeat: Operator = {
  name: 'Repeat',
  summary: 'Puts copies of the input side by side, along each axis.',
  parameters: [
    {
      name: 'repeats',
      type: 'integers',
      variadic: true,
      doc: 'How many copies along each axis; more numbers than axes add axes in front.',
      legal: 'at least 0',
    },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const copies = dimensions(from, 'repeats');
    if (copies === undefined) return checks.answer([undefined]);
    const areSound = checkNotBelow(checks, copies, 0, 'repeats', 'at least 0');
    if (!areSound || input === undefined || !checkRank(checks, input, copies, 'repeats')) return checks.answer([unknownLike(copies)]);
    const added = copies.length - input.length;
    return checks.answer([copies.map((count, at) => (at < added ? count : multiply(count, input[at - added])))]);
  },
};

export const expansions: readonly Operator[] = [expand, repeat];
