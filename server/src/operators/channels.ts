// The channels of convolutions, transposed or not: how they are declared, grouped, and matched with the input's.
import type { Dimension } from '../dims/size.ts';
import { dimension, integer } from './call.ts';
import type { Checks } from './checks.ts';
import type { Arguments, Parameter } from './operator.ts';
import { checkMinimum } from './window-arguments.ts';

export const IN_CHANNELS: Parameter = {
  name: 'in_channels',
  type: 'integer',
  inferable: true,
  doc: 'Number of channels of the input; `_` takes it from the input.',
  legal: 'at least 1',
};

export const GROUPS: Parameter = {
  name: 'groups',
  type: 'integer',
  default: 1,
  doc: 'Number of parts that the channels are divided into, each with kernels of its own.',
  legal: 'at least 1, a divisor of in_channels and out_channels',
};

export const BIAS: Parameter = {
  name: 'bias',
  type: 'boolean',
  default: true,
  doc: 'Whether a learnt number is added to each output channel.',
};

/** in_channels as written; undefined for `_`, for a lazy module, and where it is not known. */
export function declaredChannels(from: Arguments): Dimension {
  return dimension(from, 'in_channels');
}

/** groups is at least 1 and divides both numbers of channels. */
export function checkGroups(checks: Checks, from: Arguments): void {
  const groups = integer(from, 'groups');
  if (groups === undefined || groups === 1 || !checkMinimum(checks, from, 'groups', 1, 'non-positive-groups')) return;
  checkDivides(checks, groups, 'in_channels', declaredChannels(from));
  checkDivides(checks, groups, 'out_channels', dimension(from, 'out_channels'));
}

/** The channels of the input are those that the weights were made for; where these come from the input, groups divides them. */
export function checkChannels(checks: Checks, from: Arguments, input: readonly Dimension[], axis: number): void {
  const expected = declaredChannels(from);
  const actual = input[axis];
  if (expected === undefined) {
    const groups = integer(from, 'groups');
    if (groups !== undefined && groups > 1) checkDivides(checks, groups, 'in_channels', actual);
    return;
  }
  checks.equal(expected, actual, () => ({
    code: 'channel-mismatch',
    reason: 'channels-mismatch',
    input: 0,
    axis,
    argument: 'in_channels',
    expected,
    actual,
  }));
}

function checkDivides(checks: Checks, groups: number, argument: string, value: Dimension): void {
  checks.divisible(value, groups, () => ({
    code: 'group-mismatch',
    reason: 'groups-not-divisor',
    argument,
    value,
    groups,
    divider: 'groups',
  }));
}
