// Activations that look along an axis: Softmax and its kin, GLU, PReLU.
import { floorDivide } from '../dims/arithmetic.ts';
import { float, isInfer } from '../network/argument.ts';
import { resolveAxis, unknownLike } from './axis-argument.ts';
import { checkLeast } from './argument-checks.ts';
import { dimension, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';
import { checkRank, sameShape, type InputCheck } from './same-shape.ts';

const alongDim: InputCheck = (checks, from, input) => {
  if (input !== undefined) resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
  return true;
};

function softmax(name: string, summary: string): Operator {
  const doc = 'The axis along which values are weighed; None takes axis 1, or 0 with 0, 1 or 3 axes.';
  return sameShape(name, summary, [{ name: 'dim', type: 'integer', default: null, nullable: true, doc }], alongDim);
}

const glu: Operator = {
  name: 'GLU',
  summary: 'Halves an axis: the first half times the sigmoid of the second.',
  parameters: [{ name: 'dim', type: 'integer', default: -1, doc: 'The axis that is halved; its size has to be even.' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    if (input === undefined || !checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer([undefined]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === undefined) return checks.answer([unknownLike(input)]);
    const size = input[axis];
    const isEven = checks.divisible(size, 2, () => ({
      code: 'reshape-mismatch',
      reason: 'not-divisible',
      argument: 'dim',
      input: 0,
      axis,
      actual: size,
      expected: 2,
    }));
    return checks.answer([input.map((same, at) => (at !== axis ? same : isEven ? floorDivide(size, 2) : undefined))]);
  },
};

const prelu: Operator = {
  name: 'PReLU',
  summary: 'A LeakyReLU whose slope is learnt, one for all channels or one for each.',
  parameters: [
    {
      name: 'num_parameters',
      type: 'integer',
      default: 1,
      inferable: true,
      doc: 'How many slopes: 1, or the number of channels.',
      legal: '1, or the number of channels',
    },
    { name: 'init', type: 'number', default: float(0.25), doc: 'The slope before training.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    checkLeast(checks, from, 'num_parameters', 1, 'non-positive-size');
    const expected = dimension(from, 'num_parameters');
    if (input === undefined || expected === undefined || expected === 1) return checks.answer([input]);
    if (!checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer([undefined]);
    const axis = input.length > 1 ? 1 : 0;
    const actual = input.length > 1 ? input[1] : 1;
    const fits = checks.equal(expected, actual, () => ({
      code: 'channel-mismatch',
      reason: 'channels-mismatch',
      input: 0,
      axis,
      argument: 'num_parameters',
      expected,
      actual,
    }));
    return checks.answer([fits ? input : input.map((size, at) => (at === axis ? undefined : size))]);
  },
  cost: ({ arguments: from, inputs: [input] }) => {
    const channels = isInfer(from.get('num_parameters')) ? input?.[1] : dimension(from, 'num_parameters');
    return { parameters: channels, macs: 0 };
  },
};

export const axisActivations: readonly Operator[] = [
  softmax('Softmax', 'Makes the values along an axis a distribution.'),
  softmax('LogSoftmax', 'The logarithm of the softmax along an axis.'),
  softmax('Softmin', 'The softmax of the negated values along an axis.'),
  sameShape('Softmax2d', 'Makes the channels at each place a distribution.', [], (checks, _from, input) =>
    checkRank(checks, input, 3, 4, '3 axes (unbatched) or 4'),
  ),
  glu,
  prelu,
];
