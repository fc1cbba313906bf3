// What nodes cost: parameters, multiply-accumulates and the elements of their outputs.
import { product, sum } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';
import type { Layer, Node } from '../network/network.ts';
import { onceForAlike, operatorCostOf } from '../operators/of-node.ts';
import { operators } from '../operators/registry.ts';

export interface NodeCost {
  readonly parameters: Dimension;
  readonly macs: Dimension;
  /** Elements of all outputs. */
  readonly activations: Dimension;
}

export function costOf(node: Node): NodeCost {
  const own = node.sharesParameters === true ? { parameters: 0 } : operators.has(node.operator) ? {} : { parameters: node.parameters };
  return { ...operatorCost(node), ...own };
}

const operatorCost = onceForAlike((node: Node): NodeCost => {
  const activations = sum(node.outputs.map(({ shape }) => (shape === undefined ? undefined : product(shape))));
  const none = operators.has(node.operator) ? 0 : undefined;
  return { ...(operatorCostOf(node) ?? { parameters: none, macs: none }), activations };
});

export function totalCost(nodes: readonly Node[]): NodeCost {
  return addCosts(nodes.map(costOf));
}

export function addCosts(costs: readonly NodeCost[]): NodeCost {
  return {
    parameters: sum(costs.map(({ parameters }) => parameters)),
    macs: sum(costs.map(({ macs }) => macs)),
    activations: sum(costs.map(({ activations }) => activations)),
  };
}

/** What each layer costs with all that it unrolls to; each node is looked at once, however deep the layers are. */
export function costOfLayers(layers: readonly Layer[], costs = new Map<Layer, NodeCost>()): ReadonlyMap<Layer, NodeCost> {
  for (const layer of layers) {
    costOfLayers(layer.children, costs);
    const own = layer.node === undefined ? [] : [costOf(layer.node)];
    const parts = [...own, ...layer.children.flatMap((child) => costs.get(child) ?? [])];
    const [only] = parts;
    costs.set(layer, parts.length === 1 && only !== undefined ? only : addCosts(parts));
  }
  return costs;
}
