// Norms over the last axes: LayerNorm, RMSNorm.
import { multiply, product } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import { float, isInfer, type ArgumentValue } from '../network/argument.ts';
import { boolean, dimensions } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator } from './operator.ts';
import { checkRank } from './same-shape.ts';

function declare(name: string, summary: string, eps: ArgumentValue, hasBias: boolean): Operator {
  return {
    name,
    summary,
    parameters: [
      {
        name: 'normalized_shape',
        type: 'integers',
        inferable: true,
        doc: 'The sizes of the last axes, over which is normalized; `_` takes the last one of the input.',
      },
      { name: 'eps', type: 'number', default: eps, nullable: true, doc: 'Added to the variance, against division by 0.' },
      { name: 'elementwise_affine', type: 'boolean', default: true, doc: 'Whether a scale (and an offset) is learnt for each place.' },
      ...(hasBias ? [{ name: 'bias', type: 'boolean', default: true, doc: 'Whether an offset is learnt as well.' } as const] : []),
    ],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }) => {
      const checks = new Checks();
      const sizes = dimensions(from, 'normalized_shape');
      const isLong = checks.holds(sizes === undefined ? undefined : sizes.length > 0, () => ({
        code: 'argument-type',
        reason: 'wrong-type',
        argument: 'normalized_shape',
        value: [],
        expected: 'at least one size',
      }));
      const count = sizes?.length ?? (isInfer(from.get('normalized_shape')) ? 1 : 0);
      const expected = `at least ${count === 1 ? '1 axis' : `${count} axes`}`;
      if (input === undefined || !isLong || !checkRank(checks, input, count, Infinity, expected)) return checks.answer([undefined]);
      if (sizes === undefined) return checks.answer([input]);
      const start = input.length - sizes.length;
      let wrong: number | undefined;
      sizes.forEach((size, at) => {
        const axis = start + at;
        const actual = input[axis];
        if (size === actual) return;
        const fits = checks.equal(size, actual, () => ({
          code: 'feature-mismatch',
          reason: 'normalized-shape-mismatch',
          input: 0,
          axis,
          argument: 'normalized_shape',
          expected: size,
          actual,
        }));
        if (!fits) wrong ??= axis;
      });
      return checks.answer([
        wrong === undefined ? input : input.map((size, axis) => (axis >= start && sizes[axis - start] !== size ? undefined : size)),
      ]);
    },
    cost: ({ arguments: from, inputs: [input] }) => {
      if (boolean(from, 'elementwise_affine') === false) return { parameters: 0, macs: 0 };
      const tensors = hasBias && boolean(from, 'bias') !== false ? 2 : 1;
      return { parameters: multiply(tensors, product(normalizedSizes(from, input))), macs: 0 };
    },
  };
}

function normalizedSizes(from: Arguments, input: readonly Dimension[] | undefined): readonly Dimension[] {
  return dimensions(from, 'normalized_shape') ?? [input?.[input.length - 1]];
}

export const layerNorms: readonly Operator[] = [
  declare('LayerNorm', 'Normalizes over the last axes of each sample.', float(1e-5), true),
  declare('RMSNorm', 'Divides by the root mean square over the last axes.', null, false),
];
