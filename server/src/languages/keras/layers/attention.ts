// Attention of Keras: MultiHeadAttention, GroupedQueryAttention, Attention, AdditiveAttention.
import { add, multiply, product, sum } from '../../../dims/arithmetic.ts';
import type { Dimension } from '../../../dims/size.ts';
import { float, INFER, UNKNOWN } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { addWeights, apply, applyUnsaid, asWritten, input, unknown, type LayerRule, type LayerUse } from '../layer-use.ts';

/** Query, value and key, by their places in the call or in its list, or by their names; the key is the value where there is none. */
function takenBy(use: LayerUse): readonly [query: Tensor, value: Tensor, key: Tensor] {
  const positional = use.inputs.filter((_, at) => !NAMED.has(use.argumentNames[at] ?? ''));
  const find = (name: string, place: number) => {
    const at = use.argumentNames.indexOf(name);
    return at >= 0 ? use.inputs[at] : positional[place];
  };
  const query = find('query', 0) ?? input(use);
  const value = find('value', 1) ?? query;
  const [q, v, k] = [query, value, find('key', 2) ?? value].map((tensor) => asWritten(use, tensor));
  return [q ?? query, v ?? value, k ?? value];
}

const NAMED = new Set(['query', 'value', 'key']);

interface Heads {
  readonly query: number | undefined;
  readonly others: number | undefined;
  readonly keySize: number | undefined;
  readonly valueSize: number | undefined;
  /** The last axes of the output; undefined for those of the query. */
  readonly output: readonly number[] | undefined;
}

/** Projects to heads, lets each look at all places, and projects back. More axes than one between batch and features are one sequence. */
function headed(use: LayerUse, heads: Heads): readonly Tensor[] {
  const bias = use.config.flag(true, 'use_bias');
  const [query, value, key] = takenBy(use);
  const project = (tensor: Tensor, count: number | undefined, size: number | undefined): Tensor => {
    const features = count === undefined || size === undefined ? UNKNOWN : count * size;
    const projected = apply(use, 'Linear', { in_features: INFER, out_features: features, bias }, tensor);
    const rank = projected.shape?.length ?? 3;
    const flat = rank > 3 ? apply(use, 'Flatten', { start_dim: 1, end_dim: rank - 2 }, projected) : projected;
    const split = apply(use, 'Unflatten', { dim: -1, unflattened_size: [count ?? UNKNOWN, size ?? UNKNOWN] }, flat);
    return apply(use, 'Transpose', { dim0: 1, dim1: 2 }, split);
  };
  const q = project(query, heads.query, heads.keySize);
  // Groups of heads of the query share a head of key and value.
  const shared = (tensor: Tensor) => (heads.others === heads.query ? tensor : spread(use, tensor, heads));
  const k = shared(project(key, heads.others, heads.keySize));
  const v = shared(project(value, heads.others, heads.valueSize));
  const looked = apply(use, 'ScaledDotProductAttention', {}, q, k, v);
  const together = apply(use, 'Flatten', { start_dim: 2 }, apply(use, 'Transpose', { dim0: 1, dim1: 2 }, looked));
  const size = heads.output === undefined ? query.shape?.at(-1) : product(heads.output);
  const flat = apply(use, 'Linear', { in_features: INFER, out_features: size ?? UNKNOWN, bias }, together);
  const named = (heads.output?.length ?? 1) > 1 ? apply(use, 'Unflatten', { dim: -1, unflattened_size: heads.output ?? [] }, flat) : flat;
  const between = query.shape?.slice(1, -1) ?? [];
  const output =
    between.length > 1 ? apply(use, 'Unflatten', { dim: 1, unflattened_size: between.map((part) => part ?? UNKNOWN) }, named) : named;
  const scores = [q.shape?.[0], heads.query, ...between, ...(key.shape?.slice(1, -1) ?? [])];
  return [output, use.builder.input(use.layer.name, query.shape === undefined ? undefined : scores, use.layer.classRange)];
}

