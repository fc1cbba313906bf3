// ignored-key: a key of a model file that its framework does not read.
import { faultRule } from './rule.ts';

export const ignoredKey = faultRule({
  code: 'ignored-key',
  severity: 'warning',
  summary: 'A key of a model file that its framework does not read.',
  word: ({ message, related }) => ({ message, related }),
});
