// Operators that move, add or take away axes, and leave the elements: Permute, Transpose, Squeeze, Unsqueeze, Flip, Roll.
import { isEqual } from '../dims/compare.ts';
import type { Shape } from '../dims/size.ts';
import { isList } from '../network/argument.ts';
import type { Inference } from '../network/builder.ts';
import { resolveAxis, unknownLike } from './axis-argument.ts';
import { integer, integers } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator, OperatorCall, Parameter } from './operator.ts';

/** A rule for one input with a known number of axes; without one only `withoutInput` can say something. */
function declare(
  name: string,
  summary: string,
  parameters: readonly Parameter[],
  rule: (checks: Checks, from: OperatorCall['arguments'], input: NonNullable<Shape>) => Shape,
  /** What the arguments alone say of the output. */
  withoutInput: (from: OperatorCall['arguments']) => Shape = () => undefined,
): Operator {
  return {
    name,
    summary,
    parameters,
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }): Inference => {
      const checks = new Checks();
      return checks.answer([input === undefined ? withoutInput(from) : rule(checks, from, input)]);
    },
  };
}

/** The axes that `dims` means, without doubles; undefined where one is out of range, double or unknown. */
export function resolveAxes(
  checks: Checks,
  argument: string,
  dims: readonly (number | undefined)[],
  rank: number,
): readonly number[] | undefined {
  const axes: number[] = [];
  for (const dim of dims) {
    const axis = resolveAxis(checks, argument, dim, rank);
    if (axis === undefined) return undefined;
    if (axes.includes(axis)) {
      checks.holds(false, () => ({
        code: 'argument-range',
        reason: 'repeated-dim',
        argument,
        value: dim ?? 0,
        legal: 'axes that are all different',
      }));
      return undefined;
    }
    axes.push(axis);
  }
  return axes;
}

const dims = (doc: string): Parameter => ({ name: 'dims', type: 'integers', variadic: true, doc });

const permute = declare(
  'Permute',
  'Puts the axes into another order.',
  [dims('The axes in their new order, as numbers or as a tuple.')],
  (checks, from, input) => {
    const order = integers(from, 'dims');
    if (order === undefined) return unknownLike(input);
    const expected = `${order.length === 1 ? '1 axis' : `${order.length} axes`}, as many as dims has`;
    const isWhole = checks.holds(order.length === input.length, () => ({
      code: 'rank-mismatch',
      reason: 'bad-rank',
      input: 0,
      shape: input,
      expected,
      argument: 'dims',
    }));
    if (!isWhole) return undefined;
    return resolveAxes(checks, 'dims', order, input.length)?.map((axis) => input[axis]) ?? unknownLike(input);
  },
  (from) => unknownLike(integers(from, 'dims')),
);

const transpose = declare(
  'Transpose',
  'Swaps two axes.',
  [
    { name: 'dim0', type: 'integer', doc: 'One axis.' },
    { name: 'dim1', type: 'integer', doc: 'The axis it is swapped with.' },
  ],
  (checks, from, input) => {
    const first = resolveAxis(checks, 'dim0', integer(from, 'dim0'), input.length);
    const second = resolveAxis(checks, 'dim1', integer(from, 'dim1'), input.length);
    if (first === undefined || second === undefined) return unknownLike(input);
    return input.map((size, axis) => (axis === first ? input[second] : axis === second ? input[first] : size));
  },
);

const squeeze = declare(
  'Squeeze',
  'Takes away axes of size 1.',
  [
    {
      name: 'dim',
      type: 'integers',
      default: null,
      nullable: true,
      doc: 'The axes that go if their size is 1; None for all of that size.',
    },
  ],
  (checks, from, input) => {
    const written = from.get('dim');
    const asked = integers(from, 'dim');
    const axes = written === null ? input.map((_, axis) => axis) : asked && resolveAxes(checks, 'dim', asked, input.length);
    if (axes === undefined) return undefined;
    // An axis that may or may not be 1 leaves the number of axes open.
    const isOne = input.map((size, axis) => axes.includes(axis) && (size === undefined ? undefined : isEqual(size, 1)));
    return isOne.includes(undefined) ? undefined : input.filter((_, axis) => isOne[axis] === false);
  },
);

const unsqueeze = declare(
  'Unsqueeze',
  'Adds an axis of size 1.',
  [{ name: 'dim', type: 'integer', doc: 'The place of the new axis in the output.' }],
  (checks, from, input) => {
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length + 1);
    return axis === undefined
      ? Array.from({ length: input.length + 1 }, () => undefined)
      : [...input.slice(0, axis), 1, ...input.slice(axis)];
  },
);

const flip = declare(
  'Flip',
  'Turns the order of the cells round along axes.',
  [dims('The axes that are turned round.')],
  (checks, from, input) => {
    const axes = integers(from, 'dims');
    if (axes !== undefined) resolveAxes(checks, 'dims', axes, input.length);
    return input;
  },
);

const roll = declare(
  'Roll',
  'Shifts the cells along axes; what leaves at one end comes in at the other.',
  [
    { name: 'shifts', type: 'integers', doc: 'By how many cells, for each axis in dims.' },
    {
      name: 'dims',
      type: 'integers',
      default: null,
      nullable: true,
      doc: 'The axes that are shifted along; None shifts the flattened input.',
    },
  ],
  (checks, from, input) => {
    const axes = integers(from, 'dims');
    const shifts = integers(from, 'shifts');
    if (shifts === undefined || (axes === undefined && from.get('dims') !== null)) return input;
    const count = axes?.length ?? 1;
    checks.holds(shifts.length === count, () => ({
      code: 'argument-type',
      reason: 'tuple-length-mismatch',
      argument: 'shifts',
      value: from.get('shifts') ?? null,
      expected: count === 1 ? 'one number' : `${count} numbers, one for each axis in dims`,
    }));
    for (const dim of axes ?? []) resolveAxis(checks, 'dims', dim, input.length);
    return input;
  },
);

export const axisOrders: readonly Operator[] = [permute, transpose, squeeze, unsqueeze, flip, roll];

/** True where a value is a list without parts, as `()`. */
export function isEmptyList(value: Parameters<typeof isList>[0]): boolean {
  return isList(value) && value.length === 0;
}
