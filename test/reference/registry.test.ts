// Every operator has a kernel, and every kernel an operator.
import { expect, it } from 'vitest';
import { operators } from '../../server/src/operators/registry.ts';
import { kernels } from '../../server/src/reference/registry.ts';

it('every operator can be run', () => {
  expect([...operators.keys()].filter((name) => !kernels.has(name))).toEqual([]);
});

it('every kernel belongs to an operator', () => {
  expect([...kernels.keys()].filter((name) => !operators.has(name))).toEqual([]);
});
