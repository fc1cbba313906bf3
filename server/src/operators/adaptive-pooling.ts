// AdaptiveAvgPool and AdaptiveMaxPool, 1-d to 3-d: pools that are told the size of their output.
import { floorDivide, modulo } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { isList, isSize, isUnknown, type ArgumentValue } from '../network/argument.ts';
import type { Inference } from '../network/builder.ts';
import { Checks } from './checks.ts';
import type { AxisWindow, Operator, OperatorCall, Parameter } from './operator.ts';
import { checkLength, checkNotEmpty, checkRank, rankWords, toDimension, type SpatialRank } from './window-arguments.ts';

type Kind = 'Avg' | 'Max';

const RETURN_INDICES: Parameter = {
  name: 'return_indices',
  type: 'boolean',
  default: false,
  doc: 'Whether the places of the largest values are given as well.',
};

export const adaptivePools: readonly Operator[] = (['Avg', 'Max'] as const).flatMap((kind) =>
  ([1, 2, 3] as const).map((spatial) => declare(kind, spatial)),
);

function declare(kind: Kind, spatial: SpatialRank): Operator {
  const none = spatial === 1 ? '' : '; None keeps the size of the input';
  // "any", since a tuple may have None in it.
  const size: Parameter = { name: 'output_size', type: 'any', doc: `Size of the output on each axis${none}.`, legal: 'at least 0' };
  return {
    name: `Adaptive${kind}Pool${spatial}d`,
    summary: `Gives the ${kind === 'Avg' ? 'mean' : 'largest value'} of each window, with windows that make the output as large as asked for.`,
    parameters: kind === 'Max' ? [size, RETURN_INDICES] : [size],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, kind, spatial),
    windows: (call) => windows(call, spatial),
  };
}

function infer({ arguments: from, inputs: [input] }: OperatorCall, kind: Kind, spatial: SpatialRank): Inference {
  const checks = new Checks();
  const value = from.get('output_size');
  const isReadable = checkType(checks, value, spatial);
  if (spatial === 1) checkRank(checks, input, [2, 3], rankWords(1));
  else if (isList(value) && input !== undefined && input.length <= value.length) checkRank(checks, input, [], rankWords(spatial));
  const lengthFits = isReadable && (kind === 'Max' || checkLength(checks, from, 'output_size', spatial, spatial === 1));
  const sizes = outputSizes(value, input, spatial);
  if (kind === 'Avg') {
    return checks.answer([adaptiveMean(checks, input, sizes, 'output_size', value ?? null)]);
  }
  const rankFits = checkRank(checks, input, [spatial + 1, spatial + 2], rankWords(spatial));
  if (input !== undefined && rankFits) checkNotEmpty(checks, input, 1);
  checkLength(checks, from, 'output_size', spatial, spatial === 1);
  if (input === undefined || !rankFits) return checks.answer([undefined]);
  const outputs = sizes.map((output, at) => {
    const fits = checks.atLeast(output, 0, () => ({
      code: 'empty-output',
      reason: 'negative-output',
      axis: at - spatial,
      input: input[input.length - spatial + at],
      output,
    }));
    return fits && lengthFits ? output : undefined;
  });
  return checks.answer([[...input.slice(0, -spatial), ...outputs]]);
}

/**
 * AdaptiveAvgPool to `sizes`, which Upsample's mode "area" is as well. A mean over everything asks neither for cells nor
 * for a number of axes.
 */
export function adaptiveMean(checks: Checks, input: Shape, sizes: readonly Dimension[], argument: string, value: ArgumentValue): Shape {
  const spatial = sizes.length;
  const outputs = sizes.map((size) => {
    const fits = checks.atLeast(size, 0, () => ({
      code: 'argument-range',
      reason: 'negative-output-size',
      argument,
      value,
      legal: 'at least 0',
    }));
    return fits ? size : undefined;
  });
  if (input === undefined) return undefined;
  const hasAxes = checks.holds(input.length >= spatial, () => ({
    code: 'rank-mismatch',
    reason: 'bad-rank',
    input: 0,
    shape: input,
    expected: rankWords(spatial),
  }));
  if (!hasAxes) return undefined;
  const isMean = outputs.every((size) => size === 1);
  if (!isMean) {
    if (!sizes.includes(undefined)) checkNotEmpty(checks, input, spatial === 3 ? 1 : input.length - spatial);
    if (!checkRank(checks, input, [spatial + 1, spatial + 2], rankWords(spatial))) return undefined;
  }
  return [...input.slice(0, input.length - spatial), ...outputs];
}

function checkType(checks: Checks, value: ArgumentValue | undefined, spatial: SpatialRank): boolean {
  const isPart = (part: ArgumentValue | undefined) =>
    isSize(part) || isUnknown(part) || part === undefined || (part === null && spatial > 1);
  const fits = isList(value) ? value.every(isPart) : isPart(value);
  const expected = spatial === 1 ? 'a whole number' : `a whole number, or a tuple of ${spatial} with whole numbers and None`;
  return checks.holds(fits, () => ({
    code: 'argument-type',
    reason: 'wrong-type',
    argument: 'output_size',
    value: value ?? null,
    expected,
  }));
}

/** The size on each axis, that of the input for None; unknown where the length does not fit. */
function outputSizes(value: ArgumentValue | undefined, input: Shape, spatial: SpatialRank): readonly Dimension[] {
  return Array.from({ length: spatial }, (_, at) => {
    const part = !isList(value) ? value : value.length === spatial ? value[at] : undefined;
    return part === null ? input?.[input.length - spatial + at] : toDimension(part);
  });
}

/** All windows are equal where the output size divides the input's; else they overlap and differ, and nothing is said. */
function windows({ arguments: from, inputs: [input] }: OperatorCall, spatial: SpatialRank): readonly AxisWindow[] | undefined {
  if (input === undefined) return undefined;
  return outputSizes(from.get('output_size'), input, spatial).map((output, at) => {
    const size = input[input.length - spatial + at];
    const kernel = modulo(size, output) === 0 ? floorDivide(size, output) : undefined;
    return { kernel, stride: kernel, dilation: 1, paddingStart: 0, paddingEnd: 0, kind: 'pooling' };
  });
}
