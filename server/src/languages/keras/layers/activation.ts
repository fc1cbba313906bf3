// Activations of Keras: as layers of their own and as the `activation` of other layers.
import { float } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import type { JsonNode } from '../json.ts';
import { textOf, valueOf } from '../json.ts';
import { apply, asWritten, input, type LayerRule, type LayerUse, type Settings } from '../layer-use.ts';

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
};

/** The activation that is named in the settings of a layer, applied to what the layer gives. */
export function activate(use: LayerUse, tensor: Tensor): Tensor {
  return byName(use, nameOf(use.config.find('activation')), tensor);
}

/** What is not one of Keras' own keeps the sizes all the same: every activation does. */
function byName(use: LayerUse, name: string | undefined, tensor: Tensor): Tensor {
  if (name === undefined || name === 'linear') return tensor;
  if (name === 'softmax') return softmax(use, tensor);
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

/** A slope for each cell behind the batch, or one for all along the axes that are shared. */
const prelu: LayerRule = (use) => {
  const tensor = asWritten(use, input(use));
  const shared = use.config.numbers('shared_axes') ?? [];
  const count = tensor.shape?.reduce<number | undefined>((product, size, axis) => {
    if (axis === 0 || shared.includes(axis)) return product;
    return typeof size === 'number' && product !== undefined ? product * size : undefined;
  }, 1);
  return [apply(use, 'PReLU', { num_parameters: count ?? { kind: 'unknown' } }, tensor)];
};

const softmaxLayer: LayerRule = (use) => {
  const tensor = input(use);
  const axis = use.config.number('axis') ?? -1;
  if (axis === -1) return [softmax(use, tensor)];
  return [apply(use, 'Softmax', { dim: axis }, asWritten(use, tensor))];
};

export const activations: Readonly<Record<string, LayerRule>> = {
  Activation: (use) => [activate(use, input(use))],
  QActivation: (use) => [activate(use, input(use))],
  ReLU: cellwise('ReLU'),
  LeakyReLU: cellwise('LeakyReLU'),
  ELU: cellwise('ELU'),
  ThresholdedReLU: cellwise('ReLU'),
  PReLU: prelu,
  ParametricSoftplus: prelu,
  Softmax: softmaxLayer,
};
