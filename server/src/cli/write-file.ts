// Replaces a file in one step: who reads it sees the old text or the new one, and never a part.
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes `text` over a file that holds `before`, keeping its mode. A link is followed, so that it stays a link. Gives the
 * reason where the file cannot be written, and leaves it as it was.
 */
export function replaceFile(path: string, before: string, text: string): string | undefined {
  try {
    const real = realpathSync(path);
    // What is no UTF-8 would not come back as it was, and what has changed meanwhile is not ours to undo.
    if (!readFileSync(real).equals(Buffer.from(before))) return 'it is not UTF-8, or has changed meanwhile';
    swap(real, text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function swap(real: string, text: string): void {
  const temporary = join(dirname(real), `.${basename(real)}.${process.pid}.tmp`);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(file, text);
      fchmodSync(file, statSync(real).mode & 0o7777);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, real);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
