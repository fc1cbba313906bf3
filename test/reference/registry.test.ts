// Every operator has a kernel, and every kernel an operator.
import { expect, it } from 'vitest';
import { operators } from '../../server/src/operators/registry.ts';
import { kernels } from '../../server/src/reference/registry.ts';

/** Caffe's operators whose sizes are known and whose values are not: which loss or score it is, and what a prior box's settings are, is not kept. */
const WITHOUT_KERNEL = ['Accuracy', 'Loss', 'PriorBox'];

it('every operator can be run', () => {
  expect([...operators.keys()].filter((name) => !kernels.has(name)).sort()).toEqual(WITHOUT_KERNEL);
});

it('every kernel belongs to an operator', () => {
  expect([...kernels.keys()].filter((name) => !operators.has(name))).toEqual([]);
});
