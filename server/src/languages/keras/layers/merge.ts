// Layers that join tensors: cell by cell, or one behind the other.
import type { Tensor } from '../../../network/network.ts';
import { alike, apply, asWritten, input, report, unknown, type LayerRule, type LayerUse } from '../layer-use.ts';
import { kept } from './activation.ts';

const join =
  (operator: string): LayerRule =>
  (use) => {
    const first = input(use);
    const tensors = use.inputs.map((tensor) => alike(use, tensor, first));
    if (tensors.length < 2) return [first];
    return [kept(first, joinAll(use, operator, tensors))];
  };

/** Operators on two tensors are applied one after the other. */
function joinAll(use: LayerUse, operator: string, tensors: readonly Tensor[]): Tensor {
  const [first = unknown(use), ...others] = tensors;
  return others.reduce((joined, tensor) => apply(use, operator, {}, joined, tensor), first);
}

const average: LayerRule = (use) => {
  const [sum = unknown(use)] = join('Add')(use);
  return [kept(sum, apply(use, 'Identity', {}, sum))];
};

const concatenate: LayerRule = (use) => concat(use, use.config.number('axis', 'concat_axis') ?? -1);

function concat(use: LayerUse, written: number): readonly Tensor[] {
  const first = input(use);
  const rank = first.shape?.length;
  if (use.inputs.length < 2) return [first];
  if (rank === undefined) return [apply(use, 'Cat', { dim: written }, ...use.inputs.map((tensor) => asWritten(use, tensor)))];
  const axis = written < 0 ? written + rank : written;
  if (axis === 0) report(use, { code: 'argument-range', reason: 'expression', message: 'Axis 0 is the batch, which Keras does not join.' });
  const isMoved = first.layout === 'channels_last';
  const dim = !isMoved || axis === 0 ? axis : axis === rank - 1 ? 1 : axis + 1;
  return [kept(first, apply(use, 'Cat', { dim }, ...use.inputs.map((tensor) => alike(use, tensor, first))))];
}

/** Keras 1: one layer for all joins. */
const merge: LayerRule = (use) => {
  const mode = use.config.text('mode') ?? 'sum';
  if (mode === 'concat') return concat(use, use.config.number('concat_axis') ?? -1);
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
  Merge: merge,
};
