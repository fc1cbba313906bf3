// Scale and Bias, Caffe's learnt factors and offsets: one for each cell of some axes, repeated along all others.
import { multiply, product } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { resolveAxis } from './axis-argument.ts';
import { boolean, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, Parameter } from './operator.ts';

const AXIS: Parameter = { name: 'axis', type: 'integer', default: 1, doc: 'The first axis that has values of its own; 1 is the channels.' };
const NUM_AXES: Parameter = {
  name: 'num_axes',
  type: 'integer',
  default: 1,
  doc: 'How many axes have values of their own; 0 for one value, -1 for all axes from axis on. A second input says it instead.',
  legal: 'at least -1',
};
const BIAS: Parameter = { name: 'bias', type: 'boolean', default: false, doc: 'Whether an offset is learnt for each factor.' };

export const scaleShifts: readonly Operator[] = [
  declare('Scale', "Multiplies by learnt factors, or by a second tensor: Caffe's layer.", [AXIS, NUM_AXES, BIAS]),
  declare('Bias', "Adds learnt offsets, or a second tensor: Caffe's layer.", [AXIS, NUM_AXES]),
];

function declare(name: string, summary: string, parameters: readonly Parameter[]): Operator {
  return {
    name,
    origin: 'Caffe',
    summary,
    parameters,
    inputs: { minimum: 1, maximum: 2 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input, factors] }) => {
      const checks = new Checks();
      if (input === undefined) return checks.answer([undefined]);
      // One factor for all, a scalar, has no axis.
      const axis = factors?.length === 0 ? 0 : resolveAxis(checks, 'axis', integer(from, 'axis'), input.length);
      if (axis === undefined || factors === undefined) return checks.answer([input]);
      checkFactors(checks, input, factors, axis);
      return checks.answer([input]);
    },
    cost: ({ arguments: from, inputs }) => {
      const [input] = inputs;
      const count = inputs.length > 1 ? factorsOf(inputs[1]) : valuesOf(from, input);
      const own = inputs.length > 1 ? 0 : count;
      return { parameters: boolean(from, 'bias') === true ? (own === 0 ? count : multiply(2, own)) : own, macs: 0 };
    },
  };
}

/** The second input has the sizes of the first from `axis` on. */
function checkFactors(checks: Checks, input: NonNullable<Shape>, factors: NonNullable<Shape>, axis: number): void {
  const shapes = [input, factors];
  const reaches = checks.holds(axis + factors.length <= input.length, () => ({
    code: 'rank-mismatch',
    reason: 'bad-rank',
    input: 1,
    shape: factors,
    expected: `at most ${input.length - axis} axes as its second input`,
  }));
  if (!reaches) return;
  factors.forEach((size, at) => {
    checks.equal(input[axis + at], size, () => ({
      code: 'broadcast-mismatch',
      reason: 'not-equal',
      input: 1,
      axis: axis + at - input.length,
      shapes: [shapes[0], [...input.slice(0, axis), ...factors, ...input.slice(axis + factors.length)]],
    }));
  });
}

function factorsOf(factors: Shape): Dimension {
  return factors === undefined ? undefined : product(factors);
}

function valuesOf(from: Arguments, input: Shape): Dimension {
  const count = integer(from, 'num_axes');
  const axis = input === undefined ? undefined : resolveAxis(new Checks(), 'axis', integer(from, 'axis'), input.length);
  if (count === 0) return 1;
  if (input === undefined || axis === undefined || count === undefined) return undefined;
  return product(input.slice(axis, count < 0 ? undefined : axis + count));
}
