// Parameter and Buffer: tensors of their own, which come from the file of the weights.
import type { Kernel } from './kernel.ts';
import { outputShapeAt, parameterOf } from './kernel-call.ts';

export const constantKernels: readonly Kernel[] = ['Parameter', 'Buffer'].map((operator) => ({
  operator,
  // In a state dict it has the name of the step, and nothing behind it.
  parameters: (call) => [{ name: '', shape: outputShapeAt(call), start: 'ones' }],
  run: (call) => [{ shape: outputShapeAt(call), data: parameterOf(call, '') }],
}));
