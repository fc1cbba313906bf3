// Reduction, Caffe's layer: one number for all axes from one on.
import { float } from '../network/argument.ts';
import { resolveAxis } from './axis-argument.ts';
import { integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';

export const trailingReduction: Operator = {
  name: 'Reduction',
  origin: 'Caffe',
  summary: "Reduces all axes from one on to a number, times a factor: Caffe's layer.",
  parameters: [
    {
      name: 'operation',
      type: 'string',
      default: 'sum',
      choices: ['sum', 'asum', 'sumsq', 'mean'],
      doc: 'The sum of the values, of their absolute values or of their squares, or the mean.',
    },
    { name: 'axis', type: 'integer', default: 0, doc: 'The first axis that goes; all behind it go as well.' },
    { name: 'coeff', type: 'number', default: float(1), doc: 'The factor.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const dim = integer(from, 'axis');
    // All axes go, whatever they are.
    if (dim === 0) return checks.answer([[]]);
    const axis = input === undefined ? undefined : resolveAxis(checks, 'axis', dim, input.length);
    return checks.answer([axis === undefined ? undefined : input?.slice(0, axis)]);
  },
};
