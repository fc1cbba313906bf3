// Broadcasting: shapes of unlike lengths and axes of size 1 made to fit, as in NumPy and PyTorch.
import { isEqual } from '../dims/compare.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import type { Checks } from './checks.ts';

/** Of two sizes that are equal wherever the network is legal, the one that says it in fewer letters. */
export function simpler(a: Dimension, b: Dimension): Dimension {
  if (a === undefined || b === undefined) return a ?? b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? a : b;
  return a.key.length <= b.key.length ? a : b;
}

/** The common shape of all inputs without their last `apart` axes, unknown on the axes that do not fit. */
export function broadcast(checks: Checks, shapes: readonly Shape[], apart = 0): Shape {
  let longest = 0;
  for (const shape of shapes) {
    if (shape === undefined) return undefined;
    longest = Math.max(longest, shape.length);
  }
  return Array.from({ length: Math.max(longest - apart, 0) }, (_, axis) => broadcastAxis(checks, shapes, axis - longest));
}

function broadcastAxis(checks: Checks, shapes: readonly Shape[], fromEnd: number): Dimension {
  let result: Dimension = 1;
  let isKnown = true;
  for (const [input, shape] of shapes.entries()) {
    const size = shape === undefined || shape.length + fromEnd < 0 ? 1 : shape[shape.length + fromEnd];
    if (size === 1 || size === result) continue;
    if (size === undefined) isKnown = false;
    else if (result === 1) result = size;
    else {
      const before: Dimension = result;
      const fits = checks.equalOrOne(before, size, () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input,
        axis: fromEnd,
        shapes,
      }));
      if (fits) result = isEqual(before, size) === true ? before : simpler(before, size);
      else isKnown = false;
    }
  }
  return isKnown ? result : undefined;
}

/** The one shape that all inputs have, without broadcasting; unknown on the axes that differ. */
export function sameShapes(checks: Checks, shapes: readonly Shape[]): Shape {
  const first = shapes.find((shape) => shape !== undefined);
  if (first === undefined) return undefined;
  const output = [...first];
  const differing = new Set<number>();
  for (const [input, shape] of shapes.entries()) {
    if (shape === undefined || shape === first) continue;
    const rank = Math.max(first.length, shape.length);
    const fits = checks.holds(shape.length === first.length, () => ({
      code: 'broadcast-mismatch',
      reason: 'ranks-differ',
      input,
      axis: -rank,
      shapes,
    }));
    if (!fits) return undefined;
    shape.forEach((size, axis) => {
      const expected = first[axis];
      const isSame = checks.equal(expected, size, () => ({
        code: 'broadcast-mismatch',
        reason: 'not-equal',
        input,
        axis: axis - rank,
        shapes,
      }));
      if (!isSame) differing.add(axis);
      output[axis] = differing.has(axis) ? undefined : simpler(output[axis], size);
    });
  }
  return output;
}
