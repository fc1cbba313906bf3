// Weights of convolutions that show what a window does: all ones, the cell itself, a mean, a blur, an edge.
import { elementCount } from './tensor-data.ts';

export const WINDOW_KINDS = ['ones', 'identity', 'box', 'blur', 'sobel'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

export interface WindowLayout {
  /** The weight is [in, out / groups, ...] and not [out, in / groups, ...]. */
  readonly isTransposed: boolean;
  readonly groups: number;
}

/**
 * Fills the weight of a convolution. `ones` sums all cells of all channels. With the other kinds an output channel sees one input
 * channel of its group, each in turn: `identity` its middle cell (a Dirac delta, as `torch.nn.init.dirac_`), `box` the mean of the
 * window, `blur` the binomial (nearly Gaussian) mean. `sobel` takes the edges: the first output channel along the last axis, the
 * next along the axis before, then the next input channel.
 */
export function fillWindows(data: Float32Array, shape: readonly number[], kind: WindowKind, { isTransposed, groups }: WindowLayout): void {
  if (kind === 'ones') {
    data.fill(1);
    return;
  }
  const [first = 0, second = 0, ...window] = shape;
  const cells = elementCount(window);
  const [outputs, inputs] = isTransposed ? [second, first / groups] : [first / groups, second];
  const kinds = kind === 'sobel' ? Math.max(window.length, 1) : 1;
  if (inputs === 0 || cells === 0) return;
  const windows = Array.from({ length: kinds }, (_, axis) => windowOf(kind, window, window.length - 1 - axis));
  for (let group = 0; group < groups; group++) {
    for (let output = 0; output < outputs; output++) {
      const input = Math.floor(output / kinds) % inputs;
      const row = isTransposed ? (group * inputs + input) * second + output : (group * outputs + output) * second + input;
      data.set(windows[output % kinds] ?? [], row * cells);
    }
  }
}

/** The product of one profile for each axis, in C order. */
function windowOf(kind: Exclude<WindowKind, 'ones'>, window: readonly number[], edgeAxis: number): readonly number[] {
  const profiles = window.map((size, axis) => (kind === 'sobel' ? (axis === edgeAxis ? edge(size) : binomial(size)) : profile(kind, size)));
  return profiles.reduce<readonly number[]>((cells, values) => cells.flatMap((cell) => values.map((value) => cell * value)), [1]);
}

function profile(kind: 'identity' | 'box' | 'blur', size: number): readonly number[] {
  switch (kind) {
    case 'identity':
      return Array.from({ length: size }, (_, at) => (at === Math.floor(size / 2) ? 1 : 0));
    case 'box':
      return Array.from({ length: size }, () => 1 / size);
    case 'blur':
      return binomial(size).map((value) => value / 2 ** (size - 1));
  }
}

/** 1, 2, 1 for a window of 3. */
function binomial(size: number): readonly number[] {
  let row = [1];
  for (let length = 2; length <= size; length++) row = [...row, 0].map((value, at) => value + (row[at - 1] ?? 0));
  return row;
}

/** -1, 0, 1 for a window of 3, and for larger ones its blur. */
function edge(size: number): readonly number[] {
  if (size < 3) return size === 2 ? [-1, 1] : [1];
  const smooth = binomial(size - 2);
  return Array.from({ length: size }, (_, at) => (smooth[at - 2] ?? 0) - (smooth[at] ?? 0));
}
