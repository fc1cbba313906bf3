// Layers that join tensors: cell by cell, one behind the other, or by products.
import { isEqual } from '../../../dims/compare.ts';
import { writtenShape, type Tensor, type TextIdea } from '../../../network/network.ts';
import { rangeOf, type JsonNode } from '../json.ts';
import { alike, apply, applyAll, asWritten, input, report, unknown, type LayerRule, type LayerUse } from '../layer-use.ts';
import { kept } from './activation.ts';

const join =
  (operator: string): LayerRule =>
  (use) => {
    const first = input(use);
    if (use.inputs.length < 2) return [first];
    const ranks = new Set(use.inputs.map(({ shape }) => shape?.length));
    const tensors = ranks.size === 1 ? use.inputs.map((tensor) => alike(use, tensor, first)) : sameRank(use);
    const [one = unknown(use)] = tensors;
    return [kept(one, joinAll(use, operator, tensors))];
  };

/** Where the numbers of axes differ Keras puts axes of size 1 behind the batch. */
function sameRank(use: LayerUse): readonly Tensor[] {
  const most = Math.max(...use.inputs.map(({ shape }) => shape?.length ?? 0));
  return use.inputs.map((tensor) => {
    let written = asWritten(use, tensor);
    for (let rank = written.shape?.length ?? most; rank < most; rank++) written = apply(use, 'Unsqueeze', { dim: 1 }, written);
    return written;
  });
}

/** Operators on two tensors are applied one after the other. */
function joinAll(use: LayerUse, operator: string, tensors: readonly Tensor[]): Tensor {
  const [first = unknown(use), ...others] = tensors;
  return others.reduce((joined, tensor) => apply(use, operator, {}, joined, tensor), first);
}

const average: LayerRule = (use) => {
  const [sum = unknown(use)] = join('Add')(use);
  return [kept(sum, apply(use, 'Identity', {}, sum))];
};

const concatenate: LayerRule = (use) => concat(use, use.config.number('axis', 'concat_axis') ?? -1, use.config.find('axis', 'concat_axis'));

/** `place` is where the axis is written, if it is. */
export function concat(use: LayerUse, written: number, place?: JsonNode): readonly Tensor[] {
  const first = input(use);
  const rank = first.shape?.length;
  if (use.inputs.length < 2) return [first];
  if (rank === undefined) return [apply(use, 'Cat', { dim: written }, ...use.inputs.map((tensor) => asWritten(use, tensor)))];
  const axis = written < 0 ? written + rank : written;
  if (axis < 0 || axis >= rank) {
    const message = `axis is ${written}, but the inputs have ${rank} axes: ${-rank} to ${rank - 1}.`;
    report(use, { code: 'argument-range', reason: 'expression', message }, place && rangeOf(place), axisIdeas(-1, place));
    return [unknown(use)];
  }
  const isMoved = first.layout === 'channels_last';
  const dim = !isMoved || axis === 0 ? axis : axis === rank - 1 ? 1 : axis + 1;
  const tensors = use.inputs.map((tensor) => alike(use, tensor, first));
  const fitting = onlyDifference(tensors);
  const ideas = fitting === undefined || fitting === axis ? [] : axisIdeas(fitting === rank - 1 ? -1 : fitting, place);
  return [kept(first, applyAll(use, 'Cat', { dim }, tensors, { ideas }).outputs[0] ?? unknown(use))];
}

/** The only axis, in the order of the file, on which the inputs differ. */
function onlyDifference(tensors: readonly Tensor[]): number | undefined {
  const [first = [], ...others] = tensors.map((tensor) => writtenShape(tensor) ?? []);
  const axes = first.flatMap((size, axis) => (others.some((shape) => isEqual(shape[axis], size) === false) ? [axis] : []));
  return axes.length === 1 ? axes[0] : undefined;
}

function axisIdeas(axis: number, place: JsonNode | undefined): TextIdea[] {
  return place === undefined ? [] : [{ title: `Change axis to ${axis}`, edits: [{ range: rangeOf(place), newText: String(axis) }] }];
}

/** The sum over one axis of each of two tensors, for each sample. */
function dot(use: LayerUse, axes: readonly number[] | undefined): readonly Tensor[] {
  const [left, right] = use.inputs.map((tensor) => asWritten(use, tensor));
  const [a, b] = [left?.shape?.length, right?.shape?.length];
  if (left === undefined || right === undefined || a === undefined || b === undefined || axes === undefined) return [unknown(use)];
  const [first = -1, second = first] = axes;
  const [at, other] = [first < 0 ? first + a : first, second < 0 ? second + b : second];
  // What is summed over stands last in one and before last in the other, all else in one axis.
  const moved = (tensor: Tensor, rank: number, axis: number) => {
    const order = [0, ...Array.from({ length: rank - 1 }, (_, place) => place + 1).filter((place) => place !== axis), axis];
    const permuted = rank < 3 ? apply(use, 'Unsqueeze', { dim: 1 }, tensor) : apply(use, 'Permute', { dims: order }, tensor);
    return rank > 3 ? apply(use, 'Flatten', { start_dim: 1, end_dim: rank - 2 }, permuted) : permuted;
  };
  const product = apply(use, 'MatMul', {}, moved(left, a, at), apply(use, 'Transpose', { dim0: 1, dim1: 2 }, moved(right, b, other)));
  const rest = [
    ...(left.shape ?? []).slice(1).filter((_, place) => place !== at - 1),
    ...(right.shape ?? []).slice(1).filter((_, place) => place !== other - 1),
  ];
  const sizes = rest.map((size) => size ?? null);
  if (rest.length === 2) return [product];
  if (rest.length < 2) return [apply(use, 'Flatten', { start_dim: 1 }, product)];
  const batch = left.shape?.[0] ?? null;
  return [apply(use, 'Reshape', { shape: [batch, ...sizes].map((size) => size ?? ({ kind: 'unknown' } as const)) }, product)];
}

/** Keras 1: one layer for all joins. */
const merge: LayerRule = (use) => {
  const mode = use.config.text('mode') ?? 'sum';
  if (mode === 'concat') return concat(use, use.config.number('concat_axis') ?? -1);
  if (mode === 'dot' || mode === 'cos') return dot(use, use.config.numbers('dot_axes') ?? [-1]);
  const operator = { sum: 'Add', mul: 'Mul', max: 'Maximum', ave: 'Add' }[mode];
  return operator === undefined ? [unknown(use)] : join(operator)(use);
};

export const merges: Readonly<Record<string, LayerRule>> = {
  Add: join('Add'),
  Subtract: join('Sub'),
  Multiply: join('Mul'),
  Maximum: join('Maximum'),
  Minimum: join('Minimum'),
  Average: average,
  Concatenate: concatenate,
  Dot: (use) => dot(use, use.config.numbers('axes')),
  Merge: merge,
};
