// The syntax tree of a YOLO model file: its keys, and the rows of its backbone and head, each piece with its place.
import type { TextIdea } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';

export interface ModelTree {
  readonly text: string;
  /** The keys of the top level in the order of the file; of a key that is there twice the last one counts, as in PyYAML. */
  readonly keys: ReadonlyMap<string, ModelKey>;
  /** The keys that do not count, since another one of the name comes behind them. */
  readonly repeated: readonly ModelKey[];
  /** The rows of the backbone and then those of the head, whichever is written first: a row's index is its place here. */
  readonly rows: readonly Row[];
  /** Every comment of the file, in the order of the text. */
  readonly comments: readonly Comment[];
  readonly faults: readonly TreeFault[];
  /** The YAML cannot be read: what is odd about keys and rows comes of that. */
  readonly isBroken: boolean;
}

export interface ModelKey {
  readonly name: string;
  readonly range: Range;
  /** Of kind `nothing` where it has none. */
  readonly value: Value;
}

/** A value of the file, read as PyYAML reads it: `None` is text, `~` is nothing, `yes` is true. */
export type Value = ScalarValue | ListValue | MapValue;

export type ScalarValue =
  | (Written & { readonly kind: 'number'; readonly value: number; readonly isInteger: boolean })
  | (Written & { readonly kind: 'boolean'; readonly value: boolean })
  | (Written & { readonly kind: 'text'; readonly value: string })
  | (Written & { readonly kind: 'nothing' });

export interface ListValue extends Written {
  readonly kind: 'list';
  readonly items: readonly Value[];
  /** Written with brackets, and not with dashes. */
  readonly isFlow: boolean;
}

export interface MapValue extends Written {
  readonly kind: 'map';
  readonly entries: readonly ModelKey[];
}

interface Written {
  readonly range: Range;
  /** The value stands behind an alias: `range` is where the alias is, and the text of the value belongs to others too. */
  readonly isAlias: boolean;
}

/** `[from, repeats, module, args]`. What could not be read is absent and has a fault. */
export interface Row {
  readonly index: number;
  readonly section: 'backbone' | 'head';
  /** From its first letter to its last; in block style without the dash in front. */
  readonly range: Range;
  /** Absent where the row is no list. */
  readonly list?: ListValue;
  readonly from?: From;
  readonly repeats?: ScalarValue & { readonly kind: 'number' };
  readonly module?: ScalarValue & { readonly kind: 'text' };
  readonly args?: ListValue;
  /** The comment behind the row, on its last line. */
  readonly comment?: Comment;
}

/** One number, or a list of them. */
export interface From {
  readonly range: Range;
  readonly isList: boolean;
  readonly isAlias: boolean;
  /** Written as the empty list: the elements are what the parser finds itself. */
  readonly isImplied?: true;
  readonly elements: readonly FromElement[];
}

export interface FromElement {
  /** As written: negative counts back from this row, -1 is the row before. */
  readonly value: number;
  readonly range: Range;
  readonly isAlias: boolean;
}

export interface Comment {
  /** From the `#` to the end of the line. */
  readonly range: Range;
  /** With the `#`. */
  readonly text: string;
}

export interface TreeFault {
  readonly reason: string;
  readonly message: string;
  readonly range: Range;
  readonly ideas?: readonly TextIdea[];
}
