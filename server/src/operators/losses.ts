// Losses and scores, as Caffe's layers have them: whatever goes in, a scalar comes out.
import { float } from '../network/argument.ts';
import { Checks } from './checks.ts';
import type { InputCount, Operator, Parameter } from './operator.ts';

function scalar(name: string, summary: string, inputs: InputCount, parameters: readonly Parameter[] = []): Operator {
  return { name, origin: 'Caffe', summary, parameters, inputs, outputs: 'single', infer: () => new Checks().answer([[]]) };
}

const IGNORE_LABEL: Parameter = {
  name: 'ignore_label',
  type: 'integer',
  default: null,
  nullable: true,
  doc: 'The label of places that do not count; None for none.',
};
const AXIS: Parameter = { name: 'axis', type: 'integer', default: 1, doc: 'The axis of the classes.' };

function normalization(usual: string): Parameter {
  const doc = 'What the sum is divided by: all labels, those that count, the size of the batch, or 1.';
  return { name: 'normalization', type: 'string', default: usual, choices: ['full', 'valid', 'batch_size', 'none'], doc };
}

const pair: InputCount = { minimum: 2, maximum: 2 };

export const losses: readonly Operator[] = [
  scalar('Loss', 'Measures how far predictions are from what is wanted, in a way that is not said: a scalar.', {
    minimum: 1,
    maximum: Infinity,
  }),
  scalar('SoftmaxWithLoss', 'The negative logarithm of the softmax at the labels, summed and divided by their number.', pair, [
    AXIS,
    IGNORE_LABEL,
    normalization('valid'),
  ]),
  scalar('MultinomialLogisticLoss', 'The negative logarithm of the probabilities at the labels, divided by the size of the batch.', pair),
  scalar('SigmoidCrossEntropyLoss', 'The cross-entropy of the sigmoid of the first tensor with the second.', pair, [
    IGNORE_LABEL,
    normalization('batch_size'),
  ]),
  scalar('EuclideanLoss', 'Half of the squared differences of two tensors, divided by the size of the batch.', pair),
  scalar('HingeLoss', 'How far scores are on the wrong side of a margin of 1, divided by the size of the batch.', pair, [
    { name: 'norm', type: 'string', default: 'L1', choices: ['L1', 'L2'], doc: 'Whether the distances are summed, or their squares.' },
  ]),
  scalar(
    'ContrastiveLoss',
    'Half of the squared distance of two samples where the third tensor is not 0, else of what the distance is short of the margin.',
    { minimum: 3, maximum: 3 },
    [
      { name: 'margin', type: 'number', default: float(1), doc: 'The distance that samples that differ should have.' },
      { name: 'legacy_version', type: 'boolean', default: false, doc: 'Whether the squared distance is held against the margin.' },
    ],
  ),
  scalar('Accuracy', 'The share of predictions that are right: a scalar.', pair, [
    {
      name: 'top_k',
      type: 'integer',
      default: 1,
      doc: 'Among how many of the largest scores that of the label has to be.',
      legal: 'at least 1',
    },
    AXIS,
    IGNORE_LABEL,
  ]),
];
