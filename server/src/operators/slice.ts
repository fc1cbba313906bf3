// Slice and Select: a part of an axis, or one cell of it. Slice is Python's x[start:end:step] on one axis.
import { add, ceilDivide, maximum, minimum, subtract } from '../dims/arithmetic.ts';
import { isLess } from '../dims/compare.ts';
import type { Dimension } from '../dims/size.ts';
import { isSize } from '../network/argument.ts';
import { checkLeast } from './argument-checks.ts';
import { resolveAxis, unknownLike } from './axis-argument.ts';
import { dimension, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator } from './operator.ts';
import { checkRank } from './same-shape.ts';

/** Where a bound of a slice lies on an axis of `size` cells, as Python clips it. */
function clip(from: Arguments, name: string, size: Dimension, whole: Dimension): Dimension {
  if (from.get(name) === null) return whole;
  const bound = dimension(from, name);
  const isNegative = isLess(bound, 0);
  if (isNegative === undefined) return undefined;
  return isNegative ? larger(add(size, bound), 0) : smaller(bound, size);
}

/** The smaller size, decided where it can be, so that no expression grows without need. */
function smaller(a: Dimension, b: Dimension): Dimension {
  if (isLess(b, a) === false) return a;
  return isLess(a, b) === false ? b : minimum(a, b);
}

function larger(a: Dimension, b: Dimension): Dimension {
  if (isLess(a, b) === false) return a;
  return isLess(b, a) === false ? b : maximum(a, b);
}

const slice: Operator = {
  name: 'Slice',
  summary: 'A part of one axis, as x[start:end:step] in Python.',
  parameters: [
    { name: 'dim', type: 'integer', doc: 'The axis that is cut.' },
    { name: 'start', type: 'integer', default: 0, nullable: true, doc: 'The first cell; negative counts from the end.' },
    {
      name: 'end',
      type: 'integer',
      default: null,
      nullable: true,
      doc: 'The cell before which it ends; negative counts from the end, None is the end.',
    },
    { name: 'step', type: 'integer', default: 1, doc: 'Takes each step-th cell.', legal: 'at least 1' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const isStep = checkLeast(checks, from, 'step', 1, 'non-positive-size');
    if (input === undefined || !checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer([undefined]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === undefined) return checks.answer([unknownLike(input)]);
    const size = input[axis];
    const start = clip(from, 'start', size, 0);
    const end = clip(from, 'end', size, size);
    const cells = larger(subtract(end, start), 0);
    const length = isStep ? ceilDivide(cells, dimension(from, 'step')) : undefined;
    return checks.answer([input.map((same, at) => (at === axis ? length : same))]);
  },
};

const select: Operator = {
  name: 'Select',
  summary: 'One cell of an axis; the axis goes.',
  parameters: [
    { name: 'dim', type: 'integer', doc: 'The axis that goes.' },
    { name: 'index', type: 'integer', doc: 'Which cell; negative counts from the end.', legal: 'within the axis' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    if (input === undefined || !checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer([undefined]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === undefined) return checks.answer([Array.from({ length: input.length - 1 }, () => undefined)]);
    const index = from.get('index');
    const isNegative = isSize(index) ? isLess(index, 0) : undefined;
    if (isSize(index) && isNegative !== undefined) {
      const needed = isNegative ? subtract(0, index) : add(index, 1);
      const size = input[axis];
      const legal = typeof size === 'number' ? `between ${-size} and ${size - 1}` : 'within the axis';
      checks.atLeast(size, needed, () => ({ code: 'argument-range', reason: 'out-of-range', argument: 'index', value: index, legal }));
    }
    return checks.answer([input.filter((_, at) => at !== axis)]);
  },
};

export const slices: readonly Operator[] = [slice, select];
