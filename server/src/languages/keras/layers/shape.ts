// Layers that only move, cut, pad or repeat cells.
import { formatShape } from '../../../dims/format.ts';
import { symbol } from '../../../dims/size.ts';
import { float, UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import { writtenShape } from '../../../network/network.ts';
import { apply, applyUnsaid, asWritten, input, report, reportEmpty, unknown, type LayerRule } from '../layer-use.ts';
import { onImage } from '../on-image.ts';
import { hasRank } from '../rank.ts';
import { itemsOf, numberOf, valueOf, type JsonNode } from '../json.ts';
import { isStrict } from '../tree.ts';
import { cellwise } from './activation.ts';
import { reshapeProblem } from './reshape-problem.ts';

type Spatial = 1 | 2 | 3;

const flatten: LayerRule = (use) => {
  const { shape } = input(use);
  if (shape?.length === 2 && isStrict(use.format)) {
    const reader = use.format.isTensorFlowJs ? 'TensorFlow.js' : 'This version of Keras';
    const words = `Flatten takes 3 axes or more, but its input has 2: ${formatShape(shape)}.\n${reader} refuses what is flat already. Take the layer out.`;
    use.builder.report({
      fault: { code: 'rank-mismatch', reason: 'bad-rank', input: 0, shape, expected: '3 axes or more' },
      range: use.layer.classRange,
      frames: use.frames,
      words: { message: words, related: [] },
    });
  }
  return [apply(use, 'Flatten', {}, asWritten(use, input(use)))];
};

const reshape: LayerRule = (use) => {
  const tensor = asWritten(use, input(use));
  const sizes = use.config.numbers('target_shape', 'dims');
  if (sizes === undefined) return [unknown(use)];
  const { range } = use.config.setting(null, 'target_shape', 'dims');
  const problem = reshapeProblem(tensor, sizes, range ?? use.layer.classRange);
  if (problem !== undefined) {
    use.builder.report({ ...problem, frames: use.frames });
    // Which of the sizes is wrong is not known.
    return [applyUnsaid(use, [tensor.shape?.[0], ...sizes.map(() => undefined)], 0, [tensor])];
  }
  const batch: ArgumentValue = tensor.shape?.[0] ?? (tensor.shape === undefined ? symbol('N') : UNKNOWN);
  return [apply(use, 'Reshape', { shape: { value: [batch, ...sizes], ...(range !== undefined && { range }) } }, tensor)];
};

/** Keras counts the axes behind the batch from 1. */
const permute: LayerRule = (use) => {
  const order = use.config.numbers('dims');
  const rank = input(use).shape?.length;
  if (order !== undefined && rank !== undefined && !isOrder(order, rank - 1)) {
    const message =
      `dims [${order.join(', ')}] has to name each of the axes 1 to ${rank - 1} once.\n` +
      `The input is ${formatShape(writtenShape(input(use)))}; its batch stays where it is and is not counted.`;
    report(use, { code: 'argument-range', reason: 'expression', message }, use.config.setting(null, 'dims').range);
    return [unknown(use)];
  }
  return order === undefined ? [unknown(use)] : [apply(use, 'Permute', { dims: [0, ...order] }, asWritten(use, input(use)))];
};

function isOrder(order: readonly number[], count: number): boolean {
  return order.length === count && order.every((axis) => axis >= 1 && axis <= count) && new Set(order).size === count;
}

const repeatVector: LayerRule = (use) => {
  const given = asWritten(use, input(use));
  if (!hasRank(use, given, 2)) return [unknown(use)];
  const tensor = apply(use, 'Unsqueeze', { dim: 1 }, given);
  return [apply(use, 'Repeat', { repeats: [1, use.config.number('n') ?? UNKNOWN, 1] }, tensor)];
};

const pad =
  (spatial: Spatial, name: 'padding' | 'cropping'): LayerRule =>
  (use) =>
    onImage(use, spatial, (tensor) => {
      const sides = sidesOf(use.config.find(name), spatial, 1);
      const { range } = use.config.setting(null, name);
      const sign = name === 'padding' ? 1 : -1;
      // The last axis comes first.
      const amounts = sides?.toReversed().flatMap(([before, after]) => [sign * before, sign * after]);
      const value: ArgumentValue = amounts ?? UNKNOWN;
      const output = apply(use, `ConstantPad${spatial}d`, { padding: { value, ...(range !== undefined && { range }) }, value: 0 }, tensor);
      const gone = output.shape?.indexOf(0) ?? -1;
      if (gone < 2 || tensor.shape?.[gone] === 0) return output;
      reportEmpty(use, tensor, gone, range);
      return unknown(use);
    });

/** One number for all, one for each axis, or two for each axis: before and after. */
function sidesOf(node: JsonNode | undefined, spatial: Spatial, absent: number): readonly (readonly [number, number])[] | undefined {
  const every = (amount: number) => Array.from({ length: spatial }, () => [amount, amount] as const);
  if (node === undefined) return every(absent);
  const one = numberOf(node);
  if (one !== undefined) return every(one);
  const named = KERAS_1_SIDES[spatial].map(
    ([before, after]) => [numberOf(valueOf(node, before)) ?? 0, numberOf(valueOf(node, after)) ?? 0] as const,
  );
  if (node.type === 'object') return named;
  const parts = itemsOf(node);
  // Keras 1: top, bottom, left, right.
  if (spatial === 2 && parts.length === 4)
    return [parts.slice(0, 2), parts.slice(2)].map(([before, after]) => [numberOf(before) ?? 0, numberOf(after) ?? 0]);
  // A sequence has one axis: its pair stands alone.
  if (spatial === 1 && parts.length === 2 && parts.every(({ type }) => type === 'number'))
    return [[numberOf(parts[0]) ?? 0, numberOf(parts[1]) ?? 0]];
  const sides = parts.map((part) => {
    const [before, after] = part.type === 'array' ? itemsOf(part).map(numberOf) : [numberOf(part), numberOf(part)];
    return before === undefined || after === undefined ? undefined : ([before, after] as const);
  });
  return sides.length === spatial && sides.every((side) => side !== undefined) ? sides : undefined;
}

/** What Keras 1 calls the sides where it names them. */
const KERAS_1_SIDES: Readonly<Record<Spatial, readonly (readonly [before: string, after: string])[]>> = {
  1: [['left_pad', 'right_pad']],
  2: [
    ['top_pad', 'bottom_pad'],
    ['left_pad', 'right_pad'],
  ],
  3: [],
};

const upsample =
  (spatial: Spatial): LayerRule =>
  (use) =>
    onImage(use, spatial, (tensor) => {
      const names = ['size', 'length'];
      const factor = use.config.find(...names) === undefined ? { value: 2 } : use.config.setting(UNKNOWN, ...names);
      const mode = spatial === 2 && use.config.text('interpolation') === 'bilinear' ? 'bilinear' : 'nearest';
      return apply(use, 'Upsample', { scale_factor: factor, mode }, tensor);
    });

/** A function whose code no reader runs: it may say what comes out, without the batch. */
const lambda: LayerRule = (use) => {
  const sizes = use.config.numbers('output_shape');
  const batch = input(use).shape?.[0];
  if (sizes === undefined) use.tellUnsized('`Lambda` runs a function of Python');
  return [applyUnsaid(use, sizes === undefined ? undefined : [batch, ...sizes], 0)];
};

const dropout = cellwise('Dropout', ({ config }) => ({ p: config.setting(float(0.5), 'rate', 'p') }));

const spatialDropout =
  (spatial: Spatial): LayerRule =>
  (use) =>
    hasRank(use, input(use), spatial + 2) ? dropout(use) : [unknown(use)];

const SPATIAL = [1, 2, 3] as const;

export const shapeLayers: Readonly<Record<string, LayerRule>> = {
  Flatten: flatten,
  Reshape: reshape,
  Permute: permute,
  RepeatVector: repeatVector,
  Dropout: dropout,
  Lambda: lambda,
  ...Object.fromEntries(
    SPATIAL.flatMap((spatial) => [
      [`ZeroPadding${spatial}D`, pad(spatial, 'padding')],
      [`Cropping${spatial}D`, pad(spatial, 'cropping')],
      [`UpSampling${spatial}D`, upsample(spatial)],
      [`SpatialDropout${spatial}D`, spatialDropout(spatial)],
    ]),
  ),
  ...Object.fromEntries(
    ['ActivityRegularization', 'AlphaDropout', 'GaussianDropout', 'GaussianNoise', 'Identity', 'Masking', 'UnitNormalization'].map(
      (name) => [name, cellwise('Identity')],
    ),
  ),
};
