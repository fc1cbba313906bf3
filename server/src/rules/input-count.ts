// input-count: too few or too many tensors, or something that is no tensor.
import { faultRule } from './rule.ts';
import { operatorName } from './words.ts';

export const inputCount = faultRule({
  code: 'input-count',
  severity: 'error',
  summary: 'An operator or block with too few or too many inputs.',
  word: (fault, problem) => {
    if ('message' in fault) return { message: fault.message, related: [] };
    const { expected, actual } = fault;
    const operator = operatorName(problem);
    return {
      message: `${operator} takes ${expected}, but gets ${actual}.\nName the inputs in a second pair of brackets, as in \`${operator}(...)(a, b)\`; a dot stands for the value before.`,
      related: [],
    };
  },
});
