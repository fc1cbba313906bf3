// Writes a new value for an argument into a layer, in prototxt's own words and in the style of what stands beside it.
import type { Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { argumentNames } from './argument-names.ts';
import { fieldsNamed, messageNamed } from './fields.ts';
import { parametersOf } from './layers/parameters.ts';
import { schemas } from './schema/registry.ts';
import { parseTextFormat } from './text-format/parse.ts';
import type { Field, Message } from './text-format/tree.ts';
import { insertField, removal, separatorBefore } from './write-field.ts';

/** For height and width one by one. */
const STEMS: Readonly<Record<string, string>> = { kernel_size: 'kernel', stride: 'stride', padding: 'pad' };

/** Also `axis` for what is `dim` elsewhere; undefined where the layer has no such field, or stands in the oldest form. */
export function setPrototxtArgument(text: string, node: Node, name: string, value: string): readonly TextEdit[] | undefined {
  const [parameter] = parametersOf.get(node.source.label ?? '') ?? [];
  // Whether a pool rounds up is said by a word of its own, or in forks by ceil_mode.
  const field = name === 'ceil_mode' ? 'round_mode' : name === 'size' ? 'local_size' : (argumentNames.get(name) ?? name);
  const { start, end } = node.source.range;
  const own = text.slice(start, end);
  const layer = parseTextFormat(own).root.fields[0]?.values[0];
  if (parameter === undefined || layer?.kind !== 'message' || messageNamed(layer, 'layer') !== undefined) return undefined;
  const schema = schemas.get(parameter);
  if (schema === undefined || !Object.hasOwn(schema, field)) return undefined;
  const within = messageNamed(layer, parameter);
  const written = wordsFor(within, name, field, value, schema[field]?.isRepeated === true);
  if (written === undefined) return undefined;
  const edits = replaced(own, fieldsOf(within, name, field), written) ?? insertField(own, layer, parameter, written);
  return edits?.map(({ range, newText }) => ({ range: { start: range.start + start, end: range.end + start }, newText }));
}

/** The first of the fields becomes what is written, and the others go; undefined where there are none. */
function replaced(text: string, fields: readonly Field[], written: readonly string[]): TextEdit[] | undefined {
  const [first, ...more] = fields;
  if (first === undefined) return undefined;
  return [{ range: first.range, newText: written.join(separatorBefore(text, first)) }, ...more.map(({ range }) => removal(text, range))];
}

/** The fields that say the argument today. */
function fieldsOf(within: Message | undefined, name: string, field: string): Field[] {
  const stem = STEMS[name];
  const older = name === 'dim' ? ['concat_dim', 'slice_dim'] : [];
  const names = [
    field,
    ...older,
    ...(stem === undefined ? [] : [`${stem}_h`, `${stem}_w`]),
    ...(name === 'ceil_mode' ? ['ceil_mode'] : []),
  ];
  return (within?.fields ?? []).filter((one) => names.includes(one.name));
}

function wordsFor(within: Message | undefined, name: string, field: string, value: string, isRepeated: boolean): string[] | undefined {
  if (name === 'ceil_mode') {
    if (fieldsNamed(within, 'ceil_mode').length > 0) return [`ceil_mode: ${value.toLowerCase()}`];
    return [`round_mode: ${value === 'True' ? 'CEIL' : 'FLOOR'}`];
  }
  const parts = /^\((.*?),?\)$/
    .exec(value)?.[1]
    ?.split(',')
    .map((part) => part.trim());
  if (parts === undefined)
    return /["']/.test(value) ? undefined : [`${field}: ${/^(?:True|False)$/.test(value) ? value.toLowerCase() : value}`];
  const [first = ''] = parts;
  const stem = STEMS[name];
  if (stem !== undefined && parts.every((part) => part === first)) return [`${field}: ${first}`];
  if (stem !== undefined && parts.length === 2) return parts.map((part, at) => `${stem}_${at === 0 ? 'h' : 'w'}: ${part}`);
  return isRepeated ? parts.map((part) => `${field}: ${part}`) : undefined;
}
