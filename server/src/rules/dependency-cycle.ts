// dependency-cycle: a block that uses itself.
import { faultRule } from './rule.ts';

export const dependencyCycle = faultRule({
  code: 'dependency-cycle',
  severity: 'error',
  summary: 'A block that uses itself.',
  word: ({ names }) => ({
    message: `${names.length > 1 ? `These blocks use each other: ${names.join(' -> ')}.` : `The block ${names[0] ?? ''} uses itself.`}\nBlocks are unrolled, so that this would never end; \`repeat n:\` repeats a piece a number of times.`,
    related: [],
  }),
});
