// Writes a layer that pads or crops in front of a join, and has the join take it.
import type { Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Range } from '../../text/range.ts';
import { itemsOf, parseJson, rangeOf, textOf, valueOf, type JsonNode } from './json.ts';

/**
 * `call` is `Pad((left, right, top, bottom))`, the last axis first. Undefined where a join takes its input otherwise than by the
 * name of a layer with one output, and where cells would be added on one axis and taken off on another.
 */
export function applyLayerBefore(text: string, node: Node, input: number, call: string, name: string): readonly TextEdit[] | undefined {
  const range = node.source.inputRanges[input];
  const tensor = node.inputs[input];
  const axes = (tensor?.shape?.length ?? 0) - 2;
  const cells = /^Pad\(\(([-\d, ]+?),?\)\)$/.exec(call)?.[1]?.split(',').map(Number);
  if (range === undefined || cells === undefined || axes < 1 || axes > 3 || node.source.inputRanges.length !== node.inputs.length)
    return undefined;
  const isCrop = cells.every((count) => count <= 0);
  if (!isCrop && cells.some((count) => count < 0)) return undefined;
  const { root } = parseJson(text);
  const reference = referenceAt(root, range);
  if (reference === undefined) return undefined;
  const sides = Array.from({ length: axes }, (_, axis) => [0, 1].map((side) => Math.abs(cells[2 * (axes - 1 - axis) + side] ?? 0)));
  const own = freeName(text, `${name}_${textOf(reference.name) ?? ''}`);
  const layer = {
    class_name: `${isCrop ? 'Cropping' : 'ZeroPadding'}${axes}D`,
    name: own,
    config: {
      name: own,
      [isCrop ? 'cropping' : 'padding']: axes === 1 ? sides[0] : sides,
      ...(axes > 1 && { data_format: tensor?.layout ?? 'channels_first' }),
    },
    inbound_nodes: reference.callOf(text),
  };
  const { start } = node.source.callRange;
  return [
    { range: { start, end: start }, newText: written(text, start, layer) },
    { range, newText: JSON.stringify(own) },
  ];
}

interface FoundReference {
  readonly name: JsonNode;
  /** The calls of a layer that takes what the reference names. */
  readonly callOf: (text: string) => unknown;
}

/** `["p1", 0, 0, {}]`, or the tensor of Keras 3 around it; one that names a later call or output is none. */
function referenceAt(root: JsonNode | undefined, range: Range): FoundReference | undefined {
  const around = nodesAround(root, range.start);
  const list = around.findLast(({ type }) => type === 'array');
  const [name, call, output] = itemsOf(list);
  if (name === undefined || rangeOf(name).start !== range.start || call?.value !== 0 || output?.value !== 0) return undefined;
  const tensor = around.findLast((node) => textOf(valueOf(node, 'class_name')) === '__keras_tensor__');
  if (tensor === undefined) return { name, callOf: () => [[[textOf(name), 0, 0, {}]]] };
  const { start, end } = rangeOf(tensor);
  return { name, callOf: (text) => [{ args: [JSON.parse(text.slice(start, end)) as unknown], kwargs: {} }] };
}

/** The values that `offset` lies in, outermost first. */
function nodesAround(root: JsonNode | undefined, offset: number): readonly JsonNode[] {
  const around: JsonNode[] = [];
  let at = root;
  while (at !== undefined) {
    around.push(at);
    at = at.children?.find((child) => rangeOf(child).start <= offset && offset < rangeOf(child).end);
  }
  return around;
}

function freeName(text: string, wanted: string): string {
  let name = wanted;
  for (let count = 1; text.includes(JSON.stringify(name)); count++) name = `${wanted}_${count}`;
  return name;
}

/** The layer in the layout of the one that it is put in front of: on lines of its own, or behind what is there. */
function written(text: string, start: number, layer: unknown): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  if (lineStart === 0 || !/^[ \t]*$/.test(indent)) return `${JSON.stringify(layer)}, `;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const step = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return `${JSON.stringify(layer, undefined, step).replaceAll('\n', `${newline}${indent}`)},${newline}${indent}`;
}
