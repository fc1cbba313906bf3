// The worker in a browser: a Web Worker.
import { serveRun } from './worker.ts';
import type { ToWorker } from './worker-messages.ts';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => serveRun(data, (answer, transfer) => self.postMessage(answer, transfer));
