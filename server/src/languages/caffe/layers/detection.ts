// Layers of detectors, in forks: boxes of SSD, regions of R-CNN and R-FCN.
import { isFloat, UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed, numberNamed, numbersNamed, type Written } from '../fields.ts';
import type { Message } from '../text-format/tree.ts';
import { compareBoxes } from './box-counts.ts';
import { joined, listed, operator, tensors, type CaffeLayer, type LayerRule } from './layer-rule.ts';
import { outputIdeas } from './output-ideas.ts';
import { reportMissing } from './required.ts';

const priorBox: LayerRule = (layer) => {
  const parameters = messageNamed(layer.message, 'prior_box_param');
  const boxes = (field: string) => listed(numbersNamed(parameters, field));
  const pair = (both: string, high: string, wide: string) =>
    joined([high, wide].flatMap((field) => numbersNamed(parameters, field))) ?? joined(numbersNamed(parameters, both));
  const least = boxes('min_size');
  if (least === undefined) reportMissing(layer, 'prior_box_param', 'min_size', 'It is the side of the smallest square, in pixels.');
  checkSides(layer, numbersNamed(parameters, 'min_size'), numbersNamed(parameters, 'max_size'));
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

/** One large square for each small one, and larger. */
function checkSides({ report }: CaffeLayer, small: readonly Written[], large: readonly Written[]): void {
  const [first] = large;
  if (first === undefined || small.length === 0) return;
  if (large.length !== small.length) {
    const message = `min_size is given ${small.length} ${small.length === 1 ? 'time' : 'times'} and max_size ${large.length}.\nCaffe wants a max_size for each min_size, or none.`;
    report({ code: 'argument-type', reason: 'expression', message }, first.range);
    return;
  }
  const at = large.findIndex(({ value }, index) => (numberOf(value) ?? Infinity) <= (numberOf(small[index]?.value) ?? -Infinity));
  const [least, most] = [small[at], large[at]];
  if (least === undefined || most === undefined) return;
  const message = `max_size has to be above its min_size, but is ${formatNumber(most.value)}, with a min_size of ${formatNumber(least.value)}.\nOne more square lies between the two.`;
  report({ code: 'argument-range', reason: 'expression', message }, most.range);
}

function numberOf(value: ArgumentValue | undefined): number | undefined {
  return value === undefined ? undefined : isFloat(value) ? value.value : typeof value === 'number' ? value : undefined;
}

function formatNumber(value: ArgumentValue): string {
  return String(numberOf(value) ?? '');
}

function regions(name: string, parameter: string): LayerRule {
  return (layer) => {
    const { message, report } = layer;
    const parameters = messageNamed(message, parameter);
    const missing = ['pooled_h', 'pooled_w'].filter((field) => integerNamed(parameters, field, () => undefined) === undefined);
    if (name === 'RoIPool' && missing[0] !== undefined)
      reportMissing(
        layer,
        parameter,
        missing[0],
        'It is how many cells come out of each region.',
        ['7', ...missing.slice(1).map((field) => `${field}: 7`)].join(' '),
      );
    if (name === 'PSRoIPool') checkParts(layer, parameters);
    const size = joined(['pooled_h', 'pooled_w'].flatMap((field) => integerNamed(parameters, field, report, 1) ?? []));
    return operator(name, {
      output_size: size ?? integerNamed(parameters, 'group_size', report, 1) ?? UNKNOWN,
      spatial_scale: numberNamed(parameters, 'spatial_scale'),
      ...(name === 'PSRoIPool' && { output_dim: integerNamed(parameters, 'output_dim', report, 1) ?? UNKNOWN }),
    });
  };
}

/** Each cell of each class has channels of its own. */
function checkParts({ inputs: [input], report, type }: CaffeLayer, parameters: Message | undefined): void {
  const [outputs, size] = ['output_dim', 'group_size'].map((field) => integerNamed(parameters, field, () => undefined));
  const channels = input?.shape?.[1];
  if (typeof outputs?.value !== 'number' || typeof size?.value !== 'number' || typeof channels !== 'number') return;
  const cells = size.value ** 2;
  const expected = outputs.value * cells;
  if (channels === expected || cells === 0) return;
  const because = `group_size: ${size.value} and output_dim: ${outputs.value} are ${size.value} x ${size.value} cells of ${outputs.value} channels: num_output: ${expected} in the convolution before it.`;
  const layer = { name: type.name, because };
  const fault = { code: 'channel-mismatch', reason: 'channels-mismatch', input: 0, axis: 1, argument: 'output_dim' } as const;
  const ideas = Number.isInteger(channels / cells)
    ? [{ title: `Change output_dim to ${channels / cells}`, edits: [{ range: outputs.range, newText: String(channels / cells) }] }]
    : [];
  report({ ...fault, expected, actual: channels, layer }, outputs.range, { ideas: [...outputIdeas(input, expected), ...ideas] });
}

const detectionOutput: LayerRule = (layer) => {
  compareBoxes(layer, 'detection_output_param');
  return tensors([1, 1, undefined, 7]);
};

export const detection: Readonly<Record<string, LayerRule>> = {
  PriorBox: priorBox,
  ROIPooling: regions('RoIPool', 'roi_pooling_param'),
  ROIAlign: regions('RoIAlign', 'roi_align_param'),
  PSROIPooling: regions('PSRoIPool', 'psroi_pooling_param'),
  // How many boxes there are depends on the picture.
  Proposal: () => tensors([undefined, 5], [undefined, 1]),
  // The labels and weights of the regions that count, as many as before.
  BoxAnnotatorOHEM: ({ inputs }) => tensors(inputs[3]?.shape, inputs[5]?.shape),
  DetectionOutput: detectionOutput,
  DetectionEvaluate: () => tensors([1, 1, undefined, 5]),
};
