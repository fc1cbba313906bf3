// What a worker is given to run: a network with numbers for all sizes, as plain data that can be sent to it.
import type { ArgumentValue } from '../network/argument.ts';

/** Inputs first, then the outputs of each step, are numbered through; steps and outputs name values by that number. */
export interface Program {
  readonly inputs: readonly ProgramInput[];
  readonly steps: readonly Step[];
  readonly outputs: readonly { readonly name: string; readonly value: number }[];
}

export interface ProgramInput {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One use of an operator. */
export interface Step {
  readonly operator: string;
  /** The arguments as written, with numbers for symbols. */
  readonly arguments: ReadonlyMap<string, ArgumentValue>;
  readonly inputs: readonly number[];
  /** The shapes that come out, as inference has them. */
  readonly outputs: readonly (readonly number[])[];
  /** What its parameters are called in a state dict, before the point: `conv1` or `0` or `layer1.0.conv1`. */
  readonly name: string;
}
