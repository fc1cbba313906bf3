// Files that the user chooses for the preview: images go to the page, which can decode them; all others to the server, which can read them.
import { type Uri, window, workspace } from 'vscode';
import { loadFileMethod, type LoadedFile } from '../../../server/src/protocol/preview.ts';
import type { Server } from '../server.ts';
import type { FilePurpose, ToPage } from './messages.ts';

const FILTERS: Readonly<Record<FilePurpose, Record<string, string[]>>> = {
  sample: { 'NumPy arrays': ['npy'] },
  image: { Images: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp'] },
  weights: { 'Weights by PyTorch names': ['safetensors'] },
};

/** As much as can be handed over at once. */
const MOST_MEGABYTES = 100;

/** Undefined where none was chosen. */
export async function chooseFile(purpose: FilePurpose, server: Server): Promise<ToPage | undefined> {
  const [uri] = (await window.showOpenDialog({ canSelectMany: false, filters: FILTERS[purpose], openLabel: 'Use in the preview' })) ?? [];
  return uri === undefined ? undefined : readFile(uri, purpose, server);
}

async function readFile(uri: Uri, purpose: FilePurpose, server: Server): Promise<ToPage> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  try {
    const { size } = await workspace.fs.stat(uri);
    if (size > MOST_MEGABYTES * 1e6)
      return { type: 'notice', message: `${name} has ${Math.round(size / 1e6)} MB; files of more than ${MOST_MEGABYTES} MB are not read.` };
    const bytes = await workspace.fs.readFile(uri);
    // A Buffer of Node would arrive in the page as an object of another kind.
    if (purpose === 'image') return { type: 'image', name, bytes: new Uint8Array(bytes) };
    const answer = await server.request<LoadedFile>(loadFileMethod, { name, data: toBase64(bytes) });
    if (answer === undefined || answer === null) return { type: 'notice', message: 'The language server is not running.' };
    return answer.kind === 'refused'
      ? { type: 'notice', message: answer.message }
      : { type: 'loaded', purpose, name, file: answer.file, summary: answer.summary };
  } catch (error) {
    return { type: 'notice', message: `${name} could not be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
