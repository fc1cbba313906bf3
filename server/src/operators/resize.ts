// Upsample and Interpolate: a new size for the spatial axes, given as it is or as a factor.
import { scale } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import { isList, isUnknown, type ArgumentValue } from '../network/argument.ts';
import type { Inference } from '../network/builder.ts';
import { adaptiveMean } from './adaptive-pooling.ts';
import { boolean, string, toNumber } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, OperatorCall, Parameter } from './operator.ts';
import { checkNotEmpty, toDimension } from './window-arguments.ts';

/** The number of axes, batch and channels included, that each mode works on. */
const RANKS: Readonly<Record<string, readonly number[]>> = {
  nearest: [3, 4, 5],
  linear: [3],
  bilinear: [4],
  bicubic: [4],
  trilinear: [5],
  area: [3, 4, 5],
  'nearest-exact': [3, 4, 5],
};

const MODES = Object.keys(RANKS);

const SIZE: Parameter = {
  name: 'size',
  type: 'integers',
  default: null,
  nullable: true,
  doc: 'Size of the output on each spatial axis.',
  legal: 'at least 1',
};
const SCALE_FACTOR: Parameter = {
  name: 'scale_factor',
  type: 'numbers',
  default: null,
  nullable: true,
  doc: 'What each spatial axis is multiplied by; the size is rounded down.',
  legal: 'above 0',
};
const MODE: Parameter = {
  name: 'mode',
  type: 'string',
  default: 'nearest',
  choices: MODES,
  doc: 'How new cells are worked out from their neighbours.',
};
const ALIGN_CORNERS: Parameter = {
  name: 'align_corners',
  type: 'boolean',
  default: null,
  nullable: true,
  doc: 'Whether the corner cells of input and output lie on each other; only for the linear and cubic modes.',
};
const RECOMPUTE: Parameter = {
  name: 'recompute_scale_factor',
  type: 'boolean',
  default: null,
  nullable: true,
  doc: 'Whether the factor is worked out again from the rounded size.',
};
const ANTIALIAS: Parameter = {
  name: 'antialias',
  type: 'boolean',
  default: false,
  doc: 'Whether shrinking smooths first; for "bilinear" and "bicubic".',
};

export const resizes: readonly Operator[] = [
  declare('Upsample', [SIZE, SCALE_FACTOR, MODE, ALIGN_CORNERS, RECOMPUTE]),
  declare('Interpolate', [SIZE, SCALE_FACTOR, MODE, ALIGN_CORNERS, RECOMPUTE, ANTIALIAS]),
  declare('UpsamplingNearest2d', [SIZE, SCALE_FACTOR], 'nearest'),
  declare('UpsamplingBilinear2d', [SIZE, SCALE_FACTOR], 'bilinear'),
];

function declare(name: string, parameters: readonly Parameter[], fixedMode?: string): Operator {
  return {
    name,
    summary:
      fixedMode === undefined
        ? 'Resizes the spatial axes to a given size or by a factor.'
        : `Resizes height and width, in mode "${fixedMode}".`,
    parameters,
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, fixedMode, name !== 'Interpolate'),
  };
}

function infer({ arguments: from, inputs: [input] }: OperatorCall, fixedMode: string | undefined, isModule: boolean): Inference {
  const checks = new Checks();
  const mode = fixedMode ?? string(from, 'mode');
  const size = from.get('size') ?? null;
  const written = from.get('scale_factor') ?? null;
  // The modules take a factor of 0 for none.
  const factor = isModule && !isList(written) && toNumber(written) === 0 ? null : written;
  checkAlignCorners(checks, from, mode);
  checkSource(checks, from, size, factor, input === undefined ? undefined : Math.max(input.length - 2, 0));
  if (input === undefined) return checks.answer([undefined]);
  const ranks = mode === undefined ? [3, 4, 5] : (RANKS[mode] ?? []);
  const rankFits = checks.holds(ranks.includes(input.length), () => {
    const expected = ranks.length === 0 ? `one of the modes ${MODES.join(', ')}` : `${ranks.join(', ')} axes in mode "${mode ?? ''}"`;
    return { code: 'rank-mismatch', reason: 'mode-rank-mismatch', input: 0, shape: input, expected, argument: 'mode' };
  });
  if (!rankFits) return checks.answer([undefined]);
  const sizes = input.slice(2).map((before, at) => outputSize(before, size, factor, at));
  const argument = size === null ? 'scale_factor' : 'size';
  if (mode === 'area') return checks.answer([adaptiveMean(checks, input, sizes, argument, from.get(argument) ?? null)]);
  const outputs = sizes.map((output, at) => {
    const before = input[2 + at];
    const fault = (found: Dimension) => () =>
      ({ code: 'empty-output', reason: 'output-too-small', axis: at - sizes.length, input: before, output: found }) as const;
    const fits = checks.atLeast(before, 1, fault(before)) && checks.atLeast(output, 1, fault(output));
    return fits ? output : undefined;
  });
  checkNotEmpty(checks, input.slice(0, 2), 1);
  return checks.answer([[...input.slice(0, 2), ...outputs]]);
}

function checkAlignCorners(checks: Checks, from: Arguments, mode: string | undefined): void {
  const value = from.get('align_corners') ?? null;
  if (typeof value !== 'boolean' || (mode !== 'nearest' && mode !== 'area' && mode !== 'nearest-exact')) return;
  const expected = 'nothing unless the mode is "linear", "bilinear", "bicubic" or "trilinear"';
  checks.holds(false, () => ({ code: 'argument-type', reason: 'align-corners-not-allowed', argument: 'align_corners', value, expected }));
}

/** Exactly one of size and scale_factor is given, with a number for each of the spatial axes. */
function checkSource(checks: Checks, from: Arguments, size: ArgumentValue, factor: ArgumentValue, spatial: number | undefined): void {
  const isBoth = isGiven(size) && isGiven(factor);
  checks.holds(!isBoth, () => ({
    code: 'argument-type',
    reason: 'size-and-scale',
    argument: 'scale_factor',
    value: factor,
    expected: 'nothing where size is given',
  }));
  checks.holds(size !== null || factor !== null, () => ({ code: 'missing-argument', reason: 'size-or-scale-missing', argument: 'size' }));
  const [argument, value] = size === null ? ['scale_factor', factor] : ['size', size];
  if (isList(value) && spatial !== undefined) {
    const expected = `one number, or ${spatial}, one for each spatial axis`;
    checks.holds(value.length === spatial, () => ({ code: 'argument-type', reason: 'tuple-length-mismatch', argument, value, expected }));
  }
  const recomputes = isGiven(size) && boolean(from, 'recompute_scale_factor') === true;
  checks.holds(!recomputes, () => ({
    code: 'argument-type',
    reason: 'size-and-scale',
    argument: 'recompute_scale_factor',
    value: true,
    expected: 'nothing but False where size is given',
  }));
}

/** False for an argument that is left out, or may be. */
function isGiven(value: ArgumentValue): boolean {
  return value !== null && !isUnknown(value);
}

function outputSize(before: Dimension, size: ArgumentValue, factor: ArgumentValue, at: number): Dimension {
  if (size !== null) return toDimension(isList(size) ? size[at] : size);
  const multiplier = toNumber(isList(factor) ? factor[at] : factor);
  return multiplier === undefined ? undefined : scale(before, multiplier);
}
