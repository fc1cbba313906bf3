// What stands at a place of the text: the nodes, arguments and references of an analysis.
import type { Analysis } from '../analysis/analyse.ts';
import type { Layer, Network, Node, Reference } from '../network/network.ts';
import type { Parameter } from '../operators/operator.ts';
import { operators } from '../operators/registry.ts';
import { contains, type Range } from '../text/range.ts';

export interface PlacedNode {
  readonly node: Node;
  readonly network: Network;
  /** How many uses of this line there are: more than one in a block or a loop. */
  readonly uses: number;
}

/** The first node whose operator's name is at `offset`. */
export function nodeAt(analysis: Analysis, offset: number): PlacedNode | undefined {
  return find(analysis, ({ source }) => source.isInLibrary !== true && contains(source.nameRange, offset));
}

/** The row of an indexed format whose name is at `offset`; the first network's where several are read from one text. */
export function rowAt(
  { document }: Analysis,
  offset: number,
): { readonly layer: Layer; readonly network: Network; readonly range: Range } | undefined {
  for (const network of document.networks) {
    for (const layer of network.layers)
      if (layer.nameRange !== undefined && contains(layer.nameRange, offset)) return { layer, network, range: layer.nameRange };
  }
  return undefined;
}

/** The argument at `offset`, on its value or on its keyword. */
export function argumentAt(
  analysis: Analysis,
  offset: number,
): (PlacedNode & { readonly name: string; readonly range: Range }) | undefined {
  const placed = find(analysis, (node) => contains(node.source.range, offset) && argumentOf(analysis, node, offset) !== undefined);
  const argument = placed === undefined ? undefined : argumentOf(analysis, placed.node, offset);
  return placed === undefined || argument === undefined ? undefined : { ...placed, ...argument };
}

export function referenceAt({ document }: Analysis, offset: number): Reference | undefined {
  return document.references.find(({ range }) => contains(range, offset));
}

function argumentOf({ source }: Analysis, node: Node, offset: number): { name: string; range: Range } | undefined {
  for (const [name, range] of node.source.argumentRanges) {
    const keyword = new RegExp(`\\b${name}\\s*=\\s*$`).exec(source.text.slice(Math.max(range.start - name.length - 8, 0), range.start));
    const whole = { start: range.start - (keyword?.[0].length ?? 0), end: range.end };
    if (contains(whole, offset)) return { name, range: whole };
  }
  return undefined;
}

function find({ document }: Analysis, matches: (node: Node) => boolean): PlacedNode | undefined {
  for (const network of document.networks) {
    const node = network.nodes.find(matches);
    if (node === undefined) continue;
    const start = node.source.callRange.start;
    return { node, network, uses: network.nodes.filter(({ source }) => source.callRange.start === start).length };
  }
  return undefined;
}

/** The innermost node whose brackets `offset` is inside of. */
export function nodeAtCall({ document }: Analysis, offset: number): Node | undefined {
  const around = document.networks.flatMap(({ nodes }) =>
    nodes.filter(({ source }) => source.nameRange.end < offset && offset < source.callRange.end),
  );
  return around.sort((a, b) => b.source.callRange.start - a.source.callRange.start)[0];
}

/** The parameters that a node's call does not write yet. */
export function argumentsIn(node: Node): readonly Parameter[] {
  return (operators.get(node.operator)?.parameters ?? []).filter(({ name }) => !node.arguments.has(name));
}
