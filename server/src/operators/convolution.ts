// Conv1d, Conv2d, Conv3d and their lazy forms: the convolution of the guide, with PyTorch's checks in PyTorch's order.
import { add, floorDivide, multiply, product } from '../dims/arithmetic.ts';
import { isEqual } from '../dims/compare.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { isInfer } from '../network/argument.ts';
import { convolutionSize, effectiveKernel, paddedSize, type AxisGeometry } from './axis-size.ts';
import { boolean, dimension, integer, string } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, AxisWindow, Cost, Inference, Operator, OperatorCall, Parameter } from './operator.ts';
import { checkPadding, type PaddingMode } from './padding-rules.ts';
import { checkMinimum, checkRank, looseAxes, rankWords, readAxes, windowParameters, type SpatialRank } from './window-arguments.ts';

export const convolutions: readonly Operator[] = ([1, 2, 3] as const).flatMap((spatial) => [declare(spatial, false), declare(spatial, true)]);

function declare(spatial: SpatialRank, lazy: boolean): Operator {
  const { kernel, stride, dilation } = windowParameters(spatial);
  const channels: Parameter = { name: 'in_channels', type: 'integer', inferable: true, doc: 'Channels of the input; `_` takes them from it.', legal: 'at least 1' };
  return {
    name: `${lazy ? 'Lazy' : ''}Conv${spatial}d`,
    summary: `Slides ${spatial === 1 ? 'a' : `a ${spatial}-d`} kernel over the input and gives the weighted sums${lazy ? ', with the input channels taken from the input' : ''}.`,
    parameters: [
      ...(lazy ? [] : [channels]),
      { name: 'out_channels', type: 'integer', doc: 'Channels of the output: the number of kernels.', legal: 'at least 1' },
      kernel,
      stride,
      { name: 'padding', type: 'padding', default: 0, doc: 'Cells added to both ends of each axis; or "same", "valid", "half", "full".', legal: 'at least 0' },
      dilation,
      { name: 'groups', type: 'integer', default: 1, doc: 'Into how many independent parts the channels are divided.', legal: 'at least 1, a divisor of in_channels and out_channels' },
      { name: 'bias', type: 'boolean', default: true, doc: 'Whether a learnt number is added to each output channel.' },
      { name: 'padding_mode', type: 'string', default: 'zeros', choices: ['zeros', 'reflect', 'replicate', 'circular'], doc: 'What the padding is filled with.' },
    ],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, spatial),
    cost: (call, outputs) => cost(call, outputs, spatial),
    windows: ({ arguments: from }) => axesOf(from, spatial, new Checks()).map((axis) => toWindow(axis, 'convolution')),
  };
}

/** in_channels as written, or undefined for `_`, a lazy module, and what is not known. */
export function declaredChannels(from: Arguments): Dimension {
  return isInfer(from.get('in_channels')) ? undefined : dimension(from, 'in_channels');
}

/** groups at least 1 and a divisor of both numbers of channels. */
export function checkGroups(checks: Checks, from: Arguments): boolean {
  const groups = integer(from, 'groups');
  if (groups === undefined) return true;
  if (!checkMinimum(checks, from, 'groups', [groups], 1, 'non-positive-groups')) return false;
  return [['in_channels', declaredChannels(from)] as const, ['out_channels', dimension(from, 'out_channels')] as const].every(([argument, value]) =>
    checks.divisible(value, groups, () => ({ code: 'group-mismatch', reason: 'groups-not-divisor', argument, value, groups, divider: 'groups' })),
  );
}

function infer(call: OperatorCall, spatial: SpatialRank): Inference {
  const from = call.arguments;
  const [input] = call.inputs;
  const checks = new Checks();
  checkGroups(checks, from);
  checkPaddingString(checks, from);
  const kernel = looseAxes(from, 'kernel_size');
  const mode = string(from, 'padding_mode');
  if (mode === 'reflect' || mode === 'replicate' || mode === 'circular') checkModePadding(checks, from, input, spatial, mode);
  checkRank(checks, input, [spatial + 1, spatial + 2], rankWords(spatial));
  const axes = axesOf(from, spatial, checks);
  if (mode === 'zeros') checkMinimum(checks, from, 'padding', looseAxes(from, 'padding'), 0, 'negative-padding');
  checkMinimum(checks, from, 'stride', looseAxes(from, 'stride'), 1, 'non-positive-stride');
  const rankFits = input === undefined || input.length === spatial + 1 || input.length === spatial + 2;
  if (input === undefined || !rankFits) {
    checkWindow(checks, from, kernel);
    return checks.answer([undefined]);
  }
  const channelAxis = input.length - spatial - 1;
  checkChannels(checks, input, channelAxis, declaredChannels(from));
  const groups = integer(from, 'groups');
  if (declaredChannels(from) === undefined && groups !== undefined && groups > 0) {
    const value = input[channelAxis];
    checks.divisible(value, groups, () => ({ code: 'group-mismatch', reason: 'groups-not-divisor', argument: 'in_channels', value, groups, divider: 'groups' }));
  }
  const sizes = input.slice(channelAxis + 1);
  axes.forEach((axis, at) => checkKernel(checks, axis, sizes[at], at - spatial));
  checkZeroSizes(checks, sizes, spatial, mode === 'zeros' || mode === undefined ? undefined : axes);
  checkWindow(checks, from, kernel);
  const outputs = axes.map((axis, at) => outputSize(sizes[at], axis));
  return checks.answer([[...input.slice(0, channelAxis), dimension(from, 'out_channels'), ...outputs]]);
}

/** The channels of the input are those that the weights were made for. */
export function checkChannels(checks: Checks, input: readonly Dimension[], axis: number, expected: Dimension): void {
  const actual = input[axis];
  checks.equal(expected, actual, () => ({ code: 'channel-mismatch', reason: 'channels-mismatch', input: 0, axis, argument: 'in_channels', expected, actual }));
}

