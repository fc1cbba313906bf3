// Values that are made: seeded random numbers, weights that show a window, and sample inputs.
import { describe, expect, it } from 'vitest';
import { initialValue, type InitialKind } from '../../server/src/reference/initial-values.ts';
import type { Program } from '../../server/src/reference/program.ts';
import { programParameters } from '../../server/src/reference/run-program.ts';
import { indexInputs } from '../../server/src/reference/index-inputs.ts';
import { answerRun } from '../../server/src/reference/run-request.ts';
import { makeSample, SAMPLE_KINDS, type SampleKind } from '../../server/src/reference/samples.ts';

function convolution(operator: string, channels: readonly [number, number], kernel: number, groups = 1): Program {
  const [into, out] = channels;
  const written = new Map<string, number>([
    ['in_channels', into],
    ['out_channels', out],
    ['kernel_size', kernel],
    ['groups', groups],
  ]);
  const axes = operator.endsWith('1d') ? [9] : [9, 9];
  const inputs = [{ name: 'x', shape: [1, into, ...axes] }];
  return { inputs, steps: [{ operator, arguments: written, inputs: [0], outputs: [[1, out, ...axes]], name: 'conv' }], outputs: [] };
}

function weight(program: Program, kind: InitialKind, seed = 0): number[] {
  const [parameter] = programParameters(program);
  return parameter === undefined ? [] : [...initialValue(parameter, program, { kind, seed }).data];
}

describe('He', () => {
  const program = convolution('Conv2d', [64, 64], 5);
  const values = weight(program, 'he');

  it('is normal, with a deviation of sqrt(2 / fan_in)', () => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const deviation = Math.sqrt(2 / (64 * 25));
    expect(values).toHaveLength(102_400);
    expect(Math.abs(mean) / deviation).toBeLessThan(0.02);
    expect(Math.sqrt(variance) / deviation).toBeCloseTo(1, 2);
    const within = (bound: number) => values.filter((value) => Math.abs(value) < bound * deviation).length / values.length;
    expect(within(1)).toBeCloseTo(0.6827, 2);
    expect(within(2)).toBeCloseTo(0.9545, 2);
  });

  it('is decided by the seed and the name alone', () => {
    expect(weight(program, 'he')).toEqual(values);
    expect(weight(program, 'he', 1)).not.toEqual(values);
    const [first] = programParameters(program);
    if (first === undefined) throw new Error('no parameter');
    const other = initialValue({ ...first, name: 'other.weight' }, program, { kind: 'he', seed: 0 });
    expect([...other.data]).not.toEqual(values);
    // Recorded: a seed means the same numbers in every version.
    expect(values.slice(0, 4).map((value) => Number(value.toFixed(6)))).toEqual(RECORDED);
  });

  it('leaves biases at 0', () => {
    const bias = programParameters(program)[1];
    expect(bias === undefined ? [] : [...initialValue(bias, program, { kind: 'he', seed: 0 }).data]).toEqual(Array(64).fill(0));
  });
});

const RECORDED = [0.030655, -0.025206, 0.023663, 0.068358];

describe('weights that show a window', () => {
  const zeros = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const delta = [0, 0, 0, 0, 1, 0, 0, 0, 0];
  const blur = [1, 2, 1, 2, 4, 2, 1, 2, 1].map((value) => value / 16);
  const across = [-1, 0, 1, -2, 0, 2, -1, 0, 1];
  const down = [-1, -2, -1, 0, 0, 0, 1, 2, 1];

  it.each<[string, Program, InitialKind, readonly number[]]>([
    ['ones', convolution('Conv2d', [1, 1], 2), 'ones', [1, 1, 1, 1]],
    ['the cell itself, each output its channel', convolution('Conv2d', [2, 2], 3), 'identity', [...delta, ...zeros, ...zeros, ...delta]],
    ['the cell itself, in groups', convolution('Conv2d', [2, 4], 3, 2), 'identity', [...delta, ...delta, ...delta, ...delta]],
    ['the cell itself, transposed: [in, out]', convolution('ConvTranspose2d', [1, 2], 3), 'identity', [...delta, ...delta]],
    ['a mean', convolution('Conv1d', [1, 1], 4), 'box', [0.25, 0.25, 0.25, 0.25]],
    ['a blur that adds up to 1', convolution('Conv2d', [1, 1], 3), 'blur', blur],
    ['edges, along the width and then the height', convolution('Conv2d', [1, 2], 3), 'sobel', [...across, ...down]],
    ['an edge of two cells', convolution('Conv1d', [1, 1], 2), 'sobel', [-1, 1]],
  ])('%s', (_, program, kind, expected) => {
    expect(weight(program, kind)).toEqual(expected);
  });
});

