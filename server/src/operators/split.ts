// Chunk, Split and Unbind: one tensor made a sequence of them.
import { ceilDivide, floorDivide, modulo, multiply, subtract, sum } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { isList } from '../network/argument.ts';
import type { Inference } from '../network/builder.ts';
import { checkLeast } from './argument-checks.ts';
import { resolveAxis, unknownLike } from './axis-argument.ts';
import { dimension, dimensions, integer } from './call.ts';
import { Checks } from './checks.ts';
import { checkRank } from './same-shape.ts';
import type { Operator, Parameter } from './operator.ts';

/** More parts than this are given up as not known, so that no number in a text can take all memory. */
const MOST_PARTS = 1024;

const dim: Parameter = { name: 'dim', type: 'integer', default: 0, doc: 'The axis that is divided; 1 is the channels.' };
/** No part at all: how many there are is not known. */
const OPEN: readonly Shape[] = [];

function parts(input: NonNullable<Shape>, axis: number, sizes: readonly Dimension[]): readonly Shape[] {
  return sizes.map((part) => input.map((size, at) => (at === axis ? part : size)));
}

const chunk: Operator = {
  name: 'Chunk',
  summary: 'Divides an axis into a number of parts, the last of which may be smaller.',
  parameters: [{ name: 'chunks', type: 'integer', doc: 'How many parts; there may be fewer of a small axis.', legal: 'at least 1' }, dim],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'sequence',
  infer: ({ arguments: from, inputs: [input] }): Inference => {
    const checks = new Checks();
    const chunks = integer(from, 'chunks');
    if (!checkLeast(checks, from, 'chunks', 1, 'non-positive-size') || chunks === undefined) return checks.answer(OPEN);
    // More chunks than are kept in memory are fine as long as the axis is short.
    const unknown = (shape: Shape): Inference => checks.answer(chunks > MOST_PARTS ? OPEN : Array.from({ length: chunks }, () => shape));
    if (input === undefined) return unknown(undefined);
    if (!checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return unknown(undefined);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === undefined) return unknown(unknownLike(input));
    const size = input[axis];
    if (typeof size === 'number') {
      const most = Math.ceil(size / chunks);
      const count = size === 0 ? chunks : Math.ceil(size / most);
      if (count > MOST_PARTS) return checks.answer(OPEN);
      return checks.answer(parts(input, axis, cut(size, most, count)));
    }
    if (chunks > MOST_PARTS) return checks.answer(OPEN);
    if (modulo(size, chunks) === 0) {
      const part = floorDivide(size, chunks);
      return checks.answer(parts(input, axis, Array<Dimension>(chunks).fill(part)));
    }
    // Two parts are ceil(size / 2) and floor(size / 2); how more of them share a rest depends on the size.
    const sizes = chunks === 2 ? [ceilDivide(size, 2), floorDivide(size, 2)] : Array<Dimension>(chunks).fill(undefined);
    return checks.answer(parts(input, axis, sizes));
  },
};

/** `count` parts of `most` cells, the last of which takes what is left. */
function cut(size: number, most: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => (at < count - 1 ? most : size - most * (count - 1)));
}

const split: Operator = {
  name: 'Split',
  summary: 'Divides an axis into parts of given sizes.',
  parameters: [
    {
      name: 'split_size_or_sections',
      type: 'integers',
      doc: 'The size of each part (the last may be smaller), or a list of all sizes.',
      legal: 'at least 0',
    },
    dim,
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'sequence',
  infer: ({ arguments: from, inputs: [input] }): Inference => {
    const checks = new Checks();
    const argument = 'split_size_or_sections';
    const sections = isList(from.get(argument)) ? dimensions(from, argument) : undefined;
    const step = dimension(from, argument);
    const negative = (sections ?? [step]).find((size) => typeof size === 'number' && size < 0);
    const areSound = checks.holds(negative === undefined, () => ({
      code: 'argument-range',
      reason: 'negative-size',
      argument,
      value: negative ?? 0,
      legal: 'at least 0',
    }));
    const known = areSound && input !== undefined && checkRank(checks, input, 1, Infinity, 'at least 1 axis') ? input : undefined;
    const axis = known && resolveAxis(checks, 'dim', integer(from, 'dim'), known.length);
    if (known === undefined || axis === undefined) return checks.answer(sections?.map(() => unknownLike(known)) ?? OPEN);
    const size = known[axis];
    if (sections !== undefined) {
      const total = sum(sections);
      const fits = checks.equal(size, total, () => ({
        code: 'reshape-mismatch',
        reason: 'split-mismatch',
        argument,
        input: 0,
        axis,
        actual: size,
        expected: total,
      }));
      return checks.answer(parts(known, axis, fits ? sections : sections.map(() => undefined)));
    }
    if (size === 0) return checks.answer(parts(known, axis, [0]));
    const isSome = checks.holds(step !== 0, () => ({
      code: 'argument-range',
      reason: 'non-positive-size',
      argument,
      value: 0,
      legal: 'at least 1',
    }));
    const count = ceilDivide(size, step);
    if (!isSome || typeof count !== 'number' || count < 1 || count > MOST_PARTS) return checks.answer(OPEN);
    const last = subtract(size, multiply(step, count - 1));
    return checks.answer(
      parts(
        known,
        axis,
        Array.from({ length: count }, (_, at) => (at < count - 1 ? step : last)),
      ),
    );
  },
};

const unbind: Operator = {
  name: 'Unbind',
  summary: 'Takes an axis away and gives its cells one by one.',
  parameters: [{ ...dim, doc: 'The axis that is taken away.' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'sequence',
  infer: ({ arguments: from, inputs: [input] }): Inference => {
    const checks = new Checks();
    if (input === undefined || !checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer(OPEN);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    const count = axis === undefined ? undefined : input[axis];
    if (axis === undefined || typeof count !== 'number' || count > MOST_PARTS) return checks.answer(OPEN);
    const rest = input.filter((_, at) => at !== axis);
    return checks.answer(Array.from({ length: count }, () => rest));
  },
};

export const splits: readonly Operator[] = [chunk, split, unbind];
