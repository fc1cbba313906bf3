// Activations of torch.nn that work cell by cell; they have no weights and no multiply-accumulates.
import { float } from '../network/argument.ts';
import { number } from './call.ts';
import type { Checks } from './checks.ts';
import type { Arguments, Operator, Parameter } from './operator.ts';
import { sameShape } from './same-shape.ts';

const inplace: Parameter = { name: 'inplace', type: 'boolean', default: false, doc: 'Whether the input is overwritten.' };

function real(name: string, value: number, doc: string): Parameter {
  return { name, type: 'number', default: float(value), doc };
}

const lambd = (doc: string): Parameter => real('lambd', 0.5, doc);

/** Always true: a number out of its range leaves the shape of the output certain. */
function checkNumber(checks: Checks, from: Arguments, argument: string, isLegal: boolean, legal: string): true {
  checks.holds(isLegal, () => ({ code: 'argument-range', reason: 'out-of-range', argument, value: from.get(argument) ?? null, legal }));
  return true;
}

export const activations: readonly Operator[] = [
  sameShape('ReLU', 'Replaces negative values by 0.', [inplace]),
  sameShape('ReLU6', 'Limits values to 0 to 6.', [inplace]),
  sameShape('LeakyReLU', 'Scales negative values down.', [real('negative_slope', 0.01, 'The slope for negative values.'), inplace]),
  sameShape('ELU', 'Bends negative values towards -alpha.', [real('alpha', 1, 'The limit for negative values is -alpha.'), inplace]),
  sameShape('SELU', 'An ELU whose scale keeps mean and variance.', [inplace]),
  sameShape(
    'CELU',
    'An ELU without a kink at 0.',
    [real('alpha', 1, 'The limit for negative values is -alpha.'), inplace],
    (checks, from) => checkNumber(checks, from, 'alpha', number(from, 'alpha') !== 0, 'other than 0'),
  ),
  sameShape('GELU', 'Weights each value by the normal distribution below it.', [
    { name: 'approximate', type: 'string', default: 'none', choices: ['none', 'tanh'], doc: 'The formula: exact, or by tanh.' },
  ]),
  {
    ...sameShape('SiLU', 'x * sigmoid(x), known as swish.', [inplace]),
    // Swish as some frameworks have it is x * sigmoid(beta * x).
    meanings: [real('beta', 1, 'The factor of x in the sigmoid.')],
  },
  sameShape('Mish', 'x * tanh(softplus(x)).', [inplace]),
  sameShape('Hardswish', 'SiLU made of straight pieces.', [inplace]),
  sameShape('Hardsigmoid', 'Sigmoid made of straight pieces.', [inplace]),
  sameShape(
    'Hardtanh',
    'Limits values to min_val to max_val.',
    [real('min_val', -1, 'The smallest value.'), real('max_val', 1, 'The largest value.'), inplace],
    (checks, from) => {
      const [least, most] = [number(from, 'min_val'), number(from, 'max_val')];
      return checkNumber(checks, from, 'max_val', least === undefined || most === undefined || most > least, 'above min_val');
    },
  ),
  sameShape('Hardshrink', 'Replaces values near 0 by 0.', [lambd('Values from -lambd to lambd become 0.')]),
  sameShape('Sigmoid', '1 / (1 + exp(-x)): values between 0 and 1.'),
  sameShape('LogSigmoid', 'The logarithm of the sigmoid.'),
  sameShape('Tanh', 'Values between -1 and 1.'),
  sameShape('Tanhshrink', 'x - tanh(x).'),
  sameShape('Softplus', 'A smooth ReLU, log(1 + exp(x)).', [
    { name: 'beta', type: 'number', default: 1, doc: 'The higher, the nearer to ReLU.' },
    { name: 'threshold', type: 'number', default: 20, doc: 'Above it (times beta) the function is taken as x itself.' },
  ]),
  sameShape('Softshrink', 'Draws values towards 0 by lambd.', [lambd('How far values are drawn to 0.')], (checks, from) =>
    checkNumber(checks, from, 'lambd', (number(from, 'lambd') ?? 0) >= 0, 'at least 0'),
  ),
  sameShape('Softsign', 'x / (1 + |x|).'),
  sameShape('Threshold', 'Replaces values up to a threshold by one value.', [
    { name: 'threshold', type: 'number', doc: 'Values above it are kept.' },
    { name: 'value', type: 'number', doc: 'What the others become.' },
    inplace,
  ]),
  sameShape('RReLU', 'A LeakyReLU whose slope is random in training.', [
    real('lower', 1 / 8, 'The least slope for negative values.'),
    real('upper', 1 / 3, 'The greatest slope for negative values.'),
    inplace,
  ]),
];
