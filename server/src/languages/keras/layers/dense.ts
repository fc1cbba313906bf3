// Dense and Embedding, and what other libraries derive from them.
import { INFER, UNKNOWN } from '../../../network/argument.ts';
import { apply, asWritten, hasFixedSize, input, unknown, type LayerRule } from '../layer-use.ts';
import { hasRank } from '../rank.ts';
import { activate } from './activation.ts';
import { einsumDense } from './einsum-dense.ts';

const dense: LayerRule = (use) => {
  const { config } = use;
  const tensor = asWritten(use, input(use));
  if (tensor.shape !== undefined && tensor.shape.length < 2 && !hasRank(use, tensor, 2)) return [unknown(use)];
  hasFixedSize(use, tensor.shape?.at(-1), 'the last size of its input');
  const settings = {
    in_features: INFER,
    out_features: config.setting(UNKNOWN, 'units', 'output_dim'),
    bias: config.flag(true, 'use_bias', 'bias'),
  };
  return [activate(use, apply(use, 'Linear', settings, tensor))];
};

const embedding: LayerRule = (use) => {
  const { config } = use;
  const settings = { num_embeddings: config.setting(UNKNOWN, 'input_dim'), embedding_dim: config.setting(UNKNOWN, 'output_dim') };
  return [apply(use, 'Embedding', settings, asWritten(use, input(use)))];
};

export const denseLayers: Readonly<Record<string, LayerRule>> = {
  Dense: dense,
  TimeDistributedDense: dense,
  EinsumDense: einsumDense,
  Embedding: embedding,
  ReversibleEmbedding: embedding,
};
