// The worker's side of a runner: runs what it is sent, one after the other.
import { answerRun, type RunAnswer } from './run-request.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Answers one message; `post` sends to the runner, and moves the buffers of `transfer`. */
export function serveRun({ id, request, limit }: ToWorker, post: (message: FromWorker, transfer: ArrayBuffer[]) => void): void {
  const answer = answerRun(request, { limit, onProgress: (done) => post({ kind: 'progress', id, done }, []) });
  post({ kind: 'answer', id, answer }, buffersOf(answer));
}

function buffersOf(answer: RunAnswer): ArrayBuffer[] {
  if (answer.kind !== 'done') return [];
  const tensors = [...answer.outputs.values(), ...answer.values.values(), ...answer.parameters.values()];
  const buffers = new Set(tensors.map(({ data }) => data.buffer));
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}
