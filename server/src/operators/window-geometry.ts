// The geometry that the arguments of a window describe, with padding in numbers or in words: "same", "valid", "half", "full".
import { add, floorDivide, multiply, subtract } from '../dims/arithmetic.ts';
import { isLess } from '../dims/compare.ts';
import type { Dimension } from '../dims/size.ts';
import { isList, type ArgumentValue } from '../network/argument.ts';
import { effectiveKernel, type AxisGeometry } from './axis-size.ts';
import type { Checks } from './checks.ts';
import type { Arguments, Parameter } from './operator.ts';
import { readAxes, toDimension } from './window-arguments.ts';

/** ONNX's word for a padding that gives ceil(n / s) cells of n, the odd cell at the end; what Keras calls "same". */
export const AUTO_PAD: Parameter = {
  name: 'auto_pad',
  type: 'string',
  default: 'NOTSET',
  choices: ['NOTSET', 'SAME_UPPER'],
  doc: 'SAME_UPPER: as much padding as gives ceil(size / stride) cells, the odd cell at the end.',
};

export function isAutoPadded(from: Arguments): boolean {
  return from.get(AUTO_PAD.name) === 'SAME_UPPER';
}

/** ceil(n / s): what a window that is padded by `auto_pad` gives of n cells. */
export function autoPaddedSize(size: Dimension, { stride }: AxisGeometry): Dimension {
  return floorDivide(add(size, subtract(stride, 1)), stride);
}

/** A window with the padding of `auto_pad` for an axis of `size` cells: (ceil(n / s) - 1)s + ke - n in total, at least 0. */
export function autoPad(axis: AxisGeometry, size: Dimension): AxisGeometry {
  const effective = effectiveKernel(axis.kernel, axis.dilation);
  const reach = add(multiply(subtract(autoPaddedSize(size, axis), 1), axis.stride), effective);
  return { ...axis, ...halves(atLeastZero(subtract(reach, size))) };
}

/** A transposed window that gives s cells for each cell: it cuts off ke - s, or adds s - ke where the kernel is smaller. */
export function autoCrop(axis: AxisGeometry): { readonly axis: AxisGeometry; readonly outputPadding: Dimension } {
  const excess = subtract(effectiveKernel(axis.kernel, axis.dilation), axis.stride);
  return { axis: { ...axis, ...halves(atLeastZero(excess)) }, outputPadding: atLeastZero(subtract(0, excess)) };
}

function halves(total: Dimension): Pick<AxisGeometry, 'paddingStart' | 'paddingEnd'> {
  return { paddingStart: floorDivide(total, 2), paddingEnd: floorDivide(add(total, 1), 2) };
}

/** Unknown where it depends on a symbol whether it is below 0. */
function atLeastZero(size: Dimension): Dimension {
  const isNegative = isLess(size, 0);
  return isNegative === undefined ? undefined : isNegative ? 0 : size;
}

/** The geometry of each axis by kernel_size, stride, padding and dilation, and by `auto_pad` for an input of these sizes. */
export function readGeometry(from: Arguments, axes: number, sizes: readonly Dimension[] = []): AxisGeometry[] {
  const kernel = readAxes(from, 'kernel_size', axes);
  const stride = readAxes(from, 'stride', axes);
  const dilation = readAxes(from, 'dilation', axes);
  const padding = from.get('padding');
  return kernel.map((size, at) => {
    const [paddingStart, paddingEnd] = paddingOf(padding, at, axes, size, dilation[at]);
    const axis = { kernel: size, stride: stride[at], dilation: dilation[at], paddingStart, paddingEnd };
    return isAutoPadded(from) ? autoPad(axis, sizes[at]) : axis;
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
