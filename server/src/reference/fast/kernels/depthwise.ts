// The kernels of depthwise convolution: a plane of the output from a plane of the source, some rows and vectors at a time.
import {
  advance,
  defineFunction,
  i32,
  repeatWhile,
  sequence,
  v128,
  whileHolds,
  type ModuleFunction,
  type Variable,
} from '../assembler/instructions.ts';
import type { Code, ValueType } from '../assembler/module.ts';
import type { MultiplyAdd } from './arithmetic.ts';

const FLOAT = 4;
const VECTOR = 16;
/** What a tap has in memory: how far from an output's first cell it reads, in bytes, and its weight. */
const TAP_BYTES = 2 * FLOAT;

/** How many rows of the output, and how many vectors of each, a kernel holds in registers together. */
interface DepthwiseTile {
  readonly rows: number;
  readonly vectors: number;
}

/** The kernels by their names: four for any window, and one for the window of which each cell is loaded once for all rows of a tile. */
export const DEPTHWISE_TILES = {
  depthwise4x2: { rows: 4, vectors: 2 },
  depthwise4x1: { rows: 4, vectors: 1 },
  depthwise1x2: { rows: 1, vectors: 2 },
  depthwise1x1: { rows: 1, vectors: 1 },
  depthwiseSmall: { rows: 3, vectors: 1 },
} as const satisfies Readonly<Record<string, DepthwiseTile>>;
export type DepthwiseName = keyof typeof DEPTHWISE_TILES;

/** Height and width of the window of `depthwiseSmall`, whose weights stay in registers. */
export const SMALL_WINDOW = 3;

/** The functions from place `at` of a module on. */
export function depthwiseFunctions(at: number, multiplyAdd: MultiplyAdd): readonly ModuleFunction[] {
  const names = ['depthwise4x2', 'depthwise4x1', 'depthwise1x2', 'depthwise1x1'] as const;
  return [
    ...names.map((name, index) => anyWindowFunction(at + index, name, multiplyAdd)),
    smallWindowFunction(at + names.length, multiplyAdd),
  ];
}

const PARAMETERS = [
  'source',
  'sourcePitch',
  'weights',
  'weightsEnd',
  'bias',
  'output',
  'outputPitch',
  'rowTiles',
  'lastRow',
  'columnTiles',
  'lastColumn',
] as const;
type Parameters = Readonly<Record<(typeof PARAMETERS)[number], Variable>>;

/** Writes the code of one tile, which reads from `source` on and writes to `output` on. */
type WriteTile = (source: Variable, output: Variable) => readonly Code[];

/**
 * `name`: a plane, tile by tile. The last tile of a row ends where the row does, and the last row of tiles where the plane does, so that they
 * may lie over others and nothing is written beyond. `lastRow` and `lastColumn`: where these begin, as a row and in bytes.
 */
function planeFunction(
  at: number,
  name: DepthwiseName,
  write: (given: Parameters, local: (type: ValueType) => Variable) => { readonly before: readonly Code[]; readonly tile: WriteTile },
): ModuleFunction {
  return defineFunction(at, name, PARAMETERS, (given, local) => {
    const { source, sourcePitch, output, outputPitch, rowTiles, lastRow, columnTiles, lastColumn } = given;
    const [row, column, start, columnsLeft] = [local('i32'), local('i32'), local('i32'), local('i32')];
    const [from, to] = [local('i32'), local('i32')];
    const parts = write(given, local);
    const tile = DEPTHWISE_TILES[name];
    return [
      ...parts.before,
      row.set(i32.constant(0)),
      repeatWhile(
        i32.isLess(i32.constant(0), rowTiles.get),
        row.set(i32.least(row.get, lastRow.get)),
        column.set(i32.constant(0)),
        columnsLeft.set(columnTiles.get),
        repeatWhile(
          i32.isLess(i32.constant(0), columnsLeft.get),
          start.set(i32.least(column.get, lastColumn.get)),
          from.set(i32.add(i32.add(source.get, i32.multiply(row.get, sourcePitch.get)), start.get)),
          to.set(i32.add(i32.add(output.get, i32.multiply(row.get, outputPitch.get)), start.get)),
          ...parts.tile(from, to),
          advance(column, i32.constant(tile.vectors * VECTOR)),
          advance(columnsLeft, i32.constant(-1)),
        ),
        advance(row, i32.constant(tile.rows)),
        advance(rowTiles, i32.constant(-1)),
      ),
    ];
  });
}

