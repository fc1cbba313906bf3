// Add, Sub, Mul, Div, Maximum, Minimum, Pow: tensors joined cell by cell, in the shape that broadcasting gives.
import type { Kernel } from './kernel.ts';
import { outputShapeAt } from './kernel-call.ts';
import { broadcastOffsets, gather } from './gather.ts';
import { readsSameCell } from './reads.ts';
import { power } from './special-functions.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

const JOINS: Readonly<Record<string, (left: number, right: number) => number>> = {
  Add: (left, right) => left + right,
  Sub: (left, right) => left - right,
  Mul: (left, right) => left * right,
  Div: (left, right) => left / right,
  Maximum: Math.max,
  Minimum: Math.min,
  Pow: power,
};

export const elementwiseJoinKernels: readonly Kernel[] = Object.entries(JOINS).map(([operator, join]) => ({
  operator,
  reads: readsSameCell,
  run: (call) => {
    const shape = outputShapeAt(call);
    const data = call.inputs.map((input) => broadcastTo(input, shape)).reduce((left, right) => joinCells(left, right, join));
    return [{ shape, data }];
  },
}));

/** The cells of a tensor in a larger shape; the tensor's own where it has that shape. */
export function broadcastTo({ shape, data }: TensorData, target: readonly number[]): Float32Array {
  const isSame = shape.length === target.length && data.length === elementCount(target);
  return isSame ? data : gather(data, broadcastOffsets(shape, target));
}

function joinCells(left: Float32Array, right: Float32Array, join: (left: number, right: number) => number): Float32Array {
  return left.map((value, at) => join(value, right[at] ?? 0));
}
