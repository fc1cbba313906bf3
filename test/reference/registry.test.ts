// Every operator has a kernel, and every kernel an operator.
import { expect, it } from 'vitest';
import { operators } from '../../server/src/operators/registry.ts';
import { kernels } from '../../server/src/reference/registry.ts';

/** Operators of Caffe's files, which are sized and not run yet. */
const WITHOUT_KERNEL = [
  'Accuracy',
  'Bias',
  'Crop',
  'Interp',
  'Loss',
  'PSRoIPool',
  'Power',
  'PriorBox',
  'RoIAlign',
  'RoIPool',
  'Scale',
  'TensorSplit',
];

it('every operator can be run', () => {
  expect([...operators.keys()].filter((name) => !kernels.has(name)).sort()).toEqual(WITHOUT_KERNEL);
});

it('every kernel belongs to an operator', () => {
  expect([...kernels.keys()].filter((name) => !operators.has(name))).toEqual([]);
});
