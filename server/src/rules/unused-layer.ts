// unused-layer: a layer whose result nothing uses.
import type { Network, Node } from '../network/network.ts';
import type { Range } from '../text/range.ts';
import type { NetworkRule } from './network-rule.ts';
import { usesOf, type Uses } from './uses.ts';
import { nodeName } from './words.ts';

export const unusedLayer: NetworkRule = {
  code: 'unused-layer',
  severity: 'warning',
  summary: 'A layer whose result nothing uses.',
  needsWhole: true,
  everyUse: true,
  check: (network) => {
    const uses = usesOf(network);
    const ends = network.nodes.filter((node) => node.outputs.length > 0 && uses.consumers(node).length === 0 && !uses.isResult(node));
    if (ends.length === 0) return [];
    const live = liveNodes(network, uses);
    const places = livePlaces(network.nodes, live);
    return ends.flatMap((node) => {
      const unused = unusedPlace(node, places);
      if (unused === undefined) return [];
      const { range, name } = unused;
      const message = `Nothing uses the result of ${name}.\nIt costs time and memory, and no loss reaches its weights. Use it further down, make it an output, or take it out.`;
      return [{ message, range, related: [] }];
    });
  },
};

/** The nodes from which a result of the network can be reached. */
function liveNodes({ nodes }: Network, uses: Uses): ReadonlySet<Node> {
  const live = new Set<Node>();
  // The nodes are in the order in which they are worked out: users come after what they use.
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at];
    if (node !== undefined && (uses.isResult(node) || uses.consumers(node).some((user) => live.has(user)))) live.add(node);
  }
  return live;
}

/** Where the lines start that give something which is used: those of the nodes, and those on which their blocks are used. */
function livePlaces(nodes: readonly Node[], live: ReadonlySet<Node>): ReadonlySet<number> {
  const places = new Set<number>();
  for (const node of nodes) {
    if (!live.has(node)) continue;
    places.add(node.source.nameRange.start);
    for (const { callRange } of node.source.frames) places.add(callRange.start);
  }
  return places;
}

/**
 * The innermost line that is unused wherever it is unrolled: the node's own, else one of the uses of blocks that it is in.
 * There is none where only this use of a block, or this turn of a loop, leaves a part of it alone.
 */
function unusedPlace(node: Node, places: ReadonlySet<number>): { range: Range; name: string } | undefined {
  const { source } = node;
  if (!places.has(source.nameRange.start)) return { range: source.nameRange, name: nodeName(node) };
  const call = [...source.frames].reverse().find(({ callRange }) => !places.has(callRange.start));
  return call === undefined ? undefined : { range: call.callRange, name: `\`${call.block}\`` };
}
