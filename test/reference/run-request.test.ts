// One run in this thread: what it tells of its progress, and that the fast kernels keep to the memory that is left.
import { describe, expect, it } from 'vitest';
import { memoryNeeded } from '../../server/src/reference/memory.ts';
import type { Program } from '../../server/src/reference/program.ts';
import { runProgram } from '../../server/src/reference/run-program.ts';
import { answerRun, type RunRequest } from '../../server/src/reference/run-request.ts';

function convolution(channels: number, size: number, more: Readonly<Record<string, string | number>> = {}): Program {
  const written = new Map(
    Object.entries({ in_channels: channels, out_channels: channels, kernel_size: 3, padding: 1, bias: false, ...more }),
  );
  const shape = [1, channels, size, size];
  return {
    inputs: [{ name: 'x', shape }],
    steps: [{ operator: 'Conv2d', arguments: written, inputs: [0], outputs: [shape], name: 'conv' }],
    outputs: [{ name: 'y', value: 1 }],
  };
}

/** One layer, with as many outputs as there are shapes. */
function single(
  operator: string,
  shape: readonly number[],
  written: Readonly<Record<string, string | number>>,
  ...outputs: (readonly number[])[]
): Program {
  return {
    inputs: [{ name: 'x', shape }],
    steps: [{ operator, arguments: new Map(Object.entries(written)), inputs: [0], outputs, name: 'layer' }],
    outputs: [{ name: 'y', value: 1 }],
  };
}

function request(program: Program): RunRequest {
  const inputs = new Map([['x', { kind: 'noise', seed: 0 } as const]]);
  return { program, inputs, parameters: new Map(), initial: { kind: 'he', seed: 0 }, keep: { values: [0], parameters: ['conv.weight'] } };
}

describe('progress', () => {
  it.each([
    ['the fast path', convolution(128, 8)],
    ['the definition', convolution(16, 8, { padding_mode: 'reflect' })],
    ['a pool', single('LPPool2d', [1, 1, 32, 32], { norm_type: 2, kernel_size: 3, stride: 1 }, [1, 1, 30, 30])],
    ['an adaptive pool', single('AdaptiveAvgPool2d', [1, 1, 32, 32], { output_size: 24 }, [1, 1, 24, 24])],
    ['attention', single('MultiheadAttention', [20, 8], { embed_dim: 8, num_heads: 2 }, [20, 8], [20, 20])],
    ['an encoder', single('TransformerEncoderLayer', [20, 8], { d_model: 8, nhead: 2, dim_feedforward: 16 }, [20, 8])],
    ['a long sequence', single('GRU', [40, 3], { input_size: 3, hidden_size: 4 }, [40, 4], [1, 4])],
    ['a single row', single('Linear', [1, 64], { in_features: 64, out_features: 64 }, [1, 64])],
  ])('is told within a step of %s', (_, program) => {
    const told: number[] = [];
    expect(answerRun(request(program), { limit: 1e9, onProgress: (done) => told.push(done) }).kind).toBe('done');
    expect(told[0]).toBe(0);
    expect(told.at(-1)).toBe(1);
    expect(told.length).toBeGreaterThan(4);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(new Set(told).size).toBe(told.length);
  });
});

describe('memory', () => {
  const program = convolution(32, 16);
  const needed = memoryNeeded(program, new Set([0]));
  const answer = (limit: number) => {
    const found = answerRun(request(program), { limit });
    if (found.kind !== 'done') throw new Error(found.kind);
    return found;
  };

  it('that is left is all that the fast kernels take: without any the definition computes', () => {
    const { outputs, values, parameters } = answer(needed);
    const x = values.get(0);
    const expected = runProgram(program, { inputs: new Map(x === undefined ? [] : [['x', x]]), parameters });
    expect(expected.kind === 'done' && expected.outputs).toEqual(outputs);
    // With room for them, sums are float32: not the same in every bit.
    expect(answer(1e9).outputs).not.toEqual(outputs);
    expect(answer(needed).outputs).toEqual(outputs);
  });

  it('of the tensors alone is refused above the limit, with both numbers', () => {
    expect(answerRun(request(program), { limit: needed - 1 })).toMatchObject({ kind: 'too-large', needed, limit: needed - 1 });
  });
});
