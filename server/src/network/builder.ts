// How a language builds a network: it applies operators one by one, and each answers at once with its sizes.
import type { Shape } from '../dims/size.ts';
import type { Range } from '../text/range.ts';
import type { ArgumentValue } from './argument.ts';
import type { Fault } from './fault.ts';
import type { Frame, Node, NodeSource, PlacedCondition, Problem, Tensor, TextIdea } from './network.ts';

/** An operator to apply: its arguments bound to parameter names and its inputs in order. */
export interface OperatorUse {
  readonly operator: string;
  readonly arguments: ReadonlyMap<string, ArgumentValue>;
  readonly inputs: readonly Tensor[];
  readonly source: NodeSource;
  /** As in `Node`. */
  readonly sharesParameters?: boolean;
  /** What the language would change where the operator finds a fault. */
  readonly ideas?: (fault: Fault) => readonly TextIdea[];
}

/** Handed to a language, so that languages need not know how sizes are inferred. Nothing here throws. */
export interface NetworkBuilder {
  input(label: string, shape: Shape, range: Range, axisRanges?: readonly Range[]): Tensor;
  apply(use: OperatorUse): Node;
  /** Checks a claimed shape against a tensor; where they differ the fault is reported and the result unknown on those axes. */
  claim(tensor: Tensor, claimed: Shape, axisRanges: readonly Range[], range: Range, frames: readonly Frame[]): Tensor;
  report(problem: Problem): void;
  readonly nodes: readonly Node[];
  readonly conditions: readonly PlacedCondition[];
  readonly problems: readonly Problem[];
}
