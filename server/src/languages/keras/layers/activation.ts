// Activations of Keras: as layers of their own and as the `activation` of other layers.
import { product } from '../../../dims/arithmetic.ts';
import type { Dimension } from '../../../dims/size.ts';
import { float, UNKNOWN } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import type { JsonNode } from '../json.ts';
import { textOf, valueOf } from '../json.ts';
import type { Config } from '../config.ts';
import { apply, asWritten, hasFixedSize, input, type LayerRule, type LayerUse, type Settings } from '../layer-use.ts';

const CELLWISE: Readonly<Record<string, readonly [operator: string, settings?: Settings]>> = {
  relu: ['ReLU'],
  relu6: ['ReLU6'],
  elu: ['ELU'],
  selu: ['SELU'],
  gelu: ['GELU'],
  sigmoid: ['Sigmoid'],
  hard_sigmoid: ['Hardsigmoid'],
  tanh: ['Tanh'],
  softplus: ['Softplus'],
  softsign: ['Softsign'],
  swish: ['SiLU'],
  silu: ['SiLU'],
  hard_silu: ['Hardswish'],
  hard_swish: ['Hardswish'],
  leaky_relu: ['LeakyReLU', { negative_slope: float(0.2) }],
  mish: ['Mish'],
  celu: ['CELU'],
  exponential: ['Exp'],
  hard_tanh: ['Hardtanh'],
  hard_shrink: ['Hardshrink'],
  soft_shrink: ['Softshrink'],
  tanh_shrink: ['Tanhshrink'],
  log_sigmoid: ['LogSigmoid'],
};

/** The activation that is named in the settings of a layer, applied to what the layer gives. */
export function activate(use: LayerUse, tensor: Tensor): Tensor {
  return byName(use, nameOf(use.config.find('activation')), tensor);
}

/** What is not one of Keras' own keeps the sizes all the same: every activation does. */
function byName(use: LayerUse, name: string | undefined, tensor: Tensor): Tensor {
  if (name === undefined || name === 'linear') return tensor;
  if (name === 'softmax') return softmax(use, tensor);
  // Up to Keras 2 it is clip(x / 5 + 1 / 2, 0, 1), since Keras 3 what PyTorch has.
  if (name === 'hard_sigmoid' && !use.format.isKeras3) {
    const line = apply(use, 'Power', { scale: float(0.2), shift: float(0.5) }, tensor);
    return kept(tensor, apply(use, 'Hardtanh', { min_val: float(0), max_val: float(1) }, line));
  }
  const [operator, settings] = CELLWISE[name] ?? ['Identity'];
  return kept(tensor, apply(use, operator, settings ?? {}, tensor));
}

/** Over the channels, which Keras has last. */
function softmax(use: LayerUse, tensor: Tensor): Tensor {
  const isMoved = tensor.layout === 'channels_last';
  return kept(tensor, apply(use, 'Softmax', { dim: isMoved ? 1 : -1 }, tensor));
}

export function kept(before: Tensor, after: Tensor): Tensor {
  return before.layout === undefined ? after : { ...after, layout: before.layout };
}

/** Written as a name, or (Keras 3, and classes of one's own) as an object. */
function nameOf(node: JsonNode | undefined): string | undefined {
  return textOf(node) ?? textOf(valueOf(node, 'class_name'))?.toLowerCase();
}

/** An operator that goes cell by cell. */
export const cellwise =
  (operator: string, settings: (use: LayerUse) => Settings = () => ({})): LayerRule =>
  (use) => {
    const tensor = input(use);
    return [kept(tensor, apply(use, operator, settings(use), tensor))];
  };

/** How many cells there are behind the batch, those along `shared_axes` counted once. */
export function cellsOf({ config }: LayerUse, { shape }: Tensor): Dimension {
  const shared = config.numbers('shared_axes') ?? [];
  return shape === undefined ? undefined : product(shape.filter((_, axis) => axis > 0 && !shared.includes(axis)));
}

/** A learnt slope below 0 for each cell, or one for all along the axes that are shared. */
const prelu: LayerRule = (use) => {
  const tensor = asWritten(use, input(use));
  const shared = use.config.numbers('shared_axes') ?? [];
  hasFixedSize(use, cellsOf(use, tensor), 'the size of its input');
  const sizes = tensor.shape?.slice(1).map((size, at) => (shared.includes(at + 1) ? 1 : (size ?? UNKNOWN)));
  const slope = apply(use, 'Parameter', { size: sizes ?? UNKNOWN });
  const below = apply(use, 'Neg', {}, apply(use, 'ReLU', {}, apply(use, 'Neg', {}, tensor)));
  return [apply(use, 'Add', {}, apply(use, 'ReLU', {}, tensor), apply(use, 'Mul', {}, below, slope))];
};

const softmaxLayer: LayerRule = (use) => {
  const tensor = input(use);
  const [axis = -1, ...more] = use.config.numbers('axis') ?? [];
  if (more.length > 0) return [kept(tensor, apply(use, 'Identity', {}, tensor))];
  if (axis === -1) return [softmax(use, tensor)];
  return [apply(use, 'Softmax', { dim: axis }, asWritten(use, tensor))];
};

/** `max_value` of 6 and slopes have operators of their own. */
const relu: LayerRule = (use) => {
  const { config } = use;
  const slope = config.number('negative_slope') ?? 0;
  if (slope !== 0) return cellwise('LeakyReLU', () => ({ negative_slope: float(slope) }))(use);
  return cellwise(config.number('max_value') === 6 ? 'ReLU6' : 'ReLU')(use);
};

const factor = (config: Config, absent: number, ...names: readonly string[]) => float(config.number(...names) ?? absent);

export const activations: Readonly<Record<string, LayerRule>> = {
  Activation: (use) => [activate(use, input(use))],
  ReLU: relu,
  LeakyReLU: cellwise('LeakyReLU', ({ config }) => ({ negative_slope: factor(config, 0.3, 'alpha', 'negative_slope') })),
  ELU: cellwise('ELU', ({ config }) => ({ alpha: factor(config, 1, 'alpha') })),
  ThresholdedReLU: cellwise('Threshold', ({ config }) => ({ threshold: factor(config, 1, 'theta'), value: float(0) })),
  PReLU: prelu,
  Softmax: softmaxLayer,
};
