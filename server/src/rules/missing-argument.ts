// missing-argument: an argument without a default that is not written.
import { parameterOf } from '../operators/bind.ts';
import { operators } from '../operators/registry.ts';
import { faultRule } from './rule.ts';
import { argumentName, operatorName } from './words.ts';

export const missingArgument = faultRule({
  code: 'missing-argument',
  severity: 'error',
  summary: 'An argument that has no default and is not written.',
  word: ({ reason, argument }, problem) => {
    if (reason === 'size-or-scale-missing') {
      return {
        message: `${operatorName(problem)} needs either size or scale_factor.\nWithout one of them its output size is not known.`,
        related: [],
      };
    }
    const operator = operators.get(problem.node?.operator ?? '');
    const doc = operator === undefined ? undefined : parameterOf(operator, argument)?.doc;
    const own = argumentName(problem.node, argument);
    const name = problem.node === undefined ? 'This block' : operatorName(problem);
    return { message: `${name} needs the argument ${own}.${doc === undefined ? '' : `\n${own}: ${doc}`}`, related: [] };
  },
});
