// Arguments that number an axis: `dim`, which counts from the end where it is negative.
import type { Shape } from '../dims/size.ts';
import type { Checks } from './checks.ts';

/**
 * The axis that `dim` means in a tensor with `rank` axes, or undefined where it is out of range or not known. A scalar
 * counts as having one axis, as in PyTorch.
 */
export function resolveAxis(checks: Checks, argument: string, dim: number | undefined, rank: number): number | undefined {
  if (dim === undefined) return undefined;
  const count = Math.max(rank, 1);
  const fits = checks.holds(dim >= -count && dim < count, () => ({
    code: 'argument-range',
    reason: 'dim-out-of-range',
    argument,
    value: dim,
    legal: `between ${-count} and ${count - 1} for ${rank === 1 ? '1 axis' : `${rank} axes`}`,
  }));
  if (!fits) return undefined;
  return dim < 0 ? dim + count : dim;
}

/** A shape of the same rank with nothing known of its sizes. */
export function unknownLike(shape: Shape): Shape {
  return shape?.map(() => undefined);
}
