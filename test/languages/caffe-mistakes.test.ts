// Mistakes that users make in a prototxt: each changes one place of a sound network, and is one diagnostic there, with a fix.
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../../server/src/analysis/analyse.ts';
import { provenFixes } from '../../server/src/analysis/fixes.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

const SOUND = `name: "net"
layer {
  name: "data"
  type: "Input"
  top: "data"
  input_param { shape { dim: 1 dim: 3 dim: 225 dim: 225 } }
}
layer {
  name: "conv1"
  type: "Convolution"
  bottom: "data"
  top: "conv1"
  convolution_param { num_output: 64 kernel_size: 7 stride: 2 pad: 3 }
}
layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
layer {
  name: "pool1"
  type: "Pooling"
  bottom: "conv1"
  top: "pool1"
  pooling_param { pool: MAX kernel_size: 3 stride: 2 }
}
layer {
  name: "left"
  type: "Convolution"
  bottom: "pool1"
  top: "left"
  convolution_param { num_output: 32 kernel_size: 3 pad: 1 group: 2 }
}
layer {
  name: "right"
  type: "Convolution"
  bottom: "pool1"
  top: "right"
  convolution_param { num_output: 32 kernel_size: 1 }
}
layer { name: "sum" type: "Eltwise" bottom: "left" bottom: "right" top: "sum" eltwise_param { operation: SUM } }
layer { name: "cat" type: "Concat" bottom: "sum" bottom: "right" top: "cat" concat_param { axis: 1 } }
layer { name: "flat" type: "Reshape" bottom: "cat" top: "flat" reshape_param { shape { dim: 0 dim: -1 } } }
layer { name: "fc" type: "InnerProduct" bottom: "flat" top: "fc" inner_product_param { num_output: 10 } }
layer { name: "prob" type: "Softmax" bottom: "fc" top: "prob" }
`;

/** A network that learns, with what losses, scores, SSD and R-FCN compare. */
const LEARNT = `layer { name: "data" type: "ImageData" top: "data" top: "label"
  transform_param { crop_size: 32 mean_value: 104 } image_data_param { source: "list" batch_size: 4 new_height: 40 new_width: 40 } }
layer { name: "conv" type: "Convolution" bottom: "data" top: "conv" param { lr_mult: 1 } param { lr_mult: 2 }
  convolution_param { num_output: 8 kernel_size: 3 pad: 1 weight_filler { type: "xavier" } } }
layer { name: "norm" type: "BatchNorm" bottom: "conv" top: "norm" param { lr_mult: 0 } param { lr_mult: 0 } param { lr_mult: 0 } }
layer { name: "one" type: "InnerProduct" bottom: "norm" top: "one" param { name: "w" } inner_product_param { num_output: 10 } }
layer { name: "two" type: "InnerProduct" bottom: "norm" top: "two" param { name: "w" } inner_product_param { num_output: 10 } }
layer { name: "pairs" type: "EuclideanLoss" bottom: "one" bottom: "two" top: "pairs" loss_weight: 1 }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "one" bottom: "label" top: "loss" }
layer { name: "score" type: "Accuracy" bottom: "one" bottom: "label" top: "score" accuracy_param { top_k: 5 } }
layer { name: "prior" type: "PriorBox" bottom: "norm" bottom: "data" top: "prior" prior_box_param { min_size: 8 max_size: 16 } }
layer { name: "place" type: "InnerProduct" bottom: "norm" top: "place" inner_product_param { num_output: 8192 } }
layer { name: "class" type: "InnerProduct" bottom: "norm" top: "class" inner_product_param { num_output: 6144 } }
layer { name: "boxes" type: "DetectionOutput" bottom: "place" bottom: "class" bottom: "prior" top: "boxes" detection_output_param { num_classes: 3 } }
layer { name: "rois" type: "DummyData" top: "rois" dummy_data_param { shape { dim: 9 dim: 5 } } }
layer { name: "part" type: "PSROIPooling" bottom: "norm" bottom: "rois" top: "part" psroi_pooling_param { spatial_scale: 1 output_dim: 2 group_size: 2 } }
layer { name: "pool" type: "ROIPooling" bottom: "norm" bottom: "rois" top: "pool" roi_pooling_param { pooled_h: 2 pooled_w: 2 } }
layer { name: "steps" type: "DummyData" top: "steps" top: "marks" dummy_data_param { shape { dim: 6 dim: 4 dim: 3 } shape { dim: 6 dim: 4 } } }
layer { name: "lstm" type: "LSTM" bottom: "steps" bottom: "marks" top: "lstm" recurrent_param { num_output: 5 } }
layer { name: "best" type: "ArgMax" bottom: "one" top: "best" argmax_param { axis: 1 top_k: 3 } }
layer { name: "larger" type: "Interp" bottom: "norm" top: "larger" interp_param { height: 64 width: 64 } }
`;

