// The language server as a Node process: over stdio, IPC or a socket, as its arguments say.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

startServer(createConnection(ProposedFeatures.all));
