// The worker under Node: a thread of worker_threads.
import { parentPort } from 'node:worker_threads';
import { serveRun } from './worker.ts';
import type { ToWorker } from './worker-messages.ts';

parentPort?.on('message', (message: ToWorker) => serveRun(message, (answer, transfer) => parentPort?.postMessage(answer, transfer)));
