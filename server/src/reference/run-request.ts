// One run of a program, as it is asked for and answered: in a worker, or in this thread.
import { createFastKernels } from './fast/fast-kernels.ts';
import { indexInputs } from './index-inputs.ts';
import { initialValue, type InitialValues } from './initial-values.ts';
import { bytesText, memoryNeeded } from './memory.ts';
import type { Program } from './program.ts';
import { programParameters, runProgram, type RunResult } from './run-program.ts';
import { makeSample, type Sample } from './samples.ts';
import { stepWork } from './step-work.ts';
import type { TensorData } from './tensor-data.ts';

/** Plain data, so that it can be sent to a worker. */
export interface RunRequest {
  readonly program: Program;
  /** By the names of the program's inputs: numbers, or a sample that is made where the program runs. */
  readonly inputs: ReadonlyMap<string, TensorData | Sample>;
  /** By state-dict names. */
  readonly parameters: ReadonlyMap<string, TensorData>;
  /** How the parameters are made that are not given. */
  readonly initial: InitialValues;
  /** What is answered besides the outputs. */
  readonly keep?: Keep;
}

export interface Keep {
  /** Values by their number in the program. */
  readonly values?: readonly number[];
  /** Parameters by their state-dict names. */
  readonly parameters?: readonly string[];
}

export type RunAnswer =
  | {
      readonly kind: 'done';
      readonly outputs: ReadonlyMap<string, TensorData>;
      /** What `keep` asks for. */
      readonly values: ReadonlyMap<number, TensorData>;
      readonly parameters: ReadonlyMap<string, TensorData>;
    }
  | { readonly kind: 'cancelled' }
  /** More memory than may be used. */
  | { readonly kind: 'too-large'; readonly needed: number; readonly limit: number; readonly message: string }
  /** A tensor that is given does not fit the program, or the program cannot be run. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The run broke off: out of memory, or a fault of ours. */
  | { readonly kind: 'failed'; readonly message: string };

export interface RunSettings {
  /** How many bytes of tensors there may be. */
  readonly limit: number;
  /** Told the part of the work that is done: 0 when it begins, then whenever a hundredth or more was added, up to 1. */
  readonly onProgress?: (done: number) => void;
}

/** Compiles nothing before the first layer that is large enough. */
const fast = createFastKernels();

/** Runs in this thread, and does not throw. */
export function answerRun(request: RunRequest, { limit, onProgress }: RunSettings): RunAnswer {
  const { program, keep = {} } = request;
  const wanted = new Set(keep.values);
  try {
    const needed = memoryNeeded(program, wanted);
    if (needed > limit) {
      const message = `This needs ${bytesText(needed)} of memory for its tensors, and ${bytesText(limit)} is the limit. Smaller input sizes need less.`;
      return { kind: 'too-large', needed, limit, message };
    }
    // What the fast kernels keep has to fit beside the tensors; a layer for which it does not is left to its definition.
    fast.limitMemory(limit - needed);
    const indices = indexInputs(program);
    const inputs = new Map([...request.inputs].map(([name, input]) => [name, tensorOf(input, name, program, indices.get(name))]));
    const parameters = new Map(
      programParameters(program).map((parameter) => [
        parameter.name,
        request.parameters.get(parameter.name) ?? initialValue(parameter, program, request.initial),
      ]),
    );
    const values = new Map(program.inputs.flatMap(({ name }, at) => (wanted.has(at) ? [[at, inputs.get(name)] as const] : [])));
    const report = progress(program, onProgress);
    const firsts = firstValues(program);
    const result = runProgram(
      program,
      { inputs, parameters },
      {
        replacements: fast.kernels,
        withinStep: report,
        letGo: (value) => {
          // What is answered besides the outputs stays as it is.
          if (![...values.values()].some((kept) => kept?.data.buffer === value.data.buffer)) fast.giveBack(value);
        },
        afterStep: (index, outputs) => {
          outputs.forEach((output, at) => {
            const value = (firsts[index] ?? 0) + at;
            if (wanted.has(value)) values.set(value, output);
          });
          report(index + 1, 0);
        },
      },
    );
    if (result.kind !== 'done') return { kind: 'refused', message: refusalText(result) };
    return {
      kind: 'done',
      outputs: result.outputs,
      values: new Map([...values].flatMap(([value, tensor]) => (tensor === undefined ? [] : [[value, tensor] as const]))),
      parameters: new Map((keep.parameters ?? []).flatMap((name) => entry(name, parameters.get(name)))),
    };
  } catch (error) {
    // An allocation that the system refuses, or a fault of a kernel.
    return { kind: 'failed', message: `The run broke off: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

function entry(name: string, tensor: TensorData | undefined): (readonly [string, TensorData])[] {
  return tensor === undefined ? [] : [[name, tensor]];
}

function tensorOf(input: TensorData | Sample, name: string, program: Program, indices: number | undefined): TensorData {
  if ('data' in input) return input;
  return makeSample(input, name, program.inputs.find((declared) => declared.name === name)?.shape ?? [], indices);
}

function firstValues({ inputs, steps }: Program): readonly number[] {
  let next = inputs.length;
  return steps.map(({ outputs }) => (next += outputs.length) - outputs.length);
}

/** Called with the step that is at work and the part of it that is done. */
function progress(program: Program, onProgress: ((done: number) => void) | undefined): (index: number, part: number) => void {
  if (onProgress === undefined) return () => undefined;
  const work = stepWork(program);
  const total = work.reduce((sum, part) => sum + part, 0);
  const before = work.map(() => 0);
  work.forEach((_, index) => (before[index + 1] = (before[index] ?? 0) + (work[index] ?? 0)));
  let told = 0;
  onProgress(0);
  return (index, part) => {
    const done = index === work.length ? 1 : ((before[index] ?? 0) + part * (work[index] ?? 0)) / total;
    if (done === told || (done < 1 && done - told < 0.01)) return;
    told = done;
    onProgress(done);
  };
}

/** What is wrong with the tensors that are given, in words. */
function refusalText(result: Exclude<RunResult, { kind: 'done' }>): string {
  if (result.kind === 'unknown-operator') return `${result.operator} is not computed: the reference implementation does not have it.`;
  const expected = `[${result.expected.join(', ')}]`;
  const what = `the ${result.role} \`${result.name}\``;
  if (result.kind === 'missing-tensor') return `There is no tensor for ${what}, which has the shape ${expected}.`;
  return `The tensor for ${what} has the shape [${result.actual?.join(', ') ?? ''}], and ${expected} is needed.`;
}
