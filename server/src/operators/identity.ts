// Identity: hands its input on unchanged.
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';

export const identity: Operator = {
  name: 'Identity',
  summary: 'Hands its input on unchanged.',
  parameters: [],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ inputs: [shape] }) => new Checks().answer([shape]),
};
