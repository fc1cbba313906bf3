// Layers at the end of a network: losses and scores.
import type { ArgumentValue } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed, numberNamed, wordNamed } from '../fields.ts';
import type { Message } from '../text-format/tree.ts';
import { operator, tensors, type LayerRule } from './layer-rule.ts';

/** A scalar that no operator computes. */
const otherLoss: LayerRule = () => operator('Loss');

const NORMALIZATIONS: Readonly<Record<string, string>> = {
  FULL: 'full',
  0: 'full',
  VALID: 'valid',
  1: 'valid',
  BATCH_SIZE: 'batch_size',
  2: 'batch_size',
  NONE: 'none',
  3: 'none',
};

/** `normalization`, or the older `normalize`, which is true or false. */
function normalizationOf(parameters: Message | undefined): ArgumentValue | undefined {
  const word = wordNamed(parameters, 'normalization')?.value;
  if (word !== undefined) return NORMALIZATIONS[word];
  const older = booleanNamed(parameters, 'normalize')?.value;
  return older === undefined ? undefined : older ? 'valid' : 'batch_size';
}

/** With a third bottom forks weight each place; a second top is what the softmax gives. */
const softmaxLoss: LayerRule = ({ message, inputs, topCount, report }) => {
  if (topCount > 1) return tensors([], inputs[0]?.shape);
  if (inputs.length !== 2) return operator('Loss');
  const parameters = messageNamed(message, 'loss_param');
  return operator('SoftmaxWithLoss', {
    axis: integerNamed(messageNamed(message, 'softmax_param'), 'axis', report),
    ignore_label: integerNamed(parameters, 'ignore_label', report),
    normalization: normalizationOf(parameters),
  });
};

const infogainLoss: LayerRule = ({ inputs: [input], topCount }) => (topCount > 1 ? tensors([], input?.shape) : operator('Loss'));

const sigmoidLoss: LayerRule = ({ message, inputs, report }) => {
  if (inputs.length !== 2) return operator('Loss');
  const parameters = messageNamed(message, 'loss_param');
  const ignored = integerNamed(parameters, 'ignore_label', report);
  return operator('SigmoidCrossEntropyLoss', { ignore_label: ignored, normalization: normalizationOf(parameters) });
};

const pairLoss =
  (name: string): LayerRule =>
  ({ inputs }) =>
    operator(inputs.length === 2 ? name : 'Loss');

const hingeLoss: LayerRule = ({ message, inputs }) => {
  const norm = wordNamed(messageNamed(message, 'hinge_loss_param'), 'norm')?.value;
  return inputs.length === 2 ? operator('HingeLoss', { norm: norm === 'L2' || norm === '2' ? 'L2' : undefined }) : operator('Loss');
};

const contrastiveLoss: LayerRule = ({ message }) => {
  const parameters = messageNamed(message, 'contrastive_loss_param');
  return operator('ContrastiveLoss', {
    margin: numberNamed(parameters, 'margin'),
    legacy_version: booleanNamed(parameters, 'legacy_version'),
  });
};

/** A second top has one number for each class. */
const accuracy: LayerRule = ({ message, inputs, topCount, report }) => {
  const parameters = messageNamed(message, 'accuracy_param');
  const axis = integerNamed(parameters, 'axis', report);
  const shape = inputs[0]?.shape;
  if (topCount > 1) {
    const along = axis?.value ?? 1;
    const at = typeof along !== 'number' || shape === undefined ? undefined : along < 0 ? along + shape.length : along;
    return tensors([], [at === undefined ? undefined : shape?.[at]]);
  }
  if (inputs.length !== 2) return operator('Loss');
  return operator('Accuracy', {
    top_k: integerNamed(parameters, 'top_k', report, 1),
    axis,
    ignore_label: integerNamed(parameters, 'ignore_label', report),
  });
};

/** A scalar, and for each region the loss of its own. */
const regionLoss: LayerRule = ({ inputs: [input] }) => tensors([], input?.shape);

export const results: Readonly<Record<string, LayerRule>> = {
  SoftmaxWithLoss: softmaxLoss,
  InfogainLoss: infogainLoss,
  EuclideanLoss: pairLoss('EuclideanLoss'),
  HingeLoss: hingeLoss,
  MultinomialLogisticLoss: pairLoss('MultinomialLogisticLoss'),
  SigmoidCrossEntropyLoss: sigmoidLoss,
  ContrastiveLoss: contrastiveLoss,
  SmoothL1Loss: otherLoss,
  L1Loss: otherLoss,
  TripletLoss: otherLoss,
  CenterLoss: otherLoss,
  MultiBoxLoss: otherLoss,
  Accuracy: accuracy,
  SmoothL1LossOHEM: regionLoss,
  SoftmaxWithLossOHEM: () => tensors([]),
  SegAccuracy: () => tensors(),
  Silence: () => tensors(),
};
