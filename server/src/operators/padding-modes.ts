// Padding by reflection, replication or wrapping around: PyTorch's rules for each mode, shared by Pad and by convolutions.
import { add, maximum } from '../dims/arithmetic.ts';
import { isLess } from '../dims/compare.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import type { Checks } from './checks.ts';
import { refusedWrap } from './circular-slices.ts';
import { checkNotEmpty } from './window-arguments.ts';

export type FillMode = 'reflect' | 'replicate' | 'circular';

/** The padding of one axis. */
interface AxisPadding {
  readonly axis: number;
  readonly size: Dimension;
  readonly before: Dimension;
  readonly after: Dimension;
  readonly padded: Dimension;
}

/** The shape that `pad` gives, which names the last axis first; unknown on the axes that are at fault. */
export function padByMode(checks: Checks, input: Shape, pad: readonly Dimension[], mode: FillMode, argument: string): Shape {
  if (input === undefined) return undefined;
  const count = pad.length / 2;
  const ranks = mode === 'circular' ? [count + 2] : [count + 1, count + 2];
  const fits = checks.holds(count >= 1 && count <= 3 && ranks.includes(input.length), () => {
    const expected = `${ranks.join(' or ')} axes for padding "${mode}" with ${pad.length} numbers`;
    return { code: 'rank-mismatch', reason: 'pad-rank-mismatch', input: 0, shape: input, expected, argument };
  });
  if (!fits) return undefined;
  const axes = Array.from({ length: count }, (_, at): AxisPadding => {
    const axis = input.length - count + at;
    const [before, after] = [pad[2 * (count - 1 - at)], pad[2 * (count - 1 - at) + 1]];
    return { axis, size: input[axis], before, after, padded: add(add(input[axis], before), after) };
  });
  const legal = mode === 'circular' ? checkCircular(checks, input, axes, argument) : checkMirrored(checks, input, axes, mode, argument);
  const output = [...input];
  axes.forEach(({ axis, padded }, at) => {
    output[axis] = legal[at] === true && !(typeof padded === 'number' && padded < 0) ? padded : undefined;
  });
  return output;
}

/** Reflect and replicate. Answers which axes hold. */
function checkMirrored(
  checks: Checks,
  input: readonly Dimension[],
  axes: readonly AxisPadding[],
  mode: 'reflect' | 'replicate',
  argument: string,
): readonly boolean[] {
  const rank = input.length;
  const isBatched = rank === axes.length + 2;
  // Only the batch may be empty; reflection in 1-d and 2-d does not ask for the channels of an input without a batch either.
  const first = isBatched || (mode === 'reflect' && axes.length < 3) ? 1 : 0;
  checkNotEmpty(checks, input, first);
  // The last axis is the first to be looked at.
  const legal = axes.map(() => true);
  if (mode === 'reflect') {
    for (let at = axes.length - 1; at >= 0; at--) legal[at] = checkReach(checks, axes[at], mode, rank, argument);
  }
  // It is enough that one axis ends with cells: then the others may be empty, but not less.
  const [only] = axes;
  if (!axes.some(({ padded }) => isLess(padded, 1) === false)) {
    const largest = axes.map(({ padded }) => padded).reduce(maximum);
    checks.atLeast(largest, 1, () => tooSmall(only, rank, 'output-too-small'));
  }
  axes.forEach((axis, at) => {
    const least = axes.length === 1 ? 1 : 0;
    const reason = axes.length === 1 ? 'output-too-small' : 'negative-output';
    if (!checks.atLeast(axis.padded, least, () => tooSmall(axis, rank, reason))) legal[at] = false;
  });
  return legal;
}

/** Wrapping around: no more cells than there are, once around. Answers which axes hold. */
function checkCircular(checks: Checks, input: readonly Dimension[], axes: readonly AxisPadding[], argument: string): readonly boolean[] {
  const rank = input.length;
  const legal = axes.map(
    (axis) =>
      checkReach(checks, axis, 'circular', rank, argument) && checks.atLeast(axis.padded, 0, () => tooSmall(axis, rank, 'negative-output')),
  );
  if (legal.includes(false)) return legal;
  const shape = [...input];
  for (const { axis, padded } of axes) shape[axis] = padded;
  const refused = refusedWrap(shape, axes);
  checks.holds(refused === undefined, () =>
    tooSmall(
      axes.find(({ axis }) => axis === refused),
      rank,
      'crop-too-large',
    ),
  );
  return axes.map(({ axis }) => axis !== refused);
}

/** Mirrored cells lie before the far end, so a padding is below the size; wrapped ones may be all the cells there are. */
function checkReach(checks: Checks, axis: AxisPadding | undefined, mode: 'reflect' | 'circular', rank: number, argument: string): boolean {
  if (axis === undefined) return true;
  const { size } = axis;
  return [axis.before, axis.after].every((amount) => {
    if (amount === undefined || (typeof amount === 'number' && amount < 0 && typeof size !== 'number')) return true;
    return checks.atLeast(size, mode === 'reflect' ? add(amount, 1) : amount, () => {
      const padding = typeof amount === 'number' ? amount : 0;
      return { code: 'reflection-padding', reason: 'pad-too-large', mode, axis: axis.axis - rank, padding, size, argument };
    });
  });
}

function tooSmall(axis: AxisPadding | undefined, rank: number, reason: 'output-too-small' | 'negative-output' | 'crop-too-large') {
  return { code: 'empty-output', reason, axis: (axis?.axis ?? rank) - rank, input: axis?.size, output: axis?.padded } as const;
}
