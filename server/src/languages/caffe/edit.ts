// Writes a new value for an argument into a layer, in prototxt's own words and in the style of what stands beside it.
import type { Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { fieldsNamed, messageNamed } from './fields.ts';
import { argumentNames } from './argument-names.ts';
import { parseTextFormat } from './text-format/parse.ts';
import type { Field, Message } from './text-format/tree.ts';

const PARAMETERS: readonly (readonly [RegExp, string])[] = [
  [/^Conv/, 'convolution_param'],
  [/Pool\d?d?$/, 'pooling_param'],
  [/^Linear$/, 'inner_product_param'],
  [/^Cat$/, 'concat_param'],
  [/^TensorSplit$/, 'slice_param'],
  [/^Crop$/, 'crop_param'],
];

/** For height and width one by one. */
const STEMS: Readonly<Record<string, string>> = { kernel_size: 'kernel', stride: 'stride', padding: 'pad' };

export function setPrototxtArgument(text: string, node: Node, name: string, value: string): readonly TextEdit[] | undefined {
  const parameter = PARAMETERS.find(([operator]) => operator.test(node.operator))?.[1];
  // Whether a pool rounds up is said by a word of its own, or in forks by ceil_mode.
  const field = name === 'ceil_mode' ? 'round_mode' : argumentNames.get(name);
  const { start, end } = node.source.range;
  const layer = parseTextFormat(text.slice(start, end)).root.fields[0]?.values[0];
  if (parameter === undefined || field === undefined || layer?.kind !== 'message') return undefined;
  const within = messageNamed(layer, parameter);
  const old = fieldsOf(within, name, field);
  const written = wordsFor(within, name, field, value);
  if (written === undefined) return undefined;
  const shift = (edit: TextEdit): TextEdit => ({
    range: { start: edit.range.start + start, end: edit.range.end + start },
    newText: edit.newText,
  });
  const own = text.slice(start, end);
  if (within === undefined) {
    const last = layer.fields[layer.fields.length - 1];
    return last === undefined ? undefined : [shift(insertAfter(own, last, `${parameter} { ${written.join(' ')} }`))];
  }
  const [first, ...more] = old;
  if (first === undefined) {
    const last = within.fields[within.fields.length - 1];
    if (last === undefined)
      return [shift({ range: { start: within.range.start + 1, end: within.range.start + 1 }, newText: ` ${written.join(' ')} ` })];
    return [shift(insertAfter(own, last, ...written))];
  }
  const replaced: TextEdit = { range: first.range, newText: written.join(separatorBefore(own, first)) };
  return [replaced, ...more.map((gone): TextEdit => ({ range: gone.range, newText: '' }))].map(shift);
}

/** The fields that say the argument today. */
function fieldsOf(within: Message | undefined, name: string, field: string): Field[] {
  const stem = STEMS[name];
  const names = name === 'ceil_mode' ? ['ceil_mode', 'round_mode'] : [field, ...(stem === undefined ? [] : [`${stem}_h`, `${stem}_w`])];
  return (within?.fields ?? []).filter((one) => names.includes(one.name));
}

function wordsFor(within: Message | undefined, name: string, field: string, value: string): string[] | undefined {
  if (name === 'ceil_mode') {
    if (fieldsNamed(within, 'ceil_mode').length > 0) return [`ceil_mode: ${value.toLowerCase()}`];
    return [`round_mode: ${value === 'True' ? 'CEIL' : 'FLOOR'}`];
  }
  const tuple = /^\((.*?),?\)$/
    .exec(value)?.[1]
    ?.split(',')
    .map((part) => part.trim());
  if (tuple === undefined) return [`${field}: ${value === 'True' || value === 'False' ? value.toLowerCase() : value}`];
  const stem = STEMS[name];
  if (stem === undefined || tuple.length !== 2) return tuple.map((part) => `${field}: ${part}`);
  return tuple.map((part, at) => `${stem}_${at === 0 ? 'h' : 'w'}: ${part}`);
}

/** The break of the line and its indent, or a space where fields stand in one line. */
function separatorBefore(text: string, { range }: Field): string {
  return /(?:\r\n|\r|\n)[ \t]*$/.exec(text.slice(0, range.start))?.[0] ?? ' ';
}

function insertAfter(text: string, field: Field, ...written: readonly string[]): TextEdit {
  const separator = separatorBefore(text, field);
  const lineEnd = field.range.end + (/[\r\n]|$/.exec(text.slice(field.range.end))?.index ?? 0);
  // A comment behind the field belongs to it.
  const at =
    separator === ' ' ? field.range.end : /^[ \t]*(?:#.*)?$/.test(text.slice(field.range.end, lineEnd)) ? lineEnd : field.range.end;
  return { range: { start: at, end: at }, newText: written.map((part) => `${separator}${part}`).join('') };
}

/** A crop before a join is a layer of its own, which takes its size from another input of the join. */
export function applyPrototxtBefore(text: string, node: Node, input: number, call: string, name: string): readonly TextEdit[] | undefined {
  const pads = /^Pad\(\((.*)\)\)$/.exec(call)?.[1]?.split(',').map(Number);
  const tensor = node.inputs[input];
  const range = node.source.inputRanges[input];
  if (pads === undefined || pads.some((cells) => !(cells <= 0)) || tensor?.shape === undefined || range === undefined) return undefined;
  const shape = tensor.shape;
  const wanted = shape.map((size, axis) => {
    const at = 2 * (shape.length - 1 - axis);
    return typeof size === 'number' ? size + (pads[at] ?? 0) + (pads[at + 1] ?? 0) : undefined;
  });
  const reference = node.inputs.find((other) => other !== tensor && other.shape?.slice(2).every((size, at) => size === wanted[at + 2]));
  if (reference === undefined) return undefined;
  const { start } = node.source.range;
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const offsets = shape.slice(2).map((_, at) => -(pads[2 * (shape.length - 3 - at)] ?? 0));
  const blob = `${tensor.label}_${name}`;
  if (text.includes(`"${blob}"`)) return undefined;
  const offset = new Set(offsets).size === 1 ? `offset: ${offsets[0] ?? 0}` : offsets.map((cells) => `offset: ${cells}`).join(' ');
  const layer = `layer { name: "${blob}" type: "Crop" bottom: "${tensor.label}" bottom: "${reference.label}" top: "${blob}" crop_param { axis: 2 ${offset} } }`;
  return [
    { range: { start, end: start }, newText: `${layer}\n${indent}` },
    { range, newText: blob },
  ];
}
