// MaxPool, AvgPool and LPPool, 1-d to 3-d: windows without weights, with PyTorch's checks in PyTorch's order.
import { multiply } from '../dims/arithmetic.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { UNKNOWN } from '../network/argument.ts';
import type { Inference } from '../network/builder.ts';
import { isLegal, poolingSize, type AxisGeometry } from './axis-size.ts';
import { boolean, integer, number } from './call.ts';
import { Checks } from './checks.ts';
import type { Arguments, Operator, OperatorCall } from './operator.ts';
import { POOL_MEANINGS, poolParameters, type PoolKind } from './pool-parameters.ts';
import {
  checkLength,
  checkMinimum,
  checkNotEmpty,
  checkRank,
  rankWords,
  readAxes,
  toWindow,
  type SpatialRank,
} from './window-arguments.ts';
import { AUTO_PAD, autoPad, autoPaddedSize, checkPaddingWord, isAutoPadded, paddingOf } from './window-geometry.ts';

const SUMMARIES: Readonly<Record<PoolKind, string>> = {
  Max: 'Gives the largest value of each window.',
  Avg: 'Gives the mean of each window.',
  LP: 'Gives the p-norm of each window.',
};

const WORDS = ['valid', 'half'];

export const pools: readonly Operator[] = (['Max', 'Avg', 'LP'] as const).flatMap((kind) =>
  ([1, 2, 3] as const).map((spatial) => declare(kind, spatial)),
);

function declare(kind: PoolKind, spatial: SpatialRank): Operator {
  return {
    name: `${kind}Pool${spatial}d`,
    summary: SUMMARIES[kind],
    parameters: poolParameters(kind, spatial),
    meanings: [AUTO_PAD, ...POOL_MEANINGS],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, kind, spatial),
    windows: ({ arguments: from, inputs: [input] }) =>
      axesOf(from, spatial, input).map((axis) => ({ ...toWindow(axis, 'pooling'), ceilMode: boolean(from, 'ceil_mode') === true })),
  };
}

function infer({ arguments: from, inputs: [input] }: OperatorCall, kind: PoolKind, spatial: SpatialRank): Inference {
  const checks = new Checks();
  const axes = axesOf(from, spatial, input);
  checkPaddingWord(checks, from.get('padding'), WORDS);
  // LPPool is AvgPool of powers; MaxPool1d has a path of its own.
  if (kind === 'Max' && spatial === 1) checkMaxPool1d(checks, from, input, axes);
  else checkPool(checks, from, input, axes, kind === 'Max');
  if (input === undefined || (input.length !== spatial + 1 && input.length !== spatial + 2)) return checks.answer([undefined]);
  const sizes = input.slice(-spatial);
  if (kind !== 'Max' && spatial === 3 && !isAutoPadded(from))
    sizes.forEach((size, at) => checkUnpadded(checks, axes[at]?.kernel, size, at - spatial));
  const ceilMode = boolean(from, 'ceil_mode');
  const isAuto = isAutoPadded(from);
  // Without gradients MaxPool1d lets an output without cells pass.
  const least = kind === 'Max' && spatial === 1 ? 0 : 1;
  const outputs = axes.map((axis, at) => {
    if (ceilMode === undefined || !isLegal(axis) || (!isAuto && exceedsLimit(axis, from))) return undefined;
    const output = isAuto ? autoPaddedSize(sizes[at], axis) : poolingSize(sizes[at], axis, ceilMode);
    const fits = checks.atLeast(output, least, () => ({
      code: 'empty-output',
      reason: 'output-too-small',
      axis: at - spatial,
      input: sizes[at],
      output,
    }));
    return fits ? output : undefined;
  });
  if (kind === 'LP') checkNorm(checks, from);
  return checks.answer([[...input.slice(0, -spatial), ...outputs]]);
}

/** The sum of the powers is raised to 1 / norm_type. */
function checkNorm(checks: Checks, from: Arguments): void {
  checks.holds(number(from, 'norm_type') !== 0, () => ({
    code: 'argument-range',
    reason: 'zero-divisor',
    argument: 'norm_type',
    value: 0,
    legal: 'other than 0',
  }));
}

function checkMaxPool1d(checks: Checks, from: Arguments, input: Shape, axes: readonly AxisGeometry[]): void {
  checkInput(checks, input, axes, false);
  checkLengths(checks, from, 1);
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  checkMinimum(checks, from, 'padding', 0, 'negative-padding');
  if (!isAutoPadded(from)) axes.forEach((axis, at) => checkLimit(checks, axis, at - 1, from));
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
}

