// Measures how long a run that is cancelled takes until it is answered, and until its thread has stopped.
import { fileURLToPath } from 'node:url';
import { nodeWorkers } from '../server/src/lsp/start-worker-node.ts';
import type { Program } from '../server/src/reference/program.ts';
import { createRunner } from '../server/src/reference/runner.ts';

const ROUNDS = 10;
const WORKER = fileURLToPath(new URL('../dist/reference-worker.js', import.meta.url));

/** One convolution, of some seconds. */
function convolution(channels: number, size: number, paddingMode: 'zeros' | 'reflect'): Program {
  const shape = [1, channels, size, size];
  const written = new Map<string, string | number>([
    ['in_channels', channels],
    ['out_channels', channels],
    ['kernel_size', 3],
    ['padding', 1],
    ['padding_mode', paddingMode],
  ]);
  return {
    inputs: [{ name: 'x', shape }],
    steps: [{ operator: 'Conv2d', arguments: written, inputs: [0], outputs: [shape], name: 'conv' }],
    outputs: [{ name: 'y', value: 1 }],
  };
}

/** Cancels in the middle of the step; milliseconds until the answer, and until the thread has stopped. */
async function cancel(program: Program): Promise<readonly [answered: number, stopped: number]> {
  let stop: Promise<void> = Promise.resolve();
  const start = nodeWorkers(WORKER);
  const runner = createRunner((events) => {
    const worker = start(events);
    return { ...worker, end: () => (stop = worker.end()) };
  });
  const abort = new AbortController();
  let asked = 0;
  const answer = await runner.run(
    { program, inputs: new Map([['x', { kind: 'ones', seed: 0 }]]), parameters: new Map(), initial: { kind: 'ones', seed: 0 } },
    {
      signal: abort.signal,
      onProgress: (done) => {
        if (done === 0 || asked > 0) return;
        asked = performance.now();
        abort.abort();
      },
    },
  );
  const answered = performance.now() - asked;
  if (answer.kind !== 'cancelled') throw new Error(answer.kind);
  await stop;
  return [answered, performance.now() - asked];
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const text = (values: readonly number[]) => `median ${middle(values).toFixed(1)} ms, longest ${Math.max(...values).toFixed(1)} ms`;

console.log(`Node ${process.versions.node}, ${ROUNDS} runs each, cancelled within one long step; goal: 50 ms.`);
for (const [name, program] of [
  ['fast path', convolution(256, 200, 'zeros')],
  ['definition', convolution(64, 100, 'reflect')],
] as const) {
  const times: (readonly [number, number])[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await cancel(program));
  console.log(
    `${name}: answered ${text(times.map(([answered]) => answered))}; thread stopped ${text(times.map(([, stopped]) => stopped))}`,
  );
}
