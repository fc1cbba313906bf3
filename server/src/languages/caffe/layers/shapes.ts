// Layers that give a tensor other axes: InnerProduct, Reshape, Flatten, Permute, Tile, Embed, Reduction, ArgMax and SPP.
import { multiply, product } from '../../../dims/arithmetic.ts';
import { formatShape } from '../../../dims/format.ts';
import type { Dimension } from '../../../dims/size.ts';
import { INFER, isSize, UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, integersNamed, messageNamed, numberNamed, wordNamed } from '../fields.ts';
import { listed, operator, rankOf, tensors, type CaffeLayer, type LayerRule } from './layer-rule.ts';
import { reportMissing } from './required.ts';

const innerProduct: LayerRule = (layer) => {
  const { message, report } = layer;
  const parameters = messageNamed(message, 'inner_product_param');
  const outputs = integerNamed(parameters, 'num_output', report, 1);
  if (outputs === undefined)
    reportMissing(layer, 'inner_product_param', 'num_output', 'It is how many numbers come out of each item.', '10');
  return operator('Linear', {
    in_features: INFER,
    out_features: outputs ?? UNKNOWN,
    bias: booleanNamed(parameters, 'bias_term'),
    start_dim: integerNamed(parameters, 'axis', report) ?? 1,
  });
};

const reshape: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'reshape_param');
  const sizes = integersNamed(messageNamed(parameters, 'shape'), 'dim', report, -1);
  return operator('Reshape', {
    shape: listed(sizes) ?? [],
    zero_copies: true,
    start_dim: integerNamed(parameters, 'axis', report),
    num_axes: integerNamed(parameters, 'num_axes', report, -1),
  });
};

const flatten: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'flatten_param');
  return operator('Flatten', {
    start_dim: integerNamed(parameters, 'axis', report),
    end_dim: integerNamed(parameters, 'end_axis', report),
  });
};

/** Axes that are not named come behind those that are, in their order. */
const permute: LayerRule = (layer) => {
  const order = integersNamed(messageNamed(layer.message, 'permute_param'), 'order', layer.report, 0);
  const rank = rankOf(layer);
  const named = order.map(({ value }) => value);
  const rest = rank === undefined ? [] : Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !named.includes(axis));
  const written = listed(order);
  const dims = [...named, ...rest];
  return rank === undefined && named.length < 4
    ? tensors(undefined)
    : operator('Permute', { dims: written === undefined ? dims : { ...written, value: dims } });
};

const tile: LayerRule = (layer) => {
  const { message, report, inputs } = layer;
  const parameters = messageNamed(message, 'tile_param');
  const axis = integerNamed(parameters, 'axis', report)?.value ?? 1;
  const tiles = integerNamed(parameters, 'tiles', report, 1);
  if (tiles === undefined) reportMissing(layer, 'tile_param', 'tiles', 'It is how many copies stand beside each other.', '1');
  const rank = rankOf(layer);
  if (rank === undefined || typeof axis !== 'number' || tiles === undefined) return tensors(inputs[0]?.shape?.map(() => undefined));
  const at = axis < 0 ? axis + rank : axis;
  if (at < 0 || at >= rank) return axisFault(axis, rank, layer, 'tile_param');
  return operator('Repeat', { repeats: { ...tiles, value: Array.from({ length: rank }, (_, one) => (one === at ? tiles.value : 1)) } });
};

function axisFault(axis: number, rank: number, { message, type, report, inputs: [input] }: Parameters<LayerRule>[0], parameter: string) {
  const written = integerNamed(messageNamed(message, parameter), 'axis', () => undefined);
  const text = `axis of ${type.name} must be between ${-rank} and ${rank - 1}, but is ${axis}.\nThe input has ${rank} axes.`;
  report({ code: 'argument-range', reason: 'expression', message: text }, written?.range ?? type.range);
  return tensors(input?.shape?.map(() => undefined));
}

/** A learnt vector for each number. */
const embed: LayerRule = (layer) => {
  const { message, report } = layer;
  const parameters = messageNamed(message, 'embed_param');
  const [outputs, inputs] = ['num_output', 'input_dim'].map((name) => integerNamed(parameters, name, report, 1));
  if (outputs === undefined) reportMissing(layer, 'embed_param', 'num_output', 'It is the size of each vector.');
  else if (inputs === undefined) reportMissing(layer, 'embed_param', 'input_dim', 'It is how many vectors there are.');
  return operator('Embedding', {
    num_embeddings: inputs ?? UNKNOWN,
    embedding_dim: outputs ?? UNKNOWN,
    bias: booleanNamed(parameters, 'bias_term') ?? true,
  });
};

