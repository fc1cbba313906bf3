// What a rule is: a code with its severity, the words for its facts, and ideas for fixes.
import type { RelatedPlace, Severity } from '../diagnostics/diagnostic.ts';
import type { Fault, FaultCode } from '../network/fault.ts';
import type { Network, Node, Problem } from '../network/network.ts';
import type { TextEdit } from '../text/edit.ts';

export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** One line for the list of settings. */
  readonly summary: string;
  readonly word: (problem: Problem) => Wording;
  /** Ideas in the order in which they are to be offered; each is offered only if it proves to help. */
  readonly fixes: (problem: Problem, text: string) => readonly FixIdea[];
}

export interface Wording {
  /** First line: what was found and what was expected, with numbers. Then why, and what to do. */
  readonly message: string;
  readonly related: readonly RelatedPlace[];
}

export interface FixIdea {
  /** In the imperative, with the new value: `Change padding to 1`. */
  readonly title: string;
  readonly changes: readonly Change[];
  /** True for what changes more than a value at the fault: it is preferred only where nothing smaller helps. */
  readonly larger?: boolean;
  /** Why the change cannot be made, for one that is nearly possible and shown as such; it has no changes. */
  readonly disabled?: string;
}

/** A change of the text, or of an argument, which the language of the text writes. */
export type Change =
  | { readonly kind: 'text'; readonly edit: TextEdit }
  | { readonly kind: 'argument'; readonly node: Node; readonly name: string; readonly value: string }
  /** A call applied to an input of a node before the node takes it: `Pad((0, -1, 0, -1))`. */
  | { readonly kind: 'before'; readonly node: Node; readonly input: number; readonly call: string; readonly name: string }
  /** A block for a file of the user's with modules, which is made where there is none. */
  | { readonly kind: 'module'; readonly text: string }
  /** A condition that the author promises of the network's symbols. */
  | { readonly kind: 'requirement'; readonly network: Network; readonly condition: string };

type FaultOf<Code extends FaultCode> = Extract<Fault, { code: Code }>;

interface RuleDefinition<Code extends FaultCode> {
  readonly code: Code;
  readonly severity: Severity;
  readonly summary: string;
  readonly word: (fault: FaultOf<Code>, problem: Problem) => Wording;
  readonly fixes?: (fault: FaultOf<Code>, problem: Problem, text: string) => readonly FixIdea[];
}

/** A rule that words the faults of one code. */
export function faultRule<Code extends FaultCode>({ code, severity, summary, word, fixes }: RuleDefinition<Code>): Rule {
  const hasCode = (fault: Fault): fault is FaultOf<Code> => fault.code === code;
  return {
    code,
    severity,
    summary,
    word: (problem) => (hasCode(problem.fault) ? word(problem.fault, problem) : { message: '', related: [] }),
    fixes: (problem, text) => (fixes !== undefined && hasCode(problem.fault) ? fixes(problem.fault, problem, text) : []),
  };
}
