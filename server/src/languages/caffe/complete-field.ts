// Completion in a prototxt: the fields of the message that the cursor is in, the words of a field, and the types of layers.
import { contains } from '../../text/range.ts';
import type { LanguageCompletion } from '../language.ts';
import { fieldOf } from './check-fields.ts';
import { LAYER_FIELDS } from './layer-field.ts';
import { layerRules } from './layers/registry.ts';
import { parametersOf } from './layers/parameters.ts';
import { PARAMETER_FIELDS, schemas } from './schema/registry.ts';
import { parseTextFormat } from './text-format/parse.ts';
import type { Message } from './text-format/tree.ts';

export function completeField(text: string, offset: number): readonly LanguageCompletion[] {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const { root } = parseTextFormat(text, LAYER_FIELDS);
  const { message, name } = innermost(root, 'net', offset);
  const schema = schemas.get(name);
  if (schema === undefined) return [];
  const value = /(\w+)\s*:\s*(["']?)\w*$/.exec(before);
  if (value !== null) {
    const [, field = '', quote = ''] = value;
    if (name === 'layer' && field === 'type' && quote !== '')
      return [...layerRules.keys()].map((type) => ({ label: type, detail: 'a type of layers', insertText: type }));
    const known = fieldOf(schema, name, field);
    const words = known?.type === 'boolean' ? ['true', 'false'] : (known?.words ?? []);
    return quote === '' ? words.map((word) => ({ label: word, detail: known?.doc ?? '', insertText: word })) : [];
  }
  const type = message.fields.find((field) => field.name === 'type')?.values[0];
  const own = type?.kind === 'scalar' ? parametersOf.get(type.text) : undefined;
  const parameters = name !== 'layer' ? [] : (own ?? [...PARAMETER_FIELDS]);
  return [
    ...Object.entries(schema).map(([field, { doc, type: kind }]) => ({
      label: field,
      detail: doc,
      insertText: kind === 'message' ? `${field} { ` : `${field}: `,
    })),
    ...parameters.map((field) => ({ label: field, detail: 'parameters of the layer', insertText: `${field} { ` })),
  ];
}

function innermost(message: Message, name: string, offset: number): { readonly message: Message; readonly name: string } {
  const schema = schemas.get(name);
  for (const field of message.fields) {
    const known = schema === undefined ? undefined : fieldOf(schema, name, field.name);
    const inside = field.values.find((value) => value.kind === 'message' && contains(value.range, offset) && offset > value.range.start);
    if (inside?.kind === 'message') return innermost(inside, known?.message ?? '', offset);
  }
  return { message, name };
}
