// Layers at the end of a network: losses, scores and detections.
import type { Shape } from '../../../dims/size.ts';
import { isSize } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed, numberNamed, scalarsNamed, type Written } from '../fields.ts';
import type { Message } from '../text-format/tree.ts';
import { joined, LayerArguments, operator, tensors, type LayerRule } from './layer-rule.ts';

const loss: LayerRule = () => operator('Loss');
const accuracy: LayerRule = () => operator('Accuracy');

function values(message: Message | undefined, name: string): readonly Written[] {
  return scalarsNamed(message, name).map((found) => ({
    ...found,
    value: found.value.number === undefined ? { kind: 'unknown' } : { kind: 'float', value: found.value.number },
  }));
}

const priorBox: LayerRule = ({ message }) => {
  const parameters = messageNamed(message, 'prior_box_param');
  const given = new LayerArguments();
  for (const [argument, field] of [
    ['min_sizes', 'min_size'],
    ['max_sizes', 'max_size'],
    ['aspect_ratios', 'aspect_ratio'],
  ] as const) {
    const written = values(parameters, field);
    const whole = joined(written);
    if (whole !== undefined) given.put(argument, { ...whole, value: written.map(({ value }) => value) });
  }
  return operator('PriorBox', given.put('flip', booleanNamed(parameters, 'flip')));
};

function regions(name: string, parameter: string): LayerRule {
  return ({ message, report }) => {
    const parameters = messageNamed(message, parameter);
    const size = joined(['pooled_h', 'pooled_w'].flatMap((field) => integerNamed(parameters, field, report, 1) ?? []));
    const given = new LayerArguments()
      .put('output_size', size ?? integerNamed(parameters, 'group_size', report, 1))
      .put('spatial_scale', numberNamed(parameters, 'spatial_scale'));
    if (name === 'PSRoIPool') given.put('output_dim', integerNamed(parameters, 'output_dim', report, 1));
    return operator(name, given);
  };
}

/** A scalar, and for each region the loss of its own. */
const regionLoss: LayerRule = ({ inputs: [input] }) => {
  const rest: Shape = input?.shape === undefined ? undefined : [...input.shape];
  return tensors([], rest);
};

const argMax: LayerRule = ({ message, inputs: [input], report }) => {
  const parameters = messageNamed(message, 'argmax_param');
  const axis = integerNamed(parameters, 'axis', report);
  const most = integerNamed(parameters, 'top_k', report, 1)?.value ?? 1;
  const count = isSize(most) ? most : undefined;
  if (axis !== undefined && count === 1) return operator('Argmax', new LayerArguments().put('dim', axis).mean('keepdim', true));
  if (axis !== undefined) return tensors(undefined);
  const pairs = booleanNamed(parameters, 'out_max_val')?.value === true ? 2 : 1;
  return tensors([input?.shape?.[0], pairs, count]);
};

export const results: Readonly<Record<string, LayerRule>> = {
  SoftmaxWithLoss: loss,
  EuclideanLoss: loss,
  HingeLoss: loss,
  InfogainLoss: loss,
  MultinomialLogisticLoss: loss,
  SigmoidCrossEntropyLoss: loss,
  ContrastiveLoss: loss,
  SmoothL1Loss: loss,
  MultiBoxLoss: loss,
  Accuracy: accuracy,
  SmoothL1LossOHEM: regionLoss,
  PriorBox: priorBox,
  ROIPooling: regions('RoIPool', 'roi_pooling_param'),
  ROIAlign: regions('RoIAlign', 'roi_align_param'),
  PSROIPooling: regions('PSRoIPool', 'psroi_pooling_param'),
  DetectionOutput: () => tensors([1, 1, undefined, 7]),
  ArgMax: argMax,
  Silence: () => tensors(),
};
