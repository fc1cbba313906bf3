// The layers of a file, in one form whatever the format's version: V2's `layer`, V1's `layers`, and V0's layer within a `layers`.
import type { Range } from '../../text/range.ts';
import { insideQuotes, messageNamed, scalarNamed } from './fields.ts';
import { typeOfOldWord } from './layers/old-words.ts';
import { layerRules } from './layers/registry.ts';
import { newFormOfOldest } from './oldest-form.ts';
import type { Field, Message } from './text-format/tree.ts';

export interface LayerField {
  readonly field: Field;
  readonly message: Message;
  readonly type: { readonly name: string; readonly range: Range };
  readonly form: 'V0' | 'V1' | 'V2';
}

/** The names of fields of the file itself that hold layers. */
export const LAYER_FIELDS: ReadonlySet<string> = new Set(['layer', 'layers']);

export function layersOf(root: Message): LayerField[] {
  return root.fields.flatMap((field) => {
    if (!LAYER_FIELDS.has(field.name)) return [];
    const isOld = field.name === 'layers';
    return field.values.flatMap((value): LayerField[] => {
      if (value.kind !== 'message') return [];
      const inner = isOld ? messageNamed(value, 'layer') : undefined;
      const message = inner === undefined ? value : newFormOfOldest(value, inner);
      const form = inner !== undefined ? 'V0' : isOld ? 'V1' : 'V2';
      return [{ field, message, form, type: typeOf(message, field, form) }];
    });
  });
}

function typeOf(message: Message, field: Field, form: LayerField['form']): LayerField['type'] {
  const written = scalarNamed(message, 'type');
  if (written === undefined) return { name: 'Layer', range: field.nameRange };
  const { type, text } = written.value;
  // A word in the new form is a mistake, and means what it says: the type, or that of the old form.
  const isOldWord = type === 'identifier' && (form === 'V1' || !layerRules.has(text));
  const name = isOldWord ? typeOfOldWord(text) : text;
  return { name, range: type === 'string' ? insideQuotes(text, written.range) : written.range };
}
