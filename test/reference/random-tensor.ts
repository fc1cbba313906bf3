// Numbers for property tests that a seed decides.
import { elementCount, type TensorData } from '../../server/src/reference/tensor-data.ts';

/** Between -1 and 1, by a linear congruential generator with the constants of Numerical Recipes. */
export function randomTensor(shape: readonly number[], seed: number): TensorData {
  let state = seed % 2 ** 32;
  const data = Float32Array.from({ length: elementCount(shape) }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return { shape, data };
}
