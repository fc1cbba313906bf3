// Inputs of a program that are indices: what an Embedding looks up, itself or after its cells were put to other places.
import type { Program } from './program.ts';

/** Operators that give cells of their inputs, and nothing else. */
const COPIES: ReadonlySet<string> = new Set([
  'Identity',
  'Contiguous',
  'Detach',
  'Reshape',
  'View',
  'Unflatten',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'Permute',
  'Transpose',
  'Select',
  'Slice',
  'Chunk',
  'Split',
  'Unbind',
  'TensorSplit',
  'Cat',
  'Stack',
  'Expand',
  'Repeat',
  'Roll',
  'Flip',
]);

/** By the names of inputs, how many indices there are: those below the number are legal. */
export function indexInputs({ inputs, steps }: Program): ReadonlyMap<string, number> {
  const limits = new Map<number, number>();
  const limit = (value: number, count: number) => limits.set(value, Math.min(count, limits.get(value) ?? Infinity));
  let next = inputs.length + steps.reduce((sum, { outputs }) => sum + outputs.length, 0);
  for (const { operator, arguments: written, inputs: read, outputs } of steps.toReversed()) {
    next -= outputs.length;
    const count = written.get('num_embeddings');
    if (operator === 'Embedding' && typeof count === 'number' && read[0] !== undefined) limit(read[0], count);
    if (!COPIES.has(operator)) continue;
    const given = Math.min(...outputs.map((_, at) => limits.get(next + at) ?? Infinity));
    if (given < Infinity) for (const value of read) limit(value, given);
  }
  return new Map(inputs.flatMap(({ name }, value) => [limits.get(value)].flatMap((count) => (count === undefined ? [] : [[name, count]]))));
}
