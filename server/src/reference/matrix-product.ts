// MatMul and Bmm, and the likenesses of vectors: CosineSimilarity, PairwiseDistance.
import { number } from '../operators/call.ts';
import type { Kernel, KernelCall, Progress } from './kernel.ts';
import { axisOf, inputAt, outputShapeAt, realOf, wholeOf } from './kernel-call.ts';
import { broadcastTo } from './elementwise-joins.ts';
import { lastAxes } from './lanes.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

export const matrixProductKernels: readonly Kernel[] = [
  {
    operator: 'MatMul',
    run: (call) => [{ shape: outputShapeAt(call), data: multiply(inputAt(call, 0), inputAt(call, 1), call.progress) }],
  },
  { operator: 'Bmm', run: (call) => [{ shape: outputShapeAt(call), data: multiply(inputAt(call, 0), inputAt(call, 1), call.progress) }] },
  {
    operator: 'CosineSimilarity',
    run: (call) => {
      const eps = realOf(call.arguments, 'eps');
      const compare = (left: Float32Array, right: Float32Array) => {
        const length = (cells: Float32Array) => Math.max(Math.sqrt(dot(cells, cells)), eps);
        return dot(left, right) / (length(left) * length(right));
      };
      return [compareVectors(call, (rank) => axisOf(wholeOf(call.arguments, 'dim'), rank), compare)];
    },
  },
  {
    operator: 'PairwiseDistance',
    run: (call) => {
      const eps = realOf(call.arguments, 'eps');
      const degree = number(call.arguments, 'p') ?? 2;
      const compare = (left: Float32Array, right: Float32Array) =>
        norm(
          Float64Array.from(left, (value, at) => Math.abs(value - (right[at] ?? 0) + eps)),
          degree,
        );
      return [compareVectors(call, (rank) => Math.max(rank - 1, 0), compare)];
    },
  },
];

/** One number for each pair of vectors that lie along an axis of the inputs, broadcast to one shape. */
function compareVectors(
  call: KernelCall,
  axisFor: (rank: number) => number,
  compare: (left: Float32Array, right: Float32Array) => number,
): TensorData {
  const [left, right] = [inputAt(call, 0), inputAt(call, 1)];
  const common = broadcastShape(left.shape, right.shape);
  const axes = common.length === 0 ? [] : [axisFor(common.length)];
  const [first, second] = [left, right].map((input) => lastAxes({ shape: common, data: broadcastTo(input, common) }, axes));
  const shape = outputShapeAt(call);
  const size = first?.size ?? 1;
  const piece = (cells: Float32Array | undefined, at: number) => (cells ?? new Float32Array()).subarray(at * size, (at + 1) * size);
  const data = Float32Array.from({ length: elementCount(shape) }, (_, at) => compare(piece(first?.data, at), piece(second?.data, at)));
  return { shape, data };
}

/** The shape of two tensors that fit, axis by axis from the last. */
function broadcastShape(left: readonly number[], right: readonly number[]): readonly number[] {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [first, second] = [left[axis - rank + left.length] ?? 1, right[axis - rank + right.length] ?? 1];
    return first === 1 ? second : first;
  });
}

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);
}

function norm(cells: Float64Array, degree: number): number {
  if (degree === Infinity) return cells.reduce((most, value) => Math.max(most, value), 0);
  if (degree === -Infinity) return cells.reduce((least, value) => Math.min(least, value), Infinity);
  if (degree === 0) return cells.filter((value) => value !== 0).length;
  return cells.reduce((sum, value) => sum + value ** degree, 0) ** (1 / degree);
}

/** torch.matmul: a vector counts as a row on the left and as a column on the right; the axes before the matrices are broadcast. */
function multiply(left: TensorData, right: TensorData, progress?: Progress): Float32Array {
  const rows = left.shape.length > 1 ? (left.shape.at(-2) ?? 1) : 1;
  const inner = left.shape.at(-1) ?? 1;
  const columns = right.shape.length > 1 ? (right.shape.at(-1) ?? 1) : 1;
  const batch = broadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const lefts = broadcastTo({ shape: [...left.shape.slice(0, -2), rows, inner], data: left.data }, [...batch, rows, inner]);
  const rights = broadcastTo({ shape: [...right.shape.slice(0, -2), inner, columns], data: right.data }, [...batch, inner, columns]);
  const output = new Float32Array(elementCount(batch) * rows * columns);
  output.forEach((_, at) => {
    const [column, row, matrix] = [at % columns, Math.floor(at / columns), Math.floor(at / (columns * rows))];
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += (lefts[row * inner + k] ?? 0) * (rights[(matrix * inner + k) * columns + column] ?? 0);
    output[at] = sum;
    if (column === columns - 1) progress?.((at + 1) / output.length);
  });
  return output;
}
