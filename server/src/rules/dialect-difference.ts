// dialect-difference: a file that two programs read unlike.
import { faultRule } from './rule.ts';

export const dialectDifference = faultRule({
  code: 'dialect-difference',
  severity: 'warning',
  summary: 'A file that two programs read unlike, and that does not say which is meant.',
  word: ({ message, related }) => ({ message, related }),
});
