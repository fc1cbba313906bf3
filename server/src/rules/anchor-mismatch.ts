// anchor-mismatch: anchors, masks and their number that do not belong together.
import { faultRule } from './rule.ts';

export const anchorMismatch = faultRule({
  code: 'anchor-mismatch',
  severity: 'warning',
  summary: 'Anchors, masks and their number that do not belong together.',
  word: ({ message, related }) => ({ message, related }),
});
