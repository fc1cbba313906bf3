// Puts a layer before another one: a crop of what it takes, or an activation.
import type { Node, Tensor } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';

/** Activations without parameters, by the operator's name: the type today, and the word of V1 where it has one. */
const ACTIVATIONS: Readonly<Record<string, readonly [string, string?]>> = {
  ReLU: ['ReLU', 'RELU'],
  Sigmoid: ['Sigmoid', 'SIGMOID'],
  Tanh: ['TanH', 'TANH'],
  ELU: ['ELU'],
  ReLU6: ['ReLU6'],
  SiLU: ['Swish'],
};

interface Place {
  readonly text: string;
  readonly node: Node;
  readonly tensor: Tensor;
  /** The blob that the new layer makes. */
  readonly blob: string;
  /** Whether the file is in the old form, V1. */
  readonly isOld: boolean;
}

/** The layer takes its size, for a crop, from another input of the node. */
export function applyPrototxtBefore(text: string, node: Node, input: number, call: string, name: string): readonly TextEdit[] | undefined {
  const tensor = node.inputs[input];
  const range = node.source.inputRanges[input];
  if (tensor === undefined || range === undefined) return undefined;
  const { start } = node.source.range;
  const place: Place = { text, node, tensor, blob: `${tensor.label}_${name}`, isOld: /^layers\b/.test(text.slice(start, start + 7)) };
  if (text.includes(`"${place.blob}"`)) return undefined;
  const layer = activation(place, call) ?? crop(place, call);
  if (layer === undefined) return undefined;
  const indent = /[ \t]*$/.exec(text.slice(Math.max(start - 200, 0), start))?.[0] ?? '';
  const lineBreak = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  return [
    { range: { start, end: start }, newText: `${layer}${lineBreak}${indent}` },
    { range, newText: place.blob },
  ];
}

function activation({ tensor, blob, isOld }: Place, call: string): string | undefined {
  const [type, oldWord] = ACTIVATIONS[/^(\w+)\(\)$/.exec(call)?.[1] ?? ''] ?? [];
  if (type === undefined || (isOld && oldWord === undefined)) return undefined;
  const written = isOld ? `layers { name: "${blob}" type: ${oldWord ?? ''}` : `layer { name: "${blob}" type: "${type}"`;
  return `${written} bottom: "${tensor.label}" top: "${blob}" }`;
}

/** The old form has no word for Crop. */
function crop({ node, tensor, blob, isOld }: Place, call: string): string | undefined {
  const pads = /^Pad\(\((.*)\)\)$/.exec(call)?.[1]?.split(',').map(Number);
  const shape = tensor.shape;
  if (isOld || pads === undefined || shape === undefined || pads.some((cells) => !(cells <= 0))) return undefined;
  const wanted = shape.map((size, axis) => {
    const at = 2 * (shape.length - 1 - axis);
    return typeof size === 'number' ? size + (pads[at] ?? 0) + (pads[at + 1] ?? 0) : undefined;
  });
  const reference = node.inputs.find((other) => other !== tensor && other.shape?.slice(2).every((size, at) => size === wanted[at + 2]));
  if (reference === undefined) return undefined;
  const offsets = shape.slice(2).map((_, at) => -(pads[2 * (shape.length - 3 - at)] ?? 0));
  const offset = new Set(offsets).size === 1 ? `offset: ${offsets[0] ?? 0}` : offsets.map((cells) => `offset: ${cells}`).join(' ');
  return `layer { name: "${blob}" type: "Crop" bottom: "${tensor.label}" bottom: "${reference.label}" top: "${blob}" crop_param { axis: 2 ${offset} } }`;
}
