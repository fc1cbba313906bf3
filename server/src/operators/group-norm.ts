// Norms over groups of channels and over neighbouring channels: GroupNorm, LocalResponseNorm, CrossMapLRN2d.
import { modulo, multiply } from '../dims/arithmetic.ts';
import { float } from '../network/argument.ts';
import { checkLeast } from './argument-checks.ts';
import { boolean, dimension, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator, Parameter } from './operator.ts';
import { checkRank, sameShape } from './same-shape.ts';

const groupNorm: Operator = {
  name: 'GroupNorm',
  summary: 'Normalizes groups of channels of each sample by themselves.',
  parameters: [
    {
      name: 'num_groups',
      type: 'integer',
      doc: 'Into how many groups the channels are divided.',
      legal: 'at least 1, and a divisor of num_channels',
    },
    {
      name: 'num_channels',
      type: 'integer',
      inferable: true,
      doc: 'Number of channels of the input; `_` takes it from there.',
      legal: 'a multiple of num_groups',
    },
    { name: 'eps', type: 'number', default: float(1e-5), doc: 'Added to the variance, against division by 0.' },
    { name: 'affine', type: 'boolean', default: true, doc: 'Whether a scale and an offset are learnt for each channel.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const groups = integer(from, 'num_groups');
    const claimed = dimension(from, 'num_channels');
    checkLeast(checks, from, 'num_groups', 1, 'non-positive-groups');
    checkLeast(checks, from, 'num_channels', 0, 'negative-size');
    const divides = (value: typeof claimed) => {
      if (groups === undefined || groups < 1 || (typeof value === 'number' && modulo(value, groups) === 0)) return true;
      return checks.divisible(value, groups, () => ({
        code: 'group-mismatch',
        reason: 'groups-not-divisor',
        argument: 'num_channels',
        value,
        groups,
        divider: 'num_groups',
      }));
    };
    divides(claimed);
    if (input === undefined || !checkRank(checks, input, 2, Infinity, 'at least 2 axes')) return checks.answer([undefined]);
    const actual = input[1];
    if (claimed === actual) return checks.answer([input]);
    // Without weights PyTorch looks at the channels of the input alone.
    const fits =
      claimed === undefined || boolean(from, 'affine') === false
        ? divides(actual)
        : checks.equal(claimed, actual, () => ({
            code: 'channel-mismatch',
            reason: 'channels-mismatch',
            input: 0,
            axis: 1,
            argument: 'num_channels',
            expected: claimed,
            actual,
          }));
    return checks.answer([fits ? input : input.map((size, at) => (at === 1 ? undefined : size))]);
  },
  cost: ({ arguments: from, inputs: [input] }) => {
    const channels = dimension(from, 'num_channels') ?? input?.[1];
    return { parameters: boolean(from, 'affine') === false ? 0 : multiply(2, channels), macs: 0 };
  },
};

function responseParameters(k: number | ReturnType<typeof float>): readonly Parameter[] {
  return [
    { name: 'size', type: 'integer', doc: 'How many neighbouring channels count.', legal: 'at least 1' },
    { name: 'alpha', type: 'number', default: float(1e-4), doc: 'The factor of the squares.' },
    { name: 'beta', type: 'number', default: float(0.75), doc: 'The exponent.' },
    { name: 'k', type: 'number', default: k, doc: 'Added to the sum of the squares.' },
  ];
}

export const groupNorms: readonly Operator[] = [
  groupNorm,
  {
    ...sameShape(
      'LocalResponseNorm',
      'Divides each value by those of its neighbouring channels, as in AlexNet.',
      responseParameters(float(1)),
      (checks, from, input) => {
        checkLeast(checks, from, 'size', 1, 'non-positive-size');
        return checkRank(checks, input, 3, Infinity, 'at least 3 axes');
      },
    ),
    meanings: [
      {
        name: 'within_channel',
        type: 'boolean',
        default: false,
        doc: 'Whether the neighbours are those of the same channel, in a square with sides of size, and not other channels.',
      },
    ],
  },
  sameShape('CrossMapLRN2d', 'LocalResponseNorm for images.', responseParameters(1), (checks, from, input) => {
    checkLeast(checks, from, 'size', 1, 'non-positive-size');
    return checkRank(checks, input, 4, 4, '4 axes');
  }),
];
