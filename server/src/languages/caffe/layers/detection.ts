// Layers of detectors, in forks: boxes of SSD, regions of R-CNN and R-FCN.
import { UNKNOWN } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed, numberNamed, numbersNamed } from '../fields.ts';
import { joined, listed, operator, tensors, type LayerRule } from './layer-rule.ts';
import { reportMissing } from './required.ts';

const priorBox: LayerRule = (layer) => {
  const parameters = messageNamed(layer.message, 'prior_box_param');
  const boxes = (field: string) => listed(numbersNamed(parameters, field));
  const pair = (both: string, high: string, wide: string) =>
    joined([high, wide].flatMap((field) => numbersNamed(parameters, field))) ?? joined(numbersNamed(parameters, both));
  const least = boxes('min_size');
  if (least === undefined) reportMissing(layer, 'prior_box_param', 'min_size', 'It is the side of the smallest square, in pixels.');
  return operator('PriorBox', {
    min_sizes: least ?? UNKNOWN,
    max_sizes: boxes('max_size'),
    aspect_ratios: boxes('aspect_ratio'),
    flip: booleanNamed(parameters, 'flip'),
    clip: booleanNamed(parameters, 'clip'),
    variance: boxes('variance'),
    img_size: pair('img_size', 'img_h', 'img_w'),
    step: pair('step', 'step_h', 'step_w'),
    offset: numberNamed(parameters, 'offset'),
  });
};

function regions(name: string, parameter: string): LayerRule {
  return ({ message, report }) => {
    const parameters = messageNamed(message, parameter);
    const size = joined(['pooled_h', 'pooled_w'].flatMap((field) => integerNamed(parameters, field, report, 1) ?? []));
    return operator(name, {
      output_size: size ?? integerNamed(parameters, 'group_size', report, 1) ?? UNKNOWN,
      spatial_scale: numberNamed(parameters, 'spatial_scale'),
      ...(name === 'PSRoIPool' && { output_dim: integerNamed(parameters, 'output_dim', report, 1) ?? UNKNOWN }),
    });
  };
}

export const detection: Readonly<Record<string, LayerRule>> = {
  PriorBox: priorBox,
  ROIPooling: regions('RoIPool', 'roi_pooling_param'),
  ROIAlign: regions('RoIAlign', 'roi_align_param'),
  PSROIPooling: regions('PSRoIPool', 'psroi_pooling_param'),
  // How many boxes there are depends on the picture.
  Proposal: () => tensors([undefined, 5], [undefined, 1]),
  // The labels and weights of the regions that count, as many as before.
  BoxAnnotatorOHEM: ({ inputs }) => tensors(inputs[3]?.shape, inputs[5]?.shape),
  DetectionOutput: () => tensors([1, 1, undefined, 7]),
  DetectionEvaluate: () => tensors([1, 1, undefined, 5]),
};