describe('samples', () => {
  it.each<[SampleKind, readonly number[], readonly number[]]>([
    ['ramp', [1, 2, 1, 3], [0, 0.5, 1, 0, 0.5, 1]],
    ['impulse', [1, 1, 3, 3], [0, 0, 0, 0, 1, 0, 0, 0, 0]],
    ['checkerboard', [2, 3], [1, 0, 1, 1, 0, 1]],
    ['checkerboard', [1, 1, 2, 3], [1, 0, 1, 0, 1, 0]],
    ['ones', [2], [1, 1]],
    ['ramp', [], [1]],
    ['ramp', [1, 1, 0, 3], []],
  ])('%s of %j', (kind, shape, expected) => {
    expect([...makeSample({ kind, seed: 0 }, 'x', shape).data]).toEqual(expected);
  });

  it('noise of a seed and a name', () => {
    const noise = (seed: number, name: string) => [...makeSample({ kind: 'noise', seed }, name, [5]).data];
    expect(noise(0, 'x')).toEqual(noise(0, 'x'));
    expect(noise(0, 'x')).not.toEqual(noise(1, 'x'));
    expect(noise(0, 'x')).not.toEqual(noise(0, 'y'));
  });
});

describe('indices', () => {
  const written = (entries: Record<string, number>) => new Map(Object.entries(entries));
  /** Tokens that are looked up in a table of 7 once they are reshaped and, as they are, in one of 10; and numbers beside them. */
  const program: Program = {
    inputs: [
      { name: 'tokens', shape: [2, 6] },
      { name: 'numbers', shape: [2, 6] },
    ],
    steps: [
      { operator: 'Flatten', arguments: written({ start_dim: 0 }), inputs: [0], outputs: [[12]], name: '' },
      { operator: 'Embedding', arguments: written({ num_embeddings: 7, embedding_dim: 3 }), inputs: [2], outputs: [[12, 3]], name: 'a' },
      { operator: 'Embedding', arguments: written({ num_embeddings: 10, embedding_dim: 3 }), inputs: [0], outputs: [[2, 6, 3]], name: 'b' },
      { operator: 'ReLU', arguments: new Map(), inputs: [1], outputs: [[2, 6]], name: '' },
    ],
    outputs: [],
  };

  it('are found where an Embedding looks them up, with the smallest of its tables', () => {
    expect([...indexInputs(program)]).toEqual([['tokens', 7]]);
  });

  it.each([...SAMPLE_KINDS])('of a sample of %s are whole numbers below their count', (kind) => {
    const { data } = makeSample({ kind, seed: 1 }, 'tokens', [20, 50], 7);
    expect([...data].filter((value) => !Number.isInteger(value) || value < 0 || value > 6)).toEqual([]);
    if (kind === 'noise') expect(new Set(data).size).toBe(7);
  });

  it('have numbers behind them', () => {
    const inputs = new Map(program.inputs.map(({ name }) => [name, { kind: 'noise', seed: 0 } as const]));
    const request = {
      program: { ...program, outputs: [{ name: 'y', value: 3 }] },
      inputs,
      parameters: new Map(),
      initial: { kind: 'he', seed: 0 } as const,
    };
    const answer = answerRun(request, { limit: 1e9 });
    expect(answer.kind === 'done' && [...(answer.outputs.get('y')?.data ?? [NaN])].some(Number.isNaN)).toBe(false);
    expect(answer.kind).toBe('done');
  });
});
