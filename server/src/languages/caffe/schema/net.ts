// The file itself, a layer, and what all layers have.
import { flag, integer, integers, message, messages, number, numbers, text, texts, word, type MessageSchema } from './field.ts';

const PHASES = ['TRAIN', 'TEST'];

export const net: Readonly<Record<string, MessageSchema>> = {
  net: {
    name: text('The name of the network.'),
    layer: messages('A layer of the network. Layers run in the order of the file.', 'layer'),
    layers: messages('A layer in the old form (V1), whose type is a word such as CONVOLUTION.', 'layer'),
    input: texts('The name of a blob that is given from outside, when the network runs.'),
    input_shape: messages('The sizes of an input, one for each `input`.', 'shape'),
    input_dim: integers('The sizes of the inputs in the old form: four numbers each, as N, C, H and W.'),
    force_backward: flag('Whether every layer computes gradients, also where nothing is learnt.', false),
    state: message('What the network is run as, for the rules in `include` and `exclude`.', 'state'),
    debug_info: flag('Whether each layer logs the size of its values and gradients.', false),
  },
  shape: { dim: integers('The size of one axis, outermost first: N, C, H, W for images.') },
  state: {
    phase: word('Training or test.', PHASES, 'TEST'),
    level: integer('A number that `min_level` and `max_level` are compared with.', 0),
    stage: texts('A name that rules may ask for.'),
  },
  rule: {
    phase: word('The phase in which the rule holds; absent for both.', PHASES),
    min_level: integer('The least level at which the rule holds.'),
    max_level: integer('The greatest level at which the rule holds.'),
    stage: texts('A stage that has to be on. With several all of them have to.'),
    not_stage: texts('A stage that has to be off.'),
  },
  layer: {
    name: text('The name of the layer: weights are saved and loaded by it.'),
    type: text('What the layer does, such as "Convolution".'),
    bottom: texts('A blob that goes in: an input, or the top of a layer above.'),
    top: texts('A blob that comes out. Where it is the bottom as well, the layer works in place.'),
    phase: word('The phase of the layer, which Caffe fills in itself.', PHASES),
    loss_weight: numbers('How much the top counts in the loss, one for each top; 1 for losses, 0 for others.'),
    param: messages('How a blob of weights is learnt: first the weights, then the bias.', 'param'),
    blobs: messages('Weights that are stored in the file.', 'any'),
    propagate_down: { ...flag('Whether gradients go back to a bottom, one for each bottom.'), isRepeated: true },
    include: messages('The layer is there only where one of these rules holds.', 'rule'),
    exclude: messages('The layer is not there where one of these rules holds.', 'rule'),
    transform_param: message('How images are cropped, mirrored and scaled on their way in.', 'transform_param'),
    loss_param: message('What is left out of a loss, and by what it is divided.', 'loss_param'),
    blobs_lr: numbers('The learning rate of a blob of weights in the old form; `param { lr_mult }` today.'),
    weight_decay: numbers('The weight decay of a blob in the old form; `param { decay_mult }` today.'),
    blob_share_mode: { ...word('How shared weights are checked, in the old form.', ['STRICT', 'PERMISSIVE']), isRepeated: true },
    layer: message('The parameters of a layer in the oldest form (V0).', 'any'),
  },
  param: {
    name: text('Layers whose weights have the same name share them.'),
    share_mode: word('Whether shared weights have to have the same shape, or only as many numbers.', ['STRICT', 'PERMISSIVE'], 'STRICT'),
    lr_mult: number('The factor of the learning rate for this blob; 0 keeps it as it is.', 1),
    decay_mult: number('The factor of the weight decay for this blob.', 1),
  },
  filler: {
    type: {
      ...text(
        'How start values are drawn: "constant", "uniform", "gaussian", "xavier", "msra", "bilinear", "positive_unitball".',
        '"constant"',
      ),
      words: ['constant', 'uniform', 'gaussian', 'xavier', 'msra', 'bilinear', 'positive_unitball'],
    },
    value: number('The value of "constant".', 0),
    min: number('The least value of "uniform".', 0),
    max: number('The greatest value of "uniform".', 1),
    mean: number('The mean of "gaussian".', 0),
    std: number('The deviation of "gaussian".', 1),
    sparse: integer('How many inputs of each output are not 0 with "gaussian"; -1 for all.', -1),
    variance_norm: word('What "xavier" and "msra" divide the variance by.', ['FAN_IN', 'FAN_OUT', 'AVERAGE'], 'FAN_IN'),
  },
  loss_param: {
    ignore_label: integer('The label of places that do not count.'),
    normalization: word('What the sum is divided by.', ['FULL', 'VALID', 'BATCH_SIZE', 'NONE', 'PRE_FIXED'], 'VALID'),
    normalize: flag('The older form of `normalization`: true for VALID, false for BATCH_SIZE.'),
    pre_fixed_normalizer: number('A fixed number that the sum is divided by, in R-FCN.', 1),
    weight_by_label_freqs: flag('Whether classes are weighted, in SegNet.', false),
    class_weighting: numbers('The weight of each class, in SegNet.'),
  },
};
