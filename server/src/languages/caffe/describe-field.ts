// What a field of a prototxt means, for hovers: on its name, and on values that are no texts.
import { contains } from '../../text/range.ts';
import type { WordHelp } from '../language.ts';
import { fieldOf } from './check-fields.ts';
import { LAYER_FIELDS } from './layer-field.ts';
import type { FieldSchema } from './schema/field.ts';
import { schemas } from './schema/registry.ts';
import { parseTextFormat } from './text-format/parse.ts';
import type { Field, Message } from './text-format/tree.ts';

export function describeField(text: string, offset: number): WordHelp | undefined {
  return within(parseTextFormat(text, LAYER_FIELDS).root, 'net', text, offset);
}

function within(message: Message, name: string, text: string, offset: number): WordHelp | undefined {
  const schema = schemas.get(name);
  const field = message.fields.find(({ range }) => contains(range, offset));
  if (schema === undefined || field === undefined) return undefined;
  const known = fieldOf(schema, name, field.name);
  if (known === undefined) return undefined;
  if (contains(field.nameRange, offset)) return { range: field.nameRange, text: helpText(field, known, name, text) };
  const value = field.values.find(({ range }) => contains(range, offset));
  if (value?.kind === 'message') return within(value, known.message ?? '', text, offset);
  // A text is a name, of which more is to be said than what field it stands in.
  return value === undefined || known.type === 'string' ? undefined : { range: value.range, text: helpText(field, known, name, text) };
}

function helpText(field: Field, { type, doc, words, default: usual, isRepeated }: FieldSchema, owner: string, text: string): string {
  const [value] = field.values;
  const shown = value?.kind === 'scalar' ? `${field.name}: ${text.slice(value.range.start, value.range.end)}` : field.name;
  const place = owner === 'net' || owner === 'layer' ? '' : ` · ${owner}`;
  const notes = [
    ...(words === undefined ? [] : [`One of ${words.map((word) => `\`${word}\``).join(', ')}.`]),
    ...(type === 'boolean' ? ['`true` or `false`.'] : []),
    ...(usual === undefined ? [] : [`Default: \`${usual}\`.`]),
    ...(isRepeated === true ? ['May be given several times.'] : []),
  ];
  return [`\`${shown}\`${place}`, doc === '' ? `Parameters that layers with a \`${field.name}\` read.` : doc, notes.join(' ')]
    .filter((part) => part !== '')
    .join('\n\n');
}
