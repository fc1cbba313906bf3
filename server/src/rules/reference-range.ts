// reference-range: a reference to a row or layer that does not exist.
import { faultRule } from './rule.ts';

export const referenceRange = faultRule({
  code: 'reference-range',
  severity: 'error',
  summary: 'A reference to a row or layer that does not exist.',
  word: ({ message, related }) => ({ message, related }),
});
