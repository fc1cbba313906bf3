// Keeps YAML that is not ours from the server: its text is not sent, and no question about it leaves the editor.
import type { TextDocument } from 'vscode';
import { type BaseLanguageClient, DidOpenTextDocumentNotification, type Middleware } from 'vscode-languageclient';
import { isOurs } from './claims.ts';

export interface Sync {
  readonly middleware: Middleware;
  /** Forgets what was sent, for a server that starts anew. */
  readonly reset: () => void;
}

export function createSync(client: () => BaseLanguageClient): Sync {
  /** What the server has open. A document stays there until it is closed, even if the line that made it ours goes: the server must hear that. */
  const sent = new Set<string>();
  const keyOf = (document: TextDocument) => document.uri.toString();

  const middleware: Middleware = {
    async didOpen(document, next) {
      if (!isOurs(document)) return;
      sent.add(keyOf(document));
      await next(document);
    },
    async didChange(event, next) {
      const { document } = event;
      if (sent.has(keyOf(document))) return next(event);
      if (!isOurs(document)) return;
      sent.add(keyOf(document));
      const opened = client().code2ProtocolConverter.asOpenTextDocumentParams(document);
      await client().sendNotification(DidOpenTextDocumentNotification.type, opened);
    },
    async didClose(document, next) {
      if (sent.delete(keyOf(document))) await next(document);
    },
    async didSave(document, next) {
      if (sent.has(keyOf(document))) await next(document);
    },
    sendRequest(type, parameters, token, next) {
      const uri = documentOf(parameters);
      // Every request about a document may be answered with null: "nothing here". Which type the answer has is the caller's to say,
      // so that the compiler cannot know it: hence the cast.
      if (uri !== undefined && !sent.has(uri)) return Promise.resolve(null as never);
      return next(type, parameters, token);
    },
  };
  return { middleware, reset: () => sent.clear() };
}

/** The document that a request is about, if it is about one. */
function documentOf(parameters: unknown): string | undefined {
  if (typeof parameters !== 'object' || parameters === null || !('textDocument' in parameters)) return undefined;
  const { textDocument } = parameters;
  if (typeof textDocument !== 'object' || textDocument === null || !('uri' in textDocument)) return undefined;
  return typeof textDocument.uri === 'string' ? textDocument.uri : undefined;
}
