// Operators whose output has the shape of their input: one declaration for all of them, with checks of their own.
import type { Shape } from '../dims/size.ts';
import type { OperatorFault } from '../network/fault.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, Parameter } from './operator.ts';

/** Answers whether the output is known to be the input; where it is not, nothing is known of the output. */
export type InputCheck = (checks: Checks, from: Arguments, input: Shape) => boolean;

export function sameShape(name: string, summary: string, parameters: readonly Parameter[] = [], check?: InputCheck): Operator {
  return {
    name,
    summary,
    parameters,
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }) => {
      const checks = new Checks();
      const isSound = check === undefined || check(checks, from, input);
      return checks.answer([isSound ? input : undefined]);
    },
  };
}

/** Checks the number of axes; `expected` stands behind "takes". */
export function checkRank(checks: Checks, input: Shape, fewest: number, most: number, expected: string, at = 0): boolean {
  if (input === undefined || (input.length >= fewest && input.length <= most)) return true;
  return checks.holds(false, () => badRank(input, expected, at));
}

function badRank(shape: Shape, expected: string, input: number): OperatorFault {
  return { code: 'rank-mismatch', reason: 'bad-rank', input, shape, expected };
}
