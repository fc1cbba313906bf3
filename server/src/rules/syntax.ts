// syntax: what the parser could not read.
import { faultRule } from './rule.ts';

export const syntax = faultRule({
  code: 'syntax',
  severity: 'error',
  summary: 'A line that cannot be read.',
  word: ({ message }) => ({ message, related: [] }),
  fixes: ({ replacement }) =>
    replacement === undefined
      ? []
      : [{ title: replacement.title, changes: [{ kind: 'text', edit: { range: replacement.range, newText: replacement.newText } }] }],
});
