// Parameter: a tensor of trainable numbers that no input goes into.
import { product } from '../dims/arithmetic.ts';
import { dimensions } from './call.ts';
import { Checks } from './checks.ts';
import type { Inference, Operator, OperatorCall } from './operator.ts';

export const parameter: Operator = {
  name: 'Parameter',
  summary: 'A tensor of trainable numbers that belongs to the network, such as the scale of a residual branch.',
  parameters: [
    {
      name: 'size',
      type: 'integers',
      variadic: true,
      inferable: true,
      doc: 'The sizes of its axes, one by one or as a tuple; `()` is a single number, and `_` is for numbers that are not counted.',
      legal: 'at least 0',
    },
  ],
  inputs: { minimum: 0, maximum: 0 },
  outputs: 'single',
  infer,
  cost: (_, [output]) => ({ parameters: output === undefined ? undefined : product(output), macs: 0 }),
};

function infer({ arguments: from }: OperatorCall): Inference {
  const checks = new Checks();
  const sizes = dimensions(from, 'size');
  sizes?.forEach((size) =>
    checks.atLeast(size, 0, () => ({
      code: 'argument-range',
      reason: 'negative-size',
      argument: 'size',
      value: size ?? null,
      legal: 'at least 0',
    })),
  );
  return checks.answer([sizes?.includes(undefined) === true ? undefined : sizes]);
}
