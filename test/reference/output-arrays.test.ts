// Outputs that are used again: never while something reads them.
import { describe, expect, it } from 'vitest';
import { detectSimd } from '../../server/src/reference/fast/machine.ts';
import { OutputArrays } from '../../server/src/reference/fast/output-arrays.ts';
import type { Program, Step } from '../../server/src/reference/program.ts';
import { runProgram } from '../../server/src/reference/run-program.ts';
import { answerRun, type RunRequest } from '../../server/src/reference/run-request.ts';
import { difference } from './run-operator.ts';

const MEGABYTE = 1_000_000;

function arraysOf(limit: number): OutputArrays {
  const arrays = new OutputArrays();
  arrays.limit(limit);
  return arrays;
}

describe('arrays for outputs', () => {
  it('are used again when they were given back, by length', () => {
    const arrays = arraysOf(MEGABYTE);
    const [first, second] = [arrays.take(3), arrays.take(4)];
    arrays.giveBack(first);
    arrays.giveBack(second);
    expect(arrays.take(3)).toBe(first);
    expect(arrays.take(3)).not.toBe(first);
    expect(arrays.take(4)).toBe(second);
  });

  it('are given out once, however often they are given back', () => {
    const arrays = arraysOf(MEGABYTE);
    const array = arrays.take(3);
    arrays.giveBack(array);
    arrays.giveBack(array);
    expect(arrays.take(3)).toBe(array);
    expect(arrays.take(3)).not.toBe(array);
  });

  it('leave the arrays of others alone', () => {
    const arrays = arraysOf(MEGABYTE);
    const other = new Float32Array(3);
    arrays.giveBack(other);
    expect(arrays.take(3)).not.toBe(other);
  });

  it('are let go when too many wait', () => {
    const arrays = arraysOf(MEGABYTE);
    const made = [1, 2, 3].map((extra) => arrays.take(100_000 + extra));
    for (const array of made) arrays.giveBack(array);
    // No matcher gets to see arrays of this length.
    expect(arrays.take(100_001) === made[0]).toBe(false);
    expect(arrays.take(100_003) === made[2]).toBe(true);
  });
});

describe.skipIf(detectSimd() === 'none')('a run of a network', () => {
  const shape = [1, 16, 20, 20];
  const convolution = (inputs: readonly number[], name: string): Step => ({
    operator: 'Conv2d',
    arguments: new Map<string, number>([
      ['in_channels', 16],
      ['out_channels', 16],
      ['kernel_size', 3],
      ['padding', 1],
    ]),
    inputs,
    outputs: [shape],
    name,
  });
  const flat = { operator: 'Flatten', arguments: new Map(), inputs: [1], outputs: [[1, 6400]], name: 'flat' };
  /** The output of the first convolution is read again, as it is and flattened, behind others of the same size. */
  const program: Program = {
    inputs: [{ name: 'x', shape }],
    steps: [
      convolution([0], 'a'),
      flat,
      convolution([1], 'b'),
      convolution([3], 'c'),
      convolution([4], 'd'),
      { operator: 'Add', arguments: new Map(), inputs: [5, 3], outputs: [shape], name: 'sum' },
      convolution([6], 'e'),
    ],
    outputs: [
      { name: 'y', value: 7 },
      { name: 'flat', value: 2 },
    ],
  };

  it('gives what the definitions give, kept values and outputs included', () => {
    const request: RunRequest = {
      program,
      inputs: new Map([['x', { kind: 'noise', seed: 1 }]]),
      parameters: new Map(),
      initial: { kind: 'he', seed: 0 },
      keep: { values: [0, 1, 3, 4, 5, 6], parameters: ['a', 'b', 'c', 'd', 'e'].flatMap((name) => [`${name}.weight`, `${name}.bias`]) },
    };
    // Twice, so that the second run finds arrays of the first.
    const answers = [answerRun(request, { limit: 1e9 }), answerRun(request, { limit: 1e9 })];
    for (const answer of answers) {
      if (answer.kind !== 'done') throw new Error(answer.kind);
      const values: Float32Array[] = [];
      const expected = runProgram(
        program,
        { inputs: new Map([['x', answer.values.get(0) ?? { shape: [], data: new Float32Array() }]]), parameters: answer.parameters },
        { afterStep: (_, outputs) => values.push(...outputs.map(({ data }) => data)) },
      );
      if (expected.kind !== 'done') throw new Error(expected.kind);
      for (const [name, { shape, data }] of expected.outputs) {
        expect(difference(answer.outputs.get(name), { shape, data: [...data] }, 1e-4, 1e-4)).toBeUndefined();
      }
      for (const value of [1, 3, 4, 5, 6]) {
        expect(difference(answer.values.get(value), { shape, data: [...(values[value - 1] ?? [])] }, 1e-4, 1e-4)).toBeUndefined();
      }
    }
  });
});
