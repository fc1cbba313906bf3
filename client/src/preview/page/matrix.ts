// The matrix of a layer between one input and one output channel: a row for each output cell, a column for each input cell.
import { inputSize, outputSize, windowAt, type Geometry, type Place } from './geometry.ts';

export interface LayerMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly entries: Float64Array;
  /** How many entries have a weight, be it 0 or not. */
  readonly connected: number;
  readonly isConnected: Uint8Array;
}

/** A larger matrix is not made: nobody could read it. */
const MOST_ENTRIES = 40_000;

export function matrixSize(geometry: Geometry): readonly [number, number] {
  return [product(outputSize(geometry)), product(inputSize(geometry))];
}

/** Undefined where it would be too large. `weightAt` gives the weight at a cell of the kernel. */
export function matrixOf(geometry: Geometry, weightAt: (kernel: Place) => number): LayerMatrix | undefined {
  const [rows, columns] = matrixSize(geometry);
  if (rows * columns > MOST_ENTRIES || rows * columns === 0) return undefined;
  const [, height, width] = inputSize(geometry);
  const entries = new Float64Array(rows * columns);
  const isConnected = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (const { kernel, source } of windowAt(geometry, placeOf(row, outputSize(geometry)))) {
      if (source === undefined) continue;
      const index = row * columns + (source[0] * height + source[1]) * width + source[2];
      entries[index] = (entries[index] ?? 0) + weightAt(kernel);
      isConnected[index] = 1;
    }
  }
  return { rows, columns, entries, isConnected, connected: isConnected.reduce((sum, flag) => sum + flag, 0) };
}

/** The cell that is number `index` when all are counted row by row. */
export function placeOf(index: number, [, rows, columns]: Place): Place {
  return [Math.floor(index / (rows * columns)), Math.floor(index / columns) % rows, index % columns];
}

export function indexOf([plane, row, column]: Place, [, rows, columns]: Place): number {
  return (plane * rows + row) * columns + column;
}

function product(place: Place): number {
  return place[0] * place[1] * place[2];
}
