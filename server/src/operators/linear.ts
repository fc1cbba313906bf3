// Linear and LazyLinear: a matrix product over the last axis.
import { add, multiply, product } from '../dims/arithmetic.ts';
import type { Shape } from '../dims/size.ts';
import { resolveAxis } from './axis-argument.ts';
import { isInfer } from '../network/argument.ts';
import { boolean, dimension, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, Parameter } from './operator.ts';

const START_DIM: Parameter = {
  name: 'start_dim',
  type: 'integer',
  default: null,
  nullable: true,
  doc: "The first of the axes that are made one before, as Caffe's InnerProduct does; None for the last alone.",
};

export const linears: readonly Operator[] = [declare(false), declare(true)];

function declare(lazy: boolean): Operator {
  const features: Parameter = {
    name: 'in_features',
    type: 'integer',
    inferable: true,
    doc: 'Size of the last axis of the input; `_` takes it from there.',
    legal: 'at least 1',
  };
  return {
    name: lazy ? 'LazyLinear' : 'Linear',
    summary: 'Multiplies the last axis by a matrix and adds a bias: a fully connected layer.',
    parameters: [
      ...(lazy ? [] : [features]),
      { name: 'out_features', type: 'integer', doc: 'Size of the last axis of the output.', legal: 'at least 0' },
      { name: 'bias', type: 'boolean', default: true, doc: 'Whether a learnt number is added to each output feature.' },
    ],
    meanings: [START_DIM],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [given] }) => {
      const checks = new Checks();
      const input = flattened(checks, from, given);
      if (input === undefined) return checks.answer([undefined]);
      if (
        !checks.holds(input.length > 0, () => ({
          code: 'rank-mismatch',
          reason: 'bad-rank',
          input: 0,
          shape: input,
          expected: 'at least 1 axis',
        }))
      )
        return checks.answer([undefined]);
      const axis = input.length - 1;
      const actual = input[axis];
      const expected = isInfer(from.get('in_features')) ? undefined : dimension(from, 'in_features');
      checks.equal(expected, actual, () => ({
        code: 'feature-mismatch',
        reason: 'features-mismatch',
        input: 0,
        axis,
        argument: 'in_features',
        expected,
        actual,
      }));
      return checks.answer([[...input.slice(0, axis), dimension(from, 'out_features')]]);
    },
    cost: ({ arguments: from, inputs: [given] }, [output]) => {
      const input = flattened(new Checks(), from, given);
      const outFeatures = dimension(from, 'out_features');
      const written = dimension(from, 'in_features');
      const inFeatures = written ?? input?.[input.length - 1];
      const bias = boolean(from, 'bias') === false ? 0 : outFeatures;
      return {
        parameters: add(multiply(inFeatures, outFeatures), bias),
        macs: output === undefined ? undefined : multiply(product(output), inFeatures),
      };
    },
  };
}

/** The input with its axes from `start_dim` on made one. */
function flattened(checks: Checks, from: Arguments, input: Shape): Shape {
  const start = integer(from, START_DIM.name);
  if (start === undefined || input === undefined) return input;
  const axis = resolveAxis(checks, START_DIM.name, start, input.length);
  return axis === undefined ? undefined : [...input.slice(0, axis), product(input.slice(axis))];
}
