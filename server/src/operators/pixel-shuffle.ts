// PixelShuffle, PixelUnshuffle and ChannelShuffle: moving cells between channels and space.
import { floorDivide, multiply } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import { integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Inference, Operator, OperatorCall } from './operator.ts';
import { checkMinimum } from './window-arguments.ts';

export const pixelShuffle: Operator = {
  name: 'PixelShuffle',
  summary: 'Moves groups of r*r channels into space: each axis becomes r times as long.',
  parameters: [{ name: 'upscale_factor', type: 'integer', doc: 'The r by which height and width grow.', legal: 'at least 1' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: (call) => inferShuffle(call, 'upscale_factor'),
};

export const pixelUnshuffle: Operator = {
  name: 'PixelUnshuffle',
  summary: 'Moves r*r cells of space into channels: each axis becomes r times as short.',
  parameters: [{ name: 'downscale_factor', type: 'integer', doc: 'The r by which height and width shrink.', legal: 'at least 1' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: (call) => inferShuffle(call, 'downscale_factor'),
};

export const channelShuffle: Operator = {
  name: 'ChannelShuffle',
  summary: 'Mixes the channels of the groups with each other; sizes stay as they are.',
  parameters: [{ name: 'groups', type: 'integer', doc: 'Into how many groups the channels are divided.', legal: 'at least 1, a divisor of the channels' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const groups = integer(from, 'groups');
    checkMinimum(checks, from, 'groups', [groups], 1, 'non-positive-groups');
    checks.holds(input === undefined || input.length > 2, () => ({ code: 'rank-mismatch', reason: 'bad-rank', input: 0, shape: input, expected: 'at least 3 axes' }));
    if (input !== undefined && groups !== undefined && groups > 0) {
      const value = input[1];
      checks.divisible(value, groups, () => ({ code: 'group-mismatch', reason: 'groups-not-divisor', argument: 'the channels', value, groups, divider: 'groups' }));
    }
    return checks.answer([input]);
  },
};

function inferShuffle({ arguments: from, inputs: [input] }: OperatorCall, argument: 'upscale_factor' | 'downscale_factor'): Inference {
  const checks = new Checks();
  const factor = integer(from, argument);
  checks.holds(input === undefined || input.length >= 3, () => ({ code: 'rank-mismatch', reason: 'bad-rank', input: 0, shape: input, expected: 'at least 3 axes' }));
  checkMinimum(checks, from, argument, [factor], 1, 'non-positive-factor');
  if (input === undefined || input.length < 3) return checks.answer([undefined]);
  const [channels, height, width] = input.slice(-3);
  const leading = input.slice(0, -3);
  if (factor === undefined || factor < 1) return checks.answer([[...leading, undefined, undefined, undefined]]);
  const square = factor * factor;
  if (argument === 'upscale_factor') {
    const fits = checks.divisible(channels, square, () => ({ code: 'channel-mismatch', reason: 'not-divisible', input: 0, axis: input.length - 3, argument, divisor: square, actual: channels }));
    return checks.answer([[...leading, fits ? floorDivide(channels, square) : undefined, multiply(height, factor), multiply(width, factor)]]);
  }
  const shrink = (size: Dimension, axis: number): Dimension => {
    const fits = checks.divisible(size, factor, () => ({ code: 'reshape-mismatch', reason: 'not-divisible', argument, input: 0, actual: size, expected: factor, axis }));
    return fits ? floorDivide(size, factor) : undefined;
  };
  const shrunk = [shrink(height, input.length - 2), shrink(width, input.length - 1)];
  return checks.answer([[...leading, multiply(channels, square), ...shrunk]]);
}
