// MaxPool, AvgPool and LPPool, 1-d to 3-d: windows without weights, with PyTorch's checks in PyTorch's order.
import type { Dimension } from '../dims/size.ts';
import { effectiveKernel, poolingSize, type AxisGeometry } from './axis-size.ts';
import { boolean, integer } from './call.ts';
import { Checks } from './checks.ts';
import { isLegal, toWindow } from './convolution.ts';
import type { Arguments, Inference, Operator, OperatorCall, Parameter } from './operator.ts';
import { checkMinimum, checkRank, looseAxes, rankWords, readAxes, windowParameters, type SpatialRank } from './window-arguments.ts';

type Kind = 'Max' | 'Avg' | 'LP';

const SUMMARIES: Readonly<Record<Kind, string>> = {
  Max: 'Gives the largest value of each window.',
  Avg: 'Gives the mean of each window.',
  LP: 'Gives the p-norm of each window.',
};

export const pools: readonly Operator[] = (['Max', 'Avg', 'LP'] as const).flatMap((kind) => ([1, 2, 3] as const).map((spatial) => declare(kind, spatial)));

function declare(kind: Kind, spatial: SpatialRank): Operator {
  const { kernel, stride, dilation } = windowParameters(spatial);
  const padding: Parameter = { name: 'padding', type: 'padding', default: 0, doc: 'Cells added to both ends of each axis, which count for nothing; or "valid", "half".', legal: 'at least 0 and at most half of the kernel' };
  const ceil: Parameter = { name: 'ceil_mode', type: 'boolean', default: false, doc: 'Whether a last window that is only partly there counts.' };
  const strided: Parameter = { ...stride, default: null, nullable: true, doc: `${stride.doc} By default the kernel's size.` };
  const rest: Readonly<Record<Kind, readonly Parameter[]>> = {
    Max: [padding, dilation, { name: 'return_indices', type: 'boolean', default: false, doc: 'Whether the places of the largest values are given as well.' }, ceil],
    Avg: [
      padding,
      ceil,
      { name: 'count_include_pad', type: 'boolean', default: true, doc: 'Whether the padding counts in the mean.' },
      ...(spatial === 1 ? [] : [{ name: 'divisor_override', type: 'integer', default: null, nullable: true, doc: 'What the sum is divided by in place of the number of cells.', legal: 'not 0' } satisfies Parameter]),
    ],
    LP: [ceil],
  };
  const norm: Parameter = { name: 'norm_type', type: 'number', doc: 'The p of the norm.', legal: 'above 0' };
  return {
    name: `${kind}Pool${spatial}d`,
    summary: SUMMARIES[kind],
    parameters: [...(kind === 'LP' ? [norm] : []), kernel, strided, ...rest[kind]],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, kind, spatial),
    windows: ({ arguments: from }) => axesOf(from, spatial, new Checks()).map((axis) => ({ ...toWindow(axis, 'pooling'), ceilMode: boolean(from, 'ceil_mode') === true })),
  };
}

function infer(call: OperatorCall, kind: Kind, spatial: SpatialRank): Inference {
  const from = call.arguments;
  const [input] = call.inputs;
  const checks = new Checks();
  const ranks = kind === 'LP' && spatial === 1 ? [2, 3] : [spatial + 1, spatial + 2];
  if (kind === 'Avg' && spatial > 1) checkDivisor(checks, from);
  const lengthsFirst = kind === 'Max' && spatial === 1;
  if (lengthsFirst) checkRank(checks, input, ranks, rankWords(spatial));
  const axes = axesOf(from, spatial, checks);
  if (kind === 'Avg' && spatial === 2) checkDivisor(checks, from);
  checkArguments(checks, from, kind);
  if (lengthsFirst) checkMinimum(checks, from, 'padding', looseAxes(from, 'padding'), 0, 'negative-padding');
  if (lengthsFirst) axes.forEach((axis, at) => checkHalf(checks, axis, at - spatial));
  const rankFits = checkRank(checks, input, ranks, rankWords(spatial));
  if (input === undefined || !rankFits) {
    axes.forEach((axis, at) => checkHalf(checks, axis, at - spatial));
    return checks.answer([undefined]);
  }
  const leading = input.length - spatial;
  const sizes = input.slice(leading);
  if (!lengthsFirst) {
    checkNotEmpty(checks, input, spatial);
    checkMinimum(checks, from, 'padding', looseAxes(from, 'padding'), 0, 'negative-padding');
    axes.forEach((axis, at) => checkHalf(checks, axis, at - spatial));
  }
  const ceilMode = boolean(from, 'ceil_mode') === true;
  if (kind === 'Avg' && spatial === 3) checkUnpadded(checks, axes, sizes);
  const outputs = axes.map((axis, at) => {
    if (!isLegal(axis)) return undefined;
    const result = poolingSize(sizes[at], axis, ceilMode);
    const fits = checks.atLeast(result, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at - spatial, input: sizes[at], output: result }));
    return fits ? result : undefined;
  });
  return checks.answer([[...input.slice(0, leading), ...outputs]]);
}

