// One axis of a window at work: how its input is laid out, which cells each output cell reads, and where each input cell is stamped.
import type { WindowAxis, WindowDescription } from '../../../../server/src/protocol/preview-window.ts';

/** What stands in a cell of an axis: a value of the input, padding, a zero between values, or room behind the padding that a rounded-up pool reaches. */
export type CellKind = 'input' | 'padding' | 'stuffed' | 'beyond';

/** One cell of a window: which cell of the kernel lies on which position. */
export interface Tap {
  readonly kernel: number;
  readonly position: number;
}

/** An axis with its padding and its zeros in place. */
export interface AxisLayout {
  readonly kinds: readonly CellKind[];
  /** The input cell that each position shows, -1 for none; the padding of a mode other than zeros shows input cells too. */
  readonly sources: readonly number[];
  /** By output cell. */
  readonly windows: readonly (readonly Tap[])[];
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
}

/** A transposed convolution as scatter: the whole result, of which the padding is cut off. */
export interface ScatterLayout {
  /** Positions of the result, with what is cut off at both ends. */
  readonly length: number;
  /** How many positions are cut off in front; output cell 0 stands behind them. */
  readonly cut: number;
  readonly outputs: number;
  /** By input cell. */
  readonly stamps: readonly (readonly Tap[])[];
  /** Positions from here on are reached by no input cell: they are there for the output padding alone. */
  readonly reached: number;
}

/** The axis of an operator without a window on it: one cell. */
export const SINGLE_AXIS: AxisLayout = {
  kinds: ['input'],
  sources: [0],
  windows: [[{ kernel: 0, position: 0 }]],
  inputs: 1,
  outputs: 1,
  kernel: 1,
};

export const SINGLE_SCATTER: ScatterLayout = { length: 1, cut: 0, outputs: 1, stamps: [[{ kernel: 0, position: 0 }]], reached: 1 };

/** The axis as its output cells read it; a transposed convolution as the direct convolution that is its equal. */
export function layOut(axis: WindowAxis, { kind, fill }: Pick<WindowDescription, 'kind' | 'fill'>): AxisLayout {
  switch (kind) {
    case 'convolution':
      return direct(axis, fill);
    case 'pooling':
      return direct(axis, 'zeros');
    case 'transposed':
      return equivalent(axis);
    case 'adaptive':
      return adaptive(axis);
  }
}

function direct(axis: WindowAxis, fill: WindowDescription['fill']): AxisLayout {
  const { input, output, kernel, stride, dilation, paddingStart, paddingEnd } = axis;
  const padded = Math.max(input + paddingStart + paddingEnd, 0);
  const length = Math.max(padded, output === 0 ? 0 : (output - 1) * stride + reachOf(axis));
  const cells = range(length).map((position): [CellKind, number] => {
    const at = position - paddingStart;
    if (at >= 0 && at < input) return ['input', at];
    if (position >= padded) return ['beyond', -1];
    return ['padding', filled(at, input, fill)];
  });
  const windows = range(output).map((cell) => range(kernel).map((k) => ({ kernel: k, position: cell * stride + k * dilation })));
  return laidOut(axis, cells, windows);
}

/** Unit strides over the input with s - 1 zeros between its cells, padded with ke - 1 - p, and the kernel turned around. */
function equivalent(axis: WindowAxis): AxisLayout {
  const { input, output, kernel, stride, dilation, paddingStart } = axis;
  const reach = reachOf(axis);
  const front = reach - 1 - paddingStart;
  const stretched = input === 0 ? 0 : stride * (input - 1) + 1;
  const length = output === 0 ? 0 : output - 1 + reach;
  const cells = range(length).map((position): [CellKind, number] => {
    const at = position - front;
    if (at < 0 || at >= stretched) return ['padding', -1];
    return at % stride === 0 ? ['input', at / stride] : ['stuffed', -1];
  });
  const windows = range(output).map((cell) => range(kernel).map((k) => ({ kernel: kernel - 1 - k, position: cell + k * dilation })));
  return laidOut(axis, cells, windows);
}

function laidOut({ input, output, kernel }: WindowAxis, cells: readonly [CellKind, number][], windows: AxisLayout['windows']): AxisLayout {
  const [kinds, sources] = [cells.map(([kind]) => kind), cells.map(([, source]) => source)];
  return { kinds, sources, windows, inputs: input, outputs: output, kernel };
}

/** Window j reads from floor(j i / o) to before ceil((j + 1) i / o). */
function adaptive({ input, output, kernel }: WindowAxis): AxisLayout {
  const windows = range(output).map((cell) => {
    const start = Math.floor((cell * input) / output);
    return range(Math.ceil(((cell + 1) * input) / output) - start).map((k) => ({ kernel: k, position: start + k }));
  });
  return { kinds: range(input).map(() => 'input'), sources: range(input), windows, inputs: input, outputs: output, kernel };
}

/** Input cell i is stamped from s i on, a cell of the kernel every d positions. */
export function scatter(axis: WindowAxis): ScatterLayout {
  const { input, output, kernel, stride, dilation, paddingStart } = axis;
  const reached = input === 0 ? 0 : stride * (input - 1) + reachOf(axis);
  const stamps = range(input).map((cell) => range(kernel).map((k) => ({ kernel: k, position: cell * stride + k * dilation })));
  return { length: Math.max(reached, paddingStart + output), cut: paddingStart, outputs: output, stamps, reached };
}

function reachOf({ kernel, dilation }: WindowAxis): number {
  return dilation * (kernel - 1) + 1;
}

/** Which input cell stands in the padding; -1 for a zero. */
function filled(at: number, input: number, fill: WindowDescription['fill']): number {
  switch (fill) {
    case 'zeros':
      return -1;
    case 'replicate':
      return at < 0 ? 0 : input - 1;
    case 'reflect':
      return at < 0 ? -at : 2 * (input - 1) - at;
    case 'circular':
      return ((at % input) + input) % input;
  }
}

export function range(length: number): number[] {
  return Array.from({ length: Math.max(length, 0) }, (_, at) => at);
}
