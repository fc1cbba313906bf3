// duplicate-name: two things of one kind with one name.
import { faultRule } from './rule.ts';

export const duplicateName = faultRule({
  code: 'duplicate-name',
  severity: 'error',
  summary: 'Two blocks, networks, inputs, outputs or parameters with one name.',
  word: ({ name, what, first }) => ({
    message: `There is ${/^[io]/.test(what) ? 'an' : 'a'} ${what} called \`${name}\` already.\nThe first one counts; give this one a name of its own.`,
    related: [{ message: `\`${name}\` is declared here first`, range: first }],
  }),
});
