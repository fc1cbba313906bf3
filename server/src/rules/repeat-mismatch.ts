// repeat-mismatch: copies of a layer that do not fit one behind the other.
import { faultRule } from './rule.ts';

export const repeatMismatch = faultRule({
  code: 'repeat-mismatch',
  severity: 'error',
  summary: 'Copies of a layer that do not fit one behind the other.',
  word: ({ message, related }) => ({ message, related }),
});
