// Runs a network forward, step by step, on numbers.
import { createCall } from '../operators/call.ts';
import { operators } from '../operators/registry.ts';
import type { Kernel, KernelShapes, ParameterShape } from './kernel.ts';
import type { Program, Step } from './program.ts';
import { kernels } from './registry.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

export interface ProgramTensors {
  /** By the names of the program's inputs. */
  readonly inputs: ReadonlyMap<string, TensorData>;
  /** By state-dict names, as `programParameters` lists them; others are ignored. */
  readonly parameters: ReadonlyMap<string, TensorData>;
}

export interface RunOptions {
  /** Kernels that take the place of the reference's, by the names of their operators. */
  readonly replacements?: ReadonlyMap<string, Kernel>;
  /** Called after each step with its index in the program and what it gave. */
  readonly afterStep?: (index: number, outputs: readonly TensorData[]) => void;
  /** Called within a step that takes long, with its index and the part of it that is done, from 0 to 1. */
  readonly withinStep?: (index: number, done: number) => void;
  /** Told of each value that no later step reads and that is no output, once no other value lies in the same memory. */
  readonly letGo?: (value: TensorData) => void;
}

export type RunResult =
  | { readonly kind: 'done'; readonly outputs: ReadonlyMap<string, TensorData> }
  /** An input or a parameter is not there, or has another shape (absent where there is none) than the network's. */
  | {
      readonly kind: 'missing-tensor' | 'shape-mismatch';
      readonly role: 'input' | 'parameter';
      readonly name: string;
      readonly expected: readonly number[];
      readonly actual?: readonly number[];
    }
  | { readonly kind: 'unknown-operator'; readonly step: number; readonly operator: string };

/** A parameter of a whole network: its state-dict name, and the step that it belongs to. */
export interface ProgramParameter extends ParameterShape {
  readonly step: number;
}

/** All that the steps of a program learn or keep, by state-dict names, in order; what two steps share is listed once. */
export function programParameters(program: Program): readonly ProgramParameter[] {
  const shapes = valueShapes(program);
  const parameters = new Map<string, ProgramParameter>();
  program.steps.forEach((step, index) => {
    for (const parameter of stepParameters(step, shapes)) {
      const name = stateName(step, parameter.name);
      if (!parameters.has(name)) parameters.set(name, { ...parameter, name, step: index });
    }
  });
  return [...parameters.values()];
}

/** Runs all steps. A value is let go when nothing needs it any more. */
export function runProgram(program: Program, tensors: ProgramTensors, options: RunOptions = {}): RunResult {
  const shapes = valueShapes(program);
  const values: (TensorData | undefined)[] = [];
  for (const { name, shape } of program.inputs) {
    const found = pick(tensors.inputs, 'input', name, shape);
    if ('kind' in found) return found;
    values.push(found);
  }
  const lastUses = lastUsesOf(program);
  /** How many values lie in a piece of memory: what is only reshaped stays where it is. */
  const users = new Map<ArrayBufferLike, number>();
  for (const value of values) if (value !== undefined) users.set(value.data.buffer, (users.get(value.data.buffer) ?? 0) + 1);
  for (const [index, step] of program.steps.entries()) {
    const kernel = options.replacements?.get(step.operator) ?? kernels.get(step.operator);
    const call = shapesOf(step, shapes);
    if (kernel === undefined || call === undefined) return { kind: 'unknown-operator', step: index, operator: step.operator };
    const parameters = new Map<string, TensorData>();
    for (const { name, shape } of stepParameters(step, shapes)) {
      const found = pick(tensors.parameters, 'parameter', stateName(step, name), shape);
      if ('kind' in found) return found;
      parameters.set(name, found);
    }
    const inputs = step.inputs.map((value) => values[value] ?? EMPTY);
    const { withinStep } = options;
    const progress = withinStep && ((done: number) => withinStep(index, done));
    const outputs = kernel.run({ ...call, inputs, parameters, progress });
    const first = values.length;
    values.push(...outputs);
    options.afterStep?.(index, outputs);
    for (const { data } of outputs) users.set(data.buffer, (users.get(data.buffer) ?? 0) + 1);
    const done = [...step.inputs, ...outputs.map((_, at) => first + at)];
    for (const value of done) {
      const tensor = values[value];
      if (tensor === undefined || (lastUses.get(value) ?? index) > index) continue;
      values[value] = undefined;
      const left = (users.get(tensor.data.buffer) ?? 1) - 1;
      users.set(tensor.data.buffer, left);
      if (left === 0) options.letGo?.(tensor);
    }
  }
  return { kind: 'done', outputs: new Map(program.outputs.map(({ name, value }) => [name, values[value] ?? EMPTY])) };
}

const EMPTY: TensorData = { shape: [0], data: new Float32Array() };

function pick(
  tensors: ReadonlyMap<string, TensorData>,
  role: 'input' | 'parameter',
  name: string,
  expected: readonly number[],
): TensorData | Exclude<RunResult, { kind: 'done' }> {
  const found = tensors.get(name);
  if (found === undefined) return { kind: 'missing-tensor', role, name, expected };
  const fits = found.shape.length === expected.length && expected.every((size, axis) => size === found.shape[axis]);
  if (fits && found.data.length === elementCount(expected)) return found;
  return { kind: 'shape-mismatch', role, name, expected, actual: found.shape };
}

/** The shapes of all values, as they are numbered. */
function valueShapes({ inputs, steps }: Program): readonly (readonly number[])[] {
  return [...inputs.map(({ shape }) => shape), ...steps.flatMap(({ outputs }) => outputs)];
}

function shapesOf(step: Step, shapes: readonly (readonly number[])[]): KernelShapes | undefined {
  const operator = operators.get(step.operator);
  if (operator === undefined) return undefined;
  const inputShapes = step.inputs.map((value) => shapes[value] ?? []);
  const { arguments: from } = createCall(operator, step.arguments, inputShapes);
  return { arguments: from, inputShapes, outputShapes: step.outputs };
}

/** What a step learns is the reference's to say, whichever kernel runs it. */
function stepParameters(step: Step, shapes: readonly (readonly number[])[]): readonly ParameterShape[] {
  const call = shapesOf(step, shapes);
  return call === undefined ? [] : (kernels.get(step.operator)?.parameters?.(call) ?? []);
}

function stateName({ name }: Step, parameter: string): string {
  return [name, parameter].filter((part) => part !== '').join('.');
}

/** The last step that reads each value; never for an output of the program. */
function lastUsesOf({ steps, outputs }: Program): ReadonlyMap<number, number> {
  const lastUses = new Map<number, number>();
  steps.forEach(({ inputs }, index) => inputs.forEach((value) => lastUses.set(value, index)));
  for (const { value } of outputs) lastUses.set(value, Infinity);
  return lastUses;
}
