// The rules of padding that is not a convolution's own: torch.nn.functional.pad, shared with the padding modes of Conv.
import { add } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import type { Checks } from './checks.ts';

export type PaddingMode = 'constant' | 'reflect' | 'replicate' | 'circular';

/**
 * Checks `pad`, which names the last axis first, as PyTorch does for its mode. Answers with the padded shape, unknown on
 * the axes that are at fault.
 */
export function checkPadding(checks: Checks, input: Shape, pad: readonly Dimension[], mode: PaddingMode, argument: string): Shape {
  if (!checks.holds(pad.length % 2 === 0, () => ({ code: 'argument-type', reason: 'pad-length-odd', argument, value: knownOf(pad), expected: 'two numbers for each axis, before and after' }))) {
    return undefined;
  }
  if (input === undefined) return undefined;
  const axes = pad.length / 2;
  if (!checks.holds(axes <= input.length, () => ({ code: 'argument-type', reason: 'pad-length-too-large', argument, value: knownOf(pad), expected: `at most ${2 * input.length} numbers for an input with ${input.length} axes` }))) {
    return undefined;
  }
  return mode === 'constant' ? padConstant(checks, input, pad) : padByMode(checks, input, pad, mode, argument);
}

/** Crops come first and have to fit, axis by axis from the last; what is left has to be something if anything is added. */
function padConstant(checks: Checks, input: readonly Dimension[], pad: readonly Dimension[]): Shape {
  const output = [...input];
  const rank = input.length;
  for (let at = 0; at < pad.length / 2; at++) {
    const axis = rank - 1 - at;
    const size = input[axis];
    const [before, after] = [pad[2 * at], pad[2 * at + 1]];
    const padded = add(add(size, before), after);
    output[axis] = padded;
    const cropBefore = typeof before === 'number' && before < 0 ? before : 0;
    const cropAfter = typeof after === 'number' && after < 0 ? after : 0;
    if (cropBefore === 0 && cropAfter === 0) continue;
    const reason = typeof padded === 'number' && padded < 0 && !(typeof size === 'number' && size + cropBefore < 0) ? 'negative-output' : 'crop-too-large';
    const left = add(add(size, cropBefore), cropAfter);
    const fits = checks.atLeast(left, 0, () => ({ code: 'empty-output', reason, axis: axis - rank, input: size, output: left }));
    if (!fits) output[axis] = undefined;
  }
  const onlyCrops = pad.every((amount) => typeof amount === 'number' && amount <= 0);
  if (!onlyCrops) {
    for (let axis = rank - 1; axis >= rank - pad.length / 2; axis--) {
      const size = output[axis];
      checks.atLeast(size, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: axis - rank, input: input[axis], output: size }));
    }
  }
  return output;
}

/** Reflect, replicate and circular: the last axes alone, one, two or three of them. */
function padByMode(checks: Checks, input: readonly Dimension[], pad: readonly Dimension[], mode: 'reflect' | 'replicate' | 'circular', argument: string): Shape {
  const rank = input.length;
  const axes = pad.length / 2;
  // Circular padding wants a batch; the others go without one.
  const ranks = mode === 'circular' ? [axes + 2] : [axes + 1, axes + 2];
  const expected = mode === 'circular' ? `${axes + 2} axes for padding on ${axes}` : `${axes + 1} or ${axes + 2} axes for padding on ${axes}`;
  const rankFits = checks.holds(ranks.includes(rank) && axes <= 3, () => ({ code: 'rank-mismatch', reason: 'pad-rank-mismatch', input: 0, shape: input, expected, argument }));
  if (!rankFits) return undefined;
  checkNotEmpty(checks, input, axes, mode);
  const output = [...input];
  for (let at = 0; at < axes; at++) {
    const axis = rank - 1 - at;
    const size = input[axis];
    for (const amount of [pad[2 * at], pad[2 * at + 1]]) {
      if (mode === 'replicate' || amount === undefined) continue;
      const needed = mode === 'reflect' ? add(amount, 1) : amount;
      const fits = checks.atLeast(size, needed, () => ({
        code: 'reflection-padding',
        reason: 'pad-too-large',
        mode,
        axis: axis - rank,
        padding: typeof amount === 'number' ? amount : 0,
        size,
        argument,
      }));
      if (!fits) output[axis] = undefined;
    }
    const padded = add(add(size, pad[2 * at]), pad[2 * at + 1]);
    if (output[axis] !== undefined || size === undefined) output[axis] = padded;
  }
  for (let axis = rank - 1; axis >= rank - axes; axis--) {
    const size = output[axis];
    checks.atLeast(size, mode === 'circular' ? 0 : 1, () => ({
      code: 'empty-output',
      reason: mode === 'circular' ? 'negative-output' : 'output-too-small',
      axis: axis - rank,
      input: input[axis],
      output: size,
    }));
  }
  return output;
}

/** Only the batch may be empty. */
function checkNotEmpty(checks: Checks, input: readonly Dimension[], axes: number, mode: string): void {
  if (mode === 'circular') return;
  input.forEach((size, axis) => {
    if (axis === 0 && input.length === axes + 2) return;
    checks.holds(size !== 0, () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: axis - input.length, input: 0, output: 0 }));
  });
}

function knownOf(pad: readonly Dimension[]) {
  return pad.map((amount) => amount ?? null);
}
