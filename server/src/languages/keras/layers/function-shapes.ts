// The sizes of what functions give that no operator says: NumPy's and TensorFlow's, as they stand among the layers of a functional model.
import { floorDivide, multiply, product, subtract, sum } from '../../../dims/arithmetic.ts';
import { isConcrete, type Dimension, type Shape } from '../../../dims/size.ts';
import { writtenShape } from '../../../network/network.ts';
import { itemsOf, numberOf, textOf, valueOf, type JsonNode } from '../json.ts';
import { input, type LayerUse } from '../layer-use.ts';

type Sizes = readonly Dimension[];

/** The outputs of a function; undefined where they are not known. */
type FunctionShapes = (use: LayerUse, shape: Sizes) => readonly Sizes[] | undefined;

/** The numbers that a call, or the function itself, is given under one of these names. */
export function numbersOf({ callSettings, config }: LayerUse, ...names: readonly string[]): readonly number[] | undefined {
  return callSettings.numbers(...names) ?? config.numbers(...names);
}

const settingOf = ({ callSettings, config }: LayerUse, ...names: readonly string[]) => callSettings.find(...names) ?? config.find(...names);

const flagOf = ({ callSettings, config }: LayerUse, name: string) => callSettings.flag(config.flag(false, name), name);

const at = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);

const same: FunctionShapes = (_, shape) => [shape];

/** One size in the place of another. */
const changed = (shape: Sizes, axis: number, size: Dimension): Sizes =>
  shape.map((old, place) => (place === at(axis, shape.length) ? size : old));

const reduced: FunctionShapes = (use, shape) => {
  const axes = numbersOf(use, 'axis', 'axes')?.map((axis) => at(axis, shape.length)) ?? shape.map((_, axis) => axis);
  if (flagOf(use, 'keepdims')) return [shape.map((size, axis) => (axes.includes(axis) ? 1 : size))];
  return [shape.filter((_, axis) => !axes.includes(axis))];
};

/** The one-letter names of axes: `bij,bjk->bik`. */
const einsum: FunctionShapes = (use) => {
  const text = use.callSettings.text('subscripts', 'equation') ?? use.config.text('subscripts', 'equation');
  const [from, to] = (text ?? '').replace(/\s/g, '').split('->');
  const letters = from?.split(',').map((side) => Array.from(side)) ?? [];
  if (to === undefined || letters.some((side) => side.includes('.'))) return undefined;
  const sizes = new Map<string, Dimension>();
  letters.forEach((side, index) => {
    const shape = use.inputs[index] && writtenShape(use.inputs[index]);
    side.forEach((letter, axis) => sizes.set(letter, shape?.[axis]));
  });
  return [Array.from(to).map((letter) => sizes.get(letter))];
};

const tiled: FunctionShapes = (use, shape) => {
  const times = numbersOf(use, 'repeats', 'multiples');
  return times?.length === shape.length ? [shape.map((size, axis) => multiply(size, times[axis]))] : undefined;
};

const repeated: FunctionShapes = (use, shape) => {
  const [times, ...more] = numbersOf(use, 'repeats') ?? [];
  const [axis] = numbersOf(use, 'axis') ?? [];
  if (times === undefined || axis === undefined || more.length > 0) return undefined;
  return [changed(shape, axis, multiply(shape[at(axis, shape.length)], times))];
};

const padded: FunctionShapes = (use, shape) => {
  const sides = itemsOf(settingOf(use, 'pad_width', 'paddings')).map((side) => itemsOf(side).map(numberOf));
  return sides.length === shape.length ? [shape.map((size, axis) => sum([size, ...(sides[axis] ?? [])]))] : undefined;
};

const split: FunctionShapes = (use, shape) => {
  const [axis = 0] = numbersOf(use, 'axis') ?? [];
  const size = shape[at(axis, shape.length)];
  const written = settingOf(use, 'indices_or_sections', 'num_or_size_splits');
  const parts = written?.type === 'array' ? itemsOf(written).map(numberOf) : undefined;
  const count = numberOf(written);
  if (count !== undefined) return Array.from({ length: Math.min(count, MOST_PARTS) }, () => changed(shape, axis, floorDivide(size, count)));
  if (parts === undefined) return undefined;
  // TensorFlow is given sizes, NumPy the places of the cuts.
  if (use.config.find('indices_or_sections') === undefined) return parts.map((part) => changed(shape, axis, part));
  return [...parts, size].map((end, index) => changed(shape, axis, subtract(end, index === 0 ? 0 : parts[index - 1])));
};

