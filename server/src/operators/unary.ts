// Functions of torch on one tensor, cell by cell, and modules that hand their input on.
import { float } from '../network/argument.ts';
import type { Operator, Parameter } from './operator.ts';
import { sameShape } from './same-shape.ts';

const limit = (name: string, doc: string): Parameter => ({ name, type: 'number', default: null, nullable: true, doc });

/** Caffe's Exp is base ** (shift + scale * x), its Log the logarithm of shift + scale * x to that base. */
const logarithmic: readonly Parameter[] = [
  { name: 'base', type: 'number', default: null, nullable: true, doc: 'The base; None for e.' },
  { name: 'scale', type: 'number', default: float(1), doc: 'The factor of each value.' },
  { name: 'shift', type: 'number', default: float(0), doc: 'What is added to each value.' },
];

export const unaries: readonly Operator[] = [
  sameShape('Abs', 'The absolute value, cell by cell.'),
  sameShape('Neg', 'The negated value, cell by cell.'),
  { ...sameShape('Exp', 'e to the power of each value.'), meanings: logarithmic },
  { ...sameShape('Log', 'The natural logarithm of each value.'), meanings: logarithmic },
  sameShape('Sqrt', 'The square root of each value.'),
  sameShape('Rsqrt', 'One over the square root of each value.'),
  sameShape('Square', 'The square of each value.'),
  sameShape('Reciprocal', 'One over each value.'),
  sameShape('Sin', 'The sine of each value.'),
  sameShape('Cos', 'The cosine of each value.'),
  sameShape('Erf', 'The error function of each value.'),
  sameShape('Sign', 'The sign of each value: -1, 0 or 1.'),
  sameShape('Floor', 'The largest whole number up to each value.'),
  sameShape('Ceil', 'The smallest whole number from each value.'),
  sameShape('Round', 'The whole number nearest to each value.'),
  sameShape('Clamp', 'Limits values to min to max.', [
    limit('min', 'The smallest value; None for no limit.'),
    limit('max', 'The largest value; None for no limit.'),
  ]),
  {
    origin: 'Caffe',
    ...sameShape('Power', "(shift + scale * x) ** power, cell by cell: Caffe's layer.", [
      { name: 'power', type: 'number', default: float(1), doc: 'The exponent.' },
      { name: 'scale', type: 'number', default: float(1), doc: 'The factor.' },
      { name: 'shift', type: 'number', default: float(0), doc: 'What is added before.' },
    ]),
  },
  {
    origin: 'Caffe',
    ...sameShape('Binarize', "1 for values above a threshold, 0 for the others: Caffe's Threshold.", [
      { name: 'threshold', type: 'number', default: float(0), doc: 'Values above it become 1.' },
    ]),
  },
  sameShape('QuantStub', 'Where a quantized model starts; hands its input on.', [
    { name: 'qconfig', type: 'any', default: null, nullable: true, doc: 'The settings of the quantization.' },
  ]),
  sameShape('DeQuantStub', 'Where a quantized model ends; hands its input on.', [
    { name: 'qconfig', type: 'any', default: null, nullable: true, doc: 'The settings of the quantization.' },
  ]),
  sameShape('Contiguous', 'Hands its input on, laid out in order in memory.'),
  sameShape('Detach', 'Hands its input on, without its gradient.'),
];
