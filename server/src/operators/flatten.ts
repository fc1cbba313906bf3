// Flatten: several neighbouring axes made one.
import { product } from '../dims/arithmetic.ts';
import { resolveAxis } from './axis-argument.ts';
import { integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';

export const flatten: Operator = {
  name: 'Flatten',
  summary: 'Makes the axes from start_dim to end_dim one.',
  parameters: [
    { name: 'start_dim', type: 'integer', default: 1, doc: 'The first axis that is flattened.' },
    { name: 'end_dim', type: 'integer', default: -1, doc: 'The last axis that is flattened.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    if (input === undefined) return checks.answer([undefined]);
    const start = resolveAxis(checks, 'start_dim', integer(from, 'start_dim'), input.length);
    const end = resolveAxis(checks, 'end_dim', integer(from, 'end_dim'), input.length);
    if (start === undefined || end === undefined) return checks.answer([undefined]);
    const ordered = checks.holds(start <= end, () => ({
      code: 'argument-range',
      reason: 'start-after-end',
      argument: 'start_dim',
      value: integer(from, 'start_dim') ?? 0,
      legal: `an axis at or before end_dim`,
    }));
    if (!ordered) return checks.answer([undefined]);
    if (input.length === 0) return checks.answer([[1]]);
    return checks.answer([[...input.slice(0, start), product(input.slice(start, end + 1)), ...input.slice(end + 1)]]);
  },
};