/** A file may ask for any number of parts. */
const MOST_PARTS = 1000;

const unstacked: FunctionShapes = (use, shape) => {
  const [axis = 0] = numbersOf(use, 'axis') ?? [];
  const count = shape[at(axis, shape.length)];
  if (!isConcrete(count) || count > MOST_PARTS) return undefined;
  return Array.from({ length: count }, () => shape.filter((_, place) => place !== at(axis, shape.length)));
};

const stacked: FunctionShapes = (use, shape) => {
  const [axis = 0] = numbersOf(use, 'axis') ?? [];
  const place = at(axis, shape.length + 1);
  return [[...shape.slice(0, place), use.inputs.length, ...shape.slice(place)]];
};

const oneHot: FunctionShapes = (use, shape) => {
  const [count] = numbersOf(use, 'num_classes', 'depth') ?? [];
  const [axis = -1] = numbersOf(use, 'axis') ?? [];
  return count === undefined || axis !== -1 ? undefined : [[...shape, count]];
};

const moved: FunctionShapes = (use, shape) => {
  const [from] = numbersOf(use, 'source') ?? [];
  const [to] = numbersOf(use, 'destination') ?? [];
  if (from === undefined || to === undefined) return undefined;
  const rest = shape.filter((_, axis) => axis !== at(from, shape.length));
  return [rest.toSpliced(at(to, shape.length), 0, shape[at(from, shape.length)])];
};

const swapped: FunctionShapes = (use, shape) => {
  const [[one], [two]] = [numbersOf(use, 'axis1') ?? [], numbersOf(use, 'axis2') ?? []];
  if (one === undefined || two === undefined) return undefined;
  return [changed(changed(shape, one, shape[at(two, shape.length)]), two, shape[at(one, shape.length)])];
};

const taken: FunctionShapes = (use, shape) => {
  const [axis] = numbersOf(use, 'axis') ?? [];
  const indices = use.callArguments[1] ?? settingOf(use, 'indices');
  if (axis === undefined || indices?.type !== 'array') return undefined;
  return [changed(shape, axis, itemsOf(indices).length)];
};

const broadcast: FunctionShapes = (use) => {
  const shape = numbersOf(use, 'shape');
  return shape && [shape];
};

const resized: FunctionShapes = (use, [batch, second, , last]) => {
  const size = numbersOf(use, 'size');
  if (size?.length !== 2) return undefined;
  const isFirst = use.config.text('data_format') === 'channels_first';
  return [isFirst ? [batch, second, ...size] : [batch, ...size, last]];
};

const blocks =
  (isDeeper: boolean): FunctionShapes =>
  (use, [batch, height, width, channels]) => {
    const [block] = numbersOf(use, 'block_size') ?? [];
    if (block === undefined || block < 1) return undefined;
    const side = (size: Dimension) => (isDeeper ? floorDivide(size, block) : multiply(size, block));
    return [[batch, side(height), side(width), isDeeper ? product([channels, block, block]) : floorDivide(channels, block * block)]];
  };

const pooled: FunctionShapes = (use, shape) => {
  const spatial = shape.length - 2;
  const each = (numbers: readonly number[] | undefined) =>
    numbers?.length === 1 ? Array.from({ length: spatial }, () => numbers[0] ?? 1) : numbers;
  const kernel = each(numbersOf(use, 'pool_size', 'ksize'));
  const stride = each(numbersOf(use, 'strides')) ?? kernel;
  const isSame = (use.callSettings.text('padding') ?? use.config.text('padding') ?? 'valid').toLowerCase() === 'same';
  if (kernel?.length !== spatial || stride?.length !== spatial || use.config.text('data_format') === 'channels_first') return undefined;
  const sizes = kernel.map((size, axis) => {
    const step = stride[axis] ?? 1;
    const room = sum([shape[axis + 1], isSame ? step - 1 : step - size]);
    return step < 1 ? undefined : floorDivide(room, step);
  });
  return [[shape[0], ...sizes, shape.at(-1)]];
};

