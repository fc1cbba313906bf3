// Tensors as the server sends them, and cells of them.
import type { EncodedTensor } from '../../../../server/src/protocol/preview.ts';

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Float32, little-endian: the order of every machine that has an editor. */
export function decodeTensor({ shape, data }: EncodedTensor): Tensor {
  const text = atob(data);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return { shape, data: new Float32Array(bytes.buffer, 0, bytes.length >> 2) };
}

export function encodeTensor({ shape, data }: Tensor): EncodedTensor {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let text = '';
  // A call takes no more arguments than fit on the stack.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { shape, data: btoa(text) };
}

/** The number at a place; NaN where there is none. */
export function at({ shape, data }: Tensor, ...place: readonly number[]): number {
  let offset = 0;
  for (const [axis, size] of shape.entries()) {
    const index = place[axis] ?? 0;
    if (index < 0 || index >= size) return NaN;
    offset = offset * size + index;
  }
  return data[offset] ?? NaN;
}

/** The largest magnitude of the numbers that are finite. */
export function largest(data: Float32Array | Float64Array): number {
  let most = 0;
  for (const value of data) {
    const magnitude = Math.abs(value);
    if (magnitude > most && magnitude !== Infinity) most = magnitude;
  }
  return most;
}

const scales = new WeakMap<Tensor, Map<number, number>>();

/** The largest magnitude on the first axis at `index`, worked out once. */
export function largestAt(tensor: Tensor, index: number): number {
  const known = scales.get(tensor) ?? new Map<number, number>();
  scales.set(tensor, known);
  const size = tensor.shape.slice(1).reduce((product, part) => product * part, 1);
  const scale = known.get(index) ?? largest(tensor.data.subarray(index * size, (index + 1) * size));
  known.set(index, scale);
  return scale;
}
