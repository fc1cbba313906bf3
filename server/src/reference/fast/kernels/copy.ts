// Copies rows of cells: into padded and split inputs, and out of the sums of a pass.
import {
  advance,
  defineFunction,
  f32,
  i32,
  sequence,
  v128,
  whileHolds,
  type ModuleFunction,
  type Variable,
} from '../assembler/instructions.ts';
import type { Code } from '../assembler/module.ts';

const FLOAT = 4;
const VECTOR = 16;
/** A cache line: what the loop costs is then small beside what it copies. */
const VECTORS_AT_ONCE = 4;
const CELLS_AT_ONCE = 8;

const ROWS = ['from', 'fromPitch', 'to', 'toPitch', 'rows', 'cells'] as const;
type RowParameters = Readonly<Record<(typeof ROWS)[number], Variable>>;

/** `copyRows`: `rows` rows of `cells` cells each; pitches from row to row are in bytes. What is read and written must not overlap. */
export function copyRowsFunction(at: number): ModuleFunction {
  return defineFunction(at, 'copyRows', ROWS, (given, local) => {
    const [read, write, left] = [local('i32'), local('i32'), local('i32')];
    const vectors = (count: number) => [
      ...Array.from({ length: count }, (_, vector) => v128.store(write.get, v128.load(read.get, VECTOR * vector), VECTOR * vector)),
      advance(read, i32.constant(VECTOR * count)),
      advance(write, i32.constant(VECTOR * count)),
    ];
    const cell = [f32.store(write.get, f32.load(read.get)), advance(read, i32.constant(FLOAT)), advance(write, i32.constant(FLOAT))];
    return forEachRow(given, { read, write, left }, [
      { cells: 4 * VECTORS_AT_ONCE, copy: vectors(VECTORS_AT_ONCE) },
      { cells: 4, copy: vectors(1) },
      { cells: 1, copy: cell },
    ]);
  });
}

/** `copyCells`: as `copyRows`, with steps in bytes from cell to cell. */
export function copyCellsFunction(at: number): ModuleFunction {
  return defineFunction(at, 'copyCells', [...ROWS, 'fromStep', 'toStep'], ({ fromStep, toStep, ...given }, local) => {
    const [read, write, left] = [local('i32'), local('i32'), local('i32')];
    const cell = sequence(f32.store(write.get, f32.load(read.get)), advance(read, fromStep.get), advance(write, toStep.get));
    return forEachRow(given, { read, write, left }, [
      { cells: CELLS_AT_ONCE, copy: Array.from({ length: CELLS_AT_ONCE }, () => cell) },
      { cells: 1, copy: [cell] },
    ]);
  });
}

/** Where the next cell is read and written, and how many cells of the row are left. */
interface RowState {
  readonly read: Variable;
  readonly write: Variable;
  readonly left: Variable;
}

/** In each row takes as many cells at once as the first of `moves` does, as long as there are so many, then as the second does, and so on. */
function forEachRow(
  { from, fromPitch, to, toPitch, rows, cells }: RowParameters,
  { read, write, left }: RowState,
  moves: readonly { readonly cells: number; readonly copy: readonly Code[] }[],
): readonly Code[] {
  return [
    whileHolds(
      i32.isLess(i32.constant(0), rows.get),
      read.set(from.get),
      write.set(to.get),
      left.set(cells.get),
      ...moves.map(({ cells: count, copy }) =>
        whileHolds(i32.isLess(i32.constant(count - 1), left.get), ...copy, advance(left, i32.constant(-count))),
      ),
      advance(from, fromPitch.get),
      advance(to, toPitch.get),
      advance(rows, i32.constant(-1)),
    ),
  ];
}
