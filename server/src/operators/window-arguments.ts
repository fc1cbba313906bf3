// Reads and checks what convolutions and pools have in common: ranks, tuples with a value for each axis, and their ranges.
import { isLess } from '../dims/compare.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { isList, isSize, type ArgumentValue } from '../network/argument.ts';
import type { OperatorFault } from '../network/fault.ts';
import { effectiveKernel, paddedSize, type AxisGeometry } from './axis-size.ts';
import type { Checks } from './checks.ts';
import type { Arguments, AxisWindow, Parameter } from './operator.ts';

export type SpatialRank = 1 | 2 | 3;

/** One value for each axis: a single one, or a list of one, counts for all. Unknown where the length does not fit. */
export function readAxes(from: Arguments, name: string, axes: number): readonly Dimension[] {
  const value = from.get(name);
  if (!isList(value)) return repeated(toDimension(value), axes);
  if (value.length === axes) return value.map(toDimension);
  return repeated(value.length === 1 ? toDimension(value[0]) : undefined, axes);
}

function repeated(size: Dimension, axes: number): readonly Dimension[] {
  return axes === 1 ? [size] : axes === 2 ? [size, size] : Array.from({ length: axes }, () => size);
}

export function toDimension(value: ArgumentValue | undefined): Dimension {
  return isSize(value) ? value : undefined;
}

/** A list has one value for each axis, or one for all where `allowOne` says that PyTorch takes that. */
export function checkLength(checks: Checks, from: Arguments, name: string, axes: number, allowOne = true): boolean {
  const value = from.get(name);
  if (!isList(value) || value.length === axes || (allowOne && value.length === 1)) return true;
  const expected = axes === 1 ? 'one number' : `one number, or ${axes}, one for each axis`;
  return checks.holds(false, () => ({ code: 'argument-type', reason: 'tuple-length-mismatch', argument: name, value, expected }));
}

type RangeReason = Extract<OperatorFault, { code: 'argument-range' }>['reason'];

/** Every value that is written for the parameter is at least `least`. */
export function checkMinimum(checks: Checks, from: Arguments, name: string, least: number, reason: RangeReason): boolean {
  const value = from.get(name);
  if (typeof value === 'number' && value >= least) return true;
  for (const part of isList(value) ? value : [value]) {
    if (!isSize(part)) continue;
    const legal = `at least ${least}`;
    if (!checks.atLeast(part, least, () => ({ code: 'argument-range', reason, argument: name, value: value ?? null, legal }))) return false;
  }
  return true;
}

/** The number of axes, where it is known, is one of `ranks`. */
export function checkRank(checks: Checks, shape: Shape, ranks: readonly number[], expected: string): boolean {
  if (shape === undefined || ranks.includes(shape.length)) return true;
  return checks.holds(false, () => ({ code: 'rank-mismatch', reason: 'bad-rank', input: 0, shape, expected }));
}

export function rankWords(spatial: number): string {
  return `${spatial + 2} axes, or ${spatial + 1} without a batch`;
}

/**
 * The axes from `first` on have cells. Where that is open for a symbol, and the window has to fit into the axis anyway,
 * that second condition says it already.
 */
export function checkNotEmpty(checks: Checks, shape: readonly Dimension[], first: number, windows: readonly AxisGeometry[] = []): boolean {
  for (let axis = first; axis < shape.length; axis++) {
    const size = shape[axis];
    if (typeof size === 'number' ? size > 0 : impliesCells(windows[axis - shape.length + windows.length])) continue;
    const fault = () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: axis - shape.length, input: size, output: size }) as const;
    if (!checks.atLeast(size, 1, fault)) return false;
  }
  return true;
}

/** Whether a window that reaches over i + pa + pb >= ke has i >= 1 for certain. */
function impliesCells(axis: AxisGeometry | undefined): boolean {
  if (axis === undefined) return false;
  return isLess(paddedSize(0, axis), effectiveKernel(axis.kernel, axis.dilation)) === true;
}

export function toWindow(axis: AxisGeometry, kind: AxisWindow['kind']): AxisWindow {
  const { kernel, stride, dilation, paddingStart, paddingEnd, keepsLast } = axis;
  return { kernel, stride, dilation, paddingStart, paddingEnd, kind, ...(keepsLast === true && { keepsLast }) };
}

const AXES_WORDS = { 1: '', 2: ', one number or (height, width)', 3: ', one number or (depth, height, width)' } as const;

/** The parameters of windows, as convolutions and pools have them. */
export function windowParameters(spatial: SpatialRank) {
  const each = AXES_WORDS[spatial];
  return {
    kernel: { name: 'kernel_size', type: 'integers', doc: `Size of the window${each}.`, legal: 'at least 1' },
    stride: {
      name: 'stride',
      type: 'integers',
      default: 1,
      doc: `How far the window moves from one output cell to the next${each}.`,
      legal: 'at least 1',
    },
    dilation: {
      name: 'dilation',
      type: 'integers',
      default: 1,
      doc: `Distance between neighbouring cells of the kernel${each}.`,
      legal: 'at least 1',
    },
  } satisfies Record<string, Parameter>;
}