interface Mistake {
  readonly title: string;
  /** What is written, and what stands in its place; the first one of its kind. */
  readonly change: readonly [string, string];
  readonly found: string;
  /** What the diagnostic stands on. */
  readonly on: string;
  readonly fix?: string;
}

const LEARNT_MISTAKES: readonly Mistake[] = [
  {
    title: 'a crop larger than the image',
    change: ['new_height: 40 new_width: 40', 'new_height: 24 new_width: 40'],
    found: 'error: argument-range',
    on: '32',
  },
  {
    title: 'means in two ways',
    change: ['mean_value: 104', 'mean_file: "mean" mean_value: 104'],
    found: 'error: argument-type',
    on: 'mean_value: 104',
    fix: 'Remove `mean_file`',
  },
  {
    title: 'a rate for a bias that is not there',
    change: ['num_output: 8 kernel_size: 3', 'num_output: 8 bias_term: false kernel_size: 3'],
    found: 'error: argument-type',
    on: 'param',
    fix: 'Remove this `param`',
  },
  {
    title: 'a misspelt filler',
    change: ['"xavier"', '"xaiver"'],
    found: 'error: argument-range',
    on: '"xaiver"',
    fix: 'Change "xaiver" to "xavier"',
  },
  {
    title: 'statistics that are to be learnt',
    change: ['param { lr_mult: 0 }', 'param { decay_mult: 0 }'],
    found: 'warning: ignored-key',
    on: 'param',
    fix: 'Set lr_mult to 0',
  },
  {
    title: 'weights of unlike shapes that are shared',
    change: ['name: "two" type: "InnerProduct" bottom: "norm"', 'name: "two" type: "InnerProduct" bottom: "data"'],
    found: 'error: argument-range',
    on: 'w',
  },
  {
    title: 'weights of a loss for tops that are not there',
    change: ['loss_weight: 1', 'loss_weight: 1 loss_weight: 2'],
    found: 'error: argument-type',
    on: '2',
    fix: 'Remove what is too many',
  },
  {
    title: 'a label for a whole map, which the score takes as well',
    change: ['bottom: "one" bottom: "label" top: "loss" }', 'bottom: "conv" bottom: "label" top: "loss" }'],
    found: 'error: broadcast-mismatch',
    on: 'label',
  },
  {
    title: 'more of the best than classes',
    change: ['top_k: 5', 'top_k: 12'],
    found: 'error: argument-range',
    on: '12',
    fix: 'Change top_k to 10',
  },
  {
    title: 'a large square that is small',
    change: ['min_size: 8 max_size: 16', 'min_size: 16 max_size: 8'],
    found: 'error: argument-range',
    on: '8',
  },
  {
    title: 'scores of other classes than the output has',
    change: ['num_classes: 3', 'num_classes: 4'],
    found: 'error: broadcast-mismatch',
    on: 'class',
    fix: 'Change num_classes to 3',
  },
  {
    title: 'places of other priors',
    change: ['num_output: 8192', 'num_output: 4096'],
    found: 'error: broadcast-mismatch',
    on: 'place',
  },
  {
    title: 'channels that are no parts',
    change: ['output_dim: 2', 'output_dim: 3'],
    found: 'error: channel-mismatch',
    on: '3',
    fix: 'Change output_dim to 2',
  },
  {
    title: 'regions without a size',
    change: ['pooled_h: 2 pooled_w: 2', 'spatial_scale: 1'],
    found: 'error: missing-argument',
    on: 'roi_pooling_param',
    fix: 'Add `pooled_h: 7 pooled_w: 7`',
  },
  {
    title: 'marks of other steps',
    change: ['shape { dim: 6 dim: 4 } }', 'shape { dim: 4 dim: 6 } }'],
    found: 'error: broadcast-mismatch',
    on: 'marks',
  },
  { title: 'a choice of more than there is', change: ['top_k: 3', 'top_k: 11'], found: 'error: argument-range', on: '11' },
  {
    title: 'a map with a height alone',
    change: ['height: 64 width: 64', 'height: 64'],
    found: 'error: missing-argument',
    on: 'interp_param',
    fix: 'Add `width: 64`',
  },
  {
    title: 'outputs that are compared and differ',
    change: ['top: "two" param { name: "w" } inner_product_param { num_output: 10', 'top: "two" inner_product_param { num_output: 12'],
    found: 'error: broadcast-mismatch',
    on: 'two',
    fix: 'Change num_output of two to 10',
  },
];

