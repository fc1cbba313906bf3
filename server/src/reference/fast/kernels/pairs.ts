// The sums around the two-tap algorithm (../pairs.ts): differences of its inputs before the multiplications, and its outputs behind them.
import {
  advance,
  defineFunction,
  f32x4,
  i32,
  repeatWhile,
  sequence,
  v128,
  whileHolds,
  type ModuleFunction,
} from '../assembler/instructions.ts';

const VECTOR = 16;

/** `subtract`: left - right, cell by cell, of rows of `vectors` vectors of four cells; all three have the same pitch from row to row. */
export function subtractFunction(at: number): ModuleFunction {
  const parameters = ['left', 'right', 'to', 'rows', 'rowPitch', 'vectors'] as const;
  return defineFunction(at, 'subtract', parameters, ({ left, right, to, rows, rowPitch, vectors }, local) => {
    const [column, rowEnd] = [local('i32'), local('i32')];
    const behind = (address: typeof to) => i32.add(address.get, column.get);
    return [
      rowEnd.set(i32.multiply(vectors.get, i32.constant(VECTOR))),
      whileHolds(
        i32.isLess(i32.constant(0), rows.get),
        column.set(i32.constant(0)),
        whileHolds(
          i32.isLess(column.get, rowEnd.get),
          v128.store(behind(to), f32x4.subtract(v128.load(behind(left)), v128.load(behind(right)))),
          advance(column, i32.constant(VECTOR)),
        ),
        ...[left, right, to].map((address) => advance(address, rowPitch.get)),
        advance(rows, i32.constant(-1)),
      ),
    ];
  });
}

/**
 * `combine`: from nine planes of products, `planePitch` apart, the cells of one output channel, two by two. With the planes m[i][j], the
 * two rows are r[i] = m[i] + m[i + 1], and of each row the two columns are r[i][j] + r[i][j + 1].
 */
export function combineFunction(at: number): ModuleFunction {
  const parameters = ['from', 'planePitch', 'to', 'rows', 'rowVectors'] as const;
  return defineFunction(at, 'combine', parameters, ({ from, planePitch, to, rows, rowVectors }, local) => {
    const [plane, left, below] = [local('i32'), local('i32'), local('i32')];
    const products = Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => local('v128')));
    const [even, odd] = [local('v128'), local('v128')];
    const loads = products.flat().map((product) => sequence(product.set(v128.load(plane.get)), advance(plane, planePitch.get)));
    const row = (address: typeof to, first: number) => {
      const [upper = [], lower = []] = products.slice(first);
      const sums = upper.map((product, column) => f32x4.add(product.get, lower[column]?.get ?? f32x4.zero));
      const [one = f32x4.zero, two = f32x4.zero, three = f32x4.zero] = sums;
      return sequence(
        even.set(f32x4.add(one, two)),
        odd.set(f32x4.add(two, three)),
        v128.store(address.get, f32x4.shuffle(even.get, odd.get, [0, 4, 1, 5])),
        v128.store(address.get, f32x4.shuffle(even.get, odd.get, [2, 6, 3, 7]), VECTOR),
        advance(address, i32.constant(2 * VECTOR)),
      );
    };
    return [
      whileHolds(
        i32.isLess(i32.constant(0), rows.get),
        left.set(rowVectors.get),
        below.set(i32.add(to.get, i32.multiply(rowVectors.get, i32.constant(2 * VECTOR)))),
        repeatWhile(
          i32.isLess(i32.constant(0), left.get),
          plane.set(from.get),
          ...loads,
          row(to, 0),
          row(below, 1),
          advance(from, i32.constant(VECTOR)),
          advance(left, i32.constant(-1)),
        ),
        to.set(below.get),
        advance(rows, i32.constant(-1)),
      ),
    ];
  });
}
