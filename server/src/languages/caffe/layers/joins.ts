// Layers that join tensors or take them apart: Eltwise, Concat, Slice, Crop, and what takes its sizes from a second tensor.
import { isFloat, type ArgumentValue } from '../../../network/argument.ts';
import type { Fault } from '../../../network/fault.ts';
import type { TextIdea } from '../../../network/network.ts';
import { integerNamed, integersNamed, messageNamed, numbersNamed, wordNamed, type Written } from '../fields.ts';
import { insertField } from '../write-field.ts';
import { joined, listed, operator, rankOf, tensors, type LayerRule } from './layer-rule.ts';

const OPERATIONS: Readonly<Record<string, string>> = { PROD: 'Mul', 0: 'Mul', SUM: 'Add', 1: 'Add', MAX: 'Maximum', 2: 'Maximum' };

const eltwise: LayerRule = ({ message, inputs, report }) => {
  const parameters = messageNamed(message, 'eltwise_param');
  const word = wordNamed(parameters, 'operation')?.value ?? 'SUM';
  const coefficients = numbersNamed(parameters, 'coeff');
  const name = OPERATIONS[word] ?? 'Add';
  checkCoefficients(coefficients, inputs.length, name, report);
  const [first, second] = coefficients.map(({ value }) => numberOf(value));
  const isDifference = name === 'Add' && inputs.length === 2 && first === 1 && second === -1;
  const sum = operator(isDifference ? 'Sub' : name, { broadcast: false });
  const isWeighted = name === 'Add' && !isDifference && coefficients.some(({ value }) => numberOf(value) !== 1);
  return isWeighted ? { ...sum, otherValues: 'A sum with coeff' } : sum;
};

function numberOf(value: ArgumentValue): number | undefined {
  return isFloat(value) ? value.value : typeof value === 'number' ? value : undefined;
}

/** One for each bottom, and for a sum alone. */
function checkCoefficients(found: readonly Written[], count: number, name: string, report: Parameters<LayerRule>[0]['report']): void {
  const whole = listed(found);
  if (whole === undefined || count < 2) return;
  const isSum = name === 'Add';
  if (isSum && found.length === count) return;
  const message = isSum
    ? `coeff is given ${found.length} ${found.length === 1 ? 'time' : 'times'}, but there are ${count} bottoms.\nCaffe wants one factor for each of them, or none.`
    : 'coeff goes with operation: SUM alone.\nCaffe refuses factors for a product, and a maximum has no use for them.';
  if (isSum || name === 'Mul') report({ code: 'argument-type', reason: 'expression', message }, whole.range);
}

const concat: LayerRule = ({ message, inputs, report }) => {
  const parameters = messageNamed(message, 'concat_param');
  const axis = integerNamed(parameters, 'axis', report) ?? integerNamed(parameters, 'concat_dim', report, 0);
  return inputs.length === 1 ? tensors(inputs[0]?.shape) : operator('Cat', { dim: axis ?? 1 });
};

const slice: LayerRule = (layer) => {
  const {
    message,
    inputs: [input],
    topCount,
    type,
    report,
  } = layer;
  const parameters = messageNamed(message, 'slice_param');
  const points = integersNamed(parameters, 'slice_point', report, 0);
  const axis = integerNamed(parameters, 'axis', report) ?? integerNamed(parameters, 'slice_dim', report, 0);
  const places = listed(points);
  if (places !== undefined && points.length !== topCount - 1) {
    const found = `${points.length} ${points.length === 1 ? 'slice_point' : 'slice_points'}`;
    const message = `${type.name} has ${topCount} ${topCount === 1 ? 'top' : 'tops'} and ${found}.\nThere is one part more than there are points, and each part has a top.`;
    report({ code: 'input-count', reason: 'outputs', message }, places.range);
    return tensors(...Array.from({ length: topCount }, () => input?.shape?.map(() => undefined)));
  }
  // A part alone is all there is.
  if (places === undefined && topCount < 2) return tensors(input?.shape);
  const given = { indices_or_sections: places ?? topCount, dim: axis ?? 1, exact: true };
  return operator('TensorSplit', given, (fault) => evenPoints(layer, points, axis?.value ?? 1, fault));
};

