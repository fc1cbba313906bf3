// Parameter and Buffer: tensors that belong to the network, which no input goes into.
import { product } from '../dims/arithmetic.ts';
import type { Inference } from '../network/builder.ts';
import { dimensions } from './call.ts';
import { Checks } from './checks.ts';
import type { Operator, OperatorCall } from './operator.ts';

function constant(name: string, summary: string, isTrained: boolean): Operator {
  return {
    name,
    summary,
    parameters: [
      {
        name: 'size',
        type: 'integers',
        variadic: true,
        inferable: true,
        doc: 'The sizes of its axes, one by one or as a tuple; `()` is a single number, and `_` is for what is not told.',
        legal: 'at least 0',
      },
    ],
    inputs: { minimum: 0, maximum: 0 },
    outputs: 'single',
    infer,
    cost: (_, [output]) => ({ parameters: isTrained ? output && product(output) : 0, macs: 0 }),
  };
}

export const constants: readonly Operator[] = [
  constant('Parameter', 'A tensor of trainable numbers that belongs to the network, such as the scale of a residual branch.', true),
  constant(
    'Buffer',
    'A tensor that belongs to the network and is not trained, such as anchor points or the embedding of a text: it is no parameter.',
    false,
  ),
];

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
