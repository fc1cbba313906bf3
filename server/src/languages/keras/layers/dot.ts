// The dot product of two tensors for each sample: the sum over one axis of each.
import { formatShape, formatSize } from '../../../dims/format.ts';
import { isEqual } from '../../../dims/compare.ts';
import { UNKNOWN } from '../../../network/argument.ts';
import type { Tensor, TextIdea } from '../../../network/network.ts';
import { rangeOf, type JsonNode } from '../json.ts';
import { apply, asWritten, report, unknown, type LayerUse } from '../layer-use.ts';

/** `axes` is the axis of both, or one for each; `place` is where it is written, if it is. */
export function dot(use: LayerUse, axes: readonly number[] | undefined, place?: JsonNode): readonly Tensor[] {
  const [left, right] = use.inputs.map((tensor) => asWritten(use, tensor));
  if (left?.shape === undefined || right?.shape === undefined || axes === undefined) return [unknown(use)];
  const [first = -1, second = first] = axes;
  const [a, b] = [left.shape.length, right.shape.length];
  const [at, other] = [first < 0 ? first + a : first, second < 0 ? second + b : second];
  if (at < 1 || at >= a || other < 1 || other >= b) {
    const which = at < 1 || at >= a ? { axis: first, tensor: left, rank: a } : { axis: second, tensor: right, rank: b };
    const message = `axes has ${which.axis}, but the axes behind the batch of \`${which.tensor.label}\` are 1 to ${which.rank - 1}: ${formatShape(which.tensor.shape)}.`;
    return refuse(use, message, left, right, place);
  }
  const [size, otherSize] = [left.shape[at], right.shape[other]];
  if (isEqual(size, otherSize) === false) {
    const message =
      `${use.layer.className} sums over axis ${at} of \`${left.label}\`, which has ${formatSize(size)}, and axis ${other} of \`${right.label}\`, which has ${formatSize(otherSize)}.\n` +
      `The two have to be as long; the inputs are ${formatShape(left.shape)} and ${formatShape(right.shape)}.`;
    return refuse(use, message, left, right, place);
  }
  const product = apply(use, 'MatMul', {}, moved(use, left, at), apply(use, 'Transpose', { dim0: 1, dim1: 2 }, moved(use, right, other)));
  if (a === 3 && b === 3) return [product];
  const rest = [...left.shape.filter((_, axis) => axis > 0 && axis !== at), ...right.shape.filter((_, axis) => axis > 0 && axis !== other)];
  if (rest.length < 2) return [apply(use, 'Flatten', { start_dim: 1 }, product)];
  return [apply(use, 'Reshape', { shape: [left.shape[0], ...rest].map((part) => part ?? UNKNOWN) }, product)];
}

/** What is summed over stands last, all else in one axis. */
function moved(use: LayerUse, tensor: Tensor, axis: number): Tensor {
  const rank = tensor.shape?.length ?? 0;
  if (rank < 3) return apply(use, 'Unsqueeze', { dim: 1 }, tensor);
  const order = [0, ...Array.from({ length: rank - 1 }, (_, place) => place + 1).filter((place) => place !== axis), axis];
  const permuted = apply(use, 'Permute', { dims: order }, tensor);
  return rank > 3 ? apply(use, 'Flatten', { start_dim: 1, end_dim: rank - 2 }, permuted) : permuted;
}

function refuse(use: LayerUse, message: string, left: Tensor, right: Tensor, place: JsonNode | undefined): readonly Tensor[] {
  report(use, { code: 'argument-range', reason: 'expression', message }, place && rangeOf(place), axesIdeas(left, right, place));
  return [unknown(use)];
}

/** Pairs of axes that are as long as each other, the last ones first. */
function axesIdeas(left: Tensor, right: Tensor, place: JsonNode | undefined): TextIdea[] {
  if (place === undefined) return [];
  const behindBatch = ({ shape = [] }: Tensor) =>
    shape
      .map((size, axis) => ({ size, axis }))
      .slice(1)
      .reverse();
  const pairs = behindBatch(left).flatMap((one) =>
    behindBatch(right).flatMap((two) => (isEqual(one.size, two.size) === true ? [`[${one.axis}, ${two.axis}]`] : [])),
  );
  return pairs.slice(0, 4).map((pair) => ({ title: `Change axes to ${pair}`, edits: [{ range: rangeOf(place), newText: pair }] }));
}
