// The one step that all kernels are made of: sum += left * right on four numbers at once.
import { f32x4, type Variable } from '../assembler/instructions.ts';
import type { Code } from '../assembler/module.ts';

/** Writes sum += left * right. */
export type MultiplyAdd = (sum: Variable, left: Code, right: Code) => Code;

export const roundedTwice: MultiplyAdd = (sum, left, right) => sum.set(f32x4.add(sum.get, f32x4.multiply(left, right)));

/** One instruction in place of two, where the machine has relaxed SIMD. */
export const relaxed: MultiplyAdd = (sum, left, right) => sum.set(f32x4.relaxedMultiplyAdd(left, right, sum.get));
