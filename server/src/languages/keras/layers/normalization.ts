// Norms of Keras. Their running statistics count as parameters there.
import { formatShape } from '../../../dims/format.ts';
import { product } from '../../../dims/arithmetic.ts';
import { float, UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import { writtenShape, type Tensor } from '../../../network/network.ts';
import { rangeOf } from '../json.ts';
import { addWeights, apply, asWritten, channelsFirst, hasFixedSize, input, report, type LayerRule, type LayerUse } from '../layer-use.ts';
import { kept } from './activation.ts';

/** The axes that `axis` names, counted from the front in the order of the file; the last one where it names none. */
function namedAxes({ config }: LayerUse, rank: number): readonly number[] {
  return (config.numbers('axis') ?? [-1]).map((axis) => (axis < 0 ? axis + rank : axis));
}

/** Axes that the input does not have are refused. */
const onAxes =
  (rule: LayerRule): LayerRule =>
  (use) => {
    const rank = input(use).shape?.length;
    const written = use.config.find('axis');
    const wrong = rank === undefined ? undefined : use.config.numbers('axis')?.find((axis) => axis < -rank || axis >= rank);
    if (rank === undefined || wrong === undefined || written === undefined) return rule(use);
    const message = `axis is ${wrong}, but the input has ${rank} axes: ${formatShape(writtenShape(input(use)))}.\nThe batch is axis 0, and the last one is ${rank - 1} or -1.`;
    const ideas = written.type === 'number' ? [{ title: 'Change axis to -1', edits: [{ range: rangeOf(written), newText: '-1' }] }] : [];
    report(use, { code: 'argument-range', reason: 'expression', message }, rangeOf(written), ideas);
    return [kept(input(use), apply(use, 'Identity', {}, input(use)))];
  };

/** Hands a norm of channels its input with the axis that is meant as axis 1; undefined where it is in the middle. */
function channelsOf(use: LayerUse): Tensor | undefined {
  const tensor = input(use);
  const rank = tensor.shape?.length;
  if (rank === undefined || rank < 3) return tensor;
  const [axis, ...more] = namedAxes(use, rank);
  if (more.length > 0) return undefined;
  return axis === rank - 1 ? channelsFirst(use, tensor, rank) : axis === 1 ? asWritten(use, tensor) : undefined;
}

/** The numbers that are learnt for each cell of some axes where no operator says the norm: it hands its input on. */
function normalizeOtherwise(use: LayerUse, numbers: number): readonly Tensor[] {
  const tensor = input(use);
  const shape = writtenShape(tensor);
  const cells = shape === undefined ? undefined : product(namedAxes(use, shape.length).map((axis) => shape[axis]));
  if (numbers > 0) hasFixedSize(use, cells, 'the axes that it normalizes');
  if (numbers > 0) addWeights(use, numbers, cells ?? UNKNOWN);
  return [kept(tensor, apply(use, 'Identity', {}, tensor))];
}

/** What is added to the variance, a thousandth where nothing is said. */
function epsilon({ config }: LayerUse, absent = 1e-3) {
  return float(config.number('epsilon') ?? absent);
}

/** How many of `scale` and `center` are learnt. */
function learnt({ config }: LayerUse): number {
  return [config.flag(true, 'scale'), config.flag(true, 'center')].filter(Boolean).length;
}

const batchNorm: LayerRule = (use) => {
  const tensor = channelsOf(use);
  const rank = tensor?.shape?.length;
  if (tensor === undefined || rank === undefined || rank < 2 || rank > 5) return normalizeOtherwise(use, learnt(use) + 2);
  hasFixedSize(use, tensor.shape?.[1], 'the axis that it normalizes');
  const settings = {
    num_features: { kind: 'infer' },
    parameters_per_channel: learnt(use) + 2,
    affine: learnt(use) > 0,
    eps: epsilon(use),
  } as const;
  return [kept(tensor, apply(use, `BatchNorm${Math.max(rank - 2, 1)}d`, settings, tensor))];
};

const lastAxesNorm =
  (operator: 'LayerNorm' | 'RMSNorm'): LayerRule =>
  (use) => {
    const { config } = use;
    const { shape } = input(use);
    const isRms = config.flag(false, 'rms_scaling');
    const scale = operator === 'RMSNorm' || isRms || config.flag(true, 'scale');
    const center = operator === 'LayerNorm' && config.flag(true, 'center') && !isRms;
    const axes = shape === undefined ? [] : [...namedAxes(use, shape.length)].sort((a, b) => a - b);
    const areLast = axes.every((axis, at) => axis === (shape?.length ?? 0) - axes.length + at);
    if (shape === undefined || !areLast || (center && !scale)) return normalizeOtherwise(use, Number(scale) + Number(center));
    const tensor = asWritten(use, input(use));
    const sizes = axes.map((axis): ArgumentValue => tensor.shape?.[axis] ?? UNKNOWN);
    for (const axis of axes) hasFixedSize(use, tensor.shape?.[axis], 'the axes that it normalizes');
    const settings = {
      normalized_shape: sizes,
      elementwise_affine: scale,
      eps: epsilon(use, operator === 'RMSNorm' ? 1e-6 : 1e-3),
      ...(operator === 'LayerNorm' && { bias: center }),
    };
    return [apply(use, operator, settings, tensor)];
  };

const groupNorm: LayerRule = (use) => {
  const { config } = use;
  const tensor = channelsOf(use);
  const channels = tensor?.shape?.[1];
  if (tensor?.shape === undefined || tensor.shape.length < 2 || learnt(use) === 1) return normalizeOtherwise(use, learnt(use));
  hasFixedSize(use, channels, 'the axis that it normalizes');
  // -1 is a group for each channel.
  const groups = config.number('groups') === -1 ? (channels ?? UNKNOWN) : config.setting(32, 'groups');
  const settings = { num_groups: groups, num_channels: channels ?? UNKNOWN, affine: learnt(use) > 0, eps: epsilon(use) };
  return [kept(tensor, apply(use, 'GroupNorm', settings, tensor))];
};

/** Mean and variance that are counted, not learnt, for each cell of some axes, and how many were counted. */
const normalization: LayerRule = (use) => {
  const { config } = use;
  const tensor = input(use);
  const shape = writtenShape(tensor);
  if (config.find('mean') === undefined) {
    const isWhole = config.node !== undefined && config.find('axis') === undefined;
    const cells = shape === undefined ? undefined : isWhole ? 1 : product(namedAxes(use, shape.length).map((axis) => shape[axis]));
    addWeights(use, 2, cells ?? UNKNOWN);
    addWeights(use, 1);
  }
  return [kept(tensor, apply(use, 'Identity', {}, tensor))];
};

export const normalizations: Readonly<Record<string, LayerRule>> = {
  BatchNormalization: onAxes(batchNorm),
  SyncBatchNormalization: batchNorm,
  LayerNormalization: onAxes(lastAxesNorm('LayerNorm')),
  RMSNormalization: lastAxesNorm('RMSNorm'),
  GroupNormalization: onAxes(groupNorm),
  Normalization: normalization,
};
