// Norms of Keras. Their running statistics count as parameters there.
import { UNKNOWN } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { apply, asWritten, channelsFirst, input, type LayerRule, type LayerUse } from '../layer-use.ts';
import { kept } from './activation.ts';

const batchNorm: LayerRule = (use) => {
  const { config } = use;
  const tensor = normalized(use);
  const rank = tensor.shape?.length;
  if (rank === undefined || rank < 2 || rank > 5) return [kept(tensor, apply(use, 'Identity', {}, tensor))];
  const learnt = [config.flag(true, 'scale'), config.flag(true, 'center')].filter(Boolean).length;
  const settings = { num_features: { kind: 'infer' }, parameters_per_channel: learnt + 2, affine: learnt > 0 } as const;
  return [kept(tensor, apply(use, `BatchNorm${Math.max(rank - 2, 1)}d`, settings, tensor))];
};

/** The input with the axis that is normalized, the last unless another is written, as axis 1. */
function normalized(use: LayerUse): Tensor {
  const tensor = input(use);
  const rank = tensor.shape?.length;
  if (rank === undefined || rank < 3) return tensor;
  const [written = -1] = use.config.numbers('axis') ?? [];
  const axis = written < 0 ? written + rank : written;
  if (axis === rank - 1) return channelsFirst(use, tensor, rank);
  return asWritten(use, tensor);
}

const layerNorm: LayerRule = (use) => {
  const { config } = use;
  const tensor = asWritten(use, input(use));
  const axes = config.numbers('axis') ?? [-1];
  const rank = tensor.shape?.length;
  const sizes = axes.map((axis) => (rank === undefined ? undefined : tensor.shape?.[axis < 0 ? axis + rank : axis]) ?? UNKNOWN);
  const affine = config.flag(true, 'scale') || config.flag(true, 'center');
  return [apply(use, 'LayerNorm', { normalized_shape: sizes, elementwise_affine: affine }, tensor)];
};

const groupNorm: LayerRule = (use) => {
  const { config } = use;
  const given = input(use);
  const rank = given.shape?.length;
  if (rank === undefined || rank < 2) return [given];
  const tensor = rank > 2 && (config.number('axis') ?? -1) === -1 ? channelsFirst(use, given, rank) : asWritten(use, given);
  const channels = tensor.shape?.[1] ?? UNKNOWN;
  const groups = config.number('groups') ?? 32;
  const settings = { num_groups: groups === -1 ? channels : config.setting(32, 'groups'), num_channels: channels };
  return [kept(tensor, apply(use, 'GroupNorm', settings, tensor))];
};

export const normalizations: Readonly<Record<string, LayerRule>> = {
  BatchNormalization: batchNorm,
  QBatchNormalization: batchNorm,
  SyncBatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  GroupNormalization: groupNorm,
};