/** Any window: `weights` to `weightsEnd` are its taps. */
function anyWindowFunction(at: number, name: DepthwiseName, multiplyAdd: MultiplyAdd): ModuleFunction {
  const tile = DEPTHWISE_TILES[name];
  return planeFunction(at, name, (given, local) => {
    const { sourcePitch, weights, weightsEnd, bias, outputPitch } = given;
    const sums = Array.from({ length: tile.rows }, () => Array.from({ length: tile.vectors }, () => local('v128')));
    const [weight, tap, row] = [local('v128'), local('i32'), local('i32')];
    const writeTile: WriteTile = (source, output) => [
      ...sums.flat().map((sum) => sum.set(v128.loadSplat(bias.get))),
      tap.set(weights.get),
      whileHolds(
        i32.isLess(tap.get, weightsEnd.get),
        row.set(i32.add(source.get, i32.load(tap.get))),
        weight.set(v128.loadSplat(tap.get, FLOAT)),
        ...sums.map((ofRow) =>
          sequence(
            ...ofRow.map((sum, vector) => multiplyAdd(sum, v128.load(row.get, VECTOR * vector), weight.get)),
            advance(row, sourcePitch.get),
          ),
        ),
        advance(tap, i32.constant(TAP_BYTES)),
      ),
      ...storeRows(sums, output, outputPitch),
    ];
    return { before: [], tile: writeTile };
  });
}

/** `depthwiseSmall`: a window of 3 x 3 whose taps lie side by side. Each input row goes to the output rows whose windows it lies in. */
function smallWindowFunction(at: number, multiplyAdd: MultiplyAdd): ModuleFunction {
  return planeFunction(at, 'depthwiseSmall', ({ sourcePitch, weights, bias, outputPitch }, local) => {
    const { rows } = DEPTHWISE_TILES.depthwiseSmall;
    const window = Array.from({ length: SMALL_WINDOW ** 2 }, () => local('v128'));
    const sums = Array.from({ length: rows }, () => local('v128'));
    const cells = local('v128');
    const columns = Array.from({ length: SMALL_WINDOW }, (_, x) => x);
    const inputRows = Array.from({ length: rows + SMALL_WINDOW - 1 }, (_, y) => y);
    const weightAt = (y: number, x: number) => (y >= 0 && y < SMALL_WINDOW ? window[y * SMALL_WINDOW + x] : undefined);
    const writeTile: WriteTile = (source, output) => [
      // Not held in a register, of which there are no more.
      ...sums.map((sum) => sum.set(v128.loadSplat(bias.get))),
      ...inputRows.map((y) =>
        sequence(
          ...columns.map((x) =>
            sequence(
              cells.set(v128.load(source.get, FLOAT * x)),
              ...sums.map((sum, row) => {
                const weight = weightAt(y - row, x);
                return weight === undefined ? [] : multiplyAdd(sum, cells.get, weight.get);
              }),
            ),
          ),
          advance(source, sourcePitch.get),
        ),
      ),
      ...storeRows(
        sums.map((sum) => [sum]),
        output,
        outputPitch,
      ),
    ];
    return { before: window.map((weight, index) => weight.set(v128.loadSplat(weights.get, TAP_BYTES * index + FLOAT))), tile: writeTile };
  });
}

function storeRows(sums: readonly (readonly Variable[])[], output: Variable, outputPitch: Variable): readonly Code[] {
  return sums.map((ofRow) =>
    sequence(...ofRow.map((sum, vector) => v128.store(output.get, sum.get, VECTOR * vector)), advance(output, outputPitch.get)),
  );
}
