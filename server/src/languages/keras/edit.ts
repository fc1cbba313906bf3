// Writes a new value for a setting of a layer into the JSON.
import { modify } from 'jsonc-parser';
import type { Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { itemsOf, parseJson, rangeOf, type JsonNode } from './json.ts';
import { argumentNames } from './argument-names.ts';

export function setSetting(text: string, node: Node, name: string, value: string): readonly TextEdit[] | undefined {
  const key = argumentNames.get(name);
  const json = toJson(value);
  if (key === undefined || json === undefined) return undefined;
  const written = node.source.argumentRanges.get(name);
  if (written !== undefined) return [{ range: written, newText: json }];
  const path = pathTo(parseJson(text).root, node.source.callRange.start);
  if (path === undefined) return undefined;
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '';
  const edits = modify(text, [...path, 'config', key], JSON.parse(json), {
    formattingOptions: { insertSpaces: !indent.includes('\t'), tabSize: Math.max(indent.length, 1), keepLines: true },
  });
  return edits.map(({ offset, length, content }) => ({ range: { start: offset, end: offset + length }, newText: content }));
}

/** `(2, 3)` as `[2, 3]`, `None` as `null`. */
function toJson(value: string): string | undefined {
  const json = value
    .replace(/^\((.*?),?\)$/, '[$1]')
    .replace(/\bNone\b/g, 'null')
    .replace(/\bTrue\b/g, 'true')
    .replace(/\bFalse\b/g, 'false');
  return /^(?:null|true|false|-?[\d.]+|\[[-\d., ]*\])$/.test(json) ? json : undefined;
}

/** The keys and indices that lead to the object that begins at `offset`. */
function pathTo(node: JsonNode | undefined, offset: number): readonly (string | number)[] | undefined {
  let at = node;
  const path: (string | number)[] = [];
  while (at !== undefined) {
    if (at.type === 'object' && at.offset === offset) return path;
    const parts: readonly (readonly [string | number, JsonNode])[] =
      at.type === 'object'
        ? (at.children ?? []).flatMap(({ children }) =>
            children?.[1] === undefined ? [] : [[String(children[0]?.value), children[1]] as const],
          )
        : itemsOf(at).map((item, index) => [index, item] as const);
    const next = parts.find(([, part]) => rangeOf(part).start <= offset && offset < rangeOf(part).end);
    if (next === undefined) return undefined;
    path.push(next[0]);
    at = next[1];
  }
  return undefined;
}
