// Runs one operator on numbers, through its shape rule and its kernel.
import { float, type ArgumentValue } from '../../server/src/network/argument.ts';
import { createCall } from '../../server/src/operators/call.ts';
import { operators } from '../../server/src/operators/registry.ts';
import type { Kernel } from '../../server/src/reference/kernel.ts';
import type { Program } from '../../server/src/reference/program.ts';
import { runProgram } from '../../server/src/reference/run-program.ts';
import { elementCount, type TensorData } from '../../server/src/reference/tensor-data.ts';

export type Json = number | string | boolean | null | readonly Json[];

/** As a recorded tensor is written in JSON. */
export interface JsonTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export function tensor(shape: readonly number[], data: readonly number[]): TensorData {
  if (data.length !== elementCount(shape)) throw new Error(`${data.length} numbers for the shape ${JSON.stringify(shape)}`);
  return { shape, data: Float32Array.from(data) };
}

export function toArgument(value: Json): ArgumentValue {
  if (typeof value === 'number') return Number.isInteger(value) ? value : float(value);
  return typeof value === 'object' && value !== null ? value.map(toArgument) : value;
}

/** All outputs, of the kernel in `replacements` where there is one. Throws where the operator's checks find a fault, and where a parameter is missing. */
export function runOperator(
  name: string,
  written: Readonly<Record<string, Json>>,
  inputs: readonly TensorData[],
  parameters: Readonly<Record<string, TensorData>> = {},
  replacements: ReadonlyMap<string, Kernel> = new Map(),
): readonly TensorData[] {
  const operator = operators.get(name);
  if (operator === undefined) throw new Error(`no operator ${name}`);
  const values = new Map(Object.entries(written).map(([argument, value]) => [argument, toArgument(value)]));
  const inferred = operator.infer(
    createCall(
      operator,
      values,
      inputs.map(({ shape }) => shape),
    ),
  );
  if (inferred.fault !== undefined) throw new Error(`${name}: ${JSON.stringify(inferred.fault)}`);
  const shapes = inferred.outputs.map((shape) => (shape ?? []).map((size) => (typeof size === 'number' ? size : Number.NaN)));
  const program: Program = {
    inputs: inputs.map(({ shape }, at) => ({ name: `x${at}`, shape })),
    steps: [{ operator: name, arguments: values, inputs: inputs.map((_, at) => at), outputs: shapes, name: '' }],
    outputs: shapes.map((_, at) => ({ name: `y${at}`, value: inputs.length + at })),
  };
  const tensors = {
    inputs: new Map(inputs.map((input, at) => [`x${at}`, input])),
    parameters: new Map(Object.entries(parameters)),
  };
  const result = runProgram(program, tensors, { replacements });
  if (result.kind !== 'done') throw new Error(`${name}: ${JSON.stringify(result)}`);
  const outputs = [...result.outputs.values()];
  outputs.forEach(({ shape, data }, at) => {
    if (JSON.stringify(shape) !== JSON.stringify(shapes[at]) || data.length !== elementCount(shape)) {
      throw new Error(`${name}: ${data.length} numbers in the shape ${JSON.stringify(shape)}, not ${JSON.stringify(shapes[at])}`);
    }
  });
  return outputs;
}

/** The first place where two tensors differ by more than the tolerances allow, in words; undefined where they agree. */
export function difference(actual: TensorData | undefined, expected: JsonTensor, relative = 1e-5, absolute = 1e-5): string | undefined {
  if (actual === undefined) return 'no tensor';
  if (JSON.stringify(actual.shape) !== JSON.stringify(expected.shape)) {
    return `shape ${JSON.stringify(actual.shape)}, expected ${JSON.stringify(expected.shape)}`;
  }
  for (const [at, wanted] of expected.data.entries()) {
    const found = actual.data[at] ?? Number.NaN;
    if (Object.is(found, wanted) || found === wanted || (Number.isNaN(found) && Number.isNaN(wanted))) continue;
    if (!(Math.abs(found - wanted) <= absolute + relative * Math.abs(wanted))) return `${found} at ${at}, expected ${wanted}`;
  }
  return undefined;
}
