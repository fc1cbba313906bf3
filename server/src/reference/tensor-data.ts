// The numbers of a tensor: what the reference implementation computes with.

/** Values in C order, the last axis fastest, as float32: what PyTorch has. Sums over them are float64. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
