// Reads what a kernel is handed: the call has passed the operator's checks, so that everything is there.
import { integer, number } from '../operators/call.ts';
import type { Arguments } from '../operators/operator.ts';
import type { KernelCall, KernelShapes, Progress } from './kernel.ts';
import type { TensorData } from './tensor-data.ts';

const EMPTY: TensorData = { shape: [0], data: new Float32Array() };

export function inputAt(call: KernelCall, at = 0): TensorData {
  return call.inputs[at] ?? EMPTY;
}

export function inputShapeAt(call: KernelShapes, at = 0): readonly number[] {
  return call.inputShapes[at] ?? [];
}

export function outputShapeAt(call: KernelShapes, at = 0): readonly number[] {
  return call.outputShapes[at] ?? [];
}

/** A parameter that the kernel has asked for. */
export function parameterOf(call: KernelCall, name: string): Float32Array {
  return call.parameters.get(name)?.data ?? EMPTY.data;
}

/** Who is told of a piece of the work that goes from `start` to `end` of the whole. */
export function pieceOf(progress: Progress | undefined, start: number, end: number): Progress | undefined {
  return progress && ((done) => progress(start + (end - start) * done));
}

/** An argument that is a whole number or has a whole number for its default. */
export function wholeOf(from: Arguments, name: string): number {
  return integer(from, name) ?? Number.NaN;
}

/** An argument that is a number or has one for its default. */
export function realOf(from: Arguments, name: string): number {
  return number(from, name) ?? Number.NaN;
}

/** The axis that `dim` means, which counts from the end where it is negative. */
export function axisOf(dim: number, rank: number): number {
  return dim < 0 ? dim + Math.max(rank, 1) : dim;
}
