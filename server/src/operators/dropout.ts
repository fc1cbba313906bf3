// Dropout in its kinds: at work in training only, and never a change of shape.
import { float } from '../network/argument.ts';
import { checkProbability } from './argument-checks.ts';
import type { Operator, Parameter } from './operator.ts';
import { checkRank, sameShape } from './same-shape.ts';

const p: Parameter = {
  name: 'p',
  type: 'number',
  default: float(0.5),
  doc: 'The chance with which a value or a channel is dropped in training.',
  legal: 'between 0 and 1',
};
const inplace: Parameter = { name: 'inplace', type: 'boolean', default: false, doc: 'Whether the input is overwritten.' };

function dropout(name: string, summary: string, fewest = 0, most = Infinity, expected = ''): Operator {
  return sameShape(name, summary, [p, inplace], (checks, from, input) => {
    checkProbability(checks, from, 'p');
    return checkRank(checks, input, fewest, most, expected);
  });
}

export const dropouts: readonly Operator[] = [
  dropout('Dropout', 'Sets random values to 0 in training.'),
  dropout('Dropout1d', 'Sets random channels of a sequence to 0 in training.', 2, 3, '2 axes (unbatched) or 3'),
  dropout('Dropout2d', 'Sets random channels of an image to 0 in training.', 2, Infinity, 'at least 2 axes'),
  dropout('Dropout3d', 'Sets random channels of a volume to 0 in training.', 2, Infinity, 'at least 2 axes'),
  dropout('AlphaDropout', 'Dropout that keeps mean and variance, for SELU.'),
  dropout('FeatureAlphaDropout', 'Alpha dropout of whole channels.', 2, Infinity, 'at least 2 axes'),
  sameShape(
    'StochasticDepth',
    "torchvision's: drops whole residual branches in training.",
    [
      { name: 'p', type: 'number', doc: 'The chance with which the branch is dropped in training.', legal: 'between 0 and 1' },
      { name: 'mode', type: 'string', choices: ['batch', 'row'], doc: 'Whether the batch is dropped as one or row by row.' },
    ],
    (checks, from) => {
      checkProbability(checks, from, 'p');
      return true;
    },
  ),
];
