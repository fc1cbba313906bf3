// stale-comment: a comment with a number or a stride that its row does not have.
import { faultRule } from './rule.ts';

export const staleComment = faultRule({
  code: 'stale-comment',
  severity: 'information',
  summary: 'A comment with a number or a stride that its row does not have.',
  word: ({ message, related }) => ({ message, related }),
});
