// Reshape, View and Unflatten: the same elements with other axes.
import { floorDivide, multiply, product } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { resolveAxis, unknownLike } from './axis-argument.ts';
import { boolean, dimensions, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, Parameter } from './operator.ts';

interface Target {
  readonly argument: string;
  readonly sizes: readonly Dimension[];
  /** The axis of the input that is divided; absent where it is all of the input. */
  readonly axis?: number;
}

/** Checks that do not need the input: no size below -1, and no second -1. */
function checkSizes(checks: Checks, { argument, sizes }: Target): boolean {
  const negative = sizes.find((size) => typeof size === 'number' && size < -1);
  const isSound = checks.holds(negative === undefined, () => ({
    code: 'argument-range',
    reason: 'negative-size',
    argument,
    value: negative ?? 0,
    legal: 'at least 0, or -1 for what is left',
  }));
  const inferred = sizes.filter((size) => size === -1).length;
  const isOne = checks.holds(inferred < 2, () => ({
    code: 'reshape-mismatch',
    reason: 'two-inferred',
    argument,
    input: 0,
    actual: inferred,
    expected: 1,
  }));
  return isSound && isOne;
}

/** The sizes with -1 worked out from `count` elements; undefined where they do not hold as many. */
function resolveSizes(checks: Checks, target: Target, count: Dimension): readonly Dimension[] | undefined {
  const { argument, sizes, axis } = target;
  const place = { argument, input: 0, ...(axis !== undefined && { axis }) };
  const inferred = sizes.indexOf(-1);
  const known = product(sizes.filter((_, at) => at !== inferred));
  if (inferred < 0) {
    const fits = checks.equal(count, known, () => ({
      code: 'reshape-mismatch',
      reason: axis === undefined ? 'element-count' : 'unflatten-mismatch',
      ...place,
      actual: count,
      expected: known,
    }));
    return fits ? sizes : undefined;
  }
  // With 0 elements -1 could be anything.
  const isDecided = checks.holds(known !== 0, () => ({
    code: 'reshape-mismatch',
    reason: axis === undefined ? 'element-count' : 'unflatten-mismatch',
    ...place,
    actual: count,
    expected: 0,
  }));
  if (!isDecided) return undefined;
  const divides = checks.divisible(count, known, () => ({
    code: 'reshape-mismatch',
    reason: 'not-divisible',
    ...place,
    actual: count,
    expected: known,
  }));
  return divides ? sizes.map((size, at) => (at === inferred ? floorDivide(count, known) : size)) : undefined;
}

function elements(shape: Shape): Dimension {
  return shape === undefined
    ? undefined
    : shape.reduce<Dimension>((count, size) => (count === 0 || size === 0 ? 0 : multiply(count, size)), 1);
}

/** Caffe's Reshape, which may keep axes before and behind those that it changes. */
const MEANINGS: readonly Parameter[] = [
  { name: 'zero_copies', type: 'boolean', default: false, doc: 'Whether a 0 in shape stands for the size of the input at its place.' },
  {
    name: 'start_dim',
    type: 'integer',
    default: 0,
    doc: 'The first axis that is changed; one counted from the end is the place behind it.',
  },
  { name: 'num_axes', type: 'integer', default: -1, doc: 'How many axes are changed; -1 for all from start_dim on.' },
];

function declare(name: string, summary: string): Operator {
  return {
    name,
    summary,
    parameters: [
      {
        name: 'shape',
        type: 'integers',
        variadic: true,
        doc: 'The sizes of the new axes, as numbers or as a tuple; -1 for one that is worked out. A 0 is a size of 0.',
        legal: 'at least 0, or -1 for one of them',
      },
    ],
    meanings: MEANINGS,
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }) => {
      const checks = new Checks();
      const written = dimensions(from, 'shape');
      const [start, end] = changedPart(from, input);
      if (written === undefined || start === undefined) return checks.answer([undefined]);
      const part = input?.slice(start, end);
      const copies = boolean(from, 'zero_copies') === true;
      const sizes = copies ? written.map((size, at) => (size === 0 ? part?.[at] : size)) : written;
      const target: Target = { argument: 'shape', sizes };
      const resolved = checkSizes(checks, target) ? resolveSizes(checks, target, elements(part)) : undefined;
      const output = resolved ?? sizes.map((size) => (copies && size !== -1 ? size : undefined));
      return checks.answer([[...(input?.slice(0, start) ?? []), ...output, ...(end === undefined ? [] : (input?.slice(end) ?? []))]]);
    },
  };
}

/** Where the part of the input begins that takes the new shape, and where it ends; unknown where that depends on an unknown rank. */
function changedPart(from: Arguments, input: Shape): readonly [number | undefined, number | undefined] {
  const [written, count] = [integer(from, 'start_dim'), integer(from, 'num_axes')];
  if (written === undefined || count === undefined) return [undefined, undefined];
  if (input === undefined) return [written === 0 && count === -1 ? 0 : undefined, undefined];
  const start = written < 0 ? written + input.length + 1 : written;
  return start < 0 || start > input.length ? [undefined, undefined] : [start, count < 0 ? undefined : start + count];
}

const unflatten: Operator = {
  name: 'Unflatten',
  summary: 'Divides one axis into several.',
  parameters: [
    { name: 'dim', type: 'integer', doc: 'The axis that is divided.' },
    {
      name: 'unflattened_size',
      type: 'integers',
      doc: 'The sizes of the axes that it becomes; -1 for one that is worked out.',
      legal: 'at least 0, or -1 for one of them',
    },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const sizes = dimensions(from, 'unflattened_size');
    const isLong = checks.holds(sizes === undefined ? undefined : sizes.length > 0, () => ({
      code: 'argument-type',
      reason: 'wrong-type',
      argument: 'unflattened_size',
      value: [],
      expected: 'at least one size',
    }));
    if (sizes === undefined || !isLong) return checks.answer([undefined]);
    const areSound = checkSizes(checks, { argument: 'unflattened_size', sizes });
    if (input === undefined) return checks.answer([undefined]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === undefined) return checks.answer([input.length === 0 ? undefined : unknownLike([...input.slice(1), ...sizes])]);
    const size = input.length === 0 ? 1 : input[axis];
    const resolved = areSound ? resolveSizes(checks, { argument: 'unflattened_size', sizes, axis }, size) : undefined;
    return checks.answer([[...input.slice(0, axis), ...(resolved ?? sizes.map(() => undefined)), ...input.slice(axis + 1)]]);
  },
};

export const reshapes: readonly Operator[] = [
  declare('Reshape', 'Gives the elements a new shape, in the same order.'),
  declare('View', 'Gives the elements a new shape, in the same order and the same memory.'),
  unflatten,
];
