// What is said of the cells that an operator reads, against what its kernel reads: a cell of an input is changed, and the cells of the result that change are looked at.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linksOf } from '../../server/src/features/preview/links.ts';
import { kernels } from '../../server/src/reference/registry.ts';
import type { TensorData } from '../../server/src/reference/tensor-data.ts';
import { runOperator, tensor, toArgument, type Json, type JsonTensor } from './run-operator.ts';

interface Case {
  readonly op: string;
  readonly args: Readonly<Record<string, Json>>;
  readonly inputs: readonly JsonTensor[];
  readonly parameters: Readonly<Record<string, JsonTensor>>;
}

const RECORDING = new URL('recorded-values.json', import.meta.url);
// Written by record-values.py in this form.
const { cases } = JSON.parse(readFileSync(RECORDING, 'utf8')) as { readonly cases: readonly Case[] };
const told = cases.filter(({ op }) => kernels.get(op)?.reads !== undefined);

/** More cells of an input say nothing new. */
const MOST_CELLS = 12;

function placeOf(index: number, shape: readonly number[]): number[] {
  let rest = index;
  return shape
    .toReversed()
    .map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    })
    .toReversed();
}

/** The cells of the first result that are said to be made of a cell. */
function expected(
  links: NonNullable<ReturnType<typeof linksOf>>,
  output: TensorData,
  inputs: readonly TensorData[],
  input: number,
  cell: number,
) {
  const cells = [...output.data.keys()];
  if (links.kind === 'copies') {
    const start = inputs.slice(0, input).reduce((sum, { data }) => sum + data.length, 0);
    return cells.filter((at) => links.sources.data[at] === start + cell);
  }
  const from = placeOf(cell, inputs[input]?.shape ?? []);
  return cells.filter((at) => {
    const to = placeOf(at, output.shape);
    return links.axes.every((axis, own) => axis === null || to[axis] === from[own]);
  });
}

/** What is said and is not so. */
function mistakes({ op, args, inputs: written, parameters }: Case): string[] {
  const inputs = written.map(({ shape, data }) => tensor(shape, data));
  const learned = Object.fromEntries(Object.entries(parameters).map(([name, { shape, data }]) => [name, tensor(shape, data)]));
  const before = runOperator(op, args, inputs, learned);
  const [output] = before;
  if (output === undefined) return [`${op} gives nothing`];
  const node = { operator: op, arguments: new Map(Object.entries(args).map(([name, value]) => [name, toArgument(value)])) };
  const shapesOf = (tensors: readonly TensorData[]) => tensors.map(({ shape }) => shape);
  return inputs.flatMap(({ shape, data }, input) => {
    const links = linksOf(node, shapesOf(inputs), shapesOf(before), input);
    if (links === undefined) return [];
    const step = Math.max(Math.floor(data.length / MOST_CELLS), 1);
    return [...data.keys()]
      .filter((cell) => cell % step === 0)
      .flatMap((cell) => {
        // Another number that stands in this input: an index stays one.
        const other = data.find((value) => value !== data[cell]);
        if (other === undefined) return [];
        const changed = inputs.map((one, at) => (at === input ? { shape, data: data.with(cell, other) } : one));
        const after = runOperator(op, args, changed, learned)[0]?.data ?? [];
        const made = new Set(expected(links, output, inputs, input, cell));
        const differing = [...output.data.keys()].filter((at) => !Object.is(output.data[at], after[at]));
        const isWrong = differing.some((at) => !made.has(at)) || (links.kind === 'copies' && differing.length < made.size);
        return isWrong
          ? [`${op} ${JSON.stringify(args)}: cell ${cell} of input ${input} changes ${differing.join()}, not ${[...made].join()}`]
          : [];
      });
  });
}

describe('what is said of the cells that are read holds', () => {
  it.each([...new Set(told.map(({ op }) => op))])('for %s', (name) => {
    expect(told.filter(({ op }) => op === name).flatMap(mistakes)).toEqual([]);
  });
});
