// Layers at the end of a network: losses and scores.
import type { ArgumentValue } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed, numberNamed, wordNamed } from '../fields.ts';
import type { Message } from '../text-format/tree.ts';
import { compareBoxes } from './box-counts.ts';
import { checkTopK, compareLabels, compareValues, hasSameBatch } from './compared.ts';
import { operator, tensors, type LayerRule } from './layer-rule.ts';

/** A scalar that no operator computes. */
const otherLoss: LayerRule = () => operator('Loss');

const otherPairLoss: LayerRule = (layer) => {
  compareValues(layer);
  return operator('Loss');
};

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
const softmaxLoss: LayerRule = (layer) => {
  const { message, inputs, topCount, report } = layer;
  if (compareLabels(layer, 'softmax_param')) hasSameBatch(layer);
  if (topCount > 1) return tensors([], inputs[0]?.shape);
  if (inputs.length !== 2) return operator('Loss');
  const parameters = messageNamed(message, 'loss_param');
  return operator('SoftmaxWithLoss', {
    axis: integerNamed(messageNamed(message, 'softmax_param'), 'axis', report),
    ignore_label: integerNamed(parameters, 'ignore_label', report),
    normalization: normalizationOf(parameters),
  });
};

const infogainLoss: LayerRule = (layer) => {
  const { inputs, topCount } = layer;
  compareLabels(layer, 'infogain_loss_param');
  return topCount > 1 ? tensors([], inputs[0]?.shape) : operator('Loss');
};

const sigmoidLoss: LayerRule = (layer) => {
  const { message, inputs, report } = layer;
  compareValues(layer);
  if (inputs.length !== 2) return operator('Loss');
  const parameters = messageNamed(message, 'loss_param');
  const ignored = integerNamed(parameters, 'ignore_label', report);
  return operator('SigmoidCrossEntropyLoss', { ignore_label: ignored, normalization: normalizationOf(parameters) });
};

const euclideanLoss: LayerRule = (layer) => {
  compareValues(layer);
  return operator(layer.inputs.length === 2 ? 'EuclideanLoss' : 'Loss');
};

const logisticLoss: LayerRule = (layer) => {
  hasSameBatch(layer);
  return operator(layer.inputs.length === 2 ? 'MultinomialLogisticLoss' : 'Loss');
};

const hingeLoss: LayerRule = (layer) => {
  const { message, inputs } = layer;
  hasSameBatch(layer);
  const norm = wordNamed(messageNamed(message, 'hinge_loss_param'), 'norm')?.value;
  return inputs.length === 2 ? operator('HingeLoss', { norm: norm === 'L2' || norm === '2' ? 'L2' : undefined }) : operator('Loss');
};

/** The third input says which pairs belong together, one number for each. */
const contrastiveLoss: LayerRule = (layer) => {
  const { message } = layer;
  compareValues({ ...layer, inputs: layer.inputs.slice(0, 2) });
  const parameters = messageNamed(message, 'contrastive_loss_param');
  return operator('ContrastiveLoss', {
    margin: numberNamed(parameters, 'margin'),
    legacy_version: booleanNamed(parameters, 'legacy_version'),
  });
};

/** A second top has one number for each class. */
const accuracy: LayerRule = (layer) => {
  const { message, inputs, topCount, report } = layer;
  compareLabels(layer, 'accuracy_param');
  checkTopK(layer);
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

const multiBoxLoss: LayerRule = (layer) => {
  compareBoxes(layer, 'multibox_loss_param');
  return operator('Loss');
};

/** A scalar, and for each region the loss of its own. */
const regionLoss: LayerRule = ({ inputs: [input] }) => tensors([], input?.shape);

export const results: Readonly<Record<string, LayerRule>> = {
  SoftmaxWithLoss: softmaxLoss,
  InfogainLoss: infogainLoss,
  EuclideanLoss: euclideanLoss,
  HingeLoss: hingeLoss,
  MultinomialLogisticLoss: logisticLoss,
  SigmoidCrossEntropyLoss: sigmoidLoss,
  ContrastiveLoss: contrastiveLoss,
  SmoothL1Loss: otherPairLoss,
  L1Loss: otherLoss,
  TripletLoss: otherLoss,
  CenterLoss: otherLoss,
  MultiBoxLoss: multiBoxLoss,
  Accuracy: accuracy,
  SmoothL1LossOHEM: regionLoss,
  SoftmaxWithLossOHEM: () => tensors([]),
  SegAccuracy: () => tensors(),
  Silence: () => tensors(),
};
