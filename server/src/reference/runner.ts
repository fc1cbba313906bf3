// Runs programs in a worker, so that the thread that asks stays free: one at a time, cancelled at once, and never fatal.
import type { RunAnswer, RunRequest } from './run-request.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** How a platform starts a worker that serves runs (worker.ts). May throw where it cannot. */
export type StartWorker = (events: WorkerEvents) => WorkerHandle;

export interface WorkerEvents {
  readonly message: (message: FromWorker) => void;
  /** The worker is gone, or could not be started. */
  readonly failed: (reason: string) => void;
}

export interface WorkerHandle {
  readonly post: (message: ToWorker, transfer: readonly ArrayBuffer[]) => void;
  /** Ends it at once, whatever it is doing; no event follows that matters. Answers when it has stopped, where the platform tells. */
  readonly end: () => Promise<void>;
}

export interface Runner {
  /** Answers when the run is done, refused, cancelled or broken off; never rejects. */
  readonly run: (request: RunRequest, options?: RunnerOptions) => Promise<RunAnswer>;
  /** Cancels all runs and ends the worker. */
  readonly dispose: () => void;
}

export interface RunnerOptions {
  readonly signal?: AbortSignal;
  /** The part of the work that is done: 0 when the worker begins with it, 1 at its end. */
  readonly onProgress?: (done: number) => void;
  /** Who asks: a newer run of the same asker cancels the older. */
  readonly asker?: string;
  /** Buffers of the request that are moved to the worker and no longer there afterwards; all others are copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** As much as a preview may take on a small machine. */
const MOST_BYTES = 1_000_000_000;

interface Job {
  readonly id: number;
  readonly request: RunRequest;
  readonly options: RunnerOptions;
  readonly settle: (answer: RunAnswer) => void;
}

/** `limit` is the number of bytes of tensors that a run may have. */
export function createRunner(startWorker: StartWorker, limit = MOST_BYTES): Runner {
  let waiting: readonly Job[] = [];
  let active: Job | undefined;
  let worker: WorkerHandle | undefined;
  let jobs = 0;

  function begin(): WorkerHandle {
    const isCurrent = () => worker === started;
    const started: WorkerHandle = startWorker({
      message: (message) => {
        if (!isCurrent() || message.id !== active?.id) return;
        if (message.kind === 'progress') active.options.onProgress?.(message.done);
        else finish(message.answer);
      },
      failed: (reason) => {
        if (!isCurrent()) return;
        endWorker();
        finish({ kind: 'failed', message: `The worker that computes stopped: ${reason}. The next run starts another.` });
      },
    });
    return started;
  }

  function endWorker(): void {
    const ended = worker;
    worker = undefined;
    void ended?.end();
  }

  function finish(answer: RunAnswer): void {
    const finished = active;
    active = undefined;
    finished?.settle(answer);
    next();
  }

  function next(): void {
    if (active !== undefined) return;
    const [job] = waiting;
    if (job === undefined) return;
    waiting = waiting.slice(1);
    active = job;
    try {
      worker ??= begin();
      worker.post({ kind: 'run', id: job.id, request: job.request, limit }, job.options.transfer ?? []);
    } catch (error) {
      endWorker();
      finish({ kind: 'failed', message: `No worker could be started: ${error instanceof Error ? error.message : String(error)}.` });
    }
  }

  function cancel(job: Job): void {
    if (job === active) {
      // A loop cannot be interrupted: its worker ends with it, and the next run starts another.
      endWorker();
      finish({ kind: 'cancelled' });
    } else if (waiting.includes(job)) {
      waiting = waiting.filter((other) => other !== job);
      job.settle({ kind: 'cancelled' });
    }
  }

  function run(request: RunRequest, options: RunnerOptions = {}): Promise<RunAnswer> {
    const { signal, asker } = options;
    if (signal?.aborted === true) return Promise.resolve({ kind: 'cancelled' });
    return new Promise((resolve) => {
      const older = [...(active === undefined ? [] : [active]), ...waiting].filter(
        (job) => asker !== undefined && job.options.asker === asker,
      );
      const abort = () => cancel(job);
      const job: Job = {
        id: ++jobs,
        request,
        options,
        settle: (answer) => {
          signal?.removeEventListener('abort', abort);
          resolve(answer);
        },
      };
      signal?.addEventListener('abort', abort);
      waiting = [...waiting, job];
      older.forEach(cancel);
      next();
    });
  }

  return {
    run,
    dispose: () => {
      for (const job of waiting) cancel(job);
      if (active !== undefined) cancel(active);
      endWorker();
    },
  };
}
