// ConvTranspose1d, 2d, 3d and their lazy forms: the transposed convolution of the guide, with PyTorch's checks.
import { add, floorDivide, multiply, product, subtract } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { isList } from '../network/argument.ts';
import type { Inference } from '../network/builder.ts';
import { isLegal, transposedSize, type AxisGeometry } from './axis-size.ts';
import { boolean, dimension, dimensions, integer } from './call.ts';
import { BIAS, checkChannels, checkGroups, declaredChannels, GROUPS, IN_CHANNELS } from './channels.ts';
import { Checks } from './checks.ts';
import type { Arguments, Cost, Operator, OperatorCall } from './operator.ts';
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
import { AUTO_PAD, autoCrop, isAutoPadded, readGeometry } from './window-geometry.ts';

export const transposedConvolutions: readonly Operator[] = ([1, 2, 3] as const).flatMap((spatial) => [
  declare(spatial, false),
  declare(spatial, true),
]);

function declare(spatial: SpatialRank, lazy: boolean): Operator {
  const { kernel, stride, dilation } = windowParameters(spatial);
  return {
    name: `${lazy ? 'Lazy' : ''}ConvTranspose${spatial}d`,
    summary: `The transpose of a convolution (a fractionally strided convolution): spreads each input cell over a window of the output${lazy ? '; the number of input channels is taken from the input' : ''}.`,
    parameters: [
      ...(lazy ? [] : [IN_CHANNELS]),
      { name: 'out_channels', type: 'integer', doc: 'Number of channels of the output.', legal: 'at least 1' },
      kernel,
      { ...stride, doc: 'How far apart the windows of neighbouring input cells are: the stride of the convolution that this transposes.' },
      {
        name: 'padding',
        type: 'integers',
        default: 0,
        doc: 'Cells cut off at both ends of each output axis: the padding of the convolution that this transposes.',
        legal: 'at least 0',
      },
      {
        name: 'output_padding',
        type: 'integers',
        default: 0,
        doc: 'Cells added at the end of each output axis, to choose among the sizes that one convolution maps to the same size.',
        legal: 'at least 0, and below the stride or the dilation',
      },
      GROUPS,
      BIAS,
      dilation,
      {
        name: 'padding_mode',
        type: 'string',
        default: 'zeros',
        choices: ['zeros'],
        doc: 'Only "zeros": a transposed convolution has no other.',
      },
    ],
    forwardParameters: [
      {
        name: 'output_size',
        type: 'integers',
        default: null,
        nullable: true,
        doc: 'The output size that is wanted; output_padding is then worked out from it.',
      },
    ],
    meanings: [AUTO_PAD],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, spatial),
    cost: (call) => cost(call, spatial),
    windows: ({ arguments: from, inputs: [input] }) => {
      const { axes, outputPadding: written } = readWindows(from, spatial);
      const outputPadding = checkOutputSize(new Checks(), from, input, axes) ?? written;
      return axes.map((axis, at) => ({ ...toWindow(axis, 'transposed'), outputPadding: outputPadding[at] }));
    },
  };
}

function infer({ arguments: from, inputs: [input] }: OperatorCall, spatial: SpatialRank): Inference {
  const checks = new Checks();
  const { axes, outputPadding: asWritten } = readWindows(from, spatial);
  checkGroups(checks, from);
  const wanted = checkOutputSize(checks, from, input, axes);
  if (!checkRank(checks, input, [spatial + 1, spatial + 2], rankWords(spatial))) return checks.answer([undefined]);
  const outputPadding = wanted ?? asWritten;
  const written = ['stride', 'padding', 'dilation', ...(wanted === undefined ? ['output_padding'] : [])];
  if (checkLength(checks, from, 'kernel_size', spatial, false)) for (const name of written) checkLength(checks, from, name, spatial);
  checkMinimum(checks, from, 'padding', 0, 'negative-padding');
  if (wanted === undefined) checkMinimum(checks, from, 'output_padding', 0, 'negative-output-padding');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  if (input === undefined) {
    checkWindow(checks, from, axes, outputPadding);
    return checks.answer([undefined]);
  }
  const channelAxis = input.length - spatial - 1;
  const sizes = input.slice(-spatial);
  checkChannels(checks, from, input, channelAxis);
  // An empty batch is answered without a look at the window: any size but a negative one will do.
  const isEmptyBatch = channelAxis === 1 && input[0] === 0;
  if (isEmptyBatch) checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  else {
    checkNotEmpty(checks, sizes, 0);
    checkWindow(checks, from, axes, outputPadding);
  }
  const outputs = axes.map((axis, at) => {
    if (!isLegal(isEmptyBatch ? { ...axis, dilation: 1 } : axis)) return undefined;
    if (!isEmptyBatch && exceedsWindow(axis, outputPadding[at])) return undefined;
    const output = transposedSize(sizes[at], axis, outputPadding[at]);
    const reason = isEmptyBatch ? 'negative-output' : 'output-too-small';
    const fits = checks.atLeast(output, isEmptyBatch ? 0 : 1, () => ({
      code: 'empty-output',
      reason,
      axis: at - spatial,
      input: sizes[at],
      output,
    }));
    return fits ? output : undefined;
  });
  return checks.answer([[...input.slice(0, channelAxis), dimension(from, 'out_channels'), ...outputs]]);
}

