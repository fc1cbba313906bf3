// Every operator has a kernel, and every kernel an operator.
import { expect, it } from 'vitest';
import { operators } from '../../server/src/operators/registry.ts';
import { kernels } from '../../server/src/reference/registry.ts';

/** A loss of which nothing is known but that it is a number. */
const WITHOUT_KERNEL = ['Loss'];

it('every operator can be run', () => {
  expect([...operators.keys()].filter((name) => !kernels.has(name)).sort()).toEqual(WITHOUT_KERNEL);
});

it('every kernel belongs to an operator', () => {
  expect([...kernels.keys()].filter((name) => !operators.has(name))).toEqual([]);
});