const REDUCTIONS: Readonly<Record<string, string>> = { SUM: 'sum', ASUM: 'asum', SUMSQ: 'sumsq', MEAN: 'mean' };
const NUMBERED = ['', 'SUM', 'ASUM', 'SUMSQ', 'MEAN'];

const reduction: LayerRule = ({ message, report }) => {
  const parameters = messageNamed(message, 'reduction_param');
  const word = wordNamed(parameters, 'operation');
  const operation = word === undefined ? undefined : REDUCTIONS[NUMBERED[Number(word.value)] ?? word.value];
  return operator('Reduction', {
    operation: word === undefined ? undefined : { ...word, value: operation ?? UNKNOWN },
    axis: integerNamed(parameters, 'axis', report),
    coeff: numberNamed(parameters, 'coeff'),
  });
};

/** There are as many to choose from as the axis has cells, or the whole item. */
function checkBest({ message, report, inputs: [input] }: CaffeLayer, axis: ArgumentValue | undefined, most: ArgumentValue): void {
  const shape = input?.shape;
  if (shape === undefined || typeof most !== 'number' || (axis !== undefined && typeof axis !== 'number')) return;
  const count = axis === undefined ? product(shape.slice(1)) : shape[axis < 0 ? axis + shape.length : axis];
  const written = integerNamed(messageNamed(message, 'argmax_param'), 'top_k', () => undefined);
  if (typeof count !== 'number' || most <= count || written === undefined) return;
  const words = `top_k is ${most}, but there are ${count} values to choose from.\nThe input is ${formatShape(shape)}${axis === undefined ? '' : `, and the choice is along axis ${axis}`}.`;
  report({ code: 'argument-range', reason: 'expression', message: words }, written.range);
}

/** Along an axis, or over each whole item: then the places, or places and values, of the largest. */
const argMax: LayerRule = (layer) => {
  const { message, report, inputs } = layer;
  const parameters = messageNamed(message, 'argmax_param');
  const axis = integerNamed(parameters, 'axis', report);
  const most = integerNamed(parameters, 'top_k', report, 1)?.value ?? 1;
  const count: Dimension = isSize(most) ? most : undefined;
  const hasValues = booleanNamed(parameters, 'out_max_val')?.value === true;
  const shape = inputs[0]?.shape;
  checkBest(layer, axis?.value, most);
  if (axis !== undefined) {
    if (count === 1 && !hasValues) return operator('Argmax', { dim: axis, keepdim: true });
    const rank = shape?.length;
    if (rank === undefined || typeof axis.value !== 'number') return tensors(undefined);
    const at = axis.value < 0 ? axis.value + rank : axis.value;
    return tensors(shape?.map((size, one) => (one === at ? count : size)));
  }
  if (shape === undefined) return tensors(undefined);
  const rest = Array.from({ length: Math.max(shape.length - 3, 0) }, () => 1);
  return tensors([shape[0], hasValues ? 2 : 1, count, ...rest]);
};

/** Pools over 1, 2 x 2, 4 x 4, ... cells, one behind the other: (4^h - 1) / 3 numbers for each channel. */
const spatialPyramid: LayerRule = (layer) => {
  const height = integerNamed(messageNamed(layer.message, 'spp_param'), 'pyramid_height', layer.report, 1)?.value;
  const shape = layer.inputs[0]?.shape;
  if (shape === undefined || typeof height !== 'number' || height > 20)
    return tensors(shape === undefined ? undefined : [shape[0], undefined]);
  return tensors(height === 1 ? [shape[0], shape[1], 1, 1] : [shape[0], multiply(shape[1], (4 ** height - 1) / 3)]);
};

const shuffle: LayerRule = ({ message, report }) =>
  operator('ChannelShuffle', { groups: integerNamed(messageNamed(message, 'shuffle_channel_param'), 'group', report, 1) ?? 1 });

export const shapes: Readonly<Record<string, LayerRule>> = {
  InnerProduct: innerProduct,
  Reshape: reshape,
  Flatten: flatten,
  Permute: permute,
  Tile: tile,
  Embed: embed,
  Reduction: reduction,
  ArgMax: argMax,
  SPP: spatialPyramid,
  ShuffleChannel: shuffle,
};
