// What helps where a layer takes a blob that nothing makes, or makes one that is there.
import type { TextIdea } from '../../network/network.ts';
import { stringNamed, type Written } from './fields.ts';
import type { LayerField } from './layer-field.ts';
import type { Phase } from './phases.ts';
import { removal, separatorBefore } from './write-field.ts';

/** A layer that takes what a deployed network does not have is one of the training. */
export function withoutBlob(text: string, { field, message }: LayerField, phases: readonly Phase[]): readonly TextIdea[] {
  const whole: TextIdea = { title: 'Remove the layer', edits: [removal(text, field.range)], larger: true };
  const include = message.fields.find(({ name }) => name === 'include');
  const last = message.fields[message.fields.length - 1];
  if (last === undefined || phases.includes('TRAIN')) return [whole];
  const rule = 'include { phase: TRAIN }';
  const end = { start: last.range.end, end: last.range.end };
  const edit =
    include === undefined ? { range: end, newText: `${separatorBefore(text, last)}${rule}` } : { range: include.range, newText: rule };
  return [whole, { title: `Limit the layer to the training: \`${rule}\``, edits: [edit], larger: true }];
}

/** The blob gets the name of its layer, or the layer works in place. */
export function repeatedBlob(
  { message }: LayerField,
  top: Written<string>,
  bottom: Written<string> | undefined,
  isFree: (name: string) => boolean,
): readonly TextIdea[] {
  const name = stringNamed(message, 'name')?.value;
  const renamed: TextIdea[] =
    name === undefined || !isFree(name) ? [] : [{ title: `Change the top to \`${name}\``, edits: [{ range: top.range, newText: name }] }];
  if (bottom === undefined) return renamed;
  return [...renamed, { title: `Change the bottom to \`${top.value}\``, edits: [{ range: bottom.range, newText: top.value }] }];
}
