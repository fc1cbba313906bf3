// Parameter: a learned tensor of its own.
import type { Kernel } from './kernel.ts';
import { outputShapeAt, parameterOf } from './kernel-call.ts';

export const parameterKernel: Kernel = {
  operator: 'Parameter',
  // In a state dict it has the name of the step, and nothing behind it.
  parameters: (call) => [{ name: '', shape: outputShapeAt(call), start: 'ones' }],
  run: (call) => [{ shape: outputShapeAt(call), data: parameterOf(call, '') }],
};
