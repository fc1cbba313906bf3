// Which values of an argument are legal at this use of the operator: what its input and its other arguments leave.
import { greatestCommonDivisor, modulo } from '../../dims/arithmetic.ts';
import { isLess } from '../../dims/compare.ts';
import { formatSize } from '../../dims/format.ts';
import { isConcrete, type Dimension, type Shape } from '../../dims/size.ts';
import type { ArgumentValue } from '../../network/argument.ts';
import { effectiveKernel, poolingSize, transposedSize } from '../../operators/axis-size.ts';
import { createCall, dimension } from '../../operators/call.ts';
import type { Arguments, AxisWindow, Operator } from '../../operators/operator.ts';
import { spatialName } from '../../rules/words.ts';

/** Beyond it nobody reads a range. */
const LARGEST_KERNEL = 10_000;

interface Use {
  readonly operator: Operator;
  readonly from: Arguments;
  /** The first input. */
  readonly shape: Shape;
  readonly windows: readonly AxisWindow[];
}

/** `0 to 1`; undefined where nothing more can be said than the operator says of all its uses. */
export function legalHere(
  operator: Operator,
  written: ReadonlyMap<string, ArgumentValue>,
  inputs: readonly Shape[],
  name: string,
): string | undefined {
  const use = useOf(operator, written, inputs);
  return windowRange(use, name) ?? axisRange(use, name) ?? divisors(use, name);
}

function windowRange(use: Use, name: string): string | undefined {
  const rangeOf = rangeOfArgument(use, name);
  return rangeOf === undefined ? undefined : rangesText(use, rangesOf(use, rangeOf));
}

/** The least and the greatest legal value on each axis, for the arguments of a window; undefined where they are not known. */
export function legalRanges(
  operator: Operator,
  written: ReadonlyMap<string, ArgumentValue>,
  inputs: readonly Shape[],
  name: string,
): readonly LegalRange[] | undefined {
  const use = useOf(operator, written, inputs);
  const rangeOf = rangeOfArgument(use, name);
  return rangeOf === undefined ? undefined : rangesOf(use, rangeOf);
}

function useOf(operator: Operator, written: ReadonlyMap<string, ArgumentValue>, inputs: readonly Shape[]): Use {
  const call = createCall(operator, written, inputs);
  return { operator, from: call.arguments, shape: inputs[0], windows: operator.windows?.(call) ?? [] };
}

function rangeOfArgument(use: Use, name: string): RangeOf | undefined {
  const { operator, windows } = use;
  const isTransposed = windows[0]?.kind === 'transposed';
  if (operator.name.startsWith('Adaptive')) return undefined;
  switch (name) {
    case 'kernel_size':
      return isTransposed ? undefined : (window, size) => [smallestKernel(use, window), largestKernel(use, window, size)];
    case 'dilation':
      return isTransposed ? undefined : (window, size) => [1, largestDilation(use, window, size)];
    case 'padding':
      if (windows[0]?.kind === 'pooling') return (window, size) => poolPadding(use, window, size);
      return isTransposed ? (window, size) => [0, largestCut(window, size)] : undefined;
    case 'output_padding':
      return outputPaddings;
    case 'output_size':
      return isTransposed ? outputSizes : undefined;
    default:
      return undefined;
  }
}

/** A pool's padding is at most half of its kernel. */
function smallestKernel({ windows }: Use, { paddingStart }: AxisWindow): number | undefined {
  if (windows[0]?.kind !== 'pooling') return 1;
  return isConcrete(paddingStart) ? Math.max(2 * paddingStart, 1) : undefined;
}

/** d(k - 1) + 1 <= i + 2p; where the padding is a word it grows with the kernel. */
function largestKernel(use: Use, window: AxisWindow, size: Dimension): number | undefined {
  const reach = largestReach(use, window, size);
  return reach === undefined || !isConcrete(window.dilation) || window.dilation < 1
    ? undefined
    : Math.floor((reach - 1) / window.dilation) + 1;
}

function largestDilation(use: Use, window: AxisWindow, size: Dimension): number | undefined {
  const reach = largestReach(use, window, size);
  return reach === undefined || !isConcrete(window.kernel) || window.kernel < 2 ? undefined : Math.floor((reach - 1) / (window.kernel - 1));
}

/** The largest effective kernel. MaxPool1d alone may give an output without cells. */
function largestReach({ operator, from }: Use, { stride, paddingStart, paddingEnd }: AxisWindow, size: Dimension): number | undefined {
  if (typeof from.get('padding') === 'string' || from.get('ceil_mode') === true) return undefined;
  if (!isConcrete(size) || !isConcrete(stride) || !isConcrete(paddingStart) || !isConcrete(paddingEnd)) return undefined;
  return size + paddingStart + paddingEnd + (operator.name === 'MaxPool1d' ? stride : 0);
}

/** At most half of the kernel, and as much as the kernel needs to fit. */
function poolPadding({ operator }: Use, window: AxisWindow, size: Dimension): readonly [number | undefined, number | undefined] {
  const { kernel, ceilMode } = window;
  if (!isConcrete(kernel) || kernel > LARGEST_KERNEL) return [undefined, undefined];
  const most = Math.floor(kernel / 2);
  const least = operator.name === 'MaxPool1d' ? 0 : 1;
  const fits = (padding: number) =>
    isLess(poolingSize(size, { ...window, paddingStart: padding, paddingEnd: padding }, ceilMode === true), least) !== true;
  const from = Array.from({ length: most + 1 }, (_, padding) => padding).find(fits);
  return [from, most];
}

