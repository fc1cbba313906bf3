// Which nodes have to be worked out for one of them.
import type { Node } from '../../network/network.ts';

/** The node and all that it depends on, the node first. */
export function nodesUpTo(node: Node): readonly Node[] {
  const found = new Set([node]);
  for (const { inputs } of found) for (const { producer } of inputs) if (producer !== undefined) found.add(producer);
  return [...found];
}
