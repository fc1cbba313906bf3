// unknown-module: a row of a YOLO model names a module that is not known. Told once for each name.
import { closest } from '../text/closest.ts';
import { faultRule, type FixIdea } from './rule.ts';

export const unknownModule = faultRule({
  code: 'unknown-module',
  severity: 'information',
  summary: 'A module of a model file that is not known, so that sizes are unknown behind it.',
  word: ({ name, dialect, known, meant, rows = [] }) => {
    const near = meant ?? closest(name, known);
    const places = rows.length > 1 ? `, in rows ${listed(rows)},` : '';
    const found = `The module \`${name}\`${places} is not known for ${dialect}, so that sizes are not worked out from here on.`;
    const own =
      'a module of your own: a block of that name in a file modules.nn beside this one, or in a folder above it, says what it does.';
    return {
      message: `${found}\n${near === undefined ? `It may be ${own}` : `Did you mean \`${near}\`? It may also be ${own}`}`,
      related: [],
    };
  },
  fixes: ({ name, known, meant, rows = [], stub }, { range }) => {
    const near = meant ?? closest(name, known);
    // The name is changed at the first row alone.
    const change: FixIdea[] =
      near === undefined || rows.length > 1
        ? []
        : [{ title: `Change \`${name}\` to \`${near}\``, changes: [{ kind: 'text', edit: { range, newText: near } }] }];
    return stub === undefined
      ? change
      : [...change, { title: `Write a stub of \`${name}\``, changes: [{ kind: 'module', text: stub }], larger: true }];
  },
});

/** More rows than this say no more. */
const MOST_ROWS = 8;

function listed(rows: readonly number[]): string {
  return `${rows.slice(0, MOST_ROWS).join(', ')}${rows.length > MOST_ROWS ? ', …' : ''}`;
}
