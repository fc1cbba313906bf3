// Reads and writes the files of tensors that `shapelint run` takes: .json, .safetensors and .npy, told by their endings.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { readJsonTensors, toJsonTensor } from '../reference/json-tensors.ts';
import { readNpy } from '../reference/npy.ts';
import { readSafetensors, writeSafetensors } from '../reference/safetensors.ts';
import type { TensorData } from '../reference/tensor-data.ts';
import type { TensorFile } from '../reference/tensor-file.ts';
import { FileError, reasonOf, UsageError } from './files.ts';

/** The tensors of several files; a name that two of them have is refused. */
export function readTensorFiles(paths: readonly string[]): ReadonlyMap<string, TensorData> {
  const all = new Map<string, TensorData>();
  for (const path of paths) {
    const file = parse(path, read(path));
    if (file.kind === 'invalid') throw new FileError(`${path} could not be read. ${file.message}`);
    for (const [name, tensor] of file.tensors) {
      if (all.has(name)) throw new FileError(`Two files have a tensor \`${name}\`; the second is ${path}.`);
      all.set(name, tensor);
    }
  }
  return all;
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    throw new FileError(`${path} could not be read: ${reasonOf(error)}.`);
  }
}

function parse(path: string, bytes: Uint8Array): TensorFile {
  switch (path === '-' ? '.json' : extname(path).toLowerCase()) {
    case '.json':
      return readJsonTensors(new TextDecoder().decode(bytes));
    case '.safetensors':
      return readSafetensors(bytes);
    case '.npy': {
      // An array has no name of its own: the file's is that of the input.
      const file = readNpy(bytes);
      return file.kind === 'invalid'
        ? file
        : { kind: 'tensors', tensors: new Map([[`inputs.${basename(path, extname(path))}`, file.tensor]]) };
    }
    default:
      throw new UsageError(`--tensors takes .json, .safetensors and .npy files, not ${path}.`);
  }
}

/** Refuses an output that could not be written, before anything is computed for it. */
export function checkOutputPath(path: string): void {
  if (!['.json', '.safetensors'].includes(extname(path).toLowerCase()))
    throw new UsageError(`--output takes a .json or .safetensors file, not ${path}.`);
}

export function writeTensorFile(path: string, tensors: ReadonlyMap<string, TensorData>): void {
  try {
    writeFileSync(path, extname(path).toLowerCase() === '.json' ? jsonOutputs(tensors) : writeSafetensors(tensors));
  } catch (error) {
    throw new FileError(`${path} could not be written: ${reasonOf(error)}.`);
  }
}

/** `{"outputs": {"y": {"shape": [...], "data": [...]}}}` */
export function jsonOutputs(tensors: ReadonlyMap<string, TensorData>): string {
  return `${JSON.stringify({ outputs: Object.fromEntries([...tensors].map(([name, tensor]) => [name, toJsonTensor(tensor)])) })}\n`;
}
