// Layers that join tensors: cell by cell, one behind the other, or by products.
import { float } from '../../../network/argument.ts';
import type { Fault } from '../../../network/fault.ts';
import { isEqual } from '../../../dims/compare.ts';
import { writtenShape, type Tensor, type TextIdea } from '../../../network/network.ts';
import { rangeOf, type JsonNode } from '../json.ts';
import { alike, apply, applyAll, asWritten, input, report, unknown, type LayerRule, type LayerUse } from '../layer-use.ts';
import { dot } from './dot.ts';
import { isStrict } from '../tree.ts';
import { kept } from './activation.ts';

const join =
  (operator: string): LayerRule =>
  (use) => {
    const first = input(use);
    if (use.inputs.length < 2) return alone(use);
    if (operator === 'Sub' && use.inputs.length > 2) {
      report(use, countFault(`Subtract takes two tensors, but is called on ${use.inputs.length}.\nTake the others off one by one.`));
      return [unknown(use)];
    }
    const ranks = new Set(use.inputs.map(({ shape }) => shape?.length));
    const tensors = ranks.size === 1 ? use.inputs.map((tensor) => alike(use, tensor, first)) : sameRank(use);
    const [one = unknown(use)] = tensors;
    return [kept(one, joinAll(use, operator, tensors))];
  };

/** One tensor is no list of tensors to Keras 1 and 2, which refuse it; TensorFlow's Keras and Keras 3 hand it on. */
function alone(use: LayerUse): readonly Tensor[] {
  const { layer, format } = use;
  const isOne = use.inputs.length === 1 && (use.layer.calls[0]?.references.length ?? 1) === 1;
  if (isOne && (isStrict(format) || (format.version === undefined && layer.module === undefined))) {
    const message = `${layer.className} joins tensors, but is called on one alone.\nKeras asks for a list of at least two: name the others in the same call.`;
    report(use, countFault(message));
  }
  return [input(use)];
}

function countFault(message: string): Fault {
  return { code: 'input-count', reason: 'no-value', message };
}

/** Where the numbers of axes differ Keras puts axes of size 1 behind the batch. */
function sameRank(use: LayerUse): readonly Tensor[] {
  const most = Math.max(...use.inputs.map(({ shape }) => shape?.length ?? 0));
  const [like] = use.inputs.filter(({ shape }) => shape?.length === most);
  return use.inputs.map((tensor) => {
    let filled = asWritten(use, tensor);
    for (let rank = filled.shape?.length ?? most; rank < most; rank++) filled = apply(use, 'Unsqueeze', { dim: 1 }, filled);
    // What is filled up is still called by its maker.
    return like === undefined ? filled : { ...alike(use, filled, like), label: tensor.label, range: tensor.range };
  });
}

/** Operators on two tensors are applied one after the other. */
function joinAll(use: LayerUse, operator: string, tensors: readonly Tensor[]): Tensor {
  const [first = unknown(use), ...others] = tensors;
  return others.reduce((joined, tensor) => apply(use, operator, {}, joined, tensor), first);
}

const average: LayerRule = (use) => {
  const [sum = unknown(use)] = join('Add')(use);
  return [kept(sum, apply(use, 'Power', { scale: float(1 / Math.max(use.inputs.length, 1)) }, sum))];
};

const concatenate: LayerRule = (use) => concat(use, use.config.number('axis', 'concat_axis') ?? -1, use.config.find('axis', 'concat_axis'));

/** `place` is where the axis is written, if it is. */
export function concat(use: LayerUse, written: number, place?: JsonNode): readonly Tensor[] {
  const first = input(use);
  const rank = first.shape?.length;
  if (use.inputs.length < 2) return alone(use);
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

/** Keras 1: one layer for all joins. */
const merge: LayerRule = (use) => {
  const mode = use.config.text('mode') ?? 'sum';
  if (mode === 'concat') return concat(use, use.config.number('concat_axis') ?? -1);
  if (mode === 'dot' || mode === 'cos') return dot(use, use.config.numbers('dot_axes') ?? [-1], use.config.find('dot_axes'));
  if (mode === 'ave') return average(use);
  const operator = { sum: 'Add', mul: 'Mul', max: 'Maximum' }[mode];
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
  Dot: (use) => dot(use, use.config.numbers('axes'), use.config.find('axes')),
  Merge: merge,
};
