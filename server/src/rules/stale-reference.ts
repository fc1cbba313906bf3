// stale-reference: references that were not renumbered when a row came or went.
import { faultRule } from './rule.ts';

export const staleReference = faultRule({
  code: 'stale-reference',
  severity: 'warning',
  summary: 'References that were not renumbered when a row came or went.',
  word: ({ message, related }) => ({ message, related }),
});
