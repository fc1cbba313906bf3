// Copies rows of cells, four at a time where they lie side by side: into padded and split inputs, and out of the sums of a pass.
import { advance, defineFunction, f32, i32, repeatWhile, v128, when, whileHolds, type ModuleFunction } from '../assembler/instructions.ts';

const FLOAT = 4;
const VECTOR = 16;

/** `copyRows`: `rows` rows of `cells` cells each; pitches from row to row are in bytes. What is read and written must not overlap. */
export function copyRowsFunction(at: number): ModuleFunction {
  const parameters = ['from', 'fromPitch', 'to', 'toPitch', 'rows', 'cells'] as const;
  return defineFunction(at, 'copyRows', parameters, ({ from, fromPitch, to, toPitch, rows, cells }, local) => {
    const [read, write, left] = [local('i32'), local('i32'), local('i32')];
    return [
      whileHolds(
        i32.isLess(i32.constant(0), rows.get),
        read.set(from.get),
        write.set(to.get),
        left.set(cells.get),
        whileHolds(
          i32.isLess(i32.constant(3), left.get),
          v128.store(write.get, v128.load(read.get)),
          advance(read, i32.constant(VECTOR)),
          advance(write, i32.constant(VECTOR)),
          advance(left, i32.constant(-4)),
        ),
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
    return [
      when(
        i32.isLess(i32.constant(0), cells.get),
        whileHolds(
          i32.isLess(i32.constant(0), rows.get),
          read.set(from.get),
          write.set(to.get),
          left.set(cells.get),
          repeatWhile(
            i32.isLess(i32.constant(0), left.get),
            f32.store(write.get, f32.load(read.get)),
            advance(read, fromStep.get),
            advance(write, toStep.get),
            advance(left, i32.constant(-1)),
          ),
          advance(from, fromPitch.get),
          advance(to, toPitch.get),
          advance(rows, i32.constant(-1)),
        ),
      ),
    ];
  });
}
