// The syntax tree of a text in protobuf's text format, with the place of every part.
import type { Range } from '../../../text/range.ts';

/** `{ name: "conv1" pad: 1 }`, or the whole file, whose range then has no brackets. */
export interface Message {
  readonly kind: 'message';
  /** In the order of the text; a repeated field stands as often as it is written. */
  readonly fields: readonly Field[];
  /** From the opening bracket to behind the closing one. */
  readonly range: Range;
}

/** `name: value`, `name { ... }`, or `name: [value, value]`. */
export interface Field {
  readonly name: string;
  readonly nameRange: Range;
  /** One, or as many as a list in square brackets has. */
  readonly values: readonly Value[];
  readonly range: Range;
}

export interface Scalar {
  readonly kind: 'scalar';
  /** A placeholder is a hole that a template fills in, such as `{{classes}}`, `$N` or `%d`. */
  readonly type: 'string' | 'number' | 'identifier' | 'placeholder';
  /** What is meant: a string without quotes and escapes, else the text as it is written. */
  readonly text: string;
  /** For a number. */
  readonly number?: number;
  readonly range: Range;
}

export type Value = Message | Scalar;

/** What cannot be read, and where. */
export interface TextFormatFault {
  readonly message: string;
  readonly range: Range;
  /** What would let the place be read, where there is one sure way. */
  readonly replacement?: { readonly title: string; readonly range: Range; readonly newText: string };
}

export interface TextFormatTree {
  readonly root: Message;
  readonly faults: readonly TextFormatFault[];
  /** Whether a template adds fields to the text that cannot be seen in it: `{% for ... %}`, or a hole where a field would stand. */
  readonly hasHoles: boolean;
}