const MISTAKES: readonly Mistake[] = [
  {
    title: 'a blob with a wrong name',
    change: ['bottom: "pool1"', 'bottom: "pol1"'],
    found: 'error: unknown-name',
    on: 'pol1',
    fix: 'Change `pol1` to `pool1`',
  },
  {
    title: 'other channels in one branch',
    change: ['num_output: 32 kernel_size: 1', 'num_output: 30 kernel_size: 1'],
    found: 'error: broadcast-mismatch',
    on: 'right',
    fix: 'Change num_output of right to 32',
  },
  {
    title: 'a branch without padding',
    change: ['pad: 1 group', 'group'],
    found: 'error: broadcast-mismatch',
    on: 'right',
    fix: 'Change pad of left to 1',
  },
  {
    title: 'a group that does not divide',
    change: ['group: 2', 'group: 5'],
    found: 'error: group-mismatch',
    on: '5',
    fix: 'Change group to 4',
  },
  {
    title: 'a kernel that is larger than the input',
    change: ['dim: 225 dim: 225', 'dim: 2 dim: 2'],
    found: 'error: empty-output',
    on: 'Pooling',
    fix: 'Change kernel_size to 2',
  },
  { title: 'a bracket that is missing', change: ['pad: 3 }\n}', 'pad: 3 }\n'], found: 'error: syntax', on: 'layer', fix: 'Insert `}`' },
  { title: 'a bracket too many', change: ['pad: 3 }\n}', 'pad: 3 }\n}\n}'], found: 'error: syntax', on: '}', fix: 'Remove `}`' },
  { title: 'a quote that is missing', change: ['name: "conv1"', 'name: "conv1'], found: 'error: syntax', on: '"conv1', fix: 'Insert `"`' },
  { title: 'a colon that is missing', change: ['name: "conv1"', 'name "conv1"'], found: 'error: syntax', on: 'name', fix: 'Insert `:`' },
  {
    title: 'a text without quotes',
    change: ['bottom: "data"', 'bottom: data'],
    found: 'error: argument-type',
    on: 'data',
    fix: 'Put quotes around data',
  },
  {
    title: 'a type without quotes',
    change: ['type: "ReLU"', 'type: ReLU'],
    found: 'error: syntax',
    on: 'ReLU',
    fix: 'Write the file in the new form (V2)',
  },
  {
    title: 'a type of the old form',
    change: ['type: "ReLU"', 'type: RELU'],
    found: 'error: syntax',
    on: 'RELU',
    fix: 'Write the file in the new form (V2)',
  },
  {
    title: 'a block of the old form',
    change: ['layer { name: "relu1"', 'layers { name: "relu1"'],
    found: 'error: syntax',
    on: '"ReLU"',
    fix: 'Write the file in the new form (V2)',
  },
  {
    title: 'a type with a wrong name',
    change: ['type: "Softmax"', 'type: "SoftMax"'],
    found: 'information: unknown-module',
    on: 'SoftMax',
    fix: 'Change `SoftMax` to `Softmax`',
  },
  {
    title: 'a field with a wrong name',
    change: ['kernel_size: 7', 'kernal_size: 7'],
    found: 'information: unknown-field',
    on: 'kernal_size',
    fix: 'Change `kernal_size` to `kernel_size`',
  },
  {
    title: 'the parameters of another type',
    change: ['pooling_param', 'convolution_param'],
    found: 'warning: ignored-key',
    on: 'convolution_param',
    fix: 'Change `convolution_param` to `pooling_param`',
  },
  {
    title: 'a word with a wrong name',
    change: ['pool: MAX', 'pool: AVG'],
    found: 'error: argument-range',
    on: 'AVG',
    fix: 'Change AVG to AVE',
  },
  { title: 'a word in quotes', change: ['pool: MAX', 'pool: "MAX"'], found: 'error: argument-type', on: '"MAX"', fix: 'Change it to MAX' },
  {
    title: 'a number in quotes',
    change: ['num_output: 64', 'num_output: "64"'],
    found: 'error: argument-type',
    on: '"64"',
    fix: 'Change it to 64',
  },
  { title: 'a negative padding', change: ['pad: 3', 'pad: -3'], found: 'error: argument-range', on: '-3', fix: 'Change pad to 3' },
  {
    title: 'a stride of 0',
    change: ['stride: 2 pad: 3', 'stride: 0 pad: 3'],
    found: 'error: argument-range',
    on: '0',
    fix: 'Change stride to 1',
  },
  {
    title: 'no number of outputs',
    change: ['num_output: 64 ', ''],
    found: 'error: missing-argument',
    on: 'convolution_param',
    fix: 'Add `num_output: 64`',
  },
  {
    title: 'no kernel',
    change: ['kernel_size: 3 stride: 2', 'stride: 2'],
    found: 'error: missing-argument',
    on: 'pooling_param',
    fix: 'Add `kernel_size: 3`',
  },
  {
    title: 'a kernel that is given in two ways',
    change: ['kernel_size: 7', 'kernel_size: 7 kernel_h: 7 kernel_w: 7'],
    found: 'error: argument-type',
    on: '7',
    fix: 'Remove `kernel_size`',
  },
  {
    title: 'a field that is given twice',
    change: ['group: 2', 'group: 2 group: 1'],
    found: 'error: duplicate-name',
    on: 'group',
    fix: 'Remove this one',
  },
  {
    title: 'a blob that is made twice',
    change: ['top: "right"', 'top: "left"'],
    found: 'error: duplicate-name',
    on: 'left',
    fix: 'Change the top to `right`',
  },
  {
    title: 'a pool in place',
    change: ['top: "pool1"', 'top: "conv1"'],
    found: 'error: duplicate-name',
    on: 'conv1',
    fix: 'Change the top to `pool1`, and where it is taken',
  },
  {
    title: 'two layers with one name',
    change: ['name: "right"', 'name: "left"'],
    found: 'warning: repeated-layer-name',
    on: 'left',
    fix: 'Change `left` to `left_2`',
  },
  {
    title: 'a bottom too many',
    change: ['bottom: "fc" top: "prob"', 'bottom: "fc" bottom: "cat" top: "prob"'],
    found: 'error: input-count',
    on: 'cat',
    fix: 'Remove `bottom: "cat"`',
  },
  {
    title: 'a sum of one blob',
    change: ['bottom: "left" bottom: "right" top: "sum"', 'bottom: "left" top: "sum"'],
    found: 'error: input-count',
    on: 'Eltwise',
  },
  { title: 'an axis that is not there', change: ['axis: 1', 'axis: 4'], found: 'error: argument-range', on: '4' },
  {
    title: 'a shape that does not hold the elements',
    change: ['dim: 0 dim: -1', 'dim: 0 dim: 5 dim: -1'],
    found: 'error: reshape-mismatch',
    on: 'dim: 0 dim: 5 dim: -1',
  },
  {
    title: 'an input without sizes',
    change: ['  input_param { shape { dim: 1 dim: 3 dim: 225 dim: 225 } }\n', ''],
    found: 'error: missing-argument',
    on: 'Input',
    fix: 'Add `shape { dim: 1 dim: 3 dim: 224 dim: 224 }`',
  },
  {
    title: 'a phase with a wrong name',
    change: ['top: "conv1" }', 'top: "conv1" include { phase: TRIAN } }'],
    found: 'error: argument-range',
    on: 'TRIAN',
    fix: 'Change TRIAN to TRAIN',
  },
];

