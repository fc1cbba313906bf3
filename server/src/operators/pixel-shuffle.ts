// PixelShuffle, PixelUnshuffle and ChannelShuffle: moving cells between channels and space.
import { floorDivide, multiply } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import type { Inference } from '../network/builder.ts';
import { integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator, OperatorCall } from './operator.ts';
import { checkMinimum } from './window-arguments.ts';

export const pixelShuffle: Operator = {
  name: 'PixelShuffle',
  summary: 'Moves groups of r*r channels into space: height and width become r times as large.',
  parameters: [{ name: 'upscale_factor', type: 'integer', doc: 'The r by which height and width grow.', legal: 'at least 1' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferShuffle,
};

export const pixelUnshuffle: Operator = {
  name: 'PixelUnshuffle',
  summary: 'Moves r*r cells of space into channels: height and width become r times as small.',
  parameters: [
    { name: 'downscale_factor', type: 'integer', doc: 'The r by which height and width shrink; a divisor of both.', legal: 'at least 1' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferUnshuffle,
};

export const channelShuffle: Operator = {
  name: 'ChannelShuffle',
  summary: 'Mixes the channels of the groups with each other; sizes stay as they are.',
  parameters: [
    {
      name: 'groups',
      type: 'integer',
      doc: 'Number of groups that the channels are divided into.',
      legal: 'at least 1, a divisor of the channels',
    },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const groups = integer(from, 'groups');
    const hasAxes = checkAxes(checks, input);
    const isPositive = checkMinimum(checks, from, 'groups', 1, 'non-positive-groups');
    if (hasAxes && isPositive && input !== undefined && groups !== undefined) {
      const value = input[1];
      checks.divisible(value, groups, () => ({
        code: 'group-mismatch',
        reason: 'groups-not-divisor',
        argument: 'channels',
        value,
        groups,
        divider: 'groups',
      }));
    }
    return checks.answer([input]);
  },
};

function checkAxes(checks: Checks, input: Shape): boolean {
  return checks.holds(input === undefined || input.length >= 3, () => ({
    code: 'rank-mismatch',
    reason: 'bad-rank',
    input: 0,
    shape: input,
    expected: 'at least 3 axes',
  }));
}

function inferShuffle({ arguments: from, inputs: [input] }: OperatorCall): Inference {
  const checks = new Checks();
  const argument = 'upscale_factor';
  const factor = integer(from, argument);
  const hasAxes = checkAxes(checks, input);
  const isPositive = checkMinimum(checks, from, argument, 1, 'non-positive-factor');
  if (!hasAxes || input === undefined) return checks.answer([undefined]);
  const axis = input.length - 3;
  const [channels, height, width] = input.slice(axis);
  if (!isPositive || factor === undefined) return checks.answer([[...input.slice(0, axis), undefined, undefined, undefined]]);
  const divisor = factor * factor;
  const fits = checks.divisible(channels, divisor, () => ({
    code: 'channel-mismatch',
    reason: 'not-divisible',
    input: 0,
    axis,
    argument,
    divisor,
    actual: channels,
  }));
  const left = fits ? floorDivide(channels, divisor) : undefined;
  return checks.answer([[...input.slice(0, axis), left, multiply(height, factor), multiply(width, factor)]]);
}

function inferUnshuffle({ arguments: from, inputs: [input] }: OperatorCall): Inference {
  const checks = new Checks();
  const argument = 'downscale_factor';
  const factor = integer(from, argument);
  const hasAxes = checkAxes(checks, input);
  const isPositive = checkMinimum(checks, from, argument, 1, 'non-positive-factor');
  if (!hasAxes || input === undefined) return checks.answer([undefined]);
  const leading = input.length - 3;
  if (!isPositive || factor === undefined) return checks.answer([[...input.slice(0, leading), undefined, undefined, undefined]]);
  const shrink = (axis: number): Dimension => {
    const actual = input[axis];
    const fits = checks.divisible(actual, factor, () => ({
      code: 'reshape-mismatch',
      reason: 'not-divisible',
      argument,
      input: 0,
      actual,
      expected: factor,
      axis,
    }));
    return fits ? floorDivide(actual, factor) : undefined;
  };
  const space = [shrink(leading + 1), shrink(leading + 2)];
  // A tensor without elements is handed back as it is.
  if (input.includes(0)) return checks.answer([input]);
  return checks.answer([[...input.slice(0, leading), multiply(input[leading], factor * factor), ...space]]);
}
