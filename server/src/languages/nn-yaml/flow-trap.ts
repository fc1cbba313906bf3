// The trap of flow style: YAML splits `[Conv2d(1, 6, 5)]` at the commas of the call. Said once, with a fix.
import { isScalar, type YAMLSeq } from 'yaml';
import { lex } from '../nn/lexer.ts';
import { parseLine } from '../nn/parse-statement.ts';
import { TokenReader } from '../nn/token-reader.ts';
import type { Statement } from '../nn/tree.ts';
import { fault, rangeOf, textOf, type YamlReader } from './reader.ts';

/** The statements of a flow list that YAML has torn apart, read as they were meant; undefined where nothing is torn. */
export function splitCalls(reader: YamlReader, list: YAMLSeq): Statement[] | undefined {
  if (list.flow !== true) return undefined;
  const isTorn = list.items.some((item) => isScalar(item) && item.type === 'PLAIN' && balance(textOf(item)) !== 0);
  if (!isTorn) return undefined;
  const range = rangeOf(list);
  const calls = callsIn(reader.text, range.start + 1, range.end - 1);
  const quoted = calls.map(({ start, end }) => quote(reader.text.slice(start, end)));
  fault(
    reader,
    'flow-style',
    `YAML splits this list at every comma, into ${list.items.length} items: put each call in quotes, or after a dash on a line of its own.`,
    range,
    {
      title: 'Put the calls in quotes',
      range,
      newText: `[${quoted.join(', ')}]`,
    },
  );
  return calls.flatMap(({ start, end }) => {
    const parsed = parseLine(new TokenReader(lex(reader.text, start, end), reader.faults));
    return parsed.kind === 'statement' ? [parsed.statement] : [];
  });
}

/** The pieces between the commas that are in no brackets. */
function callsIn(text: string, from: number, to: number): { start: number; end: number }[] {
  const calls: { start: number; end: number }[] = [];
  let depth = 0;
  let start = from;
  const finish = (at: number) => {
    const piece = text.slice(start, at);
    const trimmed = piece.trim();
    const offset = start + piece.indexOf(trimmed);
    if (trimmed !== '') calls.push({ start: offset, end: offset + trimmed.length });
    start = at + 1;
  };
  for (let at = from; at < to; at++) {
    const letter = text.charAt(at);
    if ('([{'.includes(letter)) depth++;
    else if (')]}'.includes(letter)) depth--;
    else if (letter === ',' && depth === 0) finish(at);
  }
  finish(to);
  return calls;
}

function balance(text: string): number {
  return (text.match(/[([]/g)?.length ?? 0) - (text.match(/[)\]]/g)?.length ?? 0);
}

function quote(call: string): string {
  if (/^(["']).*\1$/.test(call)) return call;
  return call.includes('"') ? `'${call.replaceAll("'", "''")}'` : `"${call}"`;
}
