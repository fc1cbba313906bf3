// Stack: joins tensors of one shape along a new axis.
import { simpler } from './broadcast.ts';
import { resolveAxis } from './axis-argument.ts';
import { integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Dimension } from '../dims/size.ts';
import type { Operator } from './operator.ts';

export const stack: Operator = {
  name: 'Stack',
  summary: 'Joins tensors of one shape along a new axis.',
  parameters: [{ name: 'dim', type: 'integer', default: 0, doc: 'The place of the new axis in the output.' }],
  inputs: { minimum: 1, maximum: Infinity },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    const rank = inputs.find((shape) => shape !== undefined)?.length;
    const dim = integer(from, 'dim');
    if (rank === undefined) return checks.answer([undefined]);
    const axis = resolveAxis(checks, 'dim', dim, rank + 1);
    const odd = inputs.findIndex((shape) => shape !== undefined && shape.length !== rank);
    const ranksFit = checks.holds(odd < 0, () => ({
      code: 'concat-mismatch',
      reason: 'cat-rank-mismatch',
      input: odd,
      shapes: inputs,
      dim: dim ?? 0,
    }));
    if (!ranksFit) return checks.answer([undefined]);
    const common = Array.from({ length: rank }, (_, at): Dimension => {
      let joined: Dimension;
      for (const [input, shape] of inputs.entries()) {
        const size = shape?.[at];
        const fits = checks.equal(joined, size, () => ({
          code: 'concat-mismatch',
          reason: 'cat-size-mismatch',
          input,
          axis: at,
          shapes: inputs,
          dim: dim ?? 0,
        }));
        if (!fits) return undefined;
        joined = simpler(joined, size);
      }
      return joined;
    });
    if (axis === undefined) return checks.answer([Array.from({ length: rank + 1 }, () => undefined)]);
    return checks.answer([[...common.slice(0, axis), inputs.length, ...common.slice(axis)]]);
  },
};
