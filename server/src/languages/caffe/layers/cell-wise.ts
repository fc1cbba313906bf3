// Layers that keep the shape of their first input: activations, norms, factors and offsets.
import { INFER } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, messageNamed, numberNamed, wordNamed, type Report } from '../fields.ts';
import type { Range } from '../../../text/range.ts';
import { operator, rankOf, tensors, type LayerRule } from './layer-rule.ts';

const same =
  (name: string): LayerRule =>
  () =>
    operator(name);

/** What no operator computes keeps its sizes all the same. */
const keepsShape: LayerRule = ({ inputs: [input], topCount }) => tensors(...Array.from({ length: topCount }, () => input?.shape));

const relu: LayerRule = ({ message }) => {
  const slope = numberNamed(messageNamed(message, 'relu_param'), 'negative_slope');
  return slope === undefined ? operator('ReLU') : operator('LeakyReLU', { negative_slope: slope });
};

const elu: LayerRule = ({ message }) => operator('ELU', { alpha: numberNamed(messageNamed(message, 'elu_param'), 'alpha') });

const softmax: LayerRule = ({ message, report }) =>
  operator('Softmax', { dim: integerNamed(messageNamed(message, 'softmax_param'), 'axis', report) ?? 1 });

const prelu: LayerRule = ({ message }) => {
  const isShared = booleanNamed(messageNamed(message, 'prelu_param'), 'channel_shared')?.value === true;
  return operator('PReLU', { num_parameters: isShared ? 1 : INFER });
};

const power: LayerRule = ({ message }) => {
  const parameters = messageNamed(message, 'power_param');
  return operator('Power', {
    power: numberNamed(parameters, 'power'),
    scale: numberNamed(parameters, 'scale'),
    shift: numberNamed(parameters, 'shift'),
  });
};

/** A base of -1, which is the default, is e. */
function withBase(name: string, parameter: string): LayerRule {
  return ({ message }) => {
    const parameters = messageNamed(message, parameter);
    const base = numberNamed(parameters, 'base');
    const [scale, shift] = ['scale', 'shift'].map((field) => numberNamed(parameters, field));
    return operator(name, { base: base?.value === -1 ? undefined : base, scale, shift });
  };
}

const swish: LayerRule = ({ message }) => operator('SiLU', { beta: numberNamed(messageNamed(message, 'swish_param'), 'beta') });

const threshold: LayerRule = ({ message }) =>
  operator('Binarize', { threshold: numberNamed(messageNamed(message, 'threshold_param'), 'threshold') });

const meanVarianceNorm: LayerRule = ({ message }) => {
  const parameters = messageNamed(message, 'mvn_param');
  return operator('MVN', {
    normalize_variance: booleanNamed(parameters, 'normalize_variance'),
    across_channels: booleanNamed(parameters, 'across_channels'),
    eps: numberNamed(parameters, 'eps'),
  });
};

const clip: LayerRule = ({ message }) => {
  const parameters = messageNamed(message, 'clip_param');
  return operator('Clamp', { min: numberNamed(parameters, 'min'), max: numberNamed(parameters, 'max') });
};

const lrn: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'lrn_param');
  const size = integerNamed(parameters, 'local_size', report, 1);
  if (typeof size?.value === 'number' && size.value % 2 === 0) reportEven(size.value, size.range, report);
  const isWithin = /^(?:WITHIN_CHANNEL|1)$/.test(wordNamed(parameters, 'norm_region')?.value ?? '');
  return operator('LocalResponseNorm', {
    size: size ?? 5,
    alpha: numberNamed(parameters, 'alpha') ?? 1,
    beta: numberNamed(parameters, 'beta'),
    // Within a channel Caffe adds 1 whatever k is.
    ...(isWithin ? { within_channel: true } : { k: numberNamed(parameters, 'k') }),
  });
};

function reportEven(size: number, range: Range, report: Report): void {
  const message = `local_size must be odd, but is ${size}.\nThe window has the value itself in its middle; Caffe refuses an even one.`;
  const ideas = [size - 1, size + 1].map((odd) => ({ title: `Change local_size to ${odd}`, edits: [{ range, newText: String(odd) }] }));
  report({ code: 'argument-range', reason: 'expression', message }, range, { ideas });
}

/** Caffe keeps mean, variance and one number more; the BN of some forks keeps four numbers a channel. */
function batchNorm(perChannel: number, more: number): LayerRule {
  return (layer) => {
    const rank = rankOf(layer) ?? 4;
    // A tensor with one axis alone has one channel.
    if (rank < 2 || rank > 5) return keepsShape(layer);
    return operator(`BatchNorm${Math.max(rank - 2, 1)}d`, {
      num_features: INFER,
      affine: false,
      parameters_per_channel: perChannel,
      more_parameters: more,
      eps: numberNamed(messageNamed(layer.message, 'batch_norm_param'), 'eps'),
    });
  };
}

const scale: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'scale_param');
  return operator('Scale', {
    axis: integerNamed(parameters, 'axis', report),
    num_axes: integerNamed(parameters, 'num_axes', report),
    bias: booleanNamed(parameters, 'bias_term'),
  });
};

const bias: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'bias_param');
  return operator('Bias', { axis: integerNamed(parameters, 'axis', report), num_axes: integerNamed(parameters, 'num_axes', report) });
};

/** SSD's Normalize: a factor for each channel, or one for all. */
const normalize: LayerRule = ({ message }) => {
  const parameters = messageNamed(message, 'norm_param');
  return operator('Normalize', {
    across_spatial: booleanNamed(parameters, 'across_spatial'),
    channel_shared: booleanNamed(parameters, 'channel_shared'),
    eps: numberNamed(parameters, 'eps'),
  });
};

export const cellWise: Readonly<Record<string, LayerRule>> = {
  ReLU: relu,
  ReLU6: same('ReLU6'),
  PReLU: prelu,
  ELU: elu,
  SELU: same('SELU'),
  SeLu: same('SELU'),
  SeLuDropout: keepsShape,
  Sigmoid: same('Sigmoid'),
  TanH: same('Tanh'),
  BNLL: same('Softplus'),
  AbsVal: same('Abs'),
  Exp: withBase('Exp', 'exp_param'),
  Log: withBase('Log', 'log_param'),
  Swish: swish,
  Mish: same('Mish'),
  HSwish: same('Hardswish'),
  Clip: clip,
  Threshold: threshold,
  MVN: meanVarianceNorm,
  LRN: lrn,
  Dropout: same('Dropout'),
  Noise: keepsShape,
  Power: power,
  Softmax: softmax,
  BatchNorm: batchNorm(2, 1),
  CuDNNBatchNorm: batchNorm(2, 1),
  BN: batchNorm(4, 0),
  Scale: scale,
  Bias: bias,
  Normalize: normalize,
  Split: same('Identity'),
  MultiStageMeanfield: keepsShape,
};