/** The padding of a transposed convolution is cut off its output, of which a cell has to stay. */
function largestCut(window: AxisWindow, size: Dimension): number | undefined {
  const whole = transposedSize(size, { ...window, paddingStart: 0, paddingEnd: 0 }, window.outputPadding);
  return isConcrete(whole) && isConcrete(effectiveKernel(window.kernel, window.dilation)) ? Math.floor((whole - 1) / 2) : undefined;
}

/** Below the stride or the dilation, and as much as an output with cells needs. */
function outputPaddings(window: AxisWindow, size: Dimension): readonly [number | undefined, number | undefined] {
  const { stride, dilation } = window;
  const least = transposedSize(size, window, 0);
  if (!isConcrete(stride) || !isConcrete(dilation)) return [undefined, undefined];
  return [isConcrete(least) ? Math.max(1 - least, 0) : 0, Math.max(stride, dilation) - 1];
}

function outputSizes(window: AxisWindow, size: Dimension): readonly [number | undefined, number | undefined] {
  const least = transposedSize(size, window, 0);
  return isConcrete(least) && isConcrete(window.stride) ? [least, least + window.stride - 1] : [undefined, undefined];
}

type RangeOf = (window: AxisWindow, size: Dimension) => readonly [number | undefined, number | undefined];

type LegalRange = readonly [number, number];

function rangesOf({ shape, windows }: Use, rangeOf: RangeOf): readonly LegalRange[] | undefined {
  const found = windows.flatMap((window, at): LegalRange[] => {
    const [from, to] = rangeOf(window, shape?.[shape.length - windows.length + at]);
    return from === undefined || to === undefined || to < from ? [] : [[from, to]];
  });
  return found.length === 0 || found.length < windows.length ? undefined : found;
}

/** One range where it is that of all axes, else one for each. */
function rangesText({ operator }: Use, ranges: readonly LegalRange[] | undefined): string | undefined {
  const words = ranges?.map(([from, to]) => rangeText(from, to));
  const [first] = words ?? [];
  if (words === undefined || words.every((word) => word === first)) return first;
  return words.map((word, at) => `${word} for the ${spatialName(operator.name, at - words.length)}`).join(', ');
}

function rangeText(from: number, to: number): string {
  return from === to ? `only ${from}` : `${from} to ${to}`;
}

/** Arguments that number an axis; where they number one of the result, it has one more. */
const AXIS_ARGUMENTS = ['dim', 'dim0', 'dim1', 'start_dim', 'end_dim', 'dims'];
const ADDS_AXIS = ['Stack', 'Unsqueeze'];

function axisRange({ operator, from, shape }: Use, name: string): string | undefined {
  if (shape === undefined) return undefined;
  if (AXIS_ARGUMENTS.includes(name)) {
    const count = Math.max(shape.length + (ADDS_AXIS.includes(operator.name) ? 1 : 0), 1);
    return `${-count} to ${count - 1}`;
  }
  const dim = dimension(from, 'dim');
  if (operator.name !== 'Select' || name !== 'index' || !isConcrete(dim)) return undefined;
  const size = shape.at(dim);
  return isConcrete(size) && size > 0 ? `${-size} to ${size - 1}` : undefined;
}

/** What has to divide the channels, or the features. */
function divisors({ operator, from, shape, windows }: Use, name: string): string | undefined {
  const channels = shape?.[shape.length - windows.length - 1];
  switch (name) {
    case 'groups': {
      if (windows.length === 0) return undefined;
      const [inner, outer] = [dimension(from, 'in_channels') ?? channels, dimension(from, 'out_channels')];
      return isConcrete(inner) && isConcrete(outer) ? divisorsText(greatestCommonDivisor(inner, outer)) : undefined;
    }
    case 'num_groups':
      return divisorsText(dimension(from, 'num_channels') ?? shape?.[1]);
    case 'num_heads':
      return divisorsText(dimension(from, 'embed_dim'));
    case 'nhead':
      return divisorsText(dimension(from, 'd_model'));
    case 'in_channels':
      return windows.length === 0 ? undefined : onlyText(channels);
    case 'num_features':
    case 'num_channels':
      return operator.parameters.some((parameter) => parameter.name === name && parameter.inferable === true)
        ? onlyText(shape?.[1])
        : undefined;
    case 'in_features':
      return onlyText(shape?.[shape.length - 1]);
    default:
      return undefined;
  }
}

function onlyText(size: Dimension): string | undefined {
  return size === undefined ? undefined : `only ${formatSize(size)}`;
}

const MOST_DIVISORS = 12;

function divisorsText(size: Dimension): string | undefined {
  if (!isConcrete(size) || size < 1 || size > 100_000) return undefined;
  const found = Array.from({ length: size }, (_, at) => at + 1).filter((divisor) => modulo(size, divisor) === 0);
  return found.length > MOST_DIVISORS ? `a divisor of ${size}` : found.join(', ');
}
