// The extension on a desktop or a remote machine: the server is a process of its own.
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from '../extension.ts';
import type { Server } from '../server.ts';

let server: Server | undefined;

export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.js');
  const transport = TransportKind.ipc;
  // Each edit makes a new analysis and drops the old one: with room for both the collector has half the work.
  const execArgv = ['--max-semi-space-size=64'];
  server = activateWith(
    context,
    (options) =>
      new LanguageClient(
        'shapelint',
        'Shapelint',
        { run: { module, transport, options: { execArgv } }, debug: { module, transport, options: { execArgv: ['--inspect=6009'] } } },
        options,
      ),
  );
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
