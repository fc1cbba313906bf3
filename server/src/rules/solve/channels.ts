// Solves for the number of channels or features at the layer that makes them.
import { isEqual } from '../../dims/compare.ts';
import { formatSize } from '../../dims/format.ts';
import { isConcrete, type Dimension } from '../../dims/size.ts';
import type { Node, Tensor } from '../../network/network.ts';
import type { FixIdea } from '../rule.ts';
import { argumentName, layerName } from '../words.ts';
import { argumentIdea } from '../argument-idea.ts';

/** An idea that lets the nearest layer above that chooses the size of this axis make it `wanted`. */
export function producerIdeas(tensor: Tensor | undefined, axis: number, wanted: Dimension): FixIdea[] {
  if (!isConcrete(wanted) || wanted < 1) return [];
  let at = tensor;
  for (let step = 0; step < 50; step++) {
    const node = at?.producer;
    if (node === undefined) return [];
    const [before, after] = [node.inputs[0]?.shape, node.outputs[0]?.shape];
    if (after === undefined) return [];
    const argument = argumentBehind(node, axis - after.length);
    if (argument !== undefined) return numberIdea(node, argument, wanted);
    if (before?.length !== after.length || isEqual(before[axis], after[axis]) !== true) return [];
    at = node.inputs[0];
  }
  return [];
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
