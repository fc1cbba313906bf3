// Solves for the number of channels or features at the layer that makes them.
import { isEqual } from '../../dims/compare.ts';
import { formatSize } from '../../dims/format.ts';
import { isConcrete, type Dimension } from '../../dims/size.ts';
import { isList } from '../../network/argument.ts';
import type { Node, Tensor } from '../../network/network.ts';
import type { FixIdea } from '../rule.ts';
import { argumentName, layerName } from '../words.ts';
import { argumentIdea } from '../argument-idea.ts';

/** An idea that lets the nearest layer above that chooses the size of this axis make it `wanted`. */
export function producerIdeas(tensor: Tensor | undefined, of: number, wanted: Dimension): FixIdea[] {
  if (!isConcrete(wanted) || wanted < 1) return [];
  let at = tensor;
  let axis = of;
  for (let step = 0; step < 50; step++) {
    const node = at?.producer;
    if (node === undefined) return [];
    const [before, after] = [node.inputs[0]?.shape, node.outputs[0]?.shape];
    if (after === undefined) return [];
    const argument = argumentBehind(node, axis - after.length);
    if (argument !== undefined) return numberIdea(node, argument, wanted);
    const earlier = axisBefore(node, axis);
    if (before === undefined || earlier === undefined || isEqual(before[earlier], after[axis]) !== true) return [];
    axis = earlier;
    at = node.inputs[0];
  }
  return [];
}

/** Which axis of its input a node hands on as an axis of its output, as far as it only moves them. */
function axisBefore({ operator, arguments: written, inputs, outputs }: Node, axis: number): number | undefined {
  if (operator === 'Permute') {
    const order = written.get('dims');
    const from = isList(order) ? order[axis] : undefined;
    return typeof from === 'number' ? from : undefined;
  }
  if (operator === 'Unsqueeze') {
    const dim = written.get('dim');
    return typeof dim !== 'number' || dim < 0 || dim === axis ? undefined : axis < dim ? axis : axis - 1;
  }
  return inputs[0]?.shape?.length === outputs[0]?.shape?.length ? axis : undefined;
}

/** The argument that is the size of an axis, counted from the end, of what the node makes. */
function argumentBehind({ operator }: Node, axis: number): string | undefined {
  const spatial = Number(/^(?:Lazy)?Conv(?:Transpose)?([123])d$/.exec(operator)?.[1] ?? 0);
  if (spatial > 0) return axis === -1 - spatial ? 'out_channels' : undefined;
  return /^(?:Lazy|Bi)?[Ll]inear$/.test(operator) && axis === -1 ? 'out_features' : undefined;
}

/** Writes another number over one that is written as a number: what a name says may be meant elsewhere too. */
function numberIdea(node: Node, name: string, value: number): FixIdea[] {
  const range = node.source.argumentRanges.get(name);
  const today = node.arguments.get(name);
  if (range === undefined || typeof today !== 'number' || range.end - range.start !== String(today).length) return [];
  return [
    {
      title: `Change ${argumentName(node, name)} of ${layerName(node)} to ${value}`,
      changes: [{ kind: 'argument', node, name, value: String(value) }],
      larger: true,
    },
  ];
}

/** The argument of the layer itself, which is made for another number than it gets. */
export function consumerIdea(node: Node | undefined, name: string, actual: Dimension): FixIdea[] {
  if (node === undefined || actual === undefined) return [];
  const value = formatSize(actual);
  return [argumentIdea(node, { [name]: value })];
}
