// MVN, Caffe's norm without weights, and Normalize, SSD's: pieces of a sample brought to deviation 1, or to length 1.
import { float } from '../network/argument.ts';
import type { Operator } from './operator.ts';
import { boolean } from './call.ts';
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

export const normalize: Operator = {
  origin: 'Caffe',
  ...sameShape(
    'Normalize',
    "Divides by the length of the channels at each cell, or of the whole sample, and multiplies by learnt factors: SSD's layer.",
    [
      { name: 'across_spatial', type: 'boolean', default: true, doc: 'Whether the length is that of the whole sample.' },
      { name: 'channel_shared', type: 'boolean', default: true, doc: 'Whether all channels have one factor.' },
      { name: 'eps', type: 'number', default: float(1e-10), doc: 'Added to the sum of squares, against division by 0.' },
    ],
    (checks, _from, input) => checkRank(checks, input, 2, Infinity, 'at least 2 axes'),
  ),
  cost: ({ arguments: from, inputs: [input] }) => ({ parameters: boolean(from, 'channel_shared') === false ? input?.[1] : 1, macs: 0 }),
};
