// Upsample and Interpolate: a new size for the spatial axes, given as it is or as a factor.
import { scale } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { isList, isSize, type ArgumentValue } from '../network/argument.ts';
import { string, toNumber } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Inference, Operator, OperatorCall, Parameter } from './operator.ts';

const MODES = ['nearest', 'linear', 'bilinear', 'bicubic', 'trilinear', 'area', 'nearest-exact'] as const;

/** The number of axes, batch and channels included, that a mode works on. */
const RANKS: Readonly<Record<string, readonly number[]>> = {
  nearest: [3, 4, 5],
  'nearest-exact': [3, 4, 5],
  area: [3, 4, 5],
  linear: [3],
  bilinear: [4],
  bicubic: [4],
  trilinear: [5],
};

const size: Parameter = { name: 'size', type: 'integers', default: null, nullable: true, doc: 'Size of the output on each spatial axis.', legal: 'at least 1' };
const factor: Parameter = { name: 'scale_factor', type: 'numbers', default: null, nullable: true, doc: 'What each spatial axis is multiplied by; the result is rounded down.', legal: 'above 0' };
const mode: Parameter = { name: 'mode', type: 'string', default: 'nearest', choices: MODES, doc: 'How new cells are worked out from their neighbours.' };
const align: Parameter = { name: 'align_corners', type: 'boolean', default: null, nullable: true, doc: 'Whether the centres of the corner cells stay where they are.' };
const recompute: Parameter = { name: 'recompute_scale_factor', type: 'boolean', default: null, nullable: true, doc: 'Whether the factor is worked out again from the rounded size.' };
const antialias: Parameter = { name: 'antialias', type: 'boolean', default: false, doc: 'Whether shrinking smooths first.' };

export const resizes: readonly Operator[] = [
  declare('Upsample', [size, factor, mode, align, recompute]),
  declare('Interpolate', [size, factor, mode, align, recompute, antialias]),
  declare('UpsamplingNearest2d', [size, factor], 'nearest'),
  declare('UpsamplingBilinear2d', [size, factor], 'bilinear'),
];

function declare(name: string, parameters: readonly Parameter[], fixedMode?: string): Operator {
  return {
    name,
    summary: 'Resizes the spatial axes to a given size or by a factor.',
    parameters,
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, fixedMode),
  };
}

function infer({ arguments: from, inputs: [input] }: OperatorCall, fixedMode: string | undefined): Inference {
  const checks = new Checks();
  const chosen = fixedMode ?? string(from, 'mode');
  const [wanted, factors] = [from.get('size'), from.get('scale_factor')];
  const aligned = from.get('align_corners');
  const interpolates = chosen === undefined || ['linear', 'bilinear', 'bicubic', 'trilinear'].includes(chosen);
  checks.holds(interpolates || aligned === null || aligned === undefined, () => ({
    code: 'argument-type',
    reason: 'align-corners-not-allowed',
    argument: 'align_corners',
    value: aligned ?? null,
    expected: 'nothing unless the mode is linear, bilinear, bicubic or trilinear',
  }));
  const spatial = input === undefined ? undefined : input.length - 2;
  checkLengths(checks, from, spatial);
  checks.holds(wanted !== null || factors !== null, () => ({ code: 'missing-argument', reason: 'size-or-scale-missing', argument: 'size' }));
  if (input === undefined || spatial === undefined) return checks.answer([undefined]);
  const ranks = chosen === undefined ? [3, 4, 5] : (RANKS[chosen] ?? [3, 4, 5]);
  const words = `${ranks.join(' or ')} axes in mode "${chosen ?? ''}"`;
  const rankFits = checks.holds(ranks.includes(input.length), () => ({ code: 'rank-mismatch', reason: 'mode-rank-mismatch', input: 0, shape: input, expected: words, argument: 'mode' }));
  if (!rankFits) return checks.answer([undefined]);
  const outputs = input.slice(2).map((axisSize, at) => outputSize(axisSize, wanted ?? null, factors ?? null, at));
  checkSizes(checks, input, outputs, chosen === 'area', from);
  return checks.answer([[...input.slice(0, 2), ...outputs.map((output) => (typeof output === 'number' && output < 1 ? undefined : output))]]);
}

function checkLengths(checks: Checks, from: Arguments, spatial: number | undefined): void {
  const [wanted, factors] = [from.get('size') ?? null, from.get('scale_factor') ?? null];
  const both = () => ({ code: 'argument-type', reason: 'size-and-scale', argument: 'scale_factor', value: factors, expected: 'nothing where size is given' }) as const;
  checks.holds(wanted === null || factors === null, both);
  for (const [argument, value] of [['size', wanted], ['scale_factor', factors]] as const) {
    if (!isList(value) || spatial === undefined) continue;
    checks.holds(value.length === spatial, () => ({ code: 'argument-type', reason: 'tuple-length-mismatch', argument, value, expected: `one number, or ${Math.max(spatial, 0)}, one for each spatial axis` }));
  }
}

function outputSize(input: Dimension, wanted: ArgumentValue, factors: ArgumentValue, at: number): Dimension {
  const value = isList(wanted) ? wanted[at] : wanted;
  if (value !== null) return isSize(value) ? value : undefined;
  const multiplier = toNumber(isList(factors) ? factors[at] : factors);
  return multiplier === undefined ? undefined : scale(input, multiplier);
}

function checkSizes(checks: Checks, input: readonly Dimension[], outputs: readonly Dimension[], isArea: boolean, from: Arguments): void {
  const rank = input.length;
  const argument = from.get('size') === null ? 'scale_factor' : 'size';
  if (isArea) {
    checks.holds(!outputs.some((output) => typeof output === 'number' && output < 0), () => ({ code: 'argument-range', reason: 'negative-output-size', argument, value: from.get(argument) ?? null, legal: 'at least 0' }));
    checkNotEmpty(checks, input, 2);
    return;
  }
  outputs.forEach((output, at) => {
    const before = input[at + 2];
    checks.atLeast(before, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at + 2 - rank, input: before, output: before }));
    checks.atLeast(output, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at + 2 - rank, input: before, output }));
  });
  checkNotEmpty(checks, input, 1);
}

function checkNotEmpty(checks: Checks, input: Shape, from: number): void {
  input?.forEach((axisSize, axis) => {
    if (axis < from) return;
    checks.holds(axisSize !== 0, () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: axis - input.length, input: 0, output: 0 }));
  });
}
