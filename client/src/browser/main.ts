// The extension in a browser: the server is a Web Worker.
import { type ExtensionContext, Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { activateWith } from '../extension.ts';
import type { Server } from '../server.ts';

let server: Server | undefined;

export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, 'dist/server-browser.js').toString(true);
  let worker: Worker | undefined;
  server = activateWith(context, (options) => {
    // Each start has a worker of its own: one that was shut down answers no more.
    const startWorker = () => {
      worker?.terminate();
      worker = new Worker(script);
      // The two ends, and not the worker: the extension host's workers are no instances of Worker, and the client would not know it.
      return Promise.resolve({ reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) });
    };
    return new LanguageClient('shapelint', 'Shapelint', startWorker, options);
  });
  context.subscriptions.push({ dispose: () => worker?.terminate() });
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
