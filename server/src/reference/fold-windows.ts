// Pools of every kind: one number for each window, worked out from the cells that the window sees.
import type { Progress } from './kernel.ts';
import type { TensorData } from './tensor-data.ts';

/** The cells of an axis that each output cell sees, in rising order; padding is not among them. */
export type SeenCells = readonly (readonly number[])[];

/** How the cells of one window become one number. */
export interface Folding {
  readonly start: number;
  readonly step: (sum: number, value: number) => number;
  /** Makes the result for the output cell at these places of the three axes; absent where the sum is the result. */
  readonly finish?: (sum: number, depth: number, height: number, width: number) => number;
}

/** Folds the windows over the last three axes of `input`, whose sizes are `sizes`, in each of the planes before them. */
export function foldWindows(
  input: Float32Array,
  sizes: readonly [depth: number, height: number, width: number],
  seen: readonly [depth: SeenCells, height: SeenCells, width: SeenCells],
  shape: readonly number[],
  { start, step, finish }: Folding,
  progress?: Progress,
): TensorData {
  const [depthCells, heightCells, widthCells] = seen;
  const [depth, height, width] = sizes;
  const inputPlane = depth * height * width;
  const outputPlane = depthCells.length * heightCells.length * widthCells.length;
  const planes = outputPlane === 0 ? 0 : shape.reduce((product, size) => product * size, 1) / outputPlane;
  const output = new Float32Array(planes * outputPlane);
  let cell = 0;
  for (let plane = 0; plane < planes; plane++) {
    depthCells.forEach((fromDepth, z) => {
      heightCells.forEach((fromHeight, y) => {
        widthCells.forEach((fromWidth, x) => {
          let sum = start;
          for (const sourceZ of fromDepth) {
            for (const sourceY of fromHeight) {
              const row = plane * inputPlane + (sourceZ * height + sourceY) * width;
              for (const sourceX of fromWidth) sum = step(sum, input[row + sourceX] ?? 0);
            }
          }
          output[cell++] = finish === undefined ? sum : finish(sum, z, y, x);
        });
        progress?.(cell / output.length);
      });
    });
  }
  return { shape, data: output };
}

/** The largest value; NaN where there is one, as in PyTorch. */
export const LARGEST: Folding = { start: -Infinity, step: (largest, value) => (value > largest || Number.isNaN(value) ? value : largest) };
