// Puts fields into a layer and takes them out, in the style of what stands beside them.
import type { TextEdit } from '../../text/edit.ts';
import type { Range } from '../../text/range.ts';
import { messageNamed } from './fields.ts';
import type { Field, Message } from './text-format/tree.ts';

/** Edits that add `written`, such as `pad: 1`, to the layer's message `parameter`, which is added where it is not there. */
export function insertField(text: string, layer: Message, parameter: string, written: readonly string[]): TextEdit[] | undefined {
  const within = messageNamed(layer, parameter);
  if (within === undefined) {
    const last = layer.fields[layer.fields.length - 1];
    return last === undefined ? undefined : [insertAfter(text, last, [`${parameter} { ${written.join(' ')} }`])];
  }
  const last = within.fields[within.fields.length - 1];
  if (last !== undefined) return [insertAfter(text, last, written)];
  const at = within.range.start + 1;
  return [{ range: { start: at, end: at }, newText: ` ${written.join(' ')} ` }];
}

/** The break of the line and its indent, or a space where fields stand in one line. */
export function separatorBefore(text: string, { range }: Field): string {
  return /(?:\r\n|\r|\n)[ \t]*$/.exec(text.slice(Math.max(range.start - 200, 0), range.start))?.[0] ?? ' ';
}

function insertAfter(text: string, field: Field, written: readonly string[]): TextEdit {
  const separator = separatorBefore(text, field);
  const rest = /[^\r\n]*/.exec(text.slice(field.range.end, field.range.end + 1000))?.[0] ?? '';
  // A comment behind the field belongs to it.
  const at = separator !== ' ' && /^[ \t]*(?:#.*)?$/.test(rest) ? field.range.end + rest.length : field.range.end;
  return { range: { start: at, end: at }, newText: written.map((part) => `${separator}${part}`).join('') };
}

/** Takes out a field, and its line where nothing else is in it. */
export function removal(text: string, { start, end }: Range): TextEdit {
  const before = /(?:^|[\r\n])?[ \t]*$/.exec(text.slice(Math.max(start - 200, 0), start))?.[0] ?? '';
  const after = /^[ \t]*(?:\r\n|\r|\n|$)/.exec(text.slice(end, end + 200))?.[0];
  const isLine = /^[\r\n]/.test(before) || start === before.length;
  if (isLine && after !== undefined) {
    const lineStart = start - before.replace(/^[\r\n]/, '').length;
    return { range: { start: lineStart, end: end + after.length }, newText: '' };
  }
  return { range: { start: isLine ? start : start - before.length, end }, newText: '' };
}
