// Checks on single arguments that several families share.
import { isSize } from '../network/argument.ts';
import type { OperatorFault } from '../network/fault.ts';
import { number } from './call.ts';
import type { Checks } from './checks.ts';
import type { Arguments } from './operator.ts';

type RangeReason = Extract<OperatorFault, { code: 'argument-range' }>['reason'];

/** Checks that a size is not below `least`; a size that is not known passes. */
export function checkLeast(checks: Checks, from: Arguments, name: string, least: number, reason: RangeReason): boolean {
  const value = from.get(name);
  if (!isSize(value)) return true;
  return checks.atLeast(value, least, () => ({ code: 'argument-range', reason, argument: name, value, legal: `at least ${least}` }));
}

/** Checks that a number is a probability. */
export function checkProbability(checks: Checks, from: Arguments, name: string): boolean {
  const chance = number(from, name);
  if (chance === undefined || (chance >= 0 && chance <= 1)) return true;
  return checks.holds(false, () => ({
    code: 'argument-range',
    reason: 'out-of-range',
    argument: name,
    value: from.get(name) ?? null,
    legal: 'between 0 and 1',
  }));
}
