// How a language builds a network: it applies operators one by one, and each answers at once with its sizes.
import type { Dimension, Shape } from '../dims/size.ts';
import type { Range } from '../text/range.ts';
import type { ArgumentValue } from './argument.ts';
import type { Fault, OperatorFault } from './fault.ts';
import type { Frame, Node, NodeSource, OpenCondition, PlacedCondition, Problem, Tensor, TextIdea } from './network.ts';

/** An operator to apply: its arguments bound to parameter names and its inputs in order. */
export interface OperatorUse {
  readonly operator: string;
  readonly arguments: ReadonlyMap<string, ArgumentValue>;
  readonly inputs: readonly Tensor[];
  readonly source: NodeSource;
  /** As in `Node`. */
  readonly sharesParameters?: boolean | undefined;
  /** As in `Node`. */
  readonly parameters?: Dimension | undefined;
  /** What the language would change where the operator finds a fault. */
  readonly ideas?: (fault: Fault) => readonly TextIdea[];
}

/** What an operator's rule answers: it depends on the operator, the arguments and the shapes of the inputs alone. */
export interface Inference {
  /** As many as the operator answers; for a fault, with the axes unknown that the fault leaves open. */
  readonly outputs: readonly Shape[];
  readonly fault?: OperatorFault;
  readonly conditions: readonly OpenCondition[];
}

/** Handed to a language, so that languages need not know how sizes are inferred. Nothing here throws. */
export interface NetworkBuilder {
  input(label: string, shape: Shape, range: Range, axisRanges?: readonly Range[]): Tensor;
  /** `known` is what `infer` has answered for such a use before, where it has been kept. */
  apply(use: OperatorUse, known?: Inference): Node;
  infer(use: OperatorUse): Inference;
  /** Checks a claimed shape against a tensor; where they differ the fault is reported and the result unknown on those axes. */
  claim(tensor: Tensor, claimed: Shape, axisRanges: readonly Range[], range: Range, frames: readonly Frame[]): Tensor;
  report(problem: Problem): void;
  readonly nodes: readonly Node[];
  readonly conditions: readonly PlacedCondition[];
  readonly problems: readonly Problem[];
}
