// What a field of a message is: its type, whether it may be repeated, its default, and what it means.

export interface FieldSchema {
  readonly type: 'integer' | 'number' | 'boolean' | 'string' | 'word' | 'message';
  /** One or two sentences, without the name. */
  readonly doc: string;
  readonly default?: string;
  readonly isRepeated?: true;
  /** The words that the field may be. */
  readonly words?: readonly string[];
  /** The name of the schema of a message. */
  readonly message?: string;
}

export type MessageSchema = Readonly<Record<string, FieldSchema>>;

export function integer(doc: string, usual?: string | number): FieldSchema {
  return { type: 'integer', doc, ...defaultOf(usual) };
}

export function integers(doc: string): FieldSchema {
  return { type: 'integer', doc, isRepeated: true };
}

export function number(doc: string, usual?: string | number): FieldSchema {
  return { type: 'number', doc, ...defaultOf(usual) };
}

export function numbers(doc: string): FieldSchema {
  return { type: 'number', doc, isRepeated: true };
}

export function flag(doc: string, usual?: boolean): FieldSchema {
  return { type: 'boolean', doc, ...defaultOf(usual) };
}

export function text(doc: string, usual?: string): FieldSchema {
  return { type: 'string', doc, ...defaultOf(usual) };
}

export function texts(doc: string): FieldSchema {
  return { type: 'string', doc, isRepeated: true };
}

export function word(doc: string, words: readonly string[], usual?: string): FieldSchema {
  return { type: 'word', doc, words, ...defaultOf(usual) };
}

export function message(doc: string, name: string): FieldSchema {
  return { type: 'message', doc, message: name };
}

export function messages(doc: string, name: string): FieldSchema {
  return { type: 'message', doc, message: name, isRepeated: true };
}

function defaultOf(usual: string | number | boolean | undefined): { default?: string } {
  return usual === undefined ? {} : { default: String(usual) };
}
