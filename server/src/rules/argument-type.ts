// argument-type: a value of a kind that the argument does not take.
import { isFloat } from '../network/argument.ts';
import { faultRule } from './rule.ts';
import { argumentName, formatValue, operatorName } from './words.ts';

export const argumentType = faultRule({
  code: 'argument-type',
  severity: 'error',
  summary: 'A value of a kind that does not belong there.',
  word: (fault, problem) => {
    if (fault.reason === 'expression') return { message: fault.message, related: [] };
    const { argument, value, expected } = fault;
    const advice =
      isFloat(value) && expected.startsWith('a whole number')
        ? '\nWhole numbers are divided by `//`; `int(...)` and `round(...)` make a whole number of one with a fraction.'
        : '';
    return {
      message: `${argumentName(problem.node, argument)} of ${operatorName(problem)} takes ${expected}, not ${formatValue(value)}.${advice}`,
      related: [],
    };
  },
});
