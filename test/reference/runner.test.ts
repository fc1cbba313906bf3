// The runner with real threads: the built worker is cancelled, made to fail and to run out of memory, and answers the next run.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeWorkers } from '../../server/src/lsp/start-worker-node.ts';
import type { Program } from '../../server/src/reference/program.ts';
import type { RunRequest } from '../../server/src/reference/run-request.ts';
import { createRunner, type Runner, type StartWorker } from '../../server/src/reference/runner.ts';

const WORKER = fileURLToPath(new URL('../../dist/reference-worker.js', import.meta.url));

/** `count` convolutions, one after the other, of a `size` x `size` image with `channels` channels. */
function convolutions(count: number, channels: number, size: number): Program {
  const shape = [1, channels, size, size];
  const written = new Map<string, number>([
    ['in_channels', channels],
    ['out_channels', channels],
    ['kernel_size', 3],
    ['padding', 1],
  ]);
  return {
    inputs: [{ name: 'x', shape }],
    steps: Array.from({ length: count }, (_, at) => ({
      operator: 'Conv2d',
      arguments: written,
      inputs: [at],
      outputs: [shape],
      name: String(at),
    })),
    outputs: [{ name: 'y', value: count }],
  };
}

function request(program: Program): RunRequest {
  return { program, inputs: new Map([['x', { kind: 'ramp', seed: 0 }]]), parameters: new Map(), initial: { kind: 'identity', seed: 0 } };
}

const short = request(convolutions(1, 2, 5));
/** Minutes of work by the definition, and seconds by the fastest code there is. */
const long = request(convolutions(40, 128, 200));

describe.runIf(existsSync(WORKER))('a runner', () => {
  const runners: Runner[] = [];
  afterEach(() => runners.splice(0).forEach((runner) => runner.dispose()));

  /** Counts the workers that are started. */
  function counted(start: StartWorker = nodeWorkers(WORKER), limit?: number) {
    let workers = 0;
    const runner = createRunner((events) => {
      workers++;
      return start(events);
    }, limit);
    runners.push(runner);
    return { runner, started: () => workers };
  }

  it('runs in one worker, one after the other, and gives back what is to be kept', async () => {
    const { runner, started } = counted();
    const keep = { values: [0], parameters: ['0.weight'] };
    const [first, second] = await Promise.all([runner.run({ ...short, keep }), runner.run(short)]);
    if (first.kind !== 'done' || second.kind !== 'done') throw new Error('not done');
    const ramp = Array.from({ length: 25 }, (_, cell) => Math.fround(cell / 24));
    expect([...(first.values.get(0)?.data ?? [])]).toEqual([...ramp, ...ramp]);
    // An identity gives its input.
    expect(first.outputs.get('y')).toEqual(first.values.get(0));
    expect(first.parameters.get('0.weight')?.shape).toEqual([2, 2, 3, 3]);
    expect(second.values.size).toBe(0);
    expect(started()).toBe(1);
  });

  it('tells progress in order, up to the whole', async () => {
    const told: number[] = [];
    await counted().runner.run(request(convolutions(10, 4, 16)), { onProgress: (done) => told.push(done) });
    // At the start, and within each step for each of its channels.
    expect(told).toHaveLength(41);
    expect(told[0]).toBe(0);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it('cancels a long run while it computes, and the next one answers', async () => {
    const { runner, started } = counted();
    const abort = new AbortController();
    const cancelled = runner.run(long, { signal: abort.signal, onProgress: () => abort.abort() });
    expect(await cancelled).toEqual({ kind: 'cancelled' });
    expect(await runner.run(short)).toMatchObject({ kind: 'done' });
    expect(started()).toBe(2);
    expect(await runner.run(short, { signal: abort.signal })).toEqual({ kind: 'cancelled' });
  });

  it('ends the thread of a run that is cancelled within one long step', async () => {
    const ends: Promise<void>[] = [];
    const start = nodeWorkers(WORKER);
    const { runner } = counted((events) => {
      const worker = start(events);
      return {
        ...worker,
        end: () => {
          const end = worker.end();
          ends.push(end);
          return end;
        },
      };
    });
    const abort = new AbortController();
    // Seconds by the fastest code there is, in one step.
    const step = request(convolutions(1, 256, 400));
    const told: number[] = [];
    const cancelled = runner.run(step, {
      signal: abort.signal,
      onProgress: (done) => {
        told.push(done);
        if (done > 0) abort.abort();
      },
    });
    expect(await cancelled).toEqual({ kind: 'cancelled' });
    expect(told[1]).toBeLessThan(0.5);
    expect(ends).toHaveLength(1);
    // Answers when the thread is no more: `npm run bench:cancel` says how soon.
    await ends[0];
  });

  it('cancels the older run of the same asker, and no other', async () => {
    const { runner } = counted();
    const older = runner.run(long, { asker: 'panel' });
    const other = runner.run(short, { asker: 'other' });
    const newer = runner.run(short, { asker: 'panel' });
    expect(await older).toEqual({ kind: 'cancelled' });
    expect(await other).toMatchObject({ kind: 'done' });
    expect(await newer).toMatchObject({ kind: 'done' });
  });

  it('refuses what needs more memory than the limit, with both numbers', async () => {
    const { runner } = counted(undefined, 1_000_000_000);
    const answer = await runner.run(request(convolutions(1, 1000, 1000)));
    expect(answer).toMatchObject({ kind: 'too-large', limit: 1_000_000_000 });
    expect('message' in answer && answer.message).toContain('This needs 8 GB of memory for its tensors, and 1 GB is the limit.');
  });

  it('answers a failed allocation as a value, and goes on with the same worker', async () => {
    const { runner, started } = counted(undefined, Infinity);
    expect(await runner.run(request(convolutions(1, 1, 10_000_000)))).toMatchObject({ kind: 'failed' });
    expect(await runner.run(short)).toMatchObject({ kind: 'done' });
    expect(started()).toBe(1);
  });

  it('outlives a worker that runs out of memory', async () => {
    const { runner, started } = counted(nodeWorkers(WORKER, 16));
    const many = await runner.run(request(convolutions(100_000, 1, 1)));
    expect(many).toMatchObject({ kind: 'failed', message: expect.stringContaining('stopped') as string });
    expect(await runner.run(short)).toMatchObject({ kind: 'done' });
    expect(started()).toBe(2);
  });

  it('answers where no worker can be started', async () => {
    const throwing = counted(() => {
      throw new Error('no threads here');
    });
    expect(await throwing.runner.run(short)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('no threads here') as string,
    });
    expect(await counted(nodeWorkers('/no/such/worker.js')).runner.run(short)).toMatchObject({ kind: 'failed' });
  });

  it('refuses tensors that do not fit the program', async () => {
    const parameters = new Map([['0.weight', { shape: [2, 2], data: new Float32Array(4) }]]);
    expect(await counted().runner.run({ ...short, parameters })).toMatchObject({
      kind: 'refused',
      message: 'The tensor for the parameter `0.weight` has the shape [2, 2], and [2, 2, 3, 3] is needed.',
    });
    expect(await counted().runner.run({ ...short, inputs: new Map() })).toMatchObject({ kind: 'refused' });
  });

  it('cancels all runs when it is disposed of', async () => {
    const { runner } = counted();
    const runs = [runner.run(long), runner.run(short)];
    runner.dispose();
    expect(await Promise.all(runs)).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }]);
  });
});
