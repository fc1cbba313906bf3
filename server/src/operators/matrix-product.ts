// Products of matrices and likenesses of vectors: MatMul, Bmm, Bilinear, CosineSimilarity, PairwiseDistance.
import { add, multiply, product } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { float } from '../network/argument.ts';
import { checkLeast } from './argument-checks.ts';
import { resolveAxis } from './axis-argument.ts';
import { broadcast, simpler } from './broadcast.ts';
import { boolean, dimension, integer } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator } from './operator.ts';
import { checkRank } from './same-shape.ts';

function checkInner(checks: Checks, left: NonNullable<Shape>, right: NonNullable<Shape>): void {
  const inner = right.length === 1 ? -1 : -2;
  checks.equal(left[left.length - 1], right[right.length + inner], () => ({
    code: 'broadcast-mismatch',
    reason: 'matmul-mismatch',
    input: 1,
    axis: inner,
    shapes: [left, right],
  }));
}

const matMul: Operator = {
  name: 'MatMul',
  summary: 'The matrix product, as torch.matmul: vectors, matrices, and batches of them with broadcasting.',
  parameters: [],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ inputs: [left, right] }) => {
    const checks = new Checks();
    const isLeft = checkRank(checks, left, 1, Infinity, 'at least 1 axis', 0);
    const isRight = checkRank(checks, right, 1, Infinity, 'at least 1 axis', 1);
    if (left === undefined || right === undefined || !isLeft || !isRight) return checks.answer([undefined]);
    checkInner(checks, left, right);
    // The batch axes, without the matrices; a vector has none and leaves no axis of its own.
    const batch = broadcast(checks, [left, right], 2) ?? [];
    const rows = left.length > 1 ? [left[left.length - 2]] : [];
    const columns = right.length > 1 ? [right[right.length - 1]] : [];
    return checks.answer([[...batch, ...rows, ...columns]]);
  },
  cost: ({ inputs: [left, right] }, [output]) => ({
    parameters: 0,
    macs: output === undefined ? undefined : multiply(product(output), left?.[left.length - 1] ?? right?.[Math.max(right.length - 2, 0)]),
  }),
};

const bmm: Operator = {
  name: 'Bmm',
  summary: 'The matrix products of two batches of matrices, without broadcasting.',
  parameters: [],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ inputs: [left, right] }) => {
    const checks = new Checks();
    const isLeft = checkRank(checks, left, 3, 3, '3 axes', 0);
    const isRight = checkRank(checks, right, 3, 3, '3 axes', 1);
    const [a, b] = [isLeft ? left : undefined, isRight ? right : undefined];
    if (a !== undefined && b !== undefined) {
      const fits = checks.equal(a[0], b[0], () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input: 1,
        axis: -3,
        shapes: [a, b],
      }));
      checkInner(checks, a, b);
      return checks.answer([[fits ? simpler(a[0], b[0]) : undefined, a[1], b[2]]]);
    }
    return checks.answer([[a?.[0] ?? b?.[0], a?.[1], b?.[2]]]);
  },
  cost: ({ inputs: [left, right] }, [output]) => ({
    parameters: 0,
    macs: output === undefined ? undefined : multiply(product(output), left?.[2] ?? right?.[1]),
  }),
};

const bilinear: Operator = {
  name: 'Bilinear',
  summary: 'Multiplies two feature vectors with a learnt tensor between them.',
  parameters: [
    { name: 'in1_features', type: 'integer', inferable: true, doc: 'Size of the last axis of the first input.', legal: 'at least 1' },
    { name: 'in2_features', type: 'integer', inferable: true, doc: 'Size of the last axis of the second input.', legal: 'at least 0' },
    { name: 'out_features', type: 'integer', doc: 'Size of the last axis of the output.', legal: 'at least 0' },
    { name: 'bias', type: 'boolean', default: true, doc: 'Whether a learnt number is added to each output feature.' },
  ],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    checkLeast(checks, from, 'in1_features', 1, 'non-positive-size');
    checkLeast(checks, from, 'in2_features', 0, 'negative-size');
    const isOut = checkLeast(checks, from, 'out_features', 0, 'negative-size');
    const out = isOut ? dimension(from, 'out_features') : undefined;
    const [left, right] = inputs;
    const areSound = inputs.every((shape, input) => checkRank(checks, shape, 1, Infinity, 'at least 1 axis', input));
    if (left === undefined || right === undefined || !areSound) return checks.answer([undefined]);
    const expected = `${left.length === 1 ? '1 axis' : `${left.length} axes`}, as the first input has`;
    const ranksFit = checks.holds(left.length === right.length, () => ({
      code: 'rank-mismatch',
      reason: 'bad-rank',
      input: 1,
      shape: right,
      expected,
    }));
    if (!ranksFit) return checks.answer([undefined]);
    const output: Dimension[] = left.slice(0, -1).map((size, axis) => {
      const fits = checks.equal(size, right[axis], () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input: 1,
        axis: axis - left.length,
        shapes: inputs,
      }));
      return fits ? simpler(size, right[axis]) : undefined;
    });
    inputs.forEach((shape, input) => {
      const argument = `in${input + 1}_features`;
      const claimed = dimension(from, argument);
      const axis = left.length - 1;
      const actual = shape?.[axis];
      checks.equal(claimed, actual, () => ({
        code: 'feature-mismatch',
        reason: 'features-mismatch',
        input,
        axis,
        argument,
        expected: claimed,
        actual,
      }));
    });
    return checks.answer([[...output, out]]);
  },
  cost: ({ arguments: from, inputs: [left, right] }, [output]) => {
    const first = dimension(from, 'in1_features') ?? left?.[left.length - 1];
    const second = dimension(from, 'in2_features') ?? right?.[right.length - 1];
    const out = dimension(from, 'out_features');
    const weights = multiply(multiply(first, second), out);
    const macs = output === undefined ? undefined : multiply(product(output), multiply(first, second));
    return { parameters: add(weights, boolean(from, 'bias') === false ? 0 : out), macs };
  },
};

const eps = (value: number) => ({ name: 'eps', type: 'number', default: float(value), doc: 'Against division by 0.' }) as const;

const cosineSimilarity: Operator = {
  name: 'CosineSimilarity',
  summary: 'The cosine of the angle between vectors that lie along an axis.',
  parameters: [{ name: 'dim', type: 'integer', default: 1, doc: 'The axis along which the vectors lie; it goes.' }, eps(1e-8)],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    const common = broadcast(checks, inputs);
    if (common === undefined) return checks.answer([undefined]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), common.length);
    if (axis === undefined) return checks.answer([common.slice(1).map(() => undefined)]);
    return checks.answer([common.filter((_, at) => at !== axis)]);
  },
};

const pairwiseDistance: Operator = {
  name: 'PairwiseDistance',
  summary: 'The distance between vectors that lie along the last axis.',
  parameters: [
    { name: 'p', type: 'number', default: float(2), doc: 'The degree of the norm.' },
    eps(1e-6),
    { name: 'keepdim', type: 'boolean', default: false, doc: 'Whether the last axis stays, with size 1.' },
  ],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    const common = broadcast(checks, inputs);
    const keep = boolean(from, 'keepdim');
    if (common === undefined || keep === undefined) return checks.answer([undefined]);
    const kept = keep && common.length > 0 ? [1] : [];
    return checks.answer([[...common.slice(0, -1), ...kept]]);
  },
};

export const matrixProducts: readonly Operator[] = [matMul, bmm, bilinear, cosineSimilarity, pairwiseDistance];
