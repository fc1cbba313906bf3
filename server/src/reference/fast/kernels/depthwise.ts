// The kernel of depthwise convolution with a window of 3 x 3 and stride 1: each cell of a row is loaded once for four rows of the output.
import { advance, defineFunction, i32, repeatWhile, sequence, v128, whileHolds, type ModuleFunction } from '../assembler/instructions.ts';
import type { MultiplyAdd } from './arithmetic.ts';

const FLOAT = 4;
const VECTOR = 16;
/** Height and width of the window. */
export const DEPTHWISE_KERNEL = 3;
/** How many rows of the output are held in registers together. */
const ROWS = 4;

/**
 * `depthwise`: one channel. `input`: padded, of `inputPitch` bytes a row. `weights`: the nine weights and the bias. The output has
 * `rows` rows of `rowVectors` vectors.
 */
export function depthwiseFunction(at: number, multiplyAdd: MultiplyAdd): ModuleFunction {
  const parameters = ['input', 'inputPitch', 'weights', 'output', 'rows', 'rowVectors'] as const;
  return defineFunction(at, 'depthwise', parameters, ({ input, inputPitch, weights, output, rows, rowVectors }, local) => {
    const window = Array.from({ length: DEPTHWISE_KERNEL ** 2 }, () => local('v128'));
    const [bias, cells] = [local('v128'), local('v128')];
    const sums = Array.from({ length: ROWS }, () => local('v128'));
    const [column, row, target, left, outputPitch] = [local('i32'), local('i32'), local('i32'), local('i32'), local('i32')];

    /** Each input row goes to the output rows whose windows it lies in. */
    const block = (height: number) => {
      const own = sums.slice(0, height);
      const inputRows = Array.from({ length: height + DEPTHWISE_KERNEL - 1 }, (_, y) =>
        sequence(
          ...Array.from({ length: DEPTHWISE_KERNEL }, (_unused, x) =>
            sequence(
              cells.set(v128.load(row.get, FLOAT * x)),
              ...own.map((sum, outputRow) => {
                const weight =
                  y >= outputRow && y < outputRow + DEPTHWISE_KERNEL ? window[(y - outputRow) * DEPTHWISE_KERNEL + x] : undefined;
                return weight === undefined ? [] : multiplyAdd(sum, cells.get, weight.get);
              }),
            ),
          ),
          advance(row, inputPitch.get),
        ),
      );
      return whileHolds(
        i32.isLess(i32.constant(height - 1), rows.get),
        column.set(input.get),
        left.set(rowVectors.get),
        repeatWhile(
          i32.isLess(i32.constant(0), left.get),
          row.set(column.get),
          ...own.map((sum) => sum.set(bias.get)),
          ...inputRows,
          target.set(output.get),
          ...own.map((sum) => sequence(v128.store(target.get, sum.get), advance(target, outputPitch.get))),
          advance(column, i32.constant(VECTOR)),
          advance(output, i32.constant(VECTOR)),
          advance(left, i32.constant(-1)),
        ),
        // The output has moved on by one row.
        advance(output, i32.multiply(outputPitch.get, i32.constant(height - 1))),
        advance(input, i32.multiply(inputPitch.get, i32.constant(height))),
        advance(rows, i32.constant(-height)),
      );
    };
    return [
      ...window.map((weight, index) => weight.set(v128.loadSplat(weights.get, FLOAT * index))),
      bias.set(v128.loadSplat(weights.get, FLOAT * window.length)),
      outputPitch.set(i32.multiply(rowVectors.get, i32.constant(VECTOR))),
      block(ROWS),
      block(1),
    ];
  });
}
