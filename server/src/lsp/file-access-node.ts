// Reads folders and texts from the disk, for clients that do not offer to.
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FileAccess } from './file-access.ts';

export const diskFiles: FileAccess = {
  async list(folder) {
    try {
      return await readdir(fileURLToPath(folder));
    } catch {
      return [];
    }
  },
  async read(file) {
    try {
      return await readFile(fileURLToPath(file), 'utf8');
    } catch {
      return undefined;
    }
  },
};