function findingsOf(text: string): Analysis['findings'] {
  const analysis = analyse({ path: 'net.prototxt', text });
  return (analysis?.findings ?? []).filter(({ diagnostic }) => diagnostic.severity !== 'hint');
}

it.each([SOUND, LEARNT])('there is nothing to say of the network that is changed', (text) => {
  expect(findingsOf(text)).toEqual([]);
});

const ALL = [
  ...MISTAKES.map((mistake) => ({ ...mistake, sound: SOUND })),
  ...LEARNT_MISTAKES.map((mistake) => ({ ...mistake, sound: LEARNT })),
];

describe.each(ALL)('$title', ({ sound, change: [from, to], found, on, fix }) => {
  const text = sound.replace(from, to);
  const analysis = analyse({ path: 'net.prototxt', text });

  it('is said once, at its place', () => {
    expect(text).not.toBe(sound);
    const said = findingsOf(text).map(
      ({ diagnostic: { severity, code, range } }) => `${severity}: ${code} on ${text.slice(range.start, range.end)}`,
    );
    expect(said).toEqual([`${found} on ${on}`]);
  });

  if (fix !== undefined)
    it('is mended', () => {
      const finding = analysis?.findings.find(({ diagnostic }) => diagnostic.severity !== 'hint');
      const fixes = analysis === undefined || finding === undefined ? [] : provenFixes(analysis, finding);
      expect(fixes.map(({ title }) => title)).toContain(fix);
      const edits = fixes.find(({ title }) => title === fix)?.edits ?? [];
      expect(findingsOf(applyEdits(text, edits)).filter(({ diagnostic }) => diagnostic.severity === 'error')).toEqual([]);
    });
});
