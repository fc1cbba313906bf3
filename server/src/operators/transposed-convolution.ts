// ConvTranspose1d, 2d, 3d and their lazy forms: the transposed convolution of the guide, with PyTorch's checks.
import { add, floorDivide, multiply, product, subtract } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { transposedSize, type AxisGeometry } from './axis-size.ts';
import { boolean, dimension, dimensions, integer } from './call.ts';
import { Checks } from './checks.ts';
import { axesOf, checkChannels, checkGroups, checkZeroSizes, declaredChannels, isLegal, toWindow } from './convolution.ts';
import type { Arguments, Cost, Inference, Operator, OperatorCall, Parameter } from './operator.ts';
import { checkMinimum, checkRank, looseAxes, rankWords, readAxes, windowParameters, type SpatialRank } from './window-arguments.ts';

export const transposedConvolutions: readonly Operator[] = ([1, 2, 3] as const).flatMap((spatial) => [declare(spatial, false), declare(spatial, true)]);

function declare(spatial: SpatialRank, lazy: boolean): Operator {
  const { kernel, stride, dilation } = windowParameters(spatial);
  const channels: Parameter = { name: 'in_channels', type: 'integer', inferable: true, doc: 'Channels of the input; `_` takes them from it.', legal: 'at least 1' };
  return {
    name: `${lazy ? 'Lazy' : ''}ConvTranspose${spatial}d`,
    summary: 'The transpose of a convolution: spreads each input cell over a window of the output (a fractionally strided convolution).',
    parameters: [
      ...(lazy ? [] : [channels]),
      { name: 'out_channels', type: 'integer', doc: 'Channels of the output.', legal: 'at least 1' },
      kernel,
      { ...stride, doc: stride.doc.replace('the window moves from one output cell to the next', 'apart the windows of neighbouring input cells are') },
      { name: 'padding', type: 'integers', default: 0, doc: 'Cells taken off both ends of each axis of the output: the padding of the convolution that this transposes.', legal: 'at least 0' },
      { name: 'output_padding', type: 'integers', default: 0, doc: 'Cells added to the end of each axis of the output: which of the sizes that share one convolution output is meant.', legal: 'at least 0 and below the stride or the dilation' },
      { name: 'groups', type: 'integer', default: 1, doc: 'Into how many independent parts the channels are divided.', legal: 'at least 1, a divisor of in_channels and out_channels' },
      { name: 'bias', type: 'boolean', default: true, doc: 'Whether a learnt number is added to each output channel.' },
      dilation,
      { name: 'padding_mode', type: 'string', default: 'zeros', choices: ['zeros'], doc: 'Only "zeros" exists for a transposed convolution.' },
    ],
    forwardParameters: [{ name: 'output_size', type: 'integers', default: null, nullable: true, doc: 'The wanted output size; output_padding is then worked out from it.' }],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, spatial),
    cost: (call, outputs) => cost(call, outputs, spatial),
    windows: ({ arguments: from }) => {
      const outputPadding = readAxes(from, 'output_padding', spatial, new Checks());
      return axesOf(from, spatial, new Checks()).map((axis, at) => ({ ...toWindow(axis, 'transposed'), outputPadding: outputPadding[at] }));
    },
  };
}

function infer(call: OperatorCall, spatial: SpatialRank): Inference {
  const from = call.arguments;
  const [input] = call.inputs;
  const checks = new Checks();
  checkGroups(checks, from);
  const wanted = checkOutputSize(checks, from, input, spatial);
  checkRank(checks, input, [spatial + 1, spatial + 2], rankWords(spatial));
  const axes = axesOf(from, spatial, checks);
  checkMinimum(checks, from, 'padding', looseAxes(from, 'padding'), 0, 'negative-padding');
  const outputPadding = wanted ?? readAxes(from, 'output_padding', spatial, checks);
  if (wanted === undefined) checkMinimum(checks, from, 'output_padding', looseAxes(from, 'output_padding'), 0, 'negative-output-padding');
  checkMinimum(checks, from, 'stride', looseAxes(from, 'stride'), 1, 'non-positive-stride');
  if (input === undefined || (input.length !== spatial + 1 && input.length !== spatial + 2)) {
    checkWindow(checks, from);
    axes.forEach((axis, at) => checkOutputPadding(checks, axis, outputPadding[at], at - spatial));
    return checks.answer([undefined]);
  }
  const channelAxis = input.length - spatial - 1;
  checkChannels(checks, input, channelAxis, declaredChannels(from));
  const sizes = input.slice(channelAxis + 1);
  const isEmptyBatch = input.length === spatial + 2 && input[0] === 0;
  const results = axes.map((axis, at) => (isLegal(axis) ? transposedSize(sizes[at], axis, outputPadding[at]) : undefined));
  if (isEmptyBatch) checkNegative(checks, sizes, results);
  else checkZeroSizes(checks, sizes, spatial);
  checkWindow(checks, from);
  axes.forEach((axis, at) => checkOutputPadding(checks, axis, outputPadding[at], at - spatial));
  const outputs = results.map((result, at) => {
    const fits = checks.atLeast(result, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at - spatial, input: sizes[at], output: result }));
    return fits ? result : undefined;
  });
  return checks.answer([[...input.slice(0, channelAxis), dimension(from, 'out_channels'), ...outputs]]);
}

