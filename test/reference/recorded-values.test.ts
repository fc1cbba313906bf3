// What PyTorch computes for nearly every operator, recorded by record-values.py, against the reference implementation.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operators } from '../../server/src/operators/registry.ts';
import { difference, runOperator, tensor, type Json, type JsonTensor } from './run-operator.ts';

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

  it('leaves out only what PyTorch 1.13 has no function of that name for, or what does nothing in evaluation', () => {
    expect([...operators.keys()].filter((name) => !names.includes(name))).toMatchInlineSnapshot(`
      [
        "LPPool3d",
        "SyncBatchNorm",
        "RMSNorm",
        "Dropout1d",
        "Dropout2d",
        "Dropout3d",
        "AlphaDropout",
        "FeatureAlphaDropout",
        "StochasticDepth",
        "Power",
        "QuantStub",
        "DeQuantStub",
        "Contiguous",
        "Detach",
        "View",
        "ScaledDotProductAttention",
        "Scale",
        "Bias",
        "Crop",
        "Interp",
        "PriorBox",
        "RoIPool",
        "RoIAlign",
        "PSRoIPool",
        "Loss",
        "Accuracy",
        "TensorSplit",
        "Parameter",
        "CenterCrop",
      ]
    `);
  });
});
