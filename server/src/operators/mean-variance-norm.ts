// MVN, Caffe's norm without weights: each channel, or each sample, is brought to mean 0 and deviation 1.
import { float } from '../network/argument.ts';
import type { Operator } from './operator.ts';
import { checkRank, sameShape } from './same-shape.ts';

export const meanVarianceNorm: Operator = {
  origin: 'Caffe',
  ...sameShape(
    'MVN',
    "Brings each channel of each sample to mean 0 and deviation 1: Caffe's layer.",
    [
      {
        name: 'normalize_variance',
        type: 'boolean',
        default: true,
        doc: 'Whether is divided by the deviation; else the mean is taken away alone.',
      },
      { name: 'across_channels', type: 'boolean', default: false, doc: 'Whether all channels of a sample are normalized as one.' },
      { name: 'eps', type: 'number', default: float(1e-9), doc: 'Added to the deviation, against division by 0.' },
    ],
    (checks, _from, input) => checkRank(checks, input, 2, Infinity, 'at least 2 axes'),
  ),
};
