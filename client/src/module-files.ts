// The editor's side of files with modules: the server asks for folders and texts, and what ships with it opens as read-only documents.
import { Disposable, EventEmitter, FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type AddressRequest,
  listFolderMethod,
  readTextMethod,
  shippedScheme,
  shippedTextMethod,
} from '../../server/src/protocol/files.ts';
import type { Server } from './server.ts';

/** Answers the server's questions wherever the workspace is: on a disk, remote or in a browser. */
export function answerFiles(client: BaseLanguageClient): void {
  client.onRequest(listFolderMethod, async ({ uri }: AddressRequest) => {
    try {
      const entries = await workspace.fs.readDirectory(Uri.parse(uri, true));
      return entries.filter(([, type]) => (type & FileType.File) !== 0).map(([name]) => name);
    } catch {
      return [];
    }
  });
  client.onRequest(readTextMethod, async ({ uri }: AddressRequest) => {
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(uri, true)));
    } catch {
      return null;
    }
  });
}

/** Shows the modules that ship with the server: `shapelint:/modules/common/csp.nn`. */
export function showShippedFiles(server: Server): Disposable {
  const changes = new EventEmitter<Uri>();
  // An editor that is restored asks before the server runs.
  const listener = server.onStateChange((state) => {
    if (state !== 'running') return;
    for (const { uri } of workspace.textDocuments) if (uri.scheme === shippedScheme) changes.fire(uri);
  });
  const provider = workspace.registerTextDocumentContentProvider(shippedScheme, {
    onDidChange: changes.event,
    provideTextDocumentContent: async (uri, token) => {
      const text = await server.request<string>(shippedTextMethod, { uri: uri.toString(true) }, token);
      return text ?? '# The language server does not run.\n';
    },
  });
  return Disposable.from(changes, listener, provider);
}
