// The syntax tree of our language, shared by its two forms: `.nn` text and YAML.
import type { BlockElsewhere } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';

export type Expression =
  | { readonly kind: 'integer' | 'float'; readonly value: number; readonly range: Range }
  | { readonly kind: 'string'; readonly value: string; readonly range: Range }
  | { readonly kind: 'constant'; readonly value: boolean | null; readonly range: Range }
  | { readonly kind: 'name'; readonly name: string; readonly range: Range }
  /** `.`, the value before. */
  | { readonly kind: 'previous'; readonly range: Range }
  /** `_`, infer it. */
  | { readonly kind: 'infer'; readonly range: Range }
  | { readonly kind: 'list'; readonly items: readonly Argument[]; readonly range: Range }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression; readonly range: Range }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly range: Range;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
      readonly range: Range;
    }
  | { readonly kind: 'index'; readonly base: Expression; readonly index: Expression; readonly range: Range }
  | Call
  /** What could not be read; its fault is reported already. */
  | { readonly kind: 'error'; readonly range: Range };

export interface Call {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  readonly range: Range;
}

export type UnaryOperator = '-' | '+' | 'not';
export type BinaryOperator =
  '+' | '-' | '*' | '/' | '//' | '%' | '**' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'and' | 'or' | '..';

/** An argument of a call or an item of a list: `3`, `padding=1`, `*ys`. */
export interface Argument {
  readonly name?: string;
  readonly nameRange?: Range;
  readonly spread: boolean;
  readonly value: Expression;
  readonly range: Range;
}

/** One axis of a shape: an expression, with a sample where it is written `H=224`. */
export interface Axis {
  readonly size: Expression;
  readonly sample?: Expression;
  readonly range: Range;
}

export interface ShapeExpression {
  readonly axes: readonly Axis[];
  readonly range: Range;
}

export interface Name {
  readonly name: string;
  readonly range: Range;
}

export type Statement =
  | {
      readonly kind: 'input';
      readonly name: Name;
      readonly shape?: ShapeExpression;
      /** `input *xs`: all the inputs that are left, as a list. */
      readonly spread?: true;
      readonly range: Range;
    }
  | { readonly kind: 'output'; readonly names: readonly Name[]; readonly claim?: ShapeExpression; readonly range: Range }
  | { readonly kind: 'require'; readonly condition: Expression; readonly range: Range }
  | {
      readonly kind: 'repeat';
      readonly count: Expression;
      readonly body: readonly Statement[];
      readonly range: Range;
      readonly header: Range;
    }
  | {
      readonly kind: 'for';
      readonly targets: readonly Name[];
      readonly items: Expression;
      readonly body: readonly Statement[];
      readonly range: Range;
      readonly header: Range;
    }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly range: Range }
  | ValueStatement;

export interface ValueStatement {
  readonly kind: 'value';
  /** Empty for a bare expression. */
  readonly targets: readonly Name[];
  /** `ys += value` puts the value at the end of a list. */
  readonly append: boolean;
  readonly value: Expression;
  readonly claim?: ShapeExpression | undefined;
  readonly range: Range;
  /** What its line says, the same for all lines of the same text: its places count from the offset `by`. */
  readonly line?: ValueStatement;
  readonly by?: number;
}

/** The name that stands for what a statement gives as a whole. */
export function onlyName(targets: readonly Name[]): string | undefined {
  return targets.length === 1 ? targets[0]?.name : undefined;
}

/** One arm of an `if`; the condition is absent for `else`. */
export interface Branch {
  readonly condition?: Expression;
  readonly body: readonly Statement[];
}

export interface Parameter {
  readonly name: Name;
  /** `c2: width`: what the parameter is to a format whose rows name the block. */
  readonly role?: Name;
  /** `*rest`: the positional arguments that are left, as a list. */
  readonly spread?: true;
  readonly default?: Expression;
}

/** `block` or `net`. */
export interface Declaration {
  readonly kind: 'block' | 'net';
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly range: Range;
  /** Where it stands, if that is not in the document: its places are places there. */
  readonly elsewhere?: BlockElsewhere;
}

/** What the parser reports at a place; `replacement` where one edit is sure to be read. */
export interface SyntaxFault {
  readonly reason: string;
  readonly message: string;
  readonly range: Range;
  /** The logical line that it is in: what else seems wrong there most likely comes of it. */
  readonly line?: Range;
  readonly replacement?: { readonly title: string; readonly range: Range; readonly newText: string };
}

export interface SyntaxTree {
  readonly declarations: readonly Declaration[];
  readonly faults: readonly SyntaxFault[];
}
