// Which values of an argument are legal at this use of the operator: what its input and its other arguments leave.
import { greatestCommonDivisor, modulo } from '../../dims/arithmetic.ts';
import { formatSize } from '../../dims/format.ts';
import { isConcrete, type Dimension, type Shape } from '../../dims/size.ts';
import type { ArgumentValue } from '../../network/argument.ts';
import { effectiveKernel, transposedSize } from '../../operators/axis-size.ts';
import { createCall, dimension } from '../../operators/call.ts';
import type { Arguments, AxisWindow, Operator } from '../../operators/operator.ts';
import { spatialName } from '../../rules/words.ts';

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
  const call = createCall(operator, written, inputs);
  const use: Use = { operator, from: call.arguments, shape: inputs[0], windows: operator.windows?.(call) ?? [] };
  return windowRange(use, name) ?? axisRange(use, name) ?? divisors(use, name);
}

function windowRange(use: Use, name: string): string | undefined {
  const { operator, from, windows } = use;
  const isTransposed = windows[0]?.kind === 'transposed';
  if (operator.name.startsWith('Adaptive')) return undefined;
  switch (name) {
    case 'kernel_size':
      return isTransposed ? undefined : ranges(use, (window, size) => [smallestKernel(use, window), largestKernel(from, window, size)]);
    case 'dilation':
      return isTransposed ? undefined : ranges(use, (window, size) => [1, largestDilation(from, window, size)]);
    case 'padding':
      if (windows[0]?.kind === 'pooling') return ranges(use, ({ kernel }) => [0, isConcrete(kernel) ? Math.floor(kernel / 2) : undefined]);
      return isTransposed ? ranges(use, (window, size) => [0, largestCut(window, size)]) : undefined;
    case 'output_padding':
      return ranges(use, ({ stride, dilation }) => [
        0,
        isConcrete(stride) && isConcrete(dilation) ? Math.max(stride, dilation) - 1 : undefined,
      ]);
    case 'output_size':
      return isTransposed ? ranges(use, (window, size) => outputSizes(window, size)) : undefined;
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
function largestKernel(from: Arguments, { dilation, paddingStart, paddingEnd }: AxisWindow, size: Dimension): number | undefined {
  if (typeof from.get('padding') === 'string' || from.get('ceil_mode') === true) return undefined;
  if (!isConcrete(size) || !isConcrete(dilation) || !isConcrete(paddingStart) || !isConcrete(paddingEnd) || dilation < 1) return undefined;
  return Math.floor((size + paddingStart + paddingEnd - 1) / dilation) + 1;
}

function largestDilation(from: Arguments, { kernel, paddingStart, paddingEnd }: AxisWindow, size: Dimension): number | undefined {
  if (typeof from.get('padding') === 'string' || from.get('ceil_mode') === true) return undefined;
  if (!isConcrete(size) || !isConcrete(kernel) || !isConcrete(paddingStart) || !isConcrete(paddingEnd) || kernel < 2) return undefined;
  return Math.floor((size + paddingStart + paddingEnd - 1) / (kernel - 1));
}

/** The padding of a transposed convolution is cut off its output, of which a cell has to stay. */
function largestCut(window: AxisWindow, size: Dimension): number | undefined {
  const whole = transposedSize(size, { ...window, paddingStart: 0, paddingEnd: 0 }, window.outputPadding);
  return isConcrete(whole) && isConcrete(effectiveKernel(window.kernel, window.dilation)) ? Math.floor((whole - 1) / 2) : undefined;
}

function outputSizes(window: AxisWindow, size: Dimension): readonly [number | undefined, number | undefined] {
  const least = transposedSize(size, window, 0);
  return isConcrete(least) && isConcrete(window.stride) ? [least, least + window.stride - 1] : [undefined, undefined];
}

type RangeOf = (window: AxisWindow, size: Dimension) => readonly [number | undefined, number | undefined];

/** One range where it is that of all axes, else one for each. */
function ranges({ operator, shape, windows }: Use, rangeOf: RangeOf): string | undefined {
  const words = windows.map((window, at) => {
    const [from, to] = rangeOf(window, shape?.[shape.length - windows.length + at]);
    return from === undefined || to === undefined || to < from ? undefined : rangeText(from, to);
  });
  if (words.length === 0 || words.includes(undefined)) return undefined;
  const [first] = words;
  if (words.every((word) => word === first)) return first;
  return words.map((word, at) => `${word ?? ''} for the ${spatialName(operator.name, at - words.length)}`).join(', ');
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
