// Add, Sub, Mul, Div, Maximum, Minimum, Pow: two or more tensors, cell by cell, with broadcasting.
import { broadcast, sameShapes } from './broadcast.ts';
import { boolean } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator, Parameter } from './operator.ts';

const BROADCAST: Parameter = {
  name: 'broadcast',
  type: 'boolean',
  default: true,
  doc: "Whether axes of size 1 are made to fit, as in PyTorch; Caffe's Eltwise takes tensors of one shape alone.",
};

const JOINS: readonly (readonly [name: string, summary: string, maximum: number])[] = [
  ['Add', 'Adds tensors cell by cell: a residual join.', Infinity],
  ['Sub', 'Subtracts the second tensor from the first, cell by cell.', 2],
  ['Mul', 'Multiplies tensors cell by cell: a gate.', Infinity],
  ['Div', 'Divides the first tensor by the second, cell by cell.', 2],
  ['Maximum', 'Gives the larger value, cell by cell.', Infinity],
  ['Minimum', 'Gives the smaller value, cell by cell.', Infinity],
  ['Pow', 'Raises the first tensor to the power of the second, cell by cell.', 2],
];

export const elementwiseJoins: readonly Operator[] = JOINS.map(([name, summary, maximum]) => ({
  name,
  summary,
  parameters: [],
  meanings: [BROADCAST],
  inputs: { minimum: 2, maximum },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    return checks.answer([boolean(from, 'broadcast') === false ? sameShapes(checks, inputs) : broadcast(checks, inputs)]);
  },
}));