/** The geometry and the output padding of each axis, as they are written or as `auto_pad` asks for. */
function readWindows(
  from: Arguments,
  spatial: SpatialRank,
): { readonly axes: readonly AxisGeometry[]; readonly outputPadding: readonly Dimension[] } {
  const axes = readGeometry(from, spatial);
  if (!isAutoPadded(from)) return { axes, outputPadding: readAxes(from, 'output_padding', spatial) };
  const cropped = axes.map(autoCrop);
  return { axes: cropped.map(({ axis }) => axis), outputPadding: cropped.map(({ outputPadding }) => outputPadding) };
}

function checkWindow(checks: Checks, from: Arguments, axes: readonly AxisGeometry[], outputPadding: readonly Dimension[]): void {
  // In 3-d PyTorch looks at the kernel last, when it looks at the weights.
  const isKernelFirst = axes.length < 3;
  if (isKernelFirst) checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
  axes.forEach((axis, at) => checkOutputPadding(checks, axis, outputPadding[at], at - axes.length));
  if (!isKernelFirst) checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
}

function checkOutputPadding(checks: Checks, axis: AxisGeometry, outputPadding: Dimension, at: number): void {
  const { stride, dilation } = axis;
  if (typeof stride !== 'number' || typeof dilation !== 'number' || typeof outputPadding !== 'number') return;
  if (!exceedsWindow(axis, outputPadding)) return;
  checks.holds(false, () => ({
    code: 'output-padding-range',
    reason: 'output-padding-too-large',
    axis: at,
    outputPadding,
    stride,
    dilation,
  }));
}

/** Output padding has to be below the stride or below the dilation. */
function exceedsWindow({ stride, dilation }: AxisGeometry, outputPadding: Dimension): boolean {
  if (typeof stride !== 'number' || typeof dilation !== 'number' || typeof outputPadding !== 'number') return false;
  return outputPadding >= stride && outputPadding >= dilation;
}

/**
 * The output paddings that give the wanted `output_size`, or undefined where none is given. What can be had on each axis
 * lies between lo = (i - 1)s - 2p + d(k - 1) + 1 and lo + s - 1.
 */
function checkOutputSize(checks: Checks, from: Arguments, input: Shape, axes: readonly AxisGeometry[]): readonly Dimension[] | undefined {
  const value = from.get('output_size');
  if (value === null || value === undefined) return undefined;
  const spatial = axes.length;
  const unknown = axes.map(() => undefined);
  const written = isList(value) ? dimensions(from, 'output_size') : undefined;
  if (written === undefined) {
    const isOne = dimension(from, 'output_size') !== undefined;
    checks.holds(!isOne, () => ({
      code: 'argument-type',
      reason: 'output-size-bad-length',
      argument: 'output_size',
      value,
      expected: `a tuple of ${spatial}`,
    }));
    return unknown;
  }
  if (input === undefined) {
    const isPossible = [spatial, spatial + 1, spatial + 2].includes(written.length);
    checkSizeLength(checks, from, isPossible, spatial, spatial + 2);
    return unknown;
  }
  // Anything that has no batch for certain counts as without one, a tensor with too many axes as well.
  const leading = input.length === spatial + 2 ? 2 : 1;
  const wanted = written.length === leading + spatial ? written.slice(leading) : written;
  if (!checkSizeLength(checks, from, wanted.length === spatial, spatial, leading + spatial)) return unknown;
  if (
    !checks.holds(input.length >= leading + spatial, () => ({
      code: 'rank-mismatch',
      reason: 'bad-rank',
      input: 0,
      shape: input,
      expected: rankWords(spatial),
    }))
  ) {
    return unknown;
  }
  return axes.map((axis, at) => {
    const minimum = transposedSize(input[leading + at], axis, 0);
    const outputSize = wanted[at];
    const maximum = subtract(add(minimum, axis.stride), 1);
    const fault = () =>
      ({ code: 'output-padding-range', reason: 'output-size-out-of-range', axis: at - spatial, outputSize, minimum, maximum }) as const;
    const fits = checks.atLeast(outputSize, minimum, fault) && checks.atLeast(maximum, outputSize, fault);
    return fits ? subtract(outputSize, minimum) : undefined;
  });
}

function checkSizeLength(checks: Checks, from: Arguments, fits: boolean, spatial: number, full: number): boolean {
  const expected = `${spatial} ${spatial === 1 ? 'number' : 'numbers'}, one for each axis, or ${full} with all axes of the input`;
  return checks.holds(fits, () => ({
    code: 'argument-type',
    reason: 'output-size-bad-length',
    argument: 'output_size',
    value: from.get('output_size') ?? null,
    expected,
  }));
}

/** Parameters: Cin * Cout/groups * k, and Cout for the bias. MACs: the same weights at every input cell, for the whole batch. */
function cost({ arguments: from, inputs: [input] }: OperatorCall, spatial: SpatialRank): Cost {
  const outChannels = dimension(from, 'out_channels');
  const inChannels = declaredChannels(from) ?? input?.[input.length - spatial - 1];
  const perCell = multiply(floorDivide(outChannels, integer(from, 'groups')), product(readAxes(from, 'kernel_size', spatial)));
  const bias = boolean(from, 'bias') === false ? 0 : outChannels;
  return {
    parameters: add(multiply(inChannels, perCell), bias),
    macs: input === undefined ? undefined : multiply(product(input), perCell),
  };
}
