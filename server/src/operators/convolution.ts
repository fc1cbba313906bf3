// Conv1d, Conv2d, Conv3d and their lazy forms: the convolution of the guide, with PyTorch's checks in PyTorch's order.
import { add, floorDivide, multiply, product } from '../dims/arithmetic.ts';
import { isEqual } from '../dims/compare.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { isList } from '../network/argument.ts';
import type { Inference } from '../network/builder.ts';
import { effectiveKernel, isLegal, paddedSize, windowCount, type AxisGeometry } from './axis-size.ts';
import { boolean, dimension, integer, string } from './call.ts';
import { BIAS, checkChannels, checkGroups, declaredChannels, GROUPS, IN_CHANNELS } from './channels.ts';
import { Checks } from './checks.ts';
import type { Arguments, Cost, Operator, OperatorCall } from './operator.ts';
import { padByMode, type FillMode } from './padding-modes.ts';
import { AUTO_PAD, autoPaddedSize, checkPaddingWord, isAutoPadded, readGeometry } from './window-geometry.ts';
import {
  checkLength,
  checkMinimum,
  checkNotEmpty,
  checkRank,
  rankWords,
  readAxes,
  toWindow,
  windowParameters,
  type SpatialRank,
} from './window-arguments.ts';

const WORDS = ['same', 'valid', 'half', 'full'];

export const convolutions: readonly Operator[] = ([1, 2, 3] as const).flatMap((spatial) => [
  declare(spatial, false),
  declare(spatial, true),
]);

function declare(spatial: SpatialRank, lazy: boolean): Operator {
  const { kernel, stride, dilation } = windowParameters(spatial);
  return {
    name: `${lazy ? 'Lazy' : ''}Conv${spatial}d`,
    summary: `Slides kernels over ${spatial === 1 ? 'a sequence' : spatial === 2 ? 'an image' : 'a volume'} and gives the weighted sums${lazy ? '; the number of input channels is taken from the input' : ''}.`,
    parameters: [
      ...(lazy ? [] : [IN_CHANNELS]),
      { name: 'out_channels', type: 'integer', doc: 'Number of channels of the output: one for each kernel.', legal: 'at least 1' },
      kernel,
      stride,
      {
        name: 'padding',
        type: 'padding',
        default: 0,
        doc: 'Cells added at both ends of each axis; or "same", "valid", "half", "full".',
        legal: 'at least 0',
      },
      dilation,
      GROUPS,
      BIAS,
      {
        name: 'padding_mode',
        type: 'string',
        default: 'zeros',
        choices: ['zeros', 'reflect', 'replicate', 'circular'],
        doc: 'What the padding is filled with.',
      },
    ],
    meanings: [AUTO_PAD],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, spatial),
    cost: (call, outputs) => cost(call, outputs, spatial),
    windows: ({ arguments: from, inputs: [input] }) =>
      readGeometry(from, spatial, input?.slice(-spatial)).map((axis) => toWindow(axis, 'convolution')),
  };
}

function infer({ arguments: from, inputs: [input] }: OperatorCall, spatial: SpatialRank): Inference {
  const checks = new Checks();
  const axes = readGeometry(from, spatial, input?.slice(-spatial));
  const isAuto = isAutoPadded(from);
  const kernelLength = lengthOf(from, 'kernel_size', spatial);
  const mode = fillMode(from);
  checkGroups(checks, from);
  checkPaddingWord(checks, from.get('padding'), WORDS);
  checkSameStride(checks, from);
  // A padding mode pads the input before anything else is asked of it; what is left is a convolution without padding.
  const laidOut = mode === undefined ? input : padByMode(checks, input, amounts(from, spatial, kernelLength), mode, 'padding');
  if (!checkRank(checks, input, [spatial + 1, spatial + 2], rankWords(spatial))) return checks.answer([undefined]);
  if (checkLength(checks, from, 'kernel_size', spatial, false)) {
    checkLength(checks, from, 'stride', spatial);
    if (mode === undefined) checkLength(checks, from, 'padding', spatial);
    checkLength(checks, from, 'dilation', spatial);
  }
  if (mode === undefined) checkNotNegative(checks, from, input, axes);
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  if (input === undefined) {
    checkWindow(checks, from);
    return checks.answer([undefined]);
  }
  const channelAxis = input.length - spatial - 1;
  const sizes = input.slice(-spatial);
  const padded =
    mode === undefined ? axes.map((axis, at) => paddedSize(sizes[at], axis)) : axes.map((_, at) => laidOut?.[channelAxis + 1 + at]);
  checkChannels(checks, from, input, channelAxis);
  const fits = axes.map((axis, at) => isAuto || checkKernel(checks, axis, sizes[at], padded[at], at - spatial));
  // An empty batch is answered without a look at the window, but for the weights that its kernel is made of.
  const isEmptyBatch = channelAxis === 1 && input[0] === 0;
  if (isEmptyBatch) checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  else {
    checkNotEmpty(checks, mode === undefined ? sizes : padded, 0, axes);
    checkWindow(checks, from);
  }
  const outputs = axes.map((axis, at) => {
    if (fits[at] !== true || !isLegal(usedPart(axis, isEmptyBatch, mode))) return undefined;
    return isAuto ? autoPaddedSize(sizes[at], axis) : windowCount(padded[at], axis);
  });
  return checks.answer([[...input.slice(0, channelAxis), dimension(from, 'out_channels'), ...outputs]]);
}

