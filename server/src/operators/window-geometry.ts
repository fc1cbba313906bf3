// The geometry that the arguments of a window describe, with padding in numbers or in words: "same", "valid", "half", "full".
import { add, floorDivide, subtract } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import { isList, type ArgumentValue } from '../network/argument.ts';
import { effectiveKernel, type AxisGeometry } from './axis-size.ts';
import type { Checks } from './checks.ts';
import type { Arguments } from './operator.ts';
import { readAxes, toDimension } from './window-arguments.ts';

/** The geometry of each axis by kernel_size, stride, padding and dilation. */
export function readGeometry(from: Arguments, axes: number): AxisGeometry[] {
  const kernel = readAxes(from, 'kernel_size', axes);
  const stride = readAxes(from, 'stride', axes);
  const dilation = readAxes(from, 'dilation', axes);
  const padding = from.get('padding');
  return kernel.map((size, at) => {
    const [paddingStart, paddingEnd] = paddingOf(padding, at, axes, size, dilation[at]);
    return { kernel: size, stride: stride[at], dilation: dilation[at], paddingStart, paddingEnd };
  });
}

/**
 * The padding before and after one axis. "same" keeps the size: ke - 1 in total, the smaller half before. The guide's
 * half is floor(ke / 2) and its full is ke - 1, at both ends.
 */
export function paddingOf(
  padding: ArgumentValue | undefined,
  at: number,
  axes: number,
  kernel: Dimension,
  dilation: Dimension,
): readonly [Dimension, Dimension] {
  if (typeof padding !== 'string') {
    const value = !isList(padding) ? padding : padding.length === axes ? padding[at] : padding.length === 1 ? padding[0] : undefined;
    const amount = toDimension(value);
    return [amount, amount];
  }
  const effective = effectiveKernel(kernel, dilation);
  const total = subtract(effective, 1);
  switch (padding) {
    case 'valid':
      return [0, 0];
    case 'same':
      return [floorDivide(total, 2), floorDivide(add(total, 1), 2)];
    case 'half':
      return [floorDivide(effective, 2), floorDivide(effective, 2)];
    case 'full':
      return [total, total];
    default:
      return [undefined, undefined];
  }
}

/** A word for the padding is one of those that the operator knows. */
export function checkPaddingWord(checks: Checks, padding: ArgumentValue | undefined, words: readonly string[]): boolean {
  if (typeof padding !== 'string' || words.includes(padding)) return true;
  const legal = `a number, or one of ${words.map((word) => `"${word}"`).join(', ')}`;
  return checks.holds(false, () => ({ code: 'argument-range', reason: 'bad-padding-string', argument: 'padding', value: padding, legal }));
}
