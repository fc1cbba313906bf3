// argument-range: a value outside of what is legal.
import { faultRule } from './rule.ts';
import { argumentName, formatValue, inputSentence, operatorName } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

export const argumentRange = faultRule({
  code: 'argument-range',
  severity: 'error',
  summary: 'A value outside of the range that is legal.',
  word: (fault, problem) => {
    if (fault.reason === 'expression') return { message: fault.message, related: [] };
    const { reason, argument, value, legal } = fault;
    const operator = operatorName(problem);
    if (reason === 'too-large')
      return {
        message: `The output of ${operator} would have more than 2**53 - 1 elements.\nNo machine holds a tensor of that size, and its number of elements is no longer exact.`,
        related: [],
      };
    if (reason === 'too-many-axes')
      return { message: `The output of ${operator} would have ${formatValue(value)} axes; a tensor has ${legal}.`, related: [] };
    if (reason === 'same-with-stride') {
      return {
        message: `${argumentName(problem.node, 'padding')}="same" of ${operator} needs a stride of 1.\nWith a larger stride "the same size" is not defined, and PyTorch refuses it. "half" (floor(k/2)) gives ceil(i/s) for an odd kernel.`,
        related: [],
      };
    }
    const isAxis = reason === 'dim-out-of-range';
    return {
      message: `${argumentName(problem.node, argument)} of ${operator} must be ${legal}, not ${formatValue(value)}.${isAxis ? inputSentence(problem.node?.inputs[0]) : ''}`,
      related: [],
    };
  },
  fixes: (fault, { node }) => {
    if (fault.reason !== 'same-with-stride' || node === undefined) return [];
    return [argumentIdea(node, { padding: '"half"' })];
  },
});
