// The way from an input of the network to a layer: the longest one, which shows the most of it.
import { substitute } from '../../dims/arithmetic.ts';
import { formatShape } from '../../dims/format.ts';
import type { Network, Node, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { useOf } from './find-layer.ts';
import type { Analysis } from '../../analysis/analyse.ts';

export interface ChainStep {
  readonly tensor: Tensor;
  /** Absent for an input of the network. */
  readonly node?: Node;
  /** Where the call starts, and which use of it this is. */
  readonly offset: number;
  readonly use: number;
  readonly range: Range;
  readonly name: string;
  readonly operator: string;
  readonly shape: string;
}

/** A longer way is shortened in its middle: nobody looks at a thousand pictures. */
const LONGEST_CHAIN = 64;

/** The last step is the node itself. */
export function chainTo(analysis: Analysis, network: Network, node: Node, sizes: ReadonlyMap<string, number>): readonly ChainStep[] {
  const depths = depthsUpTo(network, node);
  const steps: ChainStep[] = [];
  const seen = new Set<Node>();
  let at: Node | undefined = node;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const [tensor] = at.outputs;
    if (tensor !== undefined) steps.push(stepOf(tensor, sizes, at, useOf(analysis, network, at)));
    const input: Tensor | undefined = deepest(at.inputs, depths);
    if (input !== undefined && input.producer === undefined) steps.push(stepOf(input, sizes, undefined, 0));
    at = input?.producer;
  }
  const all = steps.reverse();
  if (all.length <= LONGEST_CHAIN) return all;
  return [...all.slice(0, 1), ...all.slice(1 - LONGEST_CHAIN)];
}

/** How many nodes the longest way to each node has; the nodes of a network are in an order in which they can be run. */
function depthsUpTo({ nodes }: Network, last: Node): ReadonlyMap<Node, number> {
  const depths = new Map<Node, number>();
  for (const node of nodes) {
    depths.set(node, 1 + Math.max(0, ...node.inputs.map((input) => depthOf(input, depths))));
    if (node === last) break;
  }
  return depths;
}

function depthOf({ producer }: Tensor, depths: ReadonlyMap<Node, number>): number {
  return producer === undefined ? 0 : (depths.get(producer) ?? 0);
}

/** The first of those that are equally deep. */
function deepest(inputs: readonly Tensor[], depths: ReadonlyMap<Node, number>): Tensor | undefined {
  return inputs.reduce<Tensor | undefined>(
    (found, input) => (found === undefined || depthOf(input, depths) > depthOf(found, depths) ? input : found),
    undefined,
  );
}

function stepOf(tensor: Tensor, sizes: ReadonlyMap<string, number>, node: Node | undefined, use: number): ChainStep {
  const shape = formatShape(tensor.shape?.map((size) => substitute(size, sizes)));
  const range = node?.source.callRange ?? tensor.range;
  return {
    tensor,
    ...(node !== undefined && { node }),
    offset: range.start,
    use,
    range,
    name: tensor.label,
    operator: node?.operator ?? 'input',
    shape,
  };
}
