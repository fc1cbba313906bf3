// unknown-module: a row of a YOLO model names a module that is not known.
import { closest } from '../text/closest.ts';
import { faultRule } from './rule.ts';

export const unknownModule = faultRule({
  code: 'unknown-module',
  severity: 'information',
  summary: 'A module of a model file that is not known, so that sizes are unknown behind it.',
  word: ({ name, dialect, known }) => {
    const near = closest(name, known);
    const found = `The module \`${name}\` is not known for ${dialect}, so that sizes are not worked out from here on.`;
    const why = near === undefined ? 'It may be a module of your own.' : `Did you mean \`${near}\`? It may also be a module of your own.`;
    return { message: `${found}\n${why}`, related: [] };
  },
  fixes: ({ name, known }, { range }) => {
    const near = closest(name, known);
    return near === undefined
      ? []
      : [{ title: `Change \`${name}\` to \`${near}\``, changes: [{ kind: 'text', edit: { range, newText: near } }] }];
  },
});
