// What PyTorch computes for nearly every operator, recorded by record-values.py, against the reference implementation.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCall } from '../../server/src/operators/call.ts';
import { operators } from '../../server/src/operators/registry.ts';
import { difference, runOperator, tensor, toArgument, type Json, type JsonTensor } from './run-operator.ts';

interface Case {
  readonly op: string;
  readonly args: Readonly<Record<string, Json>>;
  readonly inputs: readonly JsonTensor[];
  readonly parameters: Readonly<Record<string, JsonTensor>>;
  readonly outputs: readonly JsonTensor[];
}

const RECORDING = new URL('recorded-values.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(RECORDING, 'utf8')) as { readonly cases: readonly Case[] };
const names = [...new Set(cases.map(({ op }) => op))];

function disagreement({ op, args, inputs, parameters, outputs }: Case): string | undefined {
  const learned = Object.fromEntries(Object.entries(parameters).map(([name, { shape, data }]) => [name, tensor(shape, data)]));
  const actual = runOperator(
    op,
    args,
    inputs.map(({ shape, data }) => tensor(shape, data)),
    learned,
  );
  const found = outputs.map((expected, at) => difference(actual[at], expected)).find((text) => text !== undefined);
  return found === undefined
    ? undefined
    : `${op} ${JSON.stringify(args)} on ${inputs.map(({ shape }) => JSON.stringify(shape)).join(' ')}: ${found}`;
}

describe('recorded values', () => {
  it.each(names)('%s', (name) => {
    expect(
      cases
        .filter(({ op }) => op === name)
        .map(disagreement)
        .filter((found) => found !== undefined),
    ).toEqual([]);
  });

  it('learn as many numbers as the operator counts', () => {
    const miscounted = cases.flatMap(({ op, args, inputs, parameters }) => {
      const operator = operators.get(op);
      const written = new Map(Object.entries(args).map(([name, value]) => [name, toArgument(value)]));
      const shapes = inputs.map(({ shape }) => shape);
      const call = operator && createCall(operator, written, shapes);
      const counted = call && (operator.cost?.(call, operator.infer(call).outputs).parameters ?? 0);
      // Running statistics are kept, not learnt.
      const learned = Object.entries(parameters).filter(([name]) => !name.startsWith('running_'));
      const sum = learned.reduce((total, [, { data }]) => total + data.length, 0);
      return counted === sum ? [] : [`${op} ${JSON.stringify(args)}: ${JSON.stringify(counted)}, not ${sum}`];
    });
    expect(miscounted).toEqual([]);
  });
});
