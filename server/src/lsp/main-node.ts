// The language server as a Node process: over stdio, IPC or a socket, as its arguments say.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { join } from 'node:path';
import { diskFiles } from './file-access-node.ts';
import { startServer } from './server.ts';
import { nodeWorkers } from './start-worker-node.ts';

startServer(createConnection(ProposedFeatures.all), nodeWorkers(join(__dirname, 'reference-worker.js')), diskFiles);
