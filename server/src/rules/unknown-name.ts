// unknown-name: a name that nothing before it introduces.
import { closest } from '../text/closest.ts';
import { faultRule } from './rule.ts';

export const unknownName = faultRule({
  code: 'unknown-name',
  severity: 'error',
  summary: 'A name that nothing before it introduces.',
  word: ({ reason, name, known, where }) => {
    const near = closest(name, known);
    if (reason === 'blob') {
      const meant = near === undefined ? '' : ` Did you mean \`${near}\`?`;
      const why = 'A bottom has to be an input, or the top of a layer above that is there in the same phase.';
      return { message: `Nothing produces \`${name}\`${where === undefined ? '' : ` ${where}`}.${meant}\n${why}`, related: [] };
    }
    const what = reason === 'symbol' ? `The symbol \`${name}\` is not introduced by any input.` : `The name \`${name}\` is not known here.`;
    const why =
      reason === 'symbol'
        ? 'Symbols come from the shapes of inputs alone, so that a claim can be checked.'
        : 'A name has to be bound above the line that uses it.';
    return { message: `${what}${near === undefined ? '' : ` Did you mean \`${near}\`?`}\n${why}`, related: [] };
  },
  fixes: ({ name, known }, { range }) => {
    const near = closest(name, known);
    return near === undefined
      ? []
      : [{ title: `Change \`${name}\` to \`${near}\``, changes: [{ kind: 'text', edit: { range, newText: near } }] }];
  },
});
