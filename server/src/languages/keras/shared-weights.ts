// A layer that is called more than once has one set of weights: each call has to bring the sizes for which they were made.
import { formatShape } from '../../dims/format.ts';
import type { Dimension } from '../../dims/size.ts';
import { writtenShape, type Layer, type Node, type Problem } from '../../network/network.ts';
import { operatorCostOf } from '../../operators/of-node.ts';
import type { Range } from '../../text/range.ts';
import type { KerasLayer } from './tree.ts';

export function sharedWeightsProblem(
  { name, classRange }: KerasLayer,
  first: Layer,
  again: Layer,
  range: Range | undefined,
): Omit<Problem, 'frames'> | undefined {
  const [one, other] = [first, again].map((entry) => nodesIn(entry).map(parametersOf));
  const differs = one?.some((count, at) => typeof count === 'number' && typeof other?.[at] === 'number' && count !== other[at]) === true;
  if (!differs) return undefined;
  const [made, given] = [first, again].map(({ inputs: [tensor] }) => tensor && writtenShape(tensor));
  const message =
    `\`${name}\` has weights for ${formatShape(made)} from its first call, but is called here on ${formatShape(given)}.\n` +
    'All calls of a layer share its weights. Bring both inputs to the same size, or take two layers.';
  return { fault: { code: 'argument-range', reason: 'expression', message }, range: range ?? classRange };
}

function nodesIn({ node, children }: Layer): readonly Node[] {
  return [...(node === undefined ? [] : [node]), ...children.flatMap(nodesIn)];
}

function parametersOf(node: Node): Dimension {
  return node.parameters ?? operatorCostOf(node)?.parameters;
}
