// Where the server reads folders and texts: through a client that offers to, else by what the platform has.
import type { Connection } from 'vscode-languageserver';
import { listFolderMethod, readTextMethod, type AddressRequest } from '../protocol/files.ts';

/** Addresses are URIs. Neither rejects: what cannot be read is empty or undefined. */
export interface FileAccess {
  readonly list: (folder: string) => Promise<readonly string[]>;
  readonly read: (file: string) => Promise<string | undefined>;
}

export const NO_FILES: FileAccess = { list: () => Promise.resolve([]), read: () => Promise.resolve(undefined) };

/** For a client that answers our own requests for files. */
export function clientFiles(connection: Connection): FileAccess {
  const ask = (method: string, uri: string): Promise<unknown> =>
    connection.sendRequest<unknown>(method, { uri } satisfies AddressRequest).catch(() => undefined);
  return {
    async list(folder) {
      const names = await ask(listFolderMethod, folder);
      return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
    },
    async read(file) {
      const text = await ask(readTextMethod, file);
      return typeof text === 'string' ? text : undefined;
    },
  };
}
