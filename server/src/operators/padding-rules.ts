// The rules of torch.nn.functional.pad: how many numbers there are, and constant padding, which crops before it adds.
import { add } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { UNKNOWN } from '../network/argument.ts';
import type { Checks } from './checks.ts';
import { padByMode, type FillMode } from './padding-modes.ts';

export type PaddingMode = 'constant' | FillMode;

/** The shape that `pad` gives, which names the last axis first; unknown on the axes that are at fault. */
export function padShape(checks: Checks, input: Shape, pad: readonly Dimension[], mode: PaddingMode, argument: string): Shape {
  if (!checkCount(checks, input, pad, argument) || input === undefined) return undefined;
  return mode === 'constant' ? padConstant(checks, input, pad) : padByMode(checks, input, pad, mode, argument);
}

/** Two numbers for each axis, and no more of them than the input has axes. */
function checkCount(checks: Checks, input: Shape, pad: readonly Dimension[], argument: string): boolean {
  const value = () => pad.map((amount) => amount ?? UNKNOWN);
  const isPaired = checks.holds(pad.length % 2 === 0, () => {
    return {
      code: 'argument-type',
      reason: 'pad-length-odd',
      argument,
      value: value(),
      expected: 'two numbers for each axis, before and after',
    };
  });
  if (!isPaired || input === undefined) return isPaired;
  return checks.holds(pad.length <= 2 * input.length, () => {
    const expected = `at most ${2 * input.length} numbers for an input with ${input.length} ${input.length === 1 ? 'axis' : 'axes'}`;
    return { code: 'argument-type', reason: 'pad-length-too-large', argument, value: value(), expected };
  });
}

/** What is to be taken off comes off first, and has to be there; where anything is added, every padded axis has to end with cells. */
function padConstant(checks: Checks, input: readonly Dimension[], pad: readonly Dimension[]): Shape {
  const rank = input.length;
  const count = pad.length / 2;
  const output = [...input];
  for (let fromLast = 0; fromLast < count; fromLast++) {
    const axis = rank - 1 - fromLast;
    output[axis] = add(add(input[axis], pad[2 * fromLast]), pad[2 * fromLast + 1]);
  }
  const tooSmall = (axis: number, left: Dimension, reason: 'negative-output' | 'crop-too-large') => () => {
    return { code: 'empty-output', reason, axis: axis - rank, input: input[axis], output: left } as const;
  };
  const negative = output.findIndex((size) => typeof size === 'number' && size < 0);
  checks.holds(negative < 0, tooSmall(negative, output[negative], 'negative-output'));
  const least = pad.every((amount) => typeof amount === 'number' && amount <= 0) ? 0 : 1;
  for (let axis = rank - count; axis < rank; axis++) {
    const left = cropped(input[axis], pad[2 * (rank - 1 - axis)], pad[2 * (rank - 1 - axis) + 1]);
    if (!checks.atLeast(left, 0, tooSmall(axis, left, 'crop-too-large'))) output[axis] = undefined;
  }
  for (let axis = rank - count; axis < rank; axis++) {
    const size = output[axis];
    if (!checks.atLeast(size, least, tooSmall(axis, size, 'negative-output'))) output[axis] = undefined;
  }
  return output;
}

/** What is left of an axis that is cropped at one end before the other end grows; undefined where nothing grows. */
function cropped(size: Dimension, before: Dimension, after: Dimension): Dimension {
  if (typeof before !== 'number' || typeof after !== 'number' || before * after >= 0) return undefined;
  return add(size, Math.min(before, after));
}
