// Unfold and Fold: images to columns of windows and back.
import { floorDivide, multiply, product } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import { convolutionSize, type AxisGeometry } from './axis-size.ts';
import { dimensions } from './call.ts';
import { Checks } from './checks.ts';
import { axesOf, isLegal, toWindow } from './convolution.ts';
import type { Arguments, Inference, Operator, OperatorCall, Parameter } from './operator.ts';
import { checkMinimum, checkRank, lengthFault, looseAxes, windowParameters } from './window-arguments.ts';

const { kernel, stride, dilation } = windowParameters(2);
const padding: Parameter = { name: 'padding', type: 'integers', default: 0, doc: 'Zeros added to both ends of each axis.', legal: 'at least 0' };

export const unfold: Operator = {
  name: 'Unfold',
  summary: 'Lays each window of an image out as a column (im2col).',
  parameters: [kernel, dilation, padding, stride],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferUnfold,
  windows: ({ arguments: from }) => axesOf(from, 2, new Checks()).map((axis) => toWindow(axis, 'convolution')),
};

export const fold: Operator = {
  name: 'Fold',
  summary: 'Adds columns of windows up into an image (col2im).',
  parameters: [{ name: 'output_size', type: 'integers', doc: 'Height and width of the image.', legal: 'at least 1' }, kernel, dilation, padding, stride],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferFold,
};

function inferUnfold({ arguments: from, inputs: [input] }: OperatorCall): Inference {
  const checks = new Checks();
  const axes = axesOf(from, 2, checks);
  checkWindow(checks, from);
  if (!checkRank(checks, input, [3, 4], '4 axes, or 3 without a batch') || input === undefined) return checks.answer([undefined]);
  const leading = input.length - 2;
  checkNotEmpty(checks, input, input.length === 4);
  const sizes = input.slice(leading);
  const blocks = blocksOf(checks, axes, sizes);
  const columns = multiply(input[leading - 1], product(axes.map((axis) => axis.kernel)));
  return checks.answer([[...input.slice(0, leading - 1), columns, product(blocks)]]);
}

function inferFold({ arguments: from, inputs: [input] }: OperatorCall): Inference {
  const checks = new Checks();
  const axes = axesOf(from, 2, checks);
  const written = dimensions(from, 'output_size');
  const single = !Array.isArray(from.get('output_size'));
  const outputSize = written === undefined ? [undefined, undefined] : single || written.length === 1 ? [written[0], written[0]] : written;
  if (!checks.holds(outputSize.length === 2, () => lengthFault(from, 'output_size', 2))) return checks.answer([undefined]);
  checkWindow(checks, from);
  if (!checkRank(checks, input, [2, 3], '3 axes, or 2 without a batch') || input === undefined) return checks.answer([undefined]);
  checkNotEmpty(checks, input, input.length === 3);
  const channelAxis = input.length - 2;
  const window = product(axes.map((axis) => axis.kernel));
  const columns = input[channelAxis];
  if (typeof window === 'number') {
    checks.divisible(columns, window, () => ({ code: 'channel-mismatch', reason: 'fold-channels-not-divisible', input: 0, axis: channelAxis, argument: 'kernel_size', divisor: window, actual: columns }));
  }
  const counts = axes.map((axis, at) => (isLegal(axis) ? convolutionSize(outputSize[at], axis) : undefined));
  const expected = counts.some((count) => typeof count === 'number' && count < 0) && counts.every((count) => typeof count === 'number') ? counts.reduce<Dimension>(multiply, 1) : product(counts);
  const actual = input[channelAxis + 1];
  checks.equal(expected, actual, () => ({ code: 'reshape-mismatch', reason: 'fold-length-mismatch', argument: 'output_size', input: 0, actual, expected, axis: channelAxis + 1 }));
  counts.forEach((count, at) => {
    checks.atLeast(count, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at - 2, input: outputSize[at], output: count }));
  });
  checks.holds(!outputSize.some((size) => typeof size === 'number' && size < 1), () => ({ code: 'argument-range', reason: 'non-positive-size', argument: 'output_size', value: from.get('output_size') ?? null, legal: 'at least 1' }));
  return checks.answer([[...input.slice(0, channelAxis), floorDivide(columns, window), ...outputSize]]);
}

function checkWindow(checks: Checks, from: Arguments): void {
  checkMinimum(checks, from, 'kernel_size', looseAxes(from, 'kernel_size'), 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'dilation', looseAxes(from, 'dilation'), 1, 'non-positive-dilation');
  checkMinimum(checks, from, 'padding', looseAxes(from, 'padding'), 0, 'negative-padding');
  checkMinimum(checks, from, 'stride', looseAxes(from, 'stride'), 1, 'non-positive-stride');
}

function checkNotEmpty(checks: Checks, input: readonly Dimension[], batched: boolean): void {
  input.forEach((size, axis) => {
    if (axis === 0 && batched) return;
    checks.holds(size !== 0, () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: axis - input.length, input: 0, output: 0 }));
  });
}

function blocksOf(checks: Checks, axes: readonly AxisGeometry[], sizes: readonly Dimension[]): Dimension[] {
  return axes.map((axis, at) => {
    if (!isLegal(axis)) return undefined;
    const count = convolutionSize(sizes[at], axis);
    const fits = checks.atLeast(count, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at - 2, input: sizes[at], output: count }));
    return fits ? count : undefined;
  });
}
