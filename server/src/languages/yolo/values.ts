// From the YAML library's nodes to values with their places, aliases followed.
import { isAlias, isMap, isSeq, Lexer, type Scalar } from 'yaml';
import type { Range } from '../../text/range.ts';
import { follow, isQuoted, MOST_VISITS, pairsOf, rangeOf, textOf, type YamlReader, type YamlValue } from '../nn-yaml/reader.ts';
import { meaningOf } from './scalar.ts';
import type { Comment, ModelKey, Value } from './tree.ts';

/** Values nested deeper than this are read as nothing. */
const DEEPEST = 50;

/** `alias` is the place of the alias that the value stands behind, if it does. */
export function valueOf(reader: YamlReader, node: unknown, fallback: Range, alias?: Range, depth = 0): Value {
  const place = alias ?? (isAlias(node) ? rangeOf(node) : undefined);
  const value = follow(reader, node);
  const range = place ?? (value === undefined ? fallback : rangeOf(value));
  const written = { range, isAlias: place !== undefined };
  if (value === undefined || depth > DEEPEST || reader.visits > MOST_VISITS) return { kind: 'nothing', ...written };
  if (isSeq(value)) {
    const items = value.items.map((item) => valueOf(reader, item, range, place, depth + 1));
    return { kind: 'list', items, isFlow: value.flow === true, ...written };
  }
  if (isMap(value)) return { kind: 'map', entries: entriesOf(reader, value, place, depth), ...written };
  return { ...scalarMeaning(value), ...written };
}

export function entriesOf(reader: YamlReader, map: YamlValue, alias?: Range, depth = 0): ModelKey[] {
  if (!isMap(map)) return [];
  return pairsOf(map).map(({ key, keyNode, value }) => {
    const range = alias ?? rangeOf(keyNode);
    return { name: key, range, value: valueOf(reader, value, { start: range.end, end: range.end }, alias, depth + 1) };
  });
}

function scalarMeaning(scalar: Scalar): ReturnType<typeof meaningOf> {
  const isPlain = !isQuoted(scalar) && scalar.type === 'PLAIN';
  return isPlain ? meaningOf(textOf(scalar)) : { kind: 'text', value: textOf(scalar) };
}

/** The words of the YAML library that stand for no letter of the text: the start of a document, an error, a plain scalar. */
const CONTROLS: readonly string[] = ['\u{2}', '\u{18}', '\u{1f}'];

/** All comments of a text, also those in collections that could not be read. */
export function commentsOf(text: string): Comment[] {
  const comments: Comment[] = [];
  let start = 0;
  let before = '';
  for (const lexeme of new Lexer().lex(text)) {
    if (!CONTROLS.includes(lexeme)) {
      const end = start + lexeme.length;
      // A plain scalar is announced; it may have a # in it, and a text over several lines may begin with one.
      if (lexeme.startsWith('#') && before !== '\u{1f}') comments.push({ range: { start, end }, text: lexeme });
      start = end;
    }
    before = lexeme;
  }
  return comments;
}
