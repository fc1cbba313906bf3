// Every recorded answer of PyTorch 1.13 against ours: the same sizes, the same verdict, the same class of error.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../server/src/dims/size.ts';
import { float, type ArgumentValue } from '../../server/src/network/argument.ts';
import { createCall } from '../../server/src/operators/call.ts';
import { operators } from '../../server/src/operators/registry.ts';

const ORACLE = new URL('../../../shared/oracle/pytorch-shapes.jsonl', import.meta.url);

type Json = number | string | boolean | null | readonly Json[];

interface Row {
  readonly op: string;
  readonly args: Readonly<Record<string, Json>>;
  readonly input: readonly number[] | readonly (readonly number[])[];
  readonly output: readonly number[] | null;
  readonly error?: string;
  readonly msg?: string;
}

/** The oracle calls functions of torch by their own name. */
const NAMES: Readonly<Record<string, string>> = { cat: 'Cat', add: 'Add' };

function toArgument(value: Json): ArgumentValue {
  if (typeof value === 'number') return Number.isInteger(value) ? value : float(value);
  return typeof value === 'object' && value !== null ? value.map(toArgument) : value;
}

function isListOfShapes(row: Row): row is Row & { readonly input: readonly (readonly number[])[] } {
  return row.op in NAMES;
}

function answer(row: Row): { readonly shape: Shape; readonly reason: string | undefined; readonly isOpen: boolean } {
  const operator = operators.get(NAMES[row.op] ?? row.op);
  if (operator === undefined) throw new Error(`no operator ${row.op}`);
  const written = new Map(Object.entries(row.args).map(([name, value]) => [name, toArgument(value)]));
  const inputs = (isListOfShapes(row) ? row.input : [row.input]) as readonly Shape[];
  const { outputs, fault, conditions } = operator.infer(createCall(operator, written, inputs));
  return { shape: outputs[0], reason: fault?.reason, isOpen: conditions.length > 0 };
}

/** The one place where we mean to differ: "full" is a word of the guide for us, and an unknown word for PyTorch. */
function isGuideWord({ args, error }: Row): boolean {
  return args.padding === 'full' && error === 'bad_padding_string';
}

function disagreement(row: Row): string | undefined {
  const { shape, reason, isOpen } = answer(row);
  const expected = row.error?.replaceAll('_', '-');
  if (isGuideWord(row)) return reason === 'bad-padding-string' ? 'the guide says "full"' : undefined;
  const sameShape = expected !== undefined || JSON.stringify(shape) === JSON.stringify(row.output);
  // Numbers leave no condition open.
  if (reason === expected && sameShape && !isOpen) return undefined;
  return `${row.op} ${JSON.stringify(row.args)} ${JSON.stringify(row.input)}: ${expected ?? JSON.stringify(row.output)} (${row.msg?.slice(0, 150) ?? ''}), ours ${reason ?? JSON.stringify(shape)}`;
}

describe.skipIf(!existsSync(ORACLE))('the recorded answers of PyTorch', () => {
  const rows = existsSync(ORACLE)
    ? readFileSync(ORACLE, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Row)
    : [];
  const byOperator = new Map<string, Row[]>();
  for (const row of rows) {
    const own = byOperator.get(row.op);
    if (own === undefined) byOperator.set(row.op, [row]);
    else own.push(row);
  }

  it('names only operators that we have', () => {
    expect([...byOperator.keys()].filter((op) => !operators.has(NAMES[op] ?? op))).toEqual([]);
  });

  it.each([...byOperator])('%s: all agree', (_, own) => {
    expect(own.map(disagreement).filter((text) => text !== undefined)).toEqual([]);
  });
});