function checkWindow(checks: Checks, from: Arguments): void {
  checkMinimum(checks, from, 'kernel_size', looseAxes(from, 'kernel_size'), 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'dilation', looseAxes(from, 'dilation'), 1, 'non-positive-dilation');
}

/** With an empty batch PyTorch asks for no more than a shape without negative sizes. */
function checkNegative(checks: Checks, sizes: readonly Dimension[], results: readonly Dimension[]): void {
  results.forEach((result, at) => {
    checks.holds(typeof result !== 'number' || result >= 0, () => ({ code: 'empty-output', reason: 'negative-output', axis: at - results.length, input: sizes[at], output: result }));
  });
}

function checkOutputPadding(checks: Checks, { stride, dilation }: AxisGeometry, outputPadding: Dimension, axis: number): void {
  if (typeof stride !== 'number' || typeof dilation !== 'number' || typeof outputPadding !== 'number') return;
  checks.holds(outputPadding < stride || outputPadding < dilation, () => ({
    code: 'output-padding-range',
    reason: 'output-padding-too-large',
    axis,
    outputPadding,
    stride,
    dilation,
  }));
}

/**
 * The output paddings that give the wanted `output_size`, or undefined where none is given. What can be had lies between
 * lo = (i - 1)s - 2p + d(k - 1) + 1 and lo + s - 1, on every axis.
 */
function checkOutputSize(checks: Checks, from: Arguments, input: Shape, spatial: SpatialRank): readonly Dimension[] | undefined {
  const given = from.get('output_size');
  if (given === null || given === undefined) return undefined;
  const values = dimensions(from, 'output_size') ?? [];
  const rank = input?.length ?? spatial + 2;
  const unknown = Array.from({ length: spatial }, () => undefined);
  // The number of axes decides which part of a longer list counts.
  const leading = Math.max(rank - spatial, 0);
  const wanted = values.length === rank ? values.slice(leading) : values;
  const lengthFits = wanted.length === spatial;
  const expected = `${spatial} numbers, one for each axis, or ${rank} with batch and channels`;
  if (!checks.holds(lengthFits, () => ({ code: 'argument-type', reason: 'output-size-bad-length', argument: 'output_size', value: given, expected }))) return unknown;
  if (input === undefined || (rank !== spatial + 1 && rank !== spatial + 2)) return unknown;
  const silent = new Checks();
  const axes = axesOf(from, spatial, silent);
  return axes.map((axis, at) => {
    const minimum = transposedSize(input[leading + at], axis, 0);
    const outputSize = wanted[at];
    const maximum = subtract(add(minimum, axis.stride), 1);
    const fault = () => ({ code: 'output-padding-range', reason: 'output-size-out-of-range', axis: at - spatial, outputSize, minimum, maximum }) as const;
    const fits = checks.atLeast(outputSize, minimum, fault) && checks.atLeast(maximum, outputSize, fault);
    return fits ? subtract(outputSize, minimum) : undefined;
  });
}

/** Parameters: Cin * Cout/groups * k + Cout. MACs: the same weights at every input cell, for the whole batch. */
function cost(call: OperatorCall, _outputs: readonly Shape[], spatial: SpatialRank): Cost {
  const from = call.arguments;
  const [input] = call.inputs;
  const outChannels = dimension(from, 'out_channels');
  const inChannels = declaredChannels(from) ?? input?.[input.length - spatial - 1];
  const perInput = multiply(floorDivide(outChannels, integer(from, 'groups')), product(readAxes(from, 'kernel_size', spatial, new Checks())));
  const bias = boolean(from, 'bias') === false ? 0 : outChannels;
  return { parameters: add(multiply(inChannels, perInput), bias), macs: input === undefined ? undefined : multiply(product(input), perInput) };
}

