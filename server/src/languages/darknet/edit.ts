// Writes a new value for an argument as an option of its section, where it stands or below the section's header.
import type { Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { argumentNames } from './argument-names.ts';

export function setOption(text: string, node: Node, name: string, value: string): readonly TextEdit[] | undefined {
  const { argumentRanges, nameRange } = node.source;
  const key = argumentNames.get(name);
  if (key === undefined || !/^\d+$/.test(value)) return undefined;
  const written = argumentRanges.get(name);
  if (written !== undefined) return [{ range: written, newText: value }];
  const newline = /\r\n|\n/.exec(text)?.[0] ?? '\n';
  const place = { start: nameRange.end, end: nameRange.end };
  return [{ range: place, newText: `${newline}${key}=${value}` }];
}