function checkWindow(checks: Checks, from: Arguments, kernel: readonly Dimension[]): void {
  checkMinimum(checks, from, 'kernel_size', kernel, 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'dilation', looseAxes(from, 'dilation'), 1, 'non-positive-dilation');
}

export function checkKernel(checks: Checks, axis: AxisGeometry, size: Dimension, at: number): void {
  const padded = paddedSize(size, axis);
  const effective = effectiveKernel(axis.kernel, axis.dilation);
  checks.atLeast(padded, effective, () => ({
    code: 'kernel-exceeds-input',
    reason: 'kernel-larger-than-input',
    axis: at,
    size,
    padded,
    kernel: axis.kernel,
    dilation: typeof axis.dilation === 'number' ? axis.dilation : 1,
    effectiveKernel: effective,
  }));
}

/** Only the batch and the channels may be 0; with a padding mode what counts is the padded input. */
export function checkZeroSizes(checks: Checks, sizes: readonly Dimension[], spatial: number, padded?: readonly AxisGeometry[]): void {
  sizes.forEach((size, at) => {
    const axis = padded?.[at];
    const counted = axis === undefined ? size : paddedSize(size, axis);
    checks.holds(counted !== 0, () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: at - spatial, input: size, output: 0 }));
  });
}

/** The size of one axis, unknown where its geometry is not legal or nothing is left. */
function outputSize(size: Dimension, axis: AxisGeometry): Dimension {
  if (!isLegal(axis)) return undefined;
  const output = convolutionSize(size, axis);
  return typeof output === 'number' && output < 1 ? undefined : output;
}

export function isLegal({ kernel, stride, dilation }: AxisGeometry): boolean {
  return [kernel, stride, dilation].every((value) => value !== undefined && (typeof value !== 'number' || value >= 1));
}

const PADDING_WORDS = ['same', 'valid', 'half', 'full'];

function checkPaddingString(checks: Checks, from: Arguments): void {
  const padding = string(from, 'padding');
  if (padding === undefined) return;
  const range = (reason: 'bad-padding-string' | 'same-with-stride', legal: string) => () => ({ code: 'argument-range', reason, argument: 'padding', value: padding, legal }) as const;
  if (!checks.holds(PADDING_WORDS.includes(padding), range('bad-padding-string', 'a number, or one of "same", "valid", "half", "full"'))) return;
  if (padding !== 'same') return;
  const strided = looseAxes(from, 'stride').some((stride) => isEqual(stride, 1) === false);
  checks.holds(!strided, range('same-with-stride', '"same" only where every stride is 1'));
}

function checkModePadding(checks: Checks, from: Arguments, input: Shape, spatial: SpatialRank, mode: PaddingMode): void {
  // PyTorch pads first, with the padding of the last axis first, and with as many axes as `padding` names.
  const silent = new Checks();
  const named = string(from, 'padding') === undefined ? looseAxes(from, 'padding') : [];
  const kernel = looseAxes(from, 'kernel_size');
  const single = !Array.isArray(from.get('padding')) && string(from, 'padding') === undefined;
  const count = string(from, 'padding') === undefined ? (single ? spatial : named.length) : Array.isArray(from.get('kernel_size')) ? kernel.length : spatial;
  const axes = axesOf(from, Math.max(count, 1), silent);
  const pad = [...axes].reverse().flatMap(({ paddingStart, paddingEnd }) => [paddingStart, paddingEnd]);
  checkPadding(checks, input, pad, mode, 'padding');
}

/** The geometry of each axis, with padding words worked out. */
export function axesOf(from: Arguments, spatial: number, checks: Checks): AxisGeometry[] {
  const word = string(from, 'padding');
  // The length of the kernel decides how many axes the convolution has, and PyTorch asks for stride first.
  const kernel = readAxes(from, 'kernel_size', spatial, checks, false);
  const stride = readAxes(from, 'stride', spatial, checks);
  const padding = word === undefined ? readAxes(from, 'padding', spatial, checks) : [];
  const dilation = readAxes(from, 'dilation', spatial, checks);
  return kernel.map((size, at) => {
    const effective = effectiveKernel(size, dilation[at]);
    const [paddingStart, paddingEnd] = word === undefined ? [padding[at], padding[at]] : paddingOf(word, effective);
    return { kernel: size, stride: stride[at], dilation: dilation[at], paddingStart, paddingEnd };
  });
}

/** "same" keeps the size: ke - 1 in total, the smaller half before. The guide's half is floor(ke / 2), its full is ke - 1. */
function paddingOf(word: string, effective: Dimension): [Dimension, Dimension] {
  const total = add(effective, -1);
  switch (word) {
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

export function toWindow(axis: AxisGeometry, kind: AxisWindow['kind']): AxisWindow {
  return { ...axis, kind };
}

/** Parameters: Cout * Cin/groups * k + Cout. MACs: the same weights at every output cell, for the whole batch. */
function cost(call: OperatorCall, [output]: readonly Shape[], spatial: SpatialRank): Cost {
  const from = call.arguments;
  const [input] = call.inputs;
  const outChannels = dimension(from, 'out_channels');
  const inChannels = declaredChannels(from) ?? input?.[input.length - spatial - 1];
  const kernel = readAxes(from, 'kernel_size', spatial, new Checks());
  const perOutput = multiply(floorDivide(inChannels, integer(from, 'groups')), product(kernel));
  const weights = multiply(outChannels, perOutput);
  const bias = boolean(from, 'bias') === false ? 0 : outChannels;
  return { parameters: add(weights, bias), macs: output === undefined ? undefined : multiply(product(output), perOutput) };
}
