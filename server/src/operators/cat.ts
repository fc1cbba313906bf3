// Cat: joins tensors along an axis that they have in common.
import { sum } from '../dims/arithmetic.ts';
import { simpler } from './broadcast.ts';
import { resolveAxis } from './axis-argument.ts';
import { integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Dimension } from '../dims/size.ts';
import type { Operator } from './operator.ts';

export const cat: Operator = {
  name: 'Cat',
  summary: 'Joins tensors along one axis; all other axes have to be equal.',
  parameters: [{ name: 'dim', type: 'integer', default: 0, doc: 'The axis along which the tensors are joined; 1 is the channels.' }],
  inputs: { minimum: 0, maximum: Infinity },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    const dim = integer(from, 'dim');
    if (
      !checks.holds(inputs.length > 0, () => ({ code: 'input-count', reason: 'cat-empty-list', expected: 'at least 1 input', actual: 0 }))
    )
      return checks.answer([undefined]);
    const scalar = inputs.findIndex((shape) => shape?.length === 0);
    checks.holds(scalar < 0, () => ({ code: 'concat-mismatch', reason: 'cat-zero-dim', input: scalar, shapes: inputs, dim: dim ?? 0 }));
    // A 1-d tensor of length 0 counts for nothing, whatever the others are.
    const counted = inputs.map((shape, input) => ({ shape, input })).filter(({ shape }) => !(shape?.length === 1 && shape[0] === 0));
    const rank = counted.find(({ shape }) => shape !== undefined)?.shape?.length;
    if (counted.length === 0) return checks.answer([scalar >= 0 ? undefined : [0]]);
    if (rank === undefined || dim === undefined) return checks.answer([undefined]);
    const axis = resolveAxis(checks, 'dim', dim, rank);
    const odd = counted.find(({ shape }) => shape !== undefined && shape.length !== rank);
    const rankFits = checks.holds(odd === undefined, () => ({
      code: 'concat-mismatch',
      reason: 'cat-rank-mismatch',
      input: odd?.input ?? 0,
      shapes: inputs,
      dim,
    }));
    if (!rankFits || axis === undefined || scalar >= 0) return checks.answer([undefined]);
    const output: Dimension[] = Array.from({ length: rank }, (_, at) => {
      if (at === axis) return sum(counted.map(({ shape }) => shape?.[at]));
      const first = counted.find(({ shape }) => shape?.[at] !== undefined)?.shape?.[at];
      let joined: Dimension = first;
      for (const { shape, input } of counted) {
        const size = shape?.[at];
        const fits = checks.equal(first, size, () => ({
          code: 'concat-mismatch',
          reason: 'cat-size-mismatch',
          input,
          axis: at,
          shapes: inputs,
          dim,
        }));
        joined = fits && joined !== undefined ? simpler(joined, size) : undefined;
      }
      return joined;
    });
    return checks.answer([output]);
  },
};
