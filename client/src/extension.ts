// Activation: one server, its commands and its status item, whatever kind of extension host this is.
import { type ExtensionContext, Uri, window } from 'vscode';
import { registerCommands } from './commands.ts';
import { nameDarknetFiles } from './darknet-language.ts';
import { registerPreview } from './preview/register.ts';
import { createServer, type CreateClient, type Server } from './server.ts';
import { answerFiles, showShippedFiles } from './module-files.ts';
import { createStatusItem } from './status-item.ts';

export function activateWith(context: ExtensionContext, createClient: CreateClient): Server {
  const output = window.createOutputChannel('Shapelint', { log: true });
  const status = createStatusItem();
  const docs = Uri.joinPath(context.extensionUri, 'docs/rules').toString();
  const server = createServer(createClient, { output, docs }, (client) => {
    status.listenTo(client);
    answerFiles(client);
  });
  status.show(server.state());
  server.onStateChange(status.show);
  context.subscriptions.push(output, status, server, showShippedFiles(server), nameDarknetFiles());
  context.subscriptions.push(...registerCommands(server, output), ...registerPreview(server, context.extensionUri));
  return server;
}
