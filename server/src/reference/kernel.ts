// What the forward pass of an operator is: its learned parameters and a function from values to values.
import type { Arguments } from '../operators/operator.ts';
import type { Reads } from './reads.ts';
import type { TensorData } from './tensor-data.ts';

/** One operator's forward pass in evaluation mode, by PyTorch's definition. One declaration stands in the registry of kernels. */
export interface Kernel {
  /** The operator's name, as in the registry of operators. */
  readonly operator: string;
  /** What the operator learns or keeps, by the names and in the order of PyTorch's state dict; absent where it is nothing. */
  readonly parameters?: (call: KernelShapes) => readonly ParameterShape[];
  /** Absent where nothing is said about it. */
  readonly reads?: Reads;
  /** Shapes and arguments have passed the operator's checks. Answers one tensor for each of `outputShapes`. */
  readonly run: (call: KernelCall) => readonly TensorData[];
}

export interface KernelShapes {
  /** The arguments that are written, with the defaults behind them. */
  readonly arguments: Arguments;
  readonly inputShapes: readonly (readonly number[])[];
  readonly outputShapes: readonly (readonly number[])[];
}

export interface KernelCall extends KernelShapes {
  readonly inputs: readonly TensorData[];
  /** By the names of `parameters`. */
  readonly parameters: ReadonlyMap<string, TensorData>;
  /** Told the part of the work that is done, from 0 to 1, by kernels that may take long; absent where nobody asks. */
  readonly progress?: Progress | undefined;
}

export type Progress = (done: number) => void;

export interface ParameterShape {
  /** `weight`, `bias`, `running_mean`, ...; empty where the step itself is the parameter. */
  readonly name: string;
  readonly shape: readonly number[];
  /** How it starts where no value is given: He's normal distribution with `fanIn`, or one number everywhere. */
  readonly start: 'zeros' | 'ones' | { readonly constant: number } | { readonly fanIn: number };
}
