// What an operator is: its signature, its shape rule, its cost and its window, all in one declaration.
import type { Dimension, Shape } from '../dims/size.ts';
import type { ArgumentValue } from '../network/argument.ts';
import type { Inference } from '../network/builder.ts';
import type { AxisGeometry } from './axis-size.ts';

/**
 * An operator with the name, the argument order, the defaults and the order of checks of PyTorch's module of that name.
 * One declaration stands in one file of this room and in the registry.
 */
export interface Operator {
  readonly name: string;
  /** One sentence for hovers and for the operator's page. */
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /** The framework whose files need it, where PyTorch has no such module: it can be written, and completion does not offer it. */
  readonly origin?: 'Caffe';
  /** Keyword arguments of the module's forward, `output_size` for example. */
  readonly forwardParameters?: readonly Parameter[];
  /**
   * What files of other frameworks say and PyTorch has no word for, `auto_pad` for example. Languages of such files write these;
   * they are not part of the signature that a user sees.
   */
  readonly meanings?: readonly Parameter[];
  readonly inputs: InputCount;
  /**
   * What a use answers: one tensor; a sequence, as of `Chunk`, as long as the sizes say; or a record, as of `LSTM`, whose
   * first part is what the next statement takes.
   */
  readonly outputs: 'single' | 'sequence' | readonly string[];
  /** The sizes of the outputs and the first check that fails. Never throws, whatever the arguments and inputs. */
  readonly infer: (call: OperatorCall) => Inference;
  /** Parameters and multiply-accumulates; an operator without it costs nothing. */
  readonly cost?: (call: OperatorCall, outputs: readonly Shape[]) => Cost;
  /** How the operator's window moves over each spatial axis; absent where each output cell sees its own input cell alone. */
  readonly windows?: (call: OperatorCall) => readonly AxisWindow[] | undefined;
}

export interface InputCount {
  readonly minimum: number;
  /** Infinity for operators on a list of tensors. */
  readonly maximum: number;
}

/** How a value is checked before the operator sees it. Plural types take one value or a tuple or list of them. */
export type ParameterType = 'integer' | 'integers' | 'number' | 'numbers' | 'boolean' | 'string' | 'padding' | 'any';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  /** One line, without the name: `Size of the window, on each axis.` */
  readonly doc: string;
  /** Absent: the argument has to be written. */
  readonly default?: ArgumentValue;
  /** The words that a string may be. */
  readonly choices?: readonly string[];
  /** True where None may be written. */
  readonly nullable?: boolean;
  /** True where `_` may be written, and what then counts is the input's own size. */
  readonly inferable?: boolean;
  /** True where all remaining positional arguments may be written one by one in place of a tuple. */
  readonly variadic?: boolean;
  /** What is legal for a number, to stand behind "must be", for hovers: `at least 1`. */
  readonly legal?: string;
}

/** One use of an operator, as its rules see it. */
export interface OperatorCall {
  /** The arguments that are written, with the defaults behind them. Values have the parameter's type, or are unknown. */
  readonly arguments: Arguments;
  readonly inputs: readonly Shape[];
}

export interface Arguments {
  get(name: string): ArgumentValue | undefined;
}

export interface Cost {
  /** Trainable numbers: weights and biases. */
  readonly parameters: Dimension;
  /** Multiply-accumulates of one forward pass for the whole batch. */
  readonly macs: Dimension;
}

/** A window on one axis, with its geometry. For a transposed convolution the window moves over the output. */
export interface AxisWindow extends AxisGeometry {
  readonly kind: 'convolution' | 'transposed' | 'pooling';
  readonly ceilMode?: boolean;
  readonly outputPadding?: Dimension;
}
