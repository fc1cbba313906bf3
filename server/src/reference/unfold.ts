// Unfold and Fold: the windows of an image laid out as columns, and columns added up into an image.
import { fold, unfold } from '../operators/unfold.ts';
import { readGeometry } from '../operators/window-geometry.ts';
import { convolutionSize } from '../operators/axis-size.ts';
import type { Arguments } from '../operators/operator.ts';
import type { Kernel } from './kernel.ts';
import { inputAt, outputShapeAt } from './kernel-call.ts';
import { elementCount } from './tensor-data.ts';
import { tapsOf, toAxis, type WindowAxis } from './window-layout.ts';

export const unfoldKernels: readonly Kernel[] = [
  {
    operator: unfold.name,
    run: (call) => {
      const { shape: image, data } = inputAt(call);
      const shape = outputShapeAt(call);
      const output = new Float32Array(elementCount(shape));
      visit(call.arguments, image, (column, cell) => (output[column] = data[cell] ?? 0));
      return [{ shape, data: output }];
    },
  },
  {
    operator: fold.name,
    run: (call) => {
      const { data } = inputAt(call);
      const shape = outputShapeAt(call);
      const sums = new Float64Array(elementCount(shape));
      visit(call.arguments, shape, (column, cell) => (sums[cell] = (sums[cell] ?? 0) + (data[column] ?? 0)));
      return [{ shape, data: Float32Array.from(sums) }];
    },
  },
];

/** Calls `meet` for each number of the columns that is a cell of the image, and not padding, with the indices of both. */
function visit(from: Arguments, image: readonly number[], meet: (column: number, cell: number) => void): void {
  const [height, width] = axesOf(from, image);
  if (height === undefined || width === undefined) return;
  const [heightTaps, widthTaps] = [tapsOf(height, 'constant'), tapsOf(width, 'constant')];
  const planes = elementCount(image.slice(0, -2));
  let column = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let ky = 0; ky < height.kernel; ky++) {
      for (let kx = 0; kx < width.kernel; kx++) {
        for (let y = 0; y < height.output; y++) {
          for (let x = 0; x < width.output; x++, column++) {
            const cellY = heightTaps[y * height.kernel + ky] ?? -1;
            const cellX = widthTaps[x * width.kernel + kx] ?? -1;
            if (cellY >= 0 && cellX >= 0) meet(column, (plane * height.input + cellY) * width.input + cellX);
          }
        }
      }
    }
  }
}

function axesOf(from: Arguments, image: readonly number[]): readonly WindowAxis[] {
  return readGeometry(from, 2).map((geometry, at) => {
    const size = image[image.length - 2 + at] ?? 1;
    const count = convolutionSize(size, geometry);
    return toAxis(geometry, size, typeof count === 'number' ? count : 0);
  });
}