/** What has to be legal: an empty batch takes any dilation, and a padding mode crops where the padding is negative. */
function usedPart(axis: AxisGeometry, isEmptyBatch: boolean, mode: FillMode | undefined): AxisGeometry {
  if (!isEmptyBatch && mode === undefined) return axis;
  return { ...axis, ...(isEmptyBatch ? { dilation: 1 } : {}), ...(mode === undefined ? {} : { paddingStart: 0, paddingEnd: 0 }) };
}

function checkWindow(checks: Checks, from: Arguments): void {
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
}

function checkSameStride(checks: Checks, from: Arguments): void {
  if (from.get('padding') !== 'same') return;
  const stride = from.get('stride');
  const strides = readAxes(from, 'stride', isList(stride) ? stride.length : 1);
  const legal = '"same" only where every stride is 1';
  for (const step of strides)
    checks.equal(step, 1, () => ({ code: 'argument-range', reason: 'same-with-stride', argument: 'padding', value: 'same', legal }));
}

function checkNotNegative(checks: Checks, from: Arguments, input: Shape, axes: readonly AxisGeometry[]): void {
  if (from.get('padding') !== 'same') {
    checkMinimum(checks, from, 'padding', 0, 'negative-padding');
    return;
  }
  // Where the two ends differ PyTorch first pads the odd cell on, by the rules of constant padding, on every axis.
  const isUneven = axes.some((axis) => isEqual(axis.paddingStart, axis.paddingEnd) === false);
  axes.forEach((axis, at) => {
    const size = input?.[input.length - axes.length + at];
    if (!isUneven || axis.paddingStart !== axis.paddingEnd) return;
    checks.atLeast(size, 1, () => ({
      code: 'empty-output',
      reason: 'negative-output',
      axis: at - axes.length,
      input: size,
      output: size,
    }));
  });
  // ke - 1 is negative for a kernel of 0 and for a negative dilation.
  const hasCells = axes.every(({ paddingStart }) => typeof paddingStart !== 'number' || paddingStart >= 0);
  checks.holds(hasCells, () => {
    const argument = axes.some(({ dilation }) => typeof dilation === 'number' && dilation < 0) ? 'dilation' : 'kernel_size';
    return { code: 'argument-range', reason: 'negative-padding', argument, value: from.get(argument) ?? null, legal: 'at least 1' };
  });
}

function checkKernel(checks: Checks, axis: AxisGeometry, size: Dimension, padded: Dimension, at: number): boolean {
  const { kernel, dilation } = axis;
  const effective = effectiveKernel(kernel, dilation);
  return checks.atLeast(padded, effective, () => ({
    code: 'kernel-exceeds-input',
    reason: 'kernel-larger-than-input',
    axis: at,
    size,
    padded,
    kernel,
    dilation: typeof dilation === 'number' ? dilation : 1,
    effectiveKernel: effective,
  }));
}

function fillMode(from: Arguments): FillMode | undefined {
  const mode = string(from, 'padding_mode');
  return mode === 'reflect' || mode === 'replicate' || mode === 'circular' ? mode : undefined;
}

function lengthOf(from: Arguments, name: string, spatial: number): number {
  const value = from.get(name);
  return isList(value) ? value.length : spatial;
}

/** What a padding mode hands to Pad: two numbers for each axis that `padding`, or the kernel behind a word, names. */
function amounts(from: Arguments, spatial: number, kernelLength: number): readonly Dimension[] {
  const count = string(from, 'padding') === undefined ? lengthOf(from, 'padding', spatial) : kernelLength;
  return readGeometry(from, count)
    .reverse()
    .flatMap(({ paddingStart, paddingEnd }) => [paddingStart, paddingEnd]);
}

/** Parameters: Cout * Cin/groups * k, and Cout for the bias. MACs: the same weights at every output cell, for the whole batch. */
function cost({ arguments: from, inputs: [input] }: OperatorCall, [output]: readonly Shape[], spatial: SpatialRank): Cost {
  const outChannels = dimension(from, 'out_channels');
  const inChannels = declaredChannels(from) ?? input?.[input.length - spatial - 1];
  const perCell = multiply(floorDivide(inChannels, integer(from, 'groups')), product(readAxes(from, 'kernel_size', spatial)));
  const bias = boolean(from, 'bias') === false ? 0 : outChannels;
  return {
    parameters: add(multiply(outChannels, perCell), bias),
    macs: output === undefined ? undefined : multiply(product(output), perCell),
  };
}
