// A whole network run step by step: names, hooks, replacements, and what is said where tensors do not fit.
import { describe, expect, it } from 'vitest';
import type { ArgumentValue } from '../../server/src/network/argument.ts';
import type { Kernel } from '../../server/src/reference/kernel.ts';
import type { Program } from '../../server/src/reference/program.ts';
import { programParameters, runProgram } from '../../server/src/reference/run-program.ts';
import { tensor } from './run-operator.ts';

const args = (written: Record<string, ArgumentValue>) => new Map(Object.entries(written));

/** x -> conv -> ReLU, and Add of both. */
const residual: Program = {
  inputs: [{ name: 'x', shape: [1, 1, 3] }],
  steps: [
    {
      operator: 'Conv1d',
      arguments: args({ in_channels: 1, out_channels: 1, kernel_size: 3, padding: 1 }),
      inputs: [0],
      outputs: [[1, 1, 3]],
      name: 'conv1',
    },
    { operator: 'ReLU', arguments: args({}), inputs: [1], outputs: [[1, 1, 3]], name: '1' },
    { operator: 'Add', arguments: args({}), inputs: [0, 2], outputs: [[1, 1, 3]], name: '2' },
  ],
  outputs: [{ name: 'y', value: 3 }],
};

const x = tensor([1, 1, 3], [1, -5, 2]);
const parameters = new Map([
  ['conv1.weight', tensor([1, 1, 3], [1, 0, 1])],
  ['conv1.bias', tensor([1], [1])],
]);

function run(program: Program, options = {}) {
  return runProgram(program, { inputs: new Map([['x', x]]), parameters }, options);
}

function numbersOf(result: ReturnType<typeof runProgram>): Record<string, readonly number[]> {
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  return Object.fromEntries([...result.outputs].map(([name, { data }]) => [name, [...data]]));
}

describe('runProgram', () => {
  it('runs the steps in turn', () => {
    // The sums of both neighbours and 1 are -4, 4, -4; what is below 0 becomes 0.
    expect(numbersOf(run(residual))).toEqual({ y: [1, -1, 2] });
  });

  it('calls the hook after each step with what it gave', () => {
    const seen: unknown[] = [];
    run(residual, { afterStep: (index: number, [first]: [{ data: Float32Array }]) => seen.push([index, ...first.data]) });
    expect(seen).toEqual([
      [0, -4, 4, -4],
      [1, 0, 4, 0],
      [2, 1, -1, 2],
    ]);
  });

  it('tells of a value once nothing lies in its memory that is still read', () => {
    const program: Program = {
      ...residual,
      // y = ReLU(conv); z is conv reshaped, in the same memory; the sum of all.
      steps: [
        ...residual.steps.slice(0, 2),
        { operator: 'Identity', arguments: args({}), inputs: [1], outputs: [[1, 1, 3]], name: '2' },
        { operator: 'Abs', arguments: args({}), inputs: [2], outputs: [[1, 1, 3]], name: '3' },
        { operator: 'Add', arguments: args({}), inputs: [3, 4], outputs: [[1, 1, 3]], name: '4' },
      ],
      outputs: [{ name: 'y', value: 5 }],
    };
    const told: (readonly number[])[] = [];
    run(program, { letGo: ({ data }: { data: Float32Array }) => told.push([...data]) });
    // The input, which no step but the first reads; ReLU's, when Abs was run; and what Add reads: never the output.
    expect(told).toEqual([
      [1, -5, 2],
      [0, 4, 0],
      [-4, 4, -4],
      [0, 4, 0],
    ]);
  });

  it('takes a replacement for a kernel, with the parameters of the reference', () => {
    const replacement: Kernel = {
      operator: 'Conv1d',
      run: ({ outputShapes: [shape = []], parameters: learned }) => [
        { shape, data: Float32Array.from([7, 7, learned.get('weight')?.data[0] ?? 0]) },
      ],
    };
    expect(numbersOf(run(residual, { replacements: new Map([['Conv1d', replacement]]) }))).toEqual({ y: [8, 2, 3] });
  });

  it('numbers all outputs of a step, and keeps an output of the network that a step reads as well', () => {
    const split: Program = {
      inputs: [{ name: 'x', shape: [1, 1, 3] }],
      steps: [
        {
          operator: 'Split',
          arguments: args({ split_size_or_sections: [1, 2], dim: 2 }),
          inputs: [0],
          outputs: [
            [1, 1, 1],
            [1, 1, 2],
          ],
          name: '',
        },
        { operator: 'Neg', arguments: args({}), inputs: [2], outputs: [[1, 1, 2]], name: '' },
      ],
      outputs: [
        { name: 'first', value: 1 },
        { name: 'rest', value: 2 },
        { name: 'negated', value: 3 },
      ],
    };
    expect(numbersOf(run(split))).toEqual({ first: [1], rest: [-5, 2], negated: [5, -2] });
  });

  it('names what is missing, and what has another shape', () => {
    const without = (name: string) => new Map([...parameters].filter(([other]) => other !== name));
    const inputs = new Map([['x', x]]);
    expect(runProgram(residual, { inputs: new Map(), parameters })).toEqual({
      kind: 'missing-tensor',
      role: 'input',
      name: 'x',
      expected: [1, 1, 3],
    });
    expect(runProgram(residual, { inputs, parameters: without('conv1.bias') })).toEqual({
      kind: 'missing-tensor',
      role: 'parameter',
      name: 'conv1.bias',
      expected: [1],
    });
    const odd = new Map(parameters).set('conv1.weight', tensor([1, 3], [1, 2, 3]));
    expect(runProgram(residual, { inputs, parameters: odd })).toMatchObject({
      kind: 'shape-mismatch',
      name: 'conv1.weight',
      actual: [1, 3],
    });
  });

  it('says which operator it does not know', () => {
    const odd: Program = { ...residual, steps: [{ operator: 'Nonsense', arguments: args({}), inputs: [0], outputs: [[1]], name: '' }] };
    expect(run(odd)).toEqual({ kind: 'unknown-operator', step: 0, operator: 'Nonsense' });
  });
});

describe('programParameters', () => {
  it('names them as a state dict does, with their shapes', () => {
    expect(programParameters(residual)).toEqual([
      { name: 'conv1.weight', shape: [1, 1, 3], start: { fanIn: 3 }, step: 0 },
      { name: 'conv1.bias', shape: [1], start: 'zeros', step: 0 },
    ]);
  });

  it('lists what two steps share once', () => {
    const [first, ...rest] = residual.steps;
    const twice: Program = { ...residual, steps: first === undefined ? [] : [first, { ...first, inputs: [1] }, ...rest] };
    expect(programParameters(twice).map(({ name }) => name)).toEqual(['conv1.weight', 'conv1.bias']);
  });

  it('leaves out biases, scales and statistics that the arguments turn off', () => {
    const norm = (written: Record<string, ArgumentValue>): Program => ({
      inputs: [{ name: 'x', shape: [2, 3, 4] }],
      steps: [{ operator: 'BatchNorm1d', arguments: args(written), inputs: [0], outputs: [[2, 3, 4]], name: 'bn' }],
      outputs: [],
    });
    const names = (program: Program) => programParameters(program).map(({ name }) => name);
    expect(names(norm({ num_features: 3 }))).toEqual(['bn.weight', 'bn.bias', 'bn.running_mean', 'bn.running_var']);
    expect(names(norm({ num_features: 3, affine: false }))).toEqual(['bn.running_mean', 'bn.running_var']);
    expect(names(norm({ num_features: 3, track_running_stats: false }))).toEqual(['bn.weight', 'bn.bias']);
  });
});
