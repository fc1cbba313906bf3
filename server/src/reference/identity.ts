// Operators that hand their cells on as they are: the same numbers, perhaps in another shape. In evaluation dropout is one.
import type { Operator } from '../operators/operator.ts';
import { dropouts } from '../operators/dropout.ts';
import { flatten } from '../operators/flatten.ts';
import { identity } from '../operators/identity.ts';
import { reshapes } from '../operators/reshape.ts';
import type { Kernel } from './kernel.ts';
import { inputAt, outputShapeAt } from './kernel-call.ts';

const NAMES = ['Squeeze', 'Unsqueeze', 'QuantStub', 'DeQuantStub', 'Contiguous', 'Detach'];

const names = [...[identity, flatten, ...reshapes, ...dropouts].map(({ name }: Operator) => name), ...NAMES];

export const identityKernels: readonly Kernel[] = names.map((operator) => ({
  operator,
  reads: 'copies',
  run: (call) => [{ shape: outputShapeAt(call), data: inputAt(call).data }],
}));
