// RoIPool, RoIAlign and PSRoIPool, as torchvision.ops has them: a region is (sample, left, top, right, bottom).
import type { Kernel, KernelCall } from './kernel.ts';
import { inputAt, outputShapeAt, realOf } from './kernel-call.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

/** What a region has on one axis, in cells of the map. */
interface Span {
  readonly start: number;
  /** How many cells each part of the grid has; seldom a whole number. */
  readonly part: number;
  readonly parts: number;
}

/** One channel of the map. */
interface Plane {
  readonly data: Float32Array;
  readonly first: number;
  readonly height: number;
  readonly width: number;
}

/** The value of one part of the grid, the `row`-th and `column`-th. */
type PartValue = (plane: Plane, rows: Span, columns: Span, row: number, column: number) => number;

export const regionPoolKernels: readonly Kernel[] = [
  regionPool(
    'RoIPool',
    (start, end) => [halfAway(start), Math.max(halfAway(end) - halfAway(start) + 1, 1)],
    (plane, rows, columns, row, column) => {
      const values = cellsOf(plane, range(rows, row, plane.height, true), range(columns, column, plane.width, true));
      return values.length === 0 ? 0 : values.reduce((most, value) => Math.max(most, value), -Infinity);
    },
  ),
  regionPool('RoIAlign', (start, end) => [start, Math.max(end - start, 1)], alignedMean),
  regionPool(
    'PSRoIPool',
    (start, end) => [halfAway(start), Math.max(halfAway(end) - halfAway(start), 1)],
    (plane, rows, columns, row, column) => {
      const values = cellsOf(plane, range(rows, row, plane.height, false), range(columns, column, plane.width, false));
      return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
    },
    // Each part of the grid looks at channels of its own.
    (channel, row, column, [rows, columns]) => (channel * rows + row) * columns + column,
  ),
];

function regionPool(
  operator: string,
  spanOf: (start: number, end: number) => readonly [start: number, size: number],
  valueOf: PartValue,
  channelOf: (channel: number, row: number, column: number, grid: readonly [number, number]) => number = (channel) => channel,
): Kernel {
  return { operator, run: (call) => [run(call, spanOf, valueOf, channelOf)] };
}

function run(
  call: KernelCall,
  spanOf: Parameters<typeof regionPool>[1],
  valueOf: PartValue,
  channelOf: NonNullable<Parameters<typeof regionPool>[3]>,
): TensorData {
  const [map, regions] = [inputAt(call, 0), inputAt(call, 1)];
  const [, channels = 1, height = 1, width = 1] = map.shape;
  const shape = outputShapeAt(call);
  const [, outputChannels = 1, parts = 1, columnParts = 1] = shape;
  const scale = realOf(call.arguments, 'spatial_scale');
  const numbers = regions.shape[1] ?? 5;
  const data = Float32Array.from({ length: elementCount(shape) }, (_, at) => {
    const column = at % columnParts;
    const row = Math.floor(at / columnParts) % parts;
    const channel = Math.floor(at / (columnParts * parts)) % outputChannels;
    const region = Math.floor(at / (columnParts * parts * outputChannels)) * numbers;
    const corner = (place: number) => (regions.data[region + place] ?? 0) * scale;
    const span = (place: number, count: number): Span => {
      const [start, size] = spanOf(corner(place), corner(place + 2));
      return { start, part: size / count, parts: count };
    };
    const sample = regions.data[region] ?? 0;
    const source = channelOf(channel, row, column, [parts, columnParts]);
    const plane = { data: map.data, first: (sample * channels + source) * height * width, height, width };
    return valueOf(plane, span(2, parts), span(1, columnParts), row, column);
  });
  return { shape, data };
}

/** C's round: of two whole numbers that are as near, the one further from 0. */
function halfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

/** The cells of the map that a part covers; RoIPool rounds before it adds where the region starts. */
function range({ start, part }: Span, at: number, size: number, isRoundedFirst: boolean): readonly [start: number, end: number] {
  const place = (number: number, round: (value: number) => number) =>
    Math.min(Math.max(isRoundedFirst ? round(number * part) + start : round(number * part + start), 0), size);
  return [place(at, Math.floor), place(at + 1, Math.ceil)];
}

function cellsOf({ data, first, width }: Plane, rows: readonly [number, number], columns: readonly [number, number]): readonly number[] {
  const values: number[] = [];
  for (let y = rows[0]; y < rows[1]; y++) {
    for (let x = columns[0]; x < columns[1]; x++) values.push(data[first + y * width + x] ?? 0);
  }
  return values;
}

/** The mean of points that lie evenly in a part, about one for each cell. */
function alignedMean(plane: Plane, rows: Span, columns: Span, row: number, column: number): number {
  const [ys, xs] = [points(rows, row), points(columns, column)];
  const sum = ys.reduce((all, y) => all + xs.reduce((line, x) => line + interpolated(plane, y, x), 0), 0);
  return sum / Math.max(ys.length * xs.length, 1);
}

function points({ start, part }: Span, at: number): readonly number[] {
  const count = Math.ceil(part);
  return Array.from({ length: count }, (_, point) => start + at * part + ((point + 0.5) * part) / count);
}

/** Bilinear, with the border repeated for one cell, and 0 beyond. */
function interpolated({ data, first, height, width }: Plane, y: number, x: number): number {
  if (y < -1 || y > height || x < -1 || x > width) return 0;
  const along = (value: number, size: number) => {
    const inside = Math.min(Math.max(value, 0), size - 1);
    const low = Math.floor(inside);
    return { low, high: Math.min(low + 1, size - 1), rest: inside - low };
  };
  const [row, column] = [along(y, height), along(x, width)];
  const cell = (atY: number, atX: number) => data[first + atY * width + atX] ?? 0;
  const line = (atY: number) => cell(atY, column.low) * (1 - column.rest) + cell(atY, column.high) * column.rest;
  return line(row.low) * (1 - row.rest) + line(row.high) * row.rest;
}
