// rank-mismatch: a tensor with a number of axes that the operator does not take.
import { formatShape } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { operatorName, tensorPlace } from './words.ts';

export const rankMismatch = faultRule({
  code: 'rank-mismatch',
  severity: 'error',
  summary: 'A tensor with a number of axes that the operator does not take.',
  word: ({ input, shape, expected }, problem) => {
    const count = shape?.length ?? 0;
    return {
      message: `${operatorName(problem)} takes ${expected}, but its input has ${count}: ${formatShape(shape)}.`,
      related: tensorPlace(problem.node?.inputs[input]),
    };
  },
});
