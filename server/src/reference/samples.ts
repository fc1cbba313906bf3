// Sample inputs, to look at what a layer does to them.
import { fillNormal, randomNumbers } from './random.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

export const SAMPLE_KINDS = ['ramp', 'impulse', 'checkerboard', 'noise', 'ones'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

export interface Sample {
  readonly kind: SampleKind;
  /** For noise; the name of the input is mixed in. */
  readonly seed: number;
}

/**
 * A tensor of one pattern. Where there are three axes or more the first two are batch and channels, and each channel has the
 * pattern: `ramp` counts its cells from 0 in steps of 1 / (cells - 1), up to 1; `impulse` is 1 in the middle cell and 0 elsewhere;
 * `checkerboard` is 1 where the positions add up to an even number; `noise` is of the standard normal distribution.
 * `indices`: where the values number things, of how many.
 */
export function makeSample(sample: Sample, name: string, shape: readonly number[], indices?: number): TensorData {
  return indices === undefined ? makePattern(sample, name, shape) : makeIndices(sample, name, shape, indices);
}

/** The pattern from 0 to the last index, in whole numbers; of noise all are as likely. */
function makeIndices(sample: Sample, name: string, shape: readonly number[], count: number): TensorData {
  if (sample.kind !== 'noise') {
    const { data } = makePattern(sample, name, shape);
    return { shape, data: data.map((value) => Math.round(value * (count - 1))) };
  }
  const random = randomNumbers(sample.seed, name);
  return { shape, data: Float32Array.from({ length: elementCount(shape) }, () => Math.floor(random() * count)) };
}

function makePattern({ kind, seed }: Sample, name: string, shape: readonly number[]): TensorData {
  const data = new Float32Array(elementCount(shape));
  const axes = shape.length > 2 ? shape.slice(2) : shape.slice(-1);
  const cells = elementCount(axes);
  switch (kind) {
    case 'ramp':
      fillCells(data, cells, (cell) => (cells > 1 ? cell / (cells - 1) : 1));
      break;
    case 'impulse': {
      const middle = axes.reduce((index, size) => index * size + Math.floor(size / 2), 0);
      fillCells(data, cells, (cell) => (cell === middle ? 1 : 0));
      break;
    }
    case 'checkerboard':
      fillCells(data, cells, (cell) => 1 - (positionSum(cell, axes) % 2));
      break;
    case 'noise':
      fillNormal(data, 1, randomNumbers(seed, name));
      break;
    case 'ones':
      data.fill(1);
  }
  return { shape, data };
}

function fillCells(data: Float32Array, cells: number, valueOf: (cell: number) => number): void {
  for (let cell = 0; cell < Math.min(cells, data.length); cell++) data[cell] = valueOf(cell);
  for (let at = cells; at < data.length; at += cells) data.copyWithin(at, 0, cells);
}

function positionSum(cell: number, axes: readonly number[]): number {
  let [rest, sum] = [cell, 0];
  for (const size of axes.toReversed()) {
    sum += rest % size;
    rest = Math.floor(rest / size);
  }
  return sum;
}
