// Reads and checks what convolutions and pools have in common: ranks, tuples with a value for each axis, and their ranges.
import type { Dimension, Shape } from '../dims/size.ts';
import type { ArgumentValue } from '../network/argument.ts';
import type { OperatorFault } from '../network/fault.ts';
import { dimensions } from './call.ts';
import type { Checks } from './checks.ts';
import type { Arguments, Parameter } from './operator.ts';

export type SpatialRank = 1 | 2 | 3;

/** Unknown where a value is; a list with the wrong length is a fault. */
export function readAxes(from: Arguments, name: string, axes: number, checks: Checks, allowOne = true): readonly Dimension[] {
  const unknown = Array.from({ length: axes }, () => undefined);
  const values = dimensions(from, name);
  if (values === undefined) return unknown;
  if (isSingle(from.get(name)) || (allowOne && values.length === 1)) return unknown.map(() => values[0]);
  if (values.length === axes) return values;
  checks.holds(false, () => lengthFault(from, name, axes));
  return unknown;
}

/** As `readAxes`, without a fault for the length; for checks that PyTorch makes before it looks at lengths. */
export function looseAxes(from: Arguments, name: string): readonly Dimension[] {
  return dimensions(from, name) ?? [];
}

function isSingle(value: ArgumentValue | undefined): boolean {
  return !Array.isArray(value);
}

export function lengthFault(from: Arguments, name: string, axes: number): OperatorFault {
  const expected = axes === 1 ? 'one number' : `one number, or ${axes}, one for each axis`;
  return { code: 'argument-type', reason: 'tuple-length-mismatch', argument: name, value: from.get(name) ?? null, expected };
}

type RangeReason = Extract<OperatorFault, { code: 'argument-range' }>['reason'];

/** Checks that every value is at least `minimum`. */
export function checkMinimum(checks: Checks, from: Arguments, name: string, values: readonly Dimension[], minimum: number, reason: RangeReason): boolean {
  return checks.holds(!values.some((value) => typeof value === 'number' && value < minimum), () => ({
    code: 'argument-range',
    reason,
    argument: name,
    value: from.get(name) ?? null,
    legal: `at least ${minimum}`,
  }));
}

/** Checks the number of axes; `undefined` where not even that is known. */
export function checkRank(checks: Checks, shape: Shape, ranks: readonly number[], expected: string): boolean {
  return checks.holds(shape === undefined || ranks.includes(shape.length), () => ({
    code: 'rank-mismatch',
    reason: 'bad-rank',
    input: 0,
    shape,
    expected,
  }));
}

export function rankWords(spatial: SpatialRank): string {
  return `${spatial + 2} axes, or ${spatial + 1} without a batch`;
}

const AXES_WORDS = ['length', 'height and width', 'depth, height and width'] as const;

/** The parameters of windows, as convolutions and pools have them. */
export function windowParameters(spatial: SpatialRank) {
  const axes = AXES_WORDS[spatial - 1] ?? '';
  const each = spatial === 1 ? '' : `, one number or one each for ${axes}`;
  return {
    kernel: { name: 'kernel_size', type: 'integers', doc: `Size of the window${each}.`, legal: 'at least 1' },
    stride: { name: 'stride', type: 'integers', default: 1, doc: `How far the window moves from one output cell to the next${each}.`, legal: 'at least 1' },
    dilation: { name: 'dilation', type: 'integers', default: 1, doc: `Distance between neighbouring cells of the kernel${each}.`, legal: 'at least 1' },
  } satisfies Record<string, Parameter>;
}
