// Starts the worker that computes in a browser.
import type { StartWorker } from '../reference/runner.ts';
import type { FromWorker } from '../reference/worker-messages.ts';

/** The text of the built worker-browser.ts, put in by the build: a server that was started from a blob has no address to load it from. */
declare const REFERENCE_WORKER: string;

export const startBrowserWorker: StartWorker = ({ message, failed }) => {
  const address = URL.createObjectURL(new Blob([REFERENCE_WORKER], { type: 'text/javascript' }));
  const worker = new Worker(address);
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => message(data);
  worker.onerror = (event) => failed(event.message === '' ? 'it could not be started' : event.message);
  worker.onmessageerror = () => failed('a message could not be read');
  return {
    post: (data, transfer) => worker.postMessage(data, [...transfer]),
    end: () => {
      worker.terminate();
      URL.revokeObjectURL(address);
      return Promise.resolve();
    },
  };
};
