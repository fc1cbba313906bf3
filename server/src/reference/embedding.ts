// Embedding: the learned vector of each index.
import { boolean, number } from '../operators/call.ts';
import type { Kernel } from './kernel.ts';
import { inputAt, inputShapeAt, outputShapeAt, parameterOf, realOf, wholeOf } from './kernel-call.ts';

export const embeddingKernel: Kernel = {
  operator: 'Embedding',
  reads: (call) => inputShapeAt(call).map((_, axis) => axis),
  parameters: ({ arguments: from }) => [
    // PyTorch starts with a normal distribution of deviation 1, which is He's for two inputs.
    { name: 'weight', shape: [wholeOf(from, 'num_embeddings'), wholeOf(from, 'embedding_dim')], start: { fanIn: 2 } },
    ...(boolean(from, 'bias') === true ? [{ name: 'bias', shape: [wholeOf(from, 'embedding_dim')], start: 'zeros' } as const] : []),
  ],
  run: (call) => {
    const { arguments: from } = call;
    const shape = outputShapeAt(call);
    const size = shape.at(-1) ?? 0;
    const weight = parameterOf(call, 'weight');
    const longest = number(from, 'max_norm');
    const data = new Float32Array(inputAt(call).data.length * size);
    inputAt(call).data.forEach((index, at) => {
      const vector = weight.subarray(index * size, (index + 1) * size);
      const target = data.subarray(at * size, (at + 1) * size);
      // PyTorch refuses an index that has no vector; here it has no number.
      if (!Number.isInteger(index) || index < 0 || vector.length < size) target.fill(Number.NaN);
      else target.set(longest === undefined ? vector : shortened(vector, longest, realOf(from, 'norm_type')));
    });
    if (boolean(from, 'bias') === true) {
      const bias = parameterOf(call, 'bias');
      data.forEach((value, at) => (data[at] = value + (bias[at % size] ?? 0)));
    }
    return [{ shape, data }];
  },
};

/** A vector that is longer than `longest` is scaled to that length, with PyTorch's guard against division by 0. */
function shortened(vector: Float32Array, longest: number, degree: number): Float32Array {
  const length =
    degree === Infinity
      ? vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      : vector.reduce((sum, value) => sum + Math.abs(value) ** degree, 0) ** (1 / degree);
  return length > longest ? vector.map((value) => (value * longest) / (length + 1e-7)) : vector;
}
