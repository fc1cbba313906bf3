// Writes a new value for a setting of a layer into the JSON.
import type { Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { itemsOf, parseJson, rangeOf, valueOf, type JsonNode } from './json.ts';
import { paddingWord } from './padding-word.ts';

export function setSetting(text: string, node: Node, name: string, value: string): readonly TextEdit[] | undefined {
  if (name === 'padding') return setPadding(text, node, value);
  const key = node.source.argumentNames?.get(name);
  const json = toJson(value);
  if (key === undefined || json === undefined) return undefined;
  const written = node.source.argumentRanges.get(name);
  if (written !== undefined) return [{ range: written, newText: json }];
  const config = configAt(parseJson(text).root, node.source.callRange.start);
  if (config === undefined) return undefined;
  const today = valueOf(config, key);
  return today === undefined ? [insertion(text, config, key, json)] : [{ range: rangeOf(today), newText: json }];
}

function setPadding(text: string, node: Node, value: string): readonly TextEdit[] | undefined {
  const word = paddingWord(node, value);
  const config = configAt(parseJson(text).root, node.source.callRange.start);
  if (word === undefined || config === undefined) return undefined;
  const isKeras1 = ['border_mode', 'nb_filter', 'pool_length', 'dim_ordering'].some((key) => valueOf(config, key) !== undefined);
  const key = isKeras1 ? 'border_mode' : 'padding';
  const today = valueOf(config, key);
  return today === undefined ? [insertion(text, config, key, `"${word}"`)] : [{ range: rangeOf(today), newText: `"${word}"` }];
}

/** Behind the last setting: on a line of its own where that one has one, and with as much space as the others have. */
function insertion(text: string, config: JsonNode, key: string, json: string): TextEdit {
  const { start, end } = rangeOf(config);
  const isSpaced = !/"[,:]\S/.test(text.slice(start, end));
  const setting = `"${key}":${isSpaced ? ' ' : ''}${json}`;
  const last = config.children?.[config.children.length - 1];
  if (last === undefined) return { range: { start: start + 1, end: start + 1 }, newText: setting };
  const place = rangeOf(last);
  const line = /\r?\n[ \t]*$/.exec(text.slice(start, place.start))?.[0];
  return { range: { start: place.end, end: place.end }, newText: `,${line ?? (isSpaced ? ' ' : '')}${setting}` };
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

/** The settings of the layer whose object begins at `offset`. */
function configAt(root: JsonNode | undefined, offset: number): JsonNode | undefined {
  let at = root;
  while (at !== undefined && !(at.type === 'object' && at.offset === offset)) {
    const parts = at.type === 'object' ? (at.children ?? []).flatMap(({ children }) => children?.[1] ?? []) : itemsOf(at);
    at = parts.find((part) => rangeOf(part).start <= offset && offset < rangeOf(part).end);
  }
  const config = valueOf(at, 'config');
  return config?.type === 'object' ? config : undefined;
}
