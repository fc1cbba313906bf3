// Files that were handed over for the preview, read once and kept: the last few of them.
import type { LoadedFile, LoadRequest } from '../../protocol/preview.ts';
import { readNpy } from '../../reference/npy.ts';
import { readSafetensors } from '../../reference/safetensors.ts';
import type { TensorData } from '../../reference/tensor-data.ts';

export interface LoadedFiles {
  readonly load: (request: LoadRequest) => LoadedFile;
  readonly array: (file: string | undefined) => TensorData | undefined;
  readonly tensors: (file: string | undefined) => ReadonlyMap<string, TensorData> | undefined;
}

const MOST_FILES = 4;

export function createLoadedFiles(): LoadedFiles {
  const files = new Map<string, TensorData | ReadonlyMap<string, TensorData>>();
  let count = 0;

  function keep(content: TensorData | ReadonlyMap<string, TensorData>, summary: string): LoadedFile {
    const file = `file ${++count}`;
    files.set(file, content);
    for (const oldest of files.keys()) if (files.size > MOST_FILES) files.delete(oldest);
    return { kind: 'loaded', file, summary };
  }

  return {
    load({ name, data }) {
      const bytes = bytesOf(data);
      if (bytes === undefined) return { kind: 'refused', message: `${name} did not arrive whole.` };
      if (name.endsWith('.npy')) {
        const read = readNpy(bytes);
        if (read.kind === 'invalid') return { kind: 'refused', message: `${name} could not be read. ${read.message}` };
        return keep(read.tensor, read.tensor.shape.join(' × '));
      }
      const read = readSafetensors(bytes);
      if (read.kind === 'invalid') return { kind: 'refused', message: `${name} could not be read. ${read.message}` };
      return keep(read.tensors, `${read.tensors.size} tensors`);
    },
    array(file) {
      const found = files.get(file ?? '');
      return found !== undefined && 'data' in found ? found : undefined;
    },
    tensors(file) {
      const found = files.get(file ?? '');
      return found !== undefined && !('data' in found) ? found : undefined;
    },
  };
}

function bytesOf(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
