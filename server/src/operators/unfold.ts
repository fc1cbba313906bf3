// Unfold and Fold: images to columns of windows (im2col) and back (col2im).
import { floorDivide, multiply, product } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import type { Inference } from '../network/builder.ts';
import { convolutionSize, isLegal, type AxisGeometry } from './axis-size.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, OperatorCall, Parameter } from './operator.ts';
import { checkLength, checkMinimum, checkNotEmpty, checkRank, readAxes, toWindow, windowParameters } from './window-arguments.ts';
import { readGeometry } from './window-geometry.ts';

const { kernel, stride, dilation } = windowParameters(2);
const padding: Parameter = {
  name: 'padding',
  type: 'integers',
  default: 0,
  doc: 'Zeros added at both ends of each axis.',
  legal: 'at least 0',
};
const outputSize: Parameter = { name: 'output_size', type: 'integers', doc: 'Height and width of the image.', legal: 'at least 1' };

export const unfold: Operator = {
  name: 'Unfold',
  summary: 'Lays each window of an image out as a column (im2col).',
  parameters: [kernel, dilation, padding, stride],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferUnfold,
  windows: ({ arguments: from }) => readGeometry(from, 2).map((axis) => toWindow(axis, 'convolution')),
};

export const fold: Operator = {
  name: 'Fold',
  summary: 'Adds columns, one for each window, up into an image (col2im).',
  parameters: [outputSize, kernel, dilation, padding, stride],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferFold,
};

function inferUnfold({ arguments: from, inputs: [input] }: OperatorCall): Inference {
  const checks = new Checks();
  const axes = readGeometry(from, 2);
  checkLengths(checks, from);
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
  checkMinimum(checks, from, 'padding', 0, 'negative-padding');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  if (!checkRank(checks, input, [3, 4], '4 axes, or 3 without a batch') || input === undefined) return checks.answer([undefined]);
  const channelAxis = input.length - 3;
  checkNotEmpty(checks, input, channelAxis, axes);
  const blocks = axes.map((axis, at) => countBlocks(checks, axis, input[channelAxis + 1 + at], at));
  const column = multiply(input[channelAxis], product(axes.map((axis) => axis.kernel)));
  return checks.answer([[...input.slice(0, channelAxis), column, product(blocks)]]);
}

function inferFold({ arguments: from, inputs: [input] }: OperatorCall): Inference {
  const checks = new Checks();
  const axes = readGeometry(from, 2);
  const image = readAxes(from, 'output_size', 2);
  checkLength(checks, from, 'output_size', 2, false);
  checkLengths(checks, from);
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
  checkMinimum(checks, from, 'padding', 0, 'negative-padding');
  if (!checkRank(checks, input, [2, 3], '3 axes, or 2 without a batch') || input === undefined) return checks.answer([undefined]);
  const channelAxis = input.length - 2;
  checkNotEmpty(checks, input, channelAxis);
  const window = product(axes.map((axis) => axis.kernel));
  const column = input[channelAxis];
  const columnFits =
    typeof window !== 'number' ||
    window < 1 ||
    checks.divisible(column, window, () => ({
      code: 'channel-mismatch',
      reason: 'fold-channels-not-divisible',
      input: 0,
      axis: channelAxis,
      argument: 'kernel_size',
      divisor: window,
      actual: column,
    }));
  // The number of columns is compared first, so that two negative counts may pass it.
  const blocks = axes.map((axis, at) => (isLegal(axis) ? convolutionSize(image[at], axis) : undefined));
  const expected = blocks.reduce(multiply, 1);
  const actual = input[channelAxis + 1];
  checks.equal(expected, actual, () => ({
    code: 'reshape-mismatch',
    reason: 'fold-length-mismatch',
    argument: 'output_size',
    input: 0,
    actual,
    expected,
    axis: channelAxis + 1,
  }));
  blocks.forEach((count, at) => {
    checks.atLeast(count, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at - 2, input: image[at], output: count }));
  });
  const outputs = image.map((size, at) => {
    const fits = checks.atLeast(size, 1, () => ({
      code: 'empty-output',
      reason: 'output-too-small',
      axis: at - 2,
      input: actual,
      output: size,
    }));
    return fits ? size : undefined;
  });
  return checks.answer([[...input.slice(0, channelAxis), columnFits ? floorDivide(column, window) : undefined, ...outputs]]);
}

function checkLengths(checks: Checks, from: Arguments): void {
  for (const name of ['kernel_size', 'dilation', 'padding', 'stride']) checkLength(checks, from, name, 2, false);
}

function countBlocks(checks: Checks, axis: AxisGeometry, size: Dimension, at: number): Dimension {
  if (!isLegal(axis)) return undefined;
  const output = convolutionSize(size, axis);
  const fits = checks.atLeast(output, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at - 2, input: size, output }));
  return fits ? output : undefined;
}