function checkPool(checks: Checks, from: Arguments, input: Shape, axes: readonly AxisGeometry[], isMax: boolean): void {
  const spatial = axes.length;
  const fitsRank = () => checkRank(checks, input, [spatial + 1, spatial + 2], rankWords(spatial));
  if (!isMax && spatial === 1) fitsRank();
  checkLengths(checks, from, spatial);
  if (isMax || spatial === 3) fitsRank();
  checkDivisor(checks, from);
  // The mean in 2-d looks for the channels here, and for a batch too many later.
  if (!isMax && spatial === 2 && (input?.length ?? 3) < 3) fitsRank();
  axes.forEach((axis, at) => {
    if (axis.stride === 0) checkMinimum(checks, from, isStrideWritten(from) ? 'stride' : 'kernel_size', 1, 'non-positive-stride');
    if (typeof axis.paddingStart === 'number' && axis.paddingStart < 0) checkMinimum(checks, from, 'padding', 0, 'negative-padding');
    if (!isAutoPadded(from)) checkLimit(checks, axis, at - spatial, from);
  });
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
  checkInput(checks, input, axes, boolean(from, 'ceil_mode') === false || axes.every(({ paddingStart }) => paddingStart === 0));
}

/**
 * The number of axes, and that none but the batch is empty. `needsCells` says that a window which fits shows the latter
 * as well, as it does unless a window may begin in the input's padding and end behind it.
 */
function checkInput(checks: Checks, input: Shape, axes: readonly AxisGeometry[], needsCells: boolean): void {
  const spatial = axes.length;
  if (!checkRank(checks, input, [spatial + 1, spatial + 2], rankWords(spatial)) || input === undefined) return;
  checkNotEmpty(checks, input, input.length - spatial - 1, needsCells ? axes : []);
}

function checkLengths(checks: Checks, from: Arguments, spatial: number): void {
  for (const name of ['kernel_size', 'stride', 'padding', 'dilation']) checkLength(checks, from, name, spatial);
}

function checkDivisor(checks: Checks, from: Arguments): void {
  checks.holds(integer(from, 'divisor_override') !== 0, () => ({
    code: 'argument-range',
    reason: 'zero-divisor',
    argument: 'divisor_override',
    value: 0,
    legal: 'other than 0',
  }));
}

/** A padding of more than half the kernel would make windows that see little else, and one of the kernel's size nothing else. */
function checkLimit(checks: Checks, axis: AxisGeometry, at: number, from: Arguments): void {
  const { kernel, paddingStart: padding } = axis;
  if (typeof kernel === 'number' && typeof padding === 'number') {
    const limit = isLimitedByKernel(from) ? 'kernel' : 'half';
    checks.holds(!exceedsLimit(axis, from), () => ({ code: 'pool-padding', reason: 'pad-too-large', axis: at, padding, kernel, limit }));
  } else if (typeof padding === 'number' && padding > 0) {
    checks.atLeast(kernel, multiply(padding, 2), () => ({
      code: 'pool-padding',
      reason: 'pad-too-large',
      axis: at,
      padding,
      kernel: 0,
      limit: 'half',
    }));
  }
}

/** Half a kernel is rounded toward 0. */
function exceedsLimit({ kernel, paddingStart }: AxisGeometry, from: Arguments): boolean {
  if (typeof kernel !== 'number' || typeof paddingStart !== 'number') return false;
  return paddingStart > (isLimitedByKernel(from) ? kernel - 1 : Math.trunc(kernel / 2));
}

function isLimitedByKernel(from: Arguments): boolean {
  return from.get('padding_below') === 'kernel';
}

/** AvgPool3d wants the input itself, without its padding, to be at least as large as the kernel. */
function checkUnpadded(checks: Checks, kernel: Dimension, size: Dimension, axis: number): void {
  checks.atLeast(size, kernel, () => ({
    code: 'kernel-exceeds-input',
    reason: 'kernel-larger-than-input',
    axis,
    size,
    padded: size,
    kernel,
    dilation: 1,
    effectiveKernel: kernel,
  }));
}

function isStrideWritten(from: Arguments): boolean {
  return (from.get('stride') ?? null) !== null;
}

/** The geometry of each axis: the stride is the kernel's size unless it is written. */
function axesOf(from: Arguments, spatial: SpatialRank, input: Shape): AxisGeometry[] {
  const kernel = readAxes(from, 'kernel_size', spatial);
  const stride = isStrideWritten(from) ? readAxes(from, 'stride', spatial) : kernel;
  const dilation = from.get('dilation') === undefined ? undefined : readAxes(from, 'dilation', spatial);
  // LPPool has no padding.
  const written = from.get('padding') ?? 0;
  const padding = typeof written === 'string' && !WORDS.includes(written) ? UNKNOWN : written;
  return kernel.map((size, at) => {
    const spread = dilation === undefined ? 1 : dilation[at];
    const [paddingStart, paddingEnd] = paddingOf(padding, at, spatial, size, spread);
    const keepsLast = boolean(from, 'keep_last') === true;
    const axis = { kernel: size, stride: stride[at], dilation: spread, paddingStart, paddingEnd, ...(keepsLast && { keepsLast }) };
    return isAutoPadded(from) ? autoPad(axis, input?.[input.length - spatial + at]) : axis;
  });
}
