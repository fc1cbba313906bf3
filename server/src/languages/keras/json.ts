// JSON with the place of every value, bounded in depth, for text that may be anything.
import { parseTree, type Node as JsonNode, type ParseError } from 'jsonc-parser';
import type { Range } from '../../text/range.ts';

export type { JsonNode };

/** The parser calls itself for each level; no model of Keras comes near this. */
const DEEPEST = 200;

export interface ParsedJson {
  readonly root: JsonNode | undefined;
  /** The first thing that could not be read. */
  readonly fault?: { readonly message: string; readonly range: Range };
}

/** The last text is kept: it is asked for to tell whose it is, to read it, and for every edit. */
let last: { readonly text: string; readonly parsed: ParsedJson } | undefined;

export function parseJson(text: string): ParsedJson {
  if (last?.text !== text) last = { text, parsed: parseText(text) };
  return last.parsed;
}

function parseText(text: string): ParsedJson {
  const tooDeep = depthBeyond(text, DEEPEST);
  if (tooDeep !== undefined)
    return { root: undefined, fault: { message: `JSON nested deeper than ${DEEPEST} levels is not read.`, range: tooDeep } };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  // Python writes NaN and Infinity, which JSON has no numbers for.
  const error = errors.find(({ offset, length }) => !/^-?(NaN|Infinity)$/.test(text.slice(offset, offset + length)));
  if (error === undefined) return { root };
  const start = Math.min(error.offset, Math.max(text.length - 1, 0));
  return {
    root,
    fault: {
      message: 'This is not valid JSON: a comma, quote or bracket is missing or too many here.',
      range: { start, end: Math.max(error.offset + error.length, start + 1) },
    },
  };
}

/** The bracket that goes beyond the depth, or undefined. */
function depthBeyond(text: string, deepest: number): Range | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') {
      for (at++; at < text.length && text[at] !== '"' && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
    } else if (letter === '{' || letter === '[') {
      if (++depth > deepest) return { start: at, end: at + 1 };
    } else if (letter === '}' || letter === ']') depth--;
  }
  return undefined;
}

/** The value of a key of an object; undefined for anything else. The last of equal keys counts, as in Python. */
export function valueOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  if (node?.type !== 'object') return undefined;
  let found: JsonNode | undefined;
  for (const { children } of node.children ?? []) if (children?.[0]?.value === key) found = children[1];
  return found;
}

export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

/** What Keras writes of a tuple or a shape where it says that it is one: its list. */
export function untupled(node: JsonNode | undefined): JsonNode | undefined {
  const className = textOf(valueOf(node, 'class_name'));
  if (className !== '__tuple__' && className !== 'TensorShape') return node;
  return valueOf(node, 'items') ?? valueOf(node, 'config');
}

export function numberOf(node: JsonNode | undefined): number | undefined {
  const value: unknown = node?.value;
  return typeof value === 'number' ? value : undefined;
}

export function textOf(node: JsonNode | undefined): string | undefined {
  return node?.type === 'string' && typeof node.value === 'string' ? node.value : undefined;
}

export function rangeOf({ offset, length }: JsonNode): Range {
  return { start: offset, end: offset + length };
}