/** Places that divide the axis into parts that are as equal as can be. */
function evenPoints(
  { text, message, inputs: [input], topCount }: Parameters<LayerRule>[0],
  points: readonly Written[],
  axis: ArgumentValue,
  fault: Fault,
): TextIdea[] {
  const shape = input?.shape;
  const size = typeof axis === 'number' ? shape?.[axis < 0 ? axis + shape.length : axis] : undefined;
  if ((fault.code !== 'reshape-mismatch' && fault.code !== 'argument-range') || typeof size !== 'number' || size < topCount) return [];
  const places = Array.from({ length: topCount - 1 }, (_, at) => Math.round(((at + 1) * size) / topCount));
  const written = places.map((place) => `slice_point: ${place}`);
  const edits =
    points.length === 0
      ? insertField(text, message, 'slice_param', written)
      : points.map(({ range }, at) => ({ range, newText: String(places[at] ?? 0) }));
  return edits === undefined ? [] : [{ title: `Divide at ${places.join(', ')}`, edits, larger: true }];
}

const crop: LayerRule = (layer) => {
  const { message, report } = layer;
  const parameters = messageNamed(message, 'crop_param');
  const axis = integerNamed(parameters, 'axis', report);
  const offsets = integersNamed(parameters, 'offset', report, 0);
  const rank = rankOf(layer);
  const first = axis?.value ?? 2;
  if (rank !== undefined && typeof first === 'number') {
    const cut = rank - (first < 0 ? first + rank : first);
    const whole = joined(offsets);
    if (whole !== undefined && offsets.length > 1 && cut > 0 && offsets.length !== cut) {
      const message = `offset is given ${offsets.length} times, but ${cut} ${cut === 1 ? 'axis is' : 'axes are'} cut.\nGive one number for all of them, or one for each from axis ${String(first)} on.`;
      report({ code: 'argument-type', reason: 'expression', message }, whole.range);
      return tensors(layer.inputs[0]?.shape?.map(() => undefined));
    }
  }
  return operator('Crop', { axis, offset: joined(offsets) }, (fault) => smallerOffset(layer, offsets, fault));
};

/** The largest offset with which the cut lies within the input. */
function smallerOffset({ inputs: [input, reference] }: Parameters<LayerRule>[0], offsets: readonly Written[], fault: Fault): TextIdea[] {
  const [only, ...more] = offsets;
  if (fault.code !== 'empty-output' || only === undefined || more.length > 0) return [];
  const rooms = (input?.shape ?? []).map((size, axis) => {
    const wanted = reference?.shape?.[axis];
    return typeof size === 'number' && typeof wanted === 'number' && size > wanted ? size - wanted : Infinity;
  });
  const most = Math.min(...rooms);
  return Number.isFinite(most) ? [{ title: `Change offset to ${most}`, edits: [{ range: only.range, newText: String(most) }] }] : [];
}

/** A gate for each channel: the first input times the second, and the third added. */
const axpy: LayerRule = ({ inputs }) => tensors(inputs[1]?.shape);

/** The rows of the first tensor that the second one numbers. */
const batchReindex: LayerRule = ({ inputs: [input, indices] }) =>
  tensors(input?.shape === undefined ? undefined : [indices?.shape?.[0], ...input.shape.slice(1)]);

/** Keeps the items that the last bottom chooses: how many, the file cannot say. */
const filter: LayerRule = ({ inputs }) =>
  tensors(...inputs.slice(0, -1).map(({ shape }) => (shape === undefined ? undefined : [undefined, ...shape.slice(1)])));

export const joins: Readonly<Record<string, LayerRule>> = {
  Eltwise: eltwise,
  Concat: concat,
  Slice: slice,
  Crop: crop,
  Axpy: axpy,
  BatchReindex: batchReindex,
  Filter: filter,
};
