// Starts the worker that computes under Node.
import { Worker } from 'node:worker_threads';
import type { StartWorker } from '../reference/runner.ts';
import type { FromWorker } from '../reference/worker-messages.ts';

/** Tensors lie outside of this heap; what lies in it, programs and messages, is small. */
const MOST_HEAP_MEGABYTES = 256;

/** `path` is that of the built worker-node.ts. */
export function nodeWorkers(path: string, heapMegabytes = MOST_HEAP_MEGABYTES): StartWorker {
  return ({ message, failed }) => {
    const worker = new Worker(path, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
    // A worker that has nothing to do keeps no server alive.
    worker.unref();
    worker.on('message', (data: FromWorker) => message(data));
    worker.on('error', (error) => failed(error.message));
    worker.on('exit', (code) => failed(`it ended with code ${code}`));
    return {
      post: (data, transfer) => worker.postMessage(data, transfer),
      end: async () => {
        await worker.terminate();
      },
    };
  };
}