function checkDivisor(checks: Checks, from: Arguments): void {
  checks.holds(integer(from, 'divisor_override') !== 0, () => ({ code: 'argument-range', reason: 'zero-divisor', argument: 'divisor_override', value: 0, legal: 'a number other than 0' }));
}

function checkArguments(checks: Checks, from: Arguments, kind: Kind): void {
  checkMinimum(checks, from, 'kernel_size', looseAxes(from, 'kernel_size'), 1, 'non-positive-kernel');
  const stride = from.get('stride');
  if (stride !== null) checkMinimum(checks, from, 'stride', looseAxes(from, 'stride'), 1, 'non-positive-stride');
  if (kind === 'Max') checkMinimum(checks, from, 'dilation', looseAxes(from, 'dilation'), 1, 'non-positive-dilation');
}

/** Padding of more than half the kernel would make windows that see nothing else. */
function checkHalf(checks: Checks, axis: AxisGeometry, at: number): void {
  const { kernel, paddingStart } = axis;
  if (typeof kernel !== 'number' || typeof paddingStart !== 'number') return;
  checks.holds(paddingStart * 2 <= kernel, () => ({ code: 'pool-padding', reason: 'pad-too-large', axis: at, padding: paddingStart, kernel }));
}

/** Only the batch may be empty. */
function checkNotEmpty(checks: Checks, input: readonly Dimension[], spatial: SpatialRank): void {
  input.forEach((size, axis) => {
    if (axis === 0 && input.length === spatial + 2) return;
    checks.holds(size !== 0, () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: axis - input.length, input: 0, output: 0 }));
  });
}

/** AvgPool3d wants the input itself, without its padding, to be at least as large as the kernel. */
function checkUnpadded(checks: Checks, axes: readonly AxisGeometry[], sizes: readonly Dimension[]): void {
  axes.forEach(({ kernel }, at) => {
    const size = sizes[at];
    checks.atLeast(size, kernel, () => ({ code: 'kernel-exceeds-input', reason: 'kernel-larger-than-input', axis: at - axes.length, size, padded: size, kernel, dilation: 1, effectiveKernel: kernel }));
  });
}

function axesOf(from: Arguments, spatial: SpatialRank, checks: Checks): AxisGeometry[] {
  const kernel = readAxes(from, 'kernel_size', spatial, checks);
  const stride = from.get('stride') === null ? kernel : readAxes(from, 'stride', spatial, checks);
  const word = from.get('padding');
  const padding = word === undefined ? kernel.map(() => 0) : typeof word === 'string' ? undefined : readAxes(from, 'padding', spatial, checks);
  const dilation = from.get('dilation') === undefined ? kernel.map(() => 1) : readAxes(from, 'dilation', spatial, checks);
  return kernel.map((size, at) => {
    const amount = padding === undefined ? paddingOf(word, effectiveKernel(size, dilation[at])) : padding[at];
    return { kernel: size, stride: stride[at], dilation: dilation[at], paddingStart: amount, paddingEnd: amount };
  });
}

function paddingOf(word: unknown, kernel: Dimension): Dimension {
  if (word === 'valid') return 0;
  return word === 'half' && typeof kernel === 'number' ? Math.floor(kernel / 2) : undefined;
}