function spread(use: LayerUse, tensor: Tensor, { query, others }: Heads): Tensor {
  const times = query === undefined || others === undefined || query % others !== 0 ? UNKNOWN : query / others;
  return apply(use, 'Repeat', { repeats: [1, times, 1, 1] }, tensor);
}

const multiHead: LayerRule = (use) => {
  const { config } = use;
  const [query] = takenBy(use);
  const axes = config.numbers('attention_axes');
  const rank = query.shape?.length;
  // Along some axes alone: the sizes are the same, the weights as well.
  const isPartial = axes !== undefined && rank !== undefined && axes.length < rank - 2;
  const count = config.number('num_heads');
  const keySize = config.number('key_dim');
  const heads = {
    query: count,
    others: count,
    keySize,
    valueSize: config.number('value_dim') ?? keySize,
    output: config.numbers('output_shape'),
  };
  return isPartial ? partial(use, heads) : headed(use, heads);
};

/** Attention along some axes of many: what the operator cannot say has its weights and the query's sizes. */
function partial(use: LayerUse, { query: count, keySize, valueSize, output }: Heads): readonly Tensor[] {
  const [query, value, key] = takenBy(use);
  const bias = use.config.flag(true, 'use_bias');
  const size = output === undefined ? query.shape?.at(-1) : product(output);
  const weights = (from: Dimension, to: Dimension) => add(multiply(from, to), bias ? to : 0);
  const [keys, values] = [product([count, keySize]), product([count, valueSize])];
  const parameters = sum([
    weights(query.shape?.at(-1), keys),
    weights(key.shape?.at(-1), keys),
    weights(value.shape?.at(-1), values),
    weights(values, size),
  ]);
  const shape = query.shape === undefined ? undefined : [...query.shape.slice(0, -1), ...(output ?? [size])];
  return [applyUnsaid(use, shape, parameters)];
}

const groupedQuery: LayerRule = (use) => {
  const { config } = use;
  const size = config.number('head_dim');
  const heads = { query: config.number('num_query_heads'), others: config.number('num_key_value_heads'), keySize: size, valueSize: size };
  return headed(use, { ...heads, output: undefined });
};

/** Luong's: likeness of query and key, and with `use_scale` one learnt factor. */
const dotAttention: LayerRule = (use) => {
  const [query, value, key] = takenBy(use);
  const { config } = use;
  const isConcat = config.text('score_mode') === 'concat';
  if (config.flag(false, 'use_scale')) addWeights(use, 1);
  if (isConcat) addWeights(use, 1);
  return attend(use, query, value, key);
};

/** Bahdanau's: with `use_scale`, its default, a learnt factor for each feature. */
const additiveAttention: LayerRule = (use) => {
  const [query, value, key] = takenBy(use);
  if (use.config.flag(true, 'use_scale')) addWeights(use, query.shape?.at(-1) ?? UNKNOWN);
  return attend(use, query, value, key);
};

function attend(use: LayerUse, query: Tensor, value: Tensor, key: Tensor): readonly Tensor[] {
  if (query.shape === undefined || key.shape === undefined) return [unknown(use), unknown(use)];
  const likeness = apply(use, 'MatMul', {}, query, apply(use, 'Transpose', { dim0: -2, dim1: -1 }, key));
  const scores = apply(use, 'Softmax', { dim: -1 }, likeness);
  const dropped = apply(use, 'Dropout', { p: use.config.setting(float(0), 'dropout') }, scores);
  return [apply(use, 'MatMul', {}, dropped, value), scores];
}

export const attentions: Readonly<Record<string, LayerRule>> = {
  MultiHeadAttention: multiHead,
  GroupedQueryAttention: groupedQuery,
  GroupQueryAttention: groupedQuery,
  Attention: dotAttention,
  AdditiveAttention: additiveAttention,
};
