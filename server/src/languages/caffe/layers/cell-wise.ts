// Layers that keep the shape of their first input: activations, norms, factors and offsets.
import { booleanNamed, integerNamed, messageNamed, numberNamed } from '../fields.ts';
import { INFER } from '../../../network/argument.ts';
import { LayerArguments, operator, rankOf, tensors, type LayerRule } from './layer-rule.ts';

const same =
  (name: string): LayerRule =>
  () =>
    operator(name);

const relu: LayerRule = ({ message }) => {
  const slope = numberNamed(messageNamed(message, 'relu_param'), 'negative_slope');
  return slope === undefined ? operator('ReLU') : operator('LeakyReLU', new LayerArguments().put('negative_slope', slope));
};

const softmax: LayerRule = ({ message, report }) =>
  operator('Softmax', new LayerArguments().mean('dim', 1).put('dim', integerNamed(messageNamed(message, 'softmax_param'), 'axis', report)));

const prelu: LayerRule = ({ message }) => {
  const isShared = booleanNamed(messageNamed(message, 'prelu_param'), 'channel_shared')?.value === true;
  return operator('PReLU', new LayerArguments().mean('num_parameters', isShared ? 1 : INFER));
};

const power: LayerRule = ({ message }) => {
  const parameters = messageNamed(message, 'power_param');
  const given = new LayerArguments();
  for (const name of ['power', 'scale', 'shift']) given.put(name, numberNamed(parameters, name));
  return operator('Power', given);
};

/** Caffe keeps mean, variance and one number more; the BN of some forks keeps four numbers a channel. */
function batchNorm(perChannel: number, more: number): LayerRule {
  return (layer) => {
    const rank = rankOf(layer) ?? 4;
    // A tensor with one axis alone has one channel.
    if (rank < 2 || rank > 5) return tensors(layer.inputs[0]?.shape);
    return operator(
      `BatchNorm${Math.max(rank - 2, 1)}d`,
      new LayerArguments()
        .mean('num_features', INFER)
        .mean('affine', false)
        .mean('parameters_per_channel', perChannel)
        .mean('more_parameters', more),
    );
  };
}

const scale: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'scale_param');
  return operator(
    'Scale',
    new LayerArguments()
      .put('axis', integerNamed(parameters, 'axis', report))
      .put('num_axes', integerNamed(parameters, 'num_axes', report))
      .put('bias', booleanNamed(parameters, 'bias_term')),
  );
};

const bias: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'bias_param');
  return operator(
    'Bias',
    new LayerArguments()
      .put('axis', integerNamed(parameters, 'axis', report))
      .put('num_axes', integerNamed(parameters, 'num_axes', report)),
  );
};

/** SSD's Normalize: a factor for each channel, or one for all. */
const normalize: LayerRule = ({ message }) => {
  const isShared = booleanNamed(messageNamed(message, 'norm_param'), 'channel_shared')?.value !== false;
  return operator('Scale', new LayerArguments().mean('num_axes', isShared ? 0 : 1));
};

export const cellWise: Readonly<Record<string, LayerRule>> = {
  ReLU: relu,
  ReLU6: same('ReLU6'),
  PReLU: prelu,
  ELU: same('ELU'),
  Sigmoid: same('Sigmoid'),
  TanH: same('Tanh'),
  BNLL: same('Softplus'),
  AbsVal: same('Abs'),
  Exp: same('Exp'),
  Log: same('Log'),
  Swish: same('SiLU'),
  Mish: same('Mish'),
  Clip: same('Clamp'),
  Threshold: same('Identity'),
  MVN: same('Identity'),
  LRN: same('Identity'),
  Dropout: same('Dropout'),
  Power: power,
  Softmax: softmax,
  BatchNorm: batchNorm(2, 1),
  CuDNNBatchNorm: batchNorm(2, 1),
  BN: batchNorm(4, 0),
  Scale: scale,
  Bias: bias,
  Normalize: normalize,
  Split: same('Identity'),
};
