// Who uses what in a network, and which lines it was unrolled from: worked out once for all rules that ask.
import type { Layer, Network, Node, Tensor } from '../network/network.ts';
import type { Range } from '../text/range.ts';

export interface Uses {
  /** The nodes that take an output of this node, in the order of the network. */
  readonly consumers: (node: Node) => readonly Node[];
  /** Whether an output of this node is a result of the network. */
  readonly isResult: (node: Node) => boolean;
  /** Whether an input of the network is taken by a node or is a result itself. */
  readonly isTaken: (input: Tensor) => boolean;
  /** The nodes of each line of the text: many where a block is used or a loop runs often. A line may stand for several operators. */
  readonly lines: ReadonlyMap<string, readonly Node[]>;
}

const known = new WeakMap<Network, Uses>();

export function usesOf(network: Network): Uses {
  const uses = known.get(network) ?? findUses(network);
  known.set(network, uses);
  return uses;
}

const NOBODY: readonly Node[] = [];

function findUses({ nodes, outputs, layers }: Network): Uses {
  const consumers = new Map<Node, Node[]>();
  const results = new Set<Node>();
  // A tensor that gets a name or a claim is a copy: an input is known by where it is declared.
  const taken = new Set<number>();
  const lines = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const { producer, range } of node.inputs) {
      if (producer === undefined) taken.add(range.start);
      else append(consumers, producer, node);
    }
    append(lines, `${node.operator}@${node.source.nameRange.start}`, node);
  }
  const ends = [...outputs.map(({ tensor }) => tensor), ...takenUnseen(layers)];
  for (const { producer, range } of ends) {
    if (producer === undefined) taken.add(range.start);
    else results.add(producer);
  }
  return {
    consumers: (node) => consumers.get(node) ?? NOBODY,
    isResult: (node) => results.has(node),
    isTaken: ({ range }) => taken.has(range.start),
    lines,
  };
}

/** What layers take that are no operators of ours: it is used, and where it goes cannot be seen. */
function takenUnseen(layers: readonly Layer[]): Tensor[] {
  return layers.flatMap(({ node, kind, inputs, children }) =>
    node === undefined && children.length === 0 && kind === 'operator' ? [...inputs] : takenUnseen(children),
  );
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The only node that takes what this one gives; undefined where there are several, or where it is a result. */
export function onlyConsumer({ consumers, isResult }: Uses, node: Node): Node | undefined {
  const [first, second] = consumers(node);
  return second === undefined && !isResult(node) ? first : undefined;
}

/** The first node of each line of which the test holds for every node: what is said of a line is true of each of its uses. */
export function linesWhere({ lines }: Uses, test: (node: Node) => boolean): Node[] {
  const found: Node[] = [];
  for (const nodes of lines.values()) {
    const [first] = nodes;
    if (first !== undefined && nodes.every(test)) found.push(first);
  }
  return found;
}

/** The first node of each line of which the test holds for that node: what is said is true of one use at least. */
export function linesWithAny({ lines }: Uses, test: (node: Node) => boolean): Node[] {
  const found: Node[] = [];
  for (const nodes of lines.values()) {
    const node = nodes.find(test);
    if (node !== undefined) found.push(node);
  }
  return found;
}

/** Where the first of these arguments that is written stands, else the operator's name. */
export function argumentPlace({ source }: Node, ...names: readonly string[]): Range {
  for (const name of names) {
    const range = source.argumentRanges.get(name);
    if (range !== undefined) return range;
  }
  return source.nameRange;
}
