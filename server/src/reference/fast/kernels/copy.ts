// Copies rows of cells, four at a time where they lie side by side: into padded and split inputs, and out of the sums of a pass.
import { advance, defineFunction, f32, i32, sequence, v128, whileHolds, type ModuleFunction } from '../assembler/instructions.ts';

const FLOAT = 4;
const VECTOR = 16;
/** A cache line: what the loop costs is then small beside what it copies. */
const VECTORS_AT_ONCE = 4;
const CELLS_AT_ONCE = 8;

/** `copyRows`: `rows` rows of `cells` cells each; pitches from row to row are in bytes. What is read and written must not overlap. */
export function copyRowsFunction(at: number): ModuleFunction {
  const parameters = ['from', 'fromPitch', 'to', 'toPitch', 'rows', 'cells'] as const;
  return defineFunction(at, 'copyRows', parameters, ({ from, fromPitch, to, toPitch, rows, cells }, local) => {
    const [read, write, left] = [local('i32'), local('i32'), local('i32')];
    const copyVectors = (count: number) =>
      whileHolds(
        i32.isLess(i32.constant(4 * count - 1), left.get),
        ...Array.from({ length: count }, (_, vector) => v128.store(write.get, v128.load(read.get, VECTOR * vector), VECTOR * vector)),
        advance(read, i32.constant(VECTOR * count)),
        advance(write, i32.constant(VECTOR * count)),
        advance(left, i32.constant(-4 * count)),
      );
    return [
      whileHolds(
        i32.isLess(i32.constant(0), rows.get),
        read.set(from.get),
        write.set(to.get),
        left.set(cells.get),
        copyVectors(VECTORS_AT_ONCE),
        copyVectors(1),
        whileHolds(
          i32.isLess(i32.constant(0), left.get),
          f32.store(write.get, f32.load(read.get)),
          advance(read, i32.constant(FLOAT)),
          advance(write, i32.constant(FLOAT)),
          advance(left, i32.constant(-1)),
        ),
        advance(from, fromPitch.get),
        advance(to, toPitch.get),
        advance(rows, i32.constant(-1)),
      ),
    ];
  });
}

/** `copyCells`: as `copyRows`, with steps in bytes from cell to cell. */
export function copyCellsFunction(at: number): ModuleFunction {
  const parameters = ['from', 'fromPitch', 'fromStep', 'to', 'toPitch', 'toStep', 'rows', 'cells'] as const;
  return defineFunction(at, 'copyCells', parameters, (given, local) => {
    const { from, fromPitch, fromStep, to, toPitch, toStep, rows, cells } = given;
    const [read, write, left] = [local('i32'), local('i32'), local('i32')];
    const copyCell = sequence(f32.store(write.get, f32.load(read.get)), advance(read, fromStep.get), advance(write, toStep.get));
    const copyCells = (count: number) =>
      whileHolds(
        i32.isLess(i32.constant(count - 1), left.get),
        ...Array.from({ length: count }, () => copyCell),
        advance(left, i32.constant(-count)),
      );
    return [
      whileHolds(
        i32.isLess(i32.constant(0), rows.get),
        read.set(from.get),
        write.set(to.get),
        left.set(cells.get),
        copyCells(CELLS_AT_ONCE),
        copyCells(1),
        advance(from, fromPitch.get),
        advance(to, toPitch.get),
        advance(rows, i32.constant(-1)),
      ),
    ];
  });
}
