// Parameters of layers that go cell by cell, and of losses and scores.
import { flag, integer, message, number, text, word, type FieldSchema, type MessageSchema } from './field.ts';

const ENGINE: FieldSchema = word('Which code computes the layer.', ['DEFAULT', 'CAFFE', 'CUDNN', 'MKL2017', 'MKLDNN'], 'DEFAULT');
const engineOnly: MessageSchema = { engine: ENGINE };

const logarithmic: MessageSchema = {
  base: number('The base; -1 for e.', -1),
  scale: number('The factor of each value.', 1),
  shift: number('What is added to each value.', 0),
};

export const cellWise: Readonly<Record<string, MessageSchema>> = {
  relu_param: { negative_slope: number('What negative values are multiplied by.', 0), engine: ENGINE },
  prelu_param: {
    filler: message('How the slopes start; 0.25 unless it is given.', 'filler'),
    channel_shared: flag('Whether all channels have one slope.', false),
  },
  elu_param: { alpha: number('What large negative values come to, negated.', 1) },
  sigmoid_param: engineOnly,
  tanh_param: engineOnly,
  exp_param: logarithmic,
  log_param: logarithmic,
  power_param: {
    power: number('The exponent.', 1),
    scale: number('The factor of each value.', 1),
    shift: number('What is added, before the exponent.', 0),
  },
  swish_param: { beta: number('The factor of x in the sigmoid.', 1) },
  clip_param: { min: number('The least value.'), max: number('The greatest value.') },
  threshold_param: { threshold: number('Values above it become 1, others 0.', 0) },
  dropout_param: {
    dropout_ratio: number('The share of values that are put to 0 in training.', 0.5),
    scale_train: flag('Whether values are scaled in training, in SSD.', true),
  },
  selu_dropout_param: { dropout_ratio: number('The share of values that are replaced in training.', 0.5) },
  mvn_param: {
    normalize_variance: flag('Whether values are divided by the deviation as well.', true),
    across_channels: flag('Whether all channels are taken as one.', false),
    eps: number('Added to the deviation, against division by 0.', 1e-9),
  },
  softmax_param: { engine: ENGINE, axis: integer('The axis along which values sum to 1.', 1) },
  norm_param: {
    across_spatial: flag('Whether all cells of an image are taken as one.', true),
    scale_filler: message('How the factors start.', 'filler'),
    channel_shared: flag('Whether all channels have one factor.', true),
    eps: number('Added to the sum, against division by 0.', 1e-10),
  },
  accuracy_param: {
    top_k: integer('Among how many of the largest scores that of the label has to be.', 1),
    axis: integer('The axis of the classes.', 1),
    ignore_label: integer('The label of places that do not count.'),
  },
  argmax_param: {
    out_max_val: flag('Whether the values come out, too.', false),
    top_k: integer('How many of the largest there are.', 1),
    axis: integer('The axis along which is looked; without one over each whole item.'),
  },
  contrastive_loss_param: {
    margin: number('The distance that unlike pairs should have.', 1),
    legacy_version: flag('Whether the squared distance is held against the margin.', false),
  },
  hinge_loss_param: { norm: word('Whether the distances are summed, or their squares.', ['L1', 'L2'], 'L1') },
  infogain_loss_param: { source: text('The file of the matrix.'), axis: integer('The axis of the classes.', 1) },
  smooth_l1_loss_param: { sigma: number('How soon the loss turns from squared to absolute.', 1) },
  seg_accuracy_param: { ignore_label: integer('The label of places that do not count.'), reset: flag('Whether each batch counts anew.') },
  center_loss_param: {
    num_output: integer('How many classes there are.'),
    center_filler: message('How the centres start.', 'filler'),
    axis: integer('The first axis of the features.', 1),
  },
  triplet_loss_param: { margin: number('The distance that unlike pairs should have more.', 1) },
};
