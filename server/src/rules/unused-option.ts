// unused-option: an option that its section does not have.
import { faultRule } from './rule.ts';

export const unusedOption = faultRule({
  code: 'unused-option',
  severity: 'hint',
  summary: 'An option that the section it stands in does not have.',
  word: ({ message, related }) => ({ message, related }),
});
