// The old format, V1, and the new one, V2, in one file: one fault at the first place, with the file written anew as its fix.
import type { Problem, TextIdea } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { scalarNamed, scalarsNamed } from './fields.ts';
import type { LayerField } from './layer-field.ts';
import type { Message } from './text-format/tree.ts';

export function mixedForms(text: string, root: Message, layers: readonly LayerField[]): Problem[] {
  const guilty = layers.find(({ message, form }) => {
    const type = scalarNamed(message, 'type')?.value.type;
    return (form === 'V1' && type === 'string') || (form === 'V2' && type === 'identifier');
  });
  const isNew = ({ form }: LayerField) => form === 'V2';
  const [first] = layers;
  const other = first === undefined ? undefined : layers.find((layer) => isNew(layer) !== isNew(first));
  const layer = guilty ?? other;
  if (layer === undefined || root.fields.length === 0) return [];
  const type = scalarNamed(layer.message, 'type');
  return [
    {
      fault: { code: 'syntax', reason: 'mixed-forms', message: messageOf(layer, guilty !== undefined, type?.value.text ?? '') },
      range: guilty === undefined ? layer.field.nameRange : (type?.range ?? layer.field.nameRange),
      frames: [],
      ideas: [newForm(text, layers)],
    },
  ];
}

function messageOf({ form, type: { name } }: LayerField, isType: boolean, type: string): string {
  if (!isType)
    return 'This file has both `layers`, the old form (V1), and `layer`, the new one (V2).\nCaffe reads one of them only. Write all of them as `layer`.';
  if (form === 'V1')
    return `\`layers\` is the old form (V1), whose type is a word such as RELU, and not the string "${type}".\nCaffe cannot read this. Write \`layer\` with type: "${type}", in all of the file.`;
  return `The type of a \`layer\` is a text: "${name}", and not the word ${type}.\nWords without quotes are those of \`layers\`, the old form (V1); Caffe cannot read both in one block.`;
}

/** `layers` to `layer`, words to strings, `blobs_lr` and `weight_decay` to `param`. */
function newForm(text: string, layers: readonly LayerField[]): TextIdea {
  const edits: TextEdit[] = [];
  // The oldest form has its parameters elsewhere; what it would be is not written here.
  for (const { field, message, form, type: meant } of layers.filter((layer) => layer.form !== 'V0')) {
    const isOld = form === 'V1';
    if (isOld && text.slice(field.nameRange.start, field.nameRange.end) === 'layers')
      edits.push({ range: field.nameRange, newText: 'layer' });
    const type = scalarNamed(message, 'type');
    if (type?.value.type === 'identifier') edits.push({ range: type.range, newText: `"${meant.name}"` });
    if (isOld) edits.push(...paramEdits(message));
  }
  return { title: 'Write the file in the new form (V2)', edits };
}

function paramEdits(message: Message): TextEdit[] {
  const [rates, decays] = [scalarsNamed(message, 'blobs_lr'), scalarsNamed(message, 'weight_decay')];
  const edits = rates.map(({ place, value }, at): TextEdit => {
    const decay = decays[at];
    return { range: place, newText: `param { lr_mult: ${value.text}${decay === undefined ? '' : ` decay_mult: ${decay.value.text}`} }` };
  });
  return [...edits, ...decays.slice(0, rates.length).map(({ place }): TextEdit => ({ range: place, newText: '' }))];
}
