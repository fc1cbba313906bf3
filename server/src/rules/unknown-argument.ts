// unknown-argument: an argument that the operator or block does not take.
import { closest } from '../text/closest.ts';
import { faultRule } from './rule.ts';
import { operatorName } from './words.ts';

export const unknownArgument = faultRule({
  code: 'unknown-argument',
  severity: 'error',
  summary: 'An argument that the operator does not take, or one too many.',
  word: ({ reason, argument, known }, problem) => {
    const list = known.length === 0 ? 'It takes none.' : `It takes ${known.join(', ')}.`;
    const operator = problem.node === undefined ? 'This block' : operatorName(problem);
    if (reason === 'twice')
      return { message: `${argument} is given twice.\nA value by position counts from the front; leave one of them out.`, related: [] };
    if (reason === 'too-many') {
      return {
        message: `${operator} takes ${known.length === 1 ? '1 argument' : `${known.length} arguments`}, but gets ${argument}.\n${list}`,
        related: [],
      };
    }
    const near = closest(argument, known);
    return {
      message: `${operator} has no argument \`${argument}\`.${near === undefined ? '' : ` Did you mean \`${near}\`?`}\n${list}`,
      related: [],
    };
  },
  fixes: ({ reason, argument, known }, { range }) => {
    const near = reason === 'unknown' ? closest(argument, known) : undefined;
    return near === undefined
      ? []
      : [{ title: `Change \`${argument}\` to \`${near}\``, changes: [{ kind: 'text', edit: { range, newText: near } }] }];
  },
});
