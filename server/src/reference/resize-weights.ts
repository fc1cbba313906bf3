// Which cells of an axis a resized cell is made of, and how much of each: PyTorch's modes, for one axis.

export type ResizeMode = 'nearest' | 'nearest-exact' | 'linear' | 'cubic';

/** What one cell of the output takes: weights on cells of the input, which lie one behind the other or repeat the border. */
export interface WeightedCells {
  readonly cells: readonly number[];
  readonly weights: readonly number[];
}

export interface AxisResize {
  readonly input: number;
  readonly output: number;
  /** How many input cells one output cell stands for, where `alignCorners` is false. */
  readonly ratio: number;
  readonly alignCorners: boolean;
  readonly antialias: boolean;
}

export function weightedCells(mode: ResizeMode, axis: AxisResize): readonly WeightedCells[] {
  return Array.from({ length: axis.output }, (_, place) => {
    if (axis.antialias) return smoothedAt(place, mode === 'cubic', axis);
    switch (mode) {
      case 'nearest':
      case 'nearest-exact':
        return nearestAt(place, mode === 'nearest' ? 0 : 0.5, axis);
      case 'linear':
        return linearAt(place, axis);
      case 'cubic':
        return cubicAt(place, axis);
    }
  });
}

/** In float32, as PyTorch: which cell is the nearest may hang on the last bit. */
function nearestAt(place: number, shift: number, { input, ratio }: AxisResize): WeightedCells {
  const position = Math.floor(Math.fround(Math.fround(ratio) * (place + shift)));
  return { cells: [Math.min(position, input - 1)], weights: [1] };
}

/** Where the middle of an output cell lies between the middles of input cells. */
function positionOf(place: number, { input, output, ratio, alignCorners }: AxisResize): number {
  if (alignCorners) return output > 1 ? (place * (input - 1)) / (output - 1) : 0;
  return ratio * (place + 0.5) - 0.5;
}

function linearAt(place: number, axis: AxisResize): WeightedCells {
  const position = Math.max(positionOf(place, axis), 0);
  const first = Math.min(Math.floor(position), axis.input - 1);
  const rest = Math.min(position - first, 1);
  return { cells: [first, Math.min(first + 1, axis.input - 1)], weights: [1 - rest, rest] };
}

function cubicAt(place: number, axis: AxisResize): WeightedCells {
  const position = positionOf(place, axis);
  const first = Math.floor(position) - 1;
  const taps = [0, 1, 2, 3].map((tap) => first + tap);
  return {
    cells: taps.map((tap) => Math.min(Math.max(tap, 0), axis.input - 1)),
    weights: taps.map((tap) => cubic(position - tap, -0.75)),
  };
}

/** Keys' cubic convolution kernel; `a` is its slope at 1. */
function cubic(distance: number, a: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

/** antialias: the filter is as wide as an output cell, and its weights add up to 1 over the cells that are there. */
function smoothedAt(place: number, isCubic: boolean, { input, output, ratio, alignCorners }: AxisResize): WeightedCells {
  const scale = alignCorners ? (output > 1 ? (input - 1) / (output - 1) : 0) : ratio;
  const width = Math.max(scale, 1);
  const reach = (isCubic ? 2 : 1) * width;
  const centre = scale * (place + 0.5);
  const start = Math.max(Math.trunc(centre - reach + 0.5), 0);
  const end = Math.min(Math.trunc(centre + reach + 0.5), input);
  const cells = Array.from({ length: Math.max(end - start, 0) }, (_, at) => start + at);
  const raw = cells.map((cell) => {
    const distance = (cell - centre + 0.5) / width;
    return isCubic ? cubic(distance, -0.5) : Math.max(1 - Math.abs(distance), 0);
  });
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return { cells, weights: raw.map((weight) => weight / total) };
}
