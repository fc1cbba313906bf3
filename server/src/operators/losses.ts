// Losses and scores: whatever goes in, a scalar comes out.
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';

function scalar(name: string, summary: string): Operator {
  return {
    name,
    summary,
    parameters: [],
    inputs: { minimum: 1, maximum: Infinity },
    outputs: 'single',
    infer: () => new Checks().answer([[]]),
  };
}

export const losses: readonly Operator[] = [
  scalar('Loss', 'Measures how far predictions are from what is wanted: a scalar.'),
  scalar('Accuracy', 'The share of predictions that are right: a scalar.'),
];
