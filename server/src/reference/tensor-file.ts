// What reading a file of tensors gives: the tensors by name, or what is wrong with the file.
import type { TensorData } from './tensor-data.ts';

export type TensorFile =
  { readonly kind: 'tensors'; readonly tensors: ReadonlyMap<string, TensorData> } | { readonly kind: 'invalid'; readonly message: string };

/** Why a file cannot be read; thrown and caught within a reader only. */
export class InvalidTensorFile extends Error {}

/** Runs a reader, whose `InvalidTensorFile` becomes a value. */
export function readTensorFile(read: () => ReadonlyMap<string, TensorData>): TensorFile {
  try {
    return { kind: 'tensors', tensors: read() };
  } catch (error) {
    if (error instanceof InvalidTensorFile) return { kind: 'invalid', message: error.message };
    // An allocation that is refused: the numbers of the file are within it, but memory is not.
    return { kind: 'invalid', message: `The file could not be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

/** The sizes of a tensor, checked, or undefined. */
export function toShape(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_AXES) return undefined;
  const sizes: unknown[] = value;
  const isSize = (size: unknown): size is number => typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
  return sizes.every(isSize) ? sizes : undefined;
}

/** As in PyTorch. */
const MOST_AXES = 64;
