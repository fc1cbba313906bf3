// A field that a layer cannot do without: told at the layer's type, with the field put where it belongs as the fix.
import { insertField } from '../write-field.ts';
import { messageNamed } from '../fields.ts';
import type { CaffeLayer } from './layer-rule.ts';

/** `likely` are values that a fix puts. Nothing is said where a template may bring the field. */
export function reportMissing(layer: CaffeLayer, parameter: string, field: string, meaning: string, ...likely: readonly string[]): void {
  const { text, message, type, report, hasHoles } = layer;
  if (hasHoles) return;
  const words = { message: `${type.name} needs ${field} in ${parameter}.\n${meaning}`, related: [] };
  const ideas = [...new Set(likely)].flatMap((value) => {
    const edits = insertField(text, message, parameter, [`${field}: ${value}`]);
    return edits === undefined ? [] : [{ title: `Add \`${field}: ${value}\``, edits }];
  });
  // The type is wrong in no way, but is what the reader knows the layer by.
  const range = messageNamed(message, parameter) === undefined ? type.range : fieldNameRange(layer, parameter);
  report({ code: 'missing-argument', reason: 'missing', argument: field }, range, { words, ideas });
}

function fieldNameRange({ message, type }: CaffeLayer, parameter: string) {
  return message.fields.find(({ name }) => name === parameter)?.nameRange ?? type.range;
}
