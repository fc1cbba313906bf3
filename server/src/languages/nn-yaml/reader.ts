// The YAML document with its source text, and the tokens of the scalars in it.
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Document,
  type Node as YamlNode,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Range } from '../../text/range.ts';
import { lex, type Token } from '../nn/lexer.ts';
import { TokenReader } from '../nn/token-reader.ts';
import type { SyntaxFault } from '../nn/tree.ts';

/** What the parsing functions of this folder share. */
export interface YamlReader {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly faults: SyntaxFault[];
  /** Counts the nodes that were looked at, aliases followed: a bomb of aliases ends. */
  visits: number;
}

/** No more nodes than this are looked at, aliases followed. */
export const MOST_VISITS = 200_000;

export type YamlValue = YAMLMap | YAMLSeq | Scalar | undefined;

/** The node behind aliases; undefined for what is missing. */
export function follow(reader: YamlReader, value: unknown): YamlValue {
  reader.visits++;
  let node: unknown = value;
  for (let step = 0; step < 20 && isAlias(node); step++) node = node.resolve(reader.document);
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
}

/** From the first letter of a node to its last. In block style YAML itself lets a map or list reach to the next line. */
export function rangeOf(node: unknown): Range {
  const start = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  let last = node;
  while ((isMap(last) || isSeq(last)) && last.flow !== true) {
    const item: unknown = last.items[last.items.length - 1];
    const inner = isPair(item) ? (item.value ?? item.key) : item;
    if (!isNode(inner)) break;
    last = inner;
  }
  return { start, end: Math.max(isNode(last) ? (last.range?.[1] ?? 0) : 0, start) };
}

function isNode(node: unknown): node is YamlNode {
  return typeof node === 'object' && node !== null && 'range' in node;
}

export function fault(reader: YamlReader, reason: string, message: string, range: Range, replacement?: SyntaxFault['replacement']): void {
  reader.faults.push({ reason, message, range, ...(replacement !== undefined && { replacement }) });
}

/** The text of a key or of a scalar; empty for anything else. */
export function textOf(node: unknown): string {
  return isScalar(node) && typeof node.value === 'string' ? node.value : '';
}

export function isQuoted(scalar: Scalar): boolean {
  return scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
}

/** A reader over the tokens of a scalar, with their places in the document. */
export function scalarReader(reader: YamlReader, scalar: Scalar): TokenReader {
  return new TokenReader(
    scalarTokens(reader, scalar).filter(({ kind }) => kind !== 'newline'),
    reader.faults,
  );
}

function scalarTokens({ text }: YamlReader, scalar: Scalar): Token[] {
  const range = rangeOf(scalar);
  const value = textOf(scalar);
  if (scalar.type === 'PLAIN') return lex(text, range.start, range.end);
  if (isQuoted(scalar) && text.slice(range.start + 1, range.end - 1) === value) return lex(text, range.start + 1, range.end - 1);
  // With escapes or folded lines the letters have no places of their own: all of them are the scalar.
  return lex(value).map((token) => ({ ...token, range }));
}

/** A reader over a piece of the source text: flow style writes shapes and lists as our language does. */
export function sliceReader({ text, faults }: YamlReader, { start, end }: Range): TokenReader {
  return new TokenReader(
    lex(text, start, end).filter(({ kind }) => kind !== 'newline'),
    faults,
  );
}

/** The pairs of a map, with their keys as text. */
export function pairsOf(map: YAMLMap): { readonly key: string; readonly keyNode: unknown; readonly value: unknown }[] {
  return map.items.map(({ key, value }: Pair) => ({ key: textOf(key), keyNode: key, value }));
}
