// Cat: joins tensors along an axis that they have in common.
import { sum } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import type { Inference } from '../network/builder.ts';
import { resolveAxis } from './axis-argument.ts';
import { simpler } from './broadcast.ts';
import { integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator, OperatorCall } from './operator.ts';

export const cat: Operator = {
  name: 'Cat',
  summary: 'Joins tensors along one axis; all other axes have to be equal.',
  parameters: [{ name: 'dim', type: 'integer', default: 0, doc: 'The axis along which the tensors are joined; 1 is the channels.' }],
  inputs: { minimum: 0, maximum: Infinity },
  outputs: 'single',
  infer,
};

/** A tensor that counts, and which of the inputs it is. */
interface Part {
  readonly shape: readonly Dimension[];
  readonly input: number;
}

function infer({ arguments: from, inputs }: OperatorCall): Inference {
  const checks = new Checks();
  const dim = integer(from, 'dim');
  checks.holds(inputs.length > 0, () => ({ code: 'input-count', reason: 'cat-empty-list', expected: 'at least 1 input', actual: 0 }));
  const scalar = inputs.findIndex((shape) => shape?.length === 0);
  checks.holds(scalar < 0, () => ({ code: 'concat-mismatch', reason: 'cat-zero-dim', input: scalar, shapes: inputs, dim: dim ?? 0 }));
  if (checks.fault !== undefined) return checks.answer([undefined]);
  // A 1-d tensor of length 0 counts for nothing, whatever the others are.
  const counted = inputs.map((shape, input) => ({ shape, input })).filter(({ shape }) => !(shape?.length === 1 && shape[0] === 0));
  if (counted.length === 0) return checks.answer([[0]]);
  const known = counted.filter((part): part is Part => part.shape !== undefined);
  const [first] = known;
  if (first === undefined || dim === undefined) return checks.answer([undefined]);
  const axis = resolveAxis(checks, 'dim', dim, first.shape.length);
  if (axis === undefined) return checks.answer([undefined]);
  const output = join(checks, inputs, known, axis, dim);
  if (output !== undefined) output[axis] = sum(counted.map(({ shape }) => shape?.[axis]));
  return checks.answer([output]);
}

/** The sizes that all tensors have in common, tensor by tensor; unknown where they differ. */
function join(checks: Checks, shapes: readonly Shape[], parts: readonly Part[], axis: number, dim: number): Dimension[] | undefined {
  const [first] = parts;
  const output = [...(first?.shape ?? [])];
  const differing = new Set<number>();
  for (const { shape, input } of parts) {
    const rankFits = checks.holds(shape.length === output.length, () => ({
      code: 'concat-mismatch',
      reason: 'cat-rank-mismatch',
      input,
      shapes,
      dim,
    }));
    if (!rankFits) return undefined;
    shape.forEach((size, at) => {
      if (at === axis || differing.has(at)) return;
      const expected = first?.shape[at] ?? output[at];
      const fits = checks.equal(expected, size, () => ({
        code: 'concat-mismatch',
        reason: 'cat-size-mismatch',
        input,
        axis: at,
        shapes,
        dim,
      }));
      // An unknown size may be the one that is right: what is built on a guess would be a second fault.
      if (!fits || size === undefined || output[at] === undefined) differing.add(at);
      output[at] = differing.has(at) ? undefined : simpler(output[at], size);
    });
  }
  return output;
}
