// Every recorded forward pass of PyTorch 1.13 against the reference implementation.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { difference, runOperator, tensor, type Json, type JsonTensor } from './run-operator.ts';

const ORACLE = new URL('../../../shared/oracle/pytorch-values.json', import.meta.url);

interface Row {
  readonly op: string;
  readonly args: Readonly<Record<string, Json>>;
  readonly input: JsonTensor;
  readonly weight?: JsonTensor;
  readonly bias?: JsonTensor;
  readonly output: JsonTensor;
}

/** Convolutions were recorded as functions of their weights, which our operators describe by arguments. */
function argumentsOf({ op, args, input, weight, bias }: Row): Readonly<Record<string, Json>> {
  if (weight === undefined) return args;
  const groups = Number(args['groups'] ?? 1);
  const spatial = weight.shape.length - 2;
  const [first = 0, second = 0] = weight.shape;
  const outChannels = op.startsWith('ConvTranspose') ? second * groups : first;
  return {
    ...args,
    in_channels: input.shape[input.shape.length - spatial - 1] ?? 0,
    out_channels: outChannels,
    kernel_size: weight.shape.slice(2),
    bias: bias !== undefined,
  };
}

function disagreement(row: Row): string | undefined {
  const { op, args, input, weight, bias, output } = row;
  const parameters = {
    ...(weight === undefined ? {} : { weight: tensor(weight.shape, weight.data) }),
    ...(bias === undefined ? {} : { bias: tensor(bias.shape, bias.data) }),
  };
  const [actual] = runOperator(op, argumentsOf(row), [tensor(input.shape, input.data)], parameters);
  const found = difference(actual, output);
  return found === undefined ? undefined : `${op} ${JSON.stringify(args)} on ${JSON.stringify(input.shape)}: ${found}`;
}

describe.skipIf(!existsSync(ORACLE))('the recorded values of PyTorch', () => {
  const rows = existsSync(ORACLE) ? (JSON.parse(readFileSync(ORACLE, 'utf8')) as { readonly cases: readonly Row[] }).cases : [];
  const names = [...new Set(rows.map(({ op }) => op))];

  it.each(names)('%s: all agree', (name) => {
    const own = rows.filter(({ op }) => op === name);
    expect(own.map(disagreement).filter((found) => found !== undefined)).toEqual([]);
  });
});
