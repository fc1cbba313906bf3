// argument-type: a value of a kind that the argument does not take.
import { faultRule } from './rule.ts';
import { formatValue, operatorName } from './words.ts';

export const argumentType = faultRule({
  code: 'argument-type',
  severity: 'error',
  summary: 'A value of a kind that does not belong there.',
  word: (fault, problem) => {
    if (fault.reason === 'expression') return { message: fault.message, related: [] };
    const { argument, value, expected } = fault;
    return { message: `${argument} of ${operatorName(problem)} takes ${expected}, not ${formatValue(value)}.`, related: [] };
  },
});