/** `x[:, 1:4, ..., None, 0]`. */
const cut: FunctionShapes = (use, shape) => {
  const written = use.callArguments[1] ?? use.callSettings.find('slice_spec');
  const parts = written?.type === 'array' ? itemsOf(written) : written === undefined ? undefined : [written];
  if (parts === undefined) return undefined;
  const taking = parts.filter((part) => part.type !== 'null' && !isEllipsis(part)).length;
  const output: Dimension[] = [];
  let axis = 0;
  for (const part of parts) {
    if (part.type === 'null') output.push(1);
    else if (isEllipsis(part)) {
      const kept = Math.max(shape.length - taking, 0);
      output.push(...shape.slice(axis, axis + kept));
      axis += kept;
    } else if (part.type === 'number') axis++;
    else if (part.type === 'object') output.push(lengthOf(part, shape[axis++]));
    else return undefined;
  }
  return [[...output, ...shape.slice(axis)]];
};

function isEllipsis(part: JsonNode): boolean {
  return textOf(valueOf(part, 'class_name')) === '__ellipsis__';
}

/** As many cells as a slice of Python takes of so many. */
function lengthOf(part: JsonNode, size: Dimension): Dimension {
  const ends = valueOf(part, 'config') ?? part;
  const [start, stop, step] = ['start', 'stop', 'step'].map((name) => numberOf(valueOf(ends, name)));
  if (start === undefined && stop === undefined && (step ?? 1) === 1) return size;
  if (!isConcrete(size) || (step ?? 1) < 1) return undefined;
  const place = (end: number | undefined, absent: number) =>
    end === undefined ? absent : Math.min(Math.max(end < 0 ? end + size : end, 0), size);
  return Math.ceil(Math.max(place(stop, size) - place(start, 0), 0) / (step ?? 1));
}

const names = (shapes: FunctionShapes, ...list: readonly string[]) => list.map((name) => [name, shapes] as const);

const SHAPES: ReadonlyMap<string, FunctionShapes> = new Map([
  ...names(reduced, 'argmax', 'argmin', 'var', 'variance', 'std', 'norm', 'logsumexp', 'any', 'all', 'prod', 'euclidean_norm', 'median'),
  ...names(
    same,
    'flip',
    'reverse',
    'roll',
    'cumsum',
    'cumprod',
    'sort',
    'argsort',
    'zeros_like',
    'ones_like',
    'sin',
    'cos',
    'tan',
    'arctan',
    'erf',
  ),
  ...names(
    same,
    'sign',
    'ceil',
    'log1p',
    'expm1',
    'log_softmax',
    'leaky_relu',
    'elu',
    'selu',
    'softplus',
    'softsign',
    'hard_sigmoid',
    'reciprocal',
  ),
  ...names(same, 'logical_not', 'isnan', 'greater', 'greater_equal', 'less', 'less_equal', 'equal', 'not_equal', 'where', 'nan_to_num'),
  ...names(same, 'clip_by_norm', 'dropout', 'convert_to_tensor', 'ensure_shape', 'log_sigmoid', 'hard_silu', 'celu', 'floor_divide', 'mod'),
  ...names(einsum, 'einsum'),
  ...names(tiled, 'tile'),
  ...names(repeated, 'repeat'),
  ...names(padded, 'pad', 'pad_v2'),
  ...names(split, 'split', 'split_v'),
  ...names(unstacked, 'unstack', 'unbind'),
  ...names(stacked, 'stack'),
  ...names(oneHot, 'one_hot'),
  ...names(moved, 'moveaxis'),
  ...names(swapped, 'swapaxes'),
  ...names(taken, 'take', 'gather'),
  ...names(broadcast, 'broadcast_to'),
  ...names(resized, 'resize', 'resize_bilinear', 'resize_nearest_neighbor', 'resize_images', 'resize_v2'),
  ...names(blocks(false), 'depth_to_space'),
  ...names(blocks(true), 'space_to_depth'),
  ...names(pooled, 'max_pool', 'average_pool', 'avg_pool', 'max_pool2d', 'avg_pool2d'),
  ...names(cut, 'get_item', 'getitem'),
]);

/** Undefined for a function that is not known. */
export function functionShapes(name: string): ((use: LayerUse) => readonly Shape[] | undefined) | undefined {
  const shapes = SHAPES.get(name);
  return (
    shapes &&
    ((use) => {
      const shape = writtenShape(input(use));
      return shape && shapes(use, shape);
    })
  );
}
