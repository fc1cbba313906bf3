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
  /** The first node of each line of the text. A line may stand for several operators. */
  readonly lines: readonly Node[];
  /** The other nodes of its line, by the first: many where a block is used or a loop runs often. */
  readonly again: ReadonlyMap<Node, readonly Node[]>;
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
  const lines: Node[] = [];
  const again = new Map<Node, Node[]>();
  const firstOf = createLines();
  for (const node of nodes) {
    for (const { producer, range } of node.inputs) {
      if (producer === undefined) taken.add(range.start);
      else append(consumers, producer, node);
    }
    const first = firstOf(node);
    if (first === node) lines.push(node);
    else append(again, first, node);
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
    again,
  };
}

/** Tells the first node of a node's line and operator, which is the node itself where there was none before. */
function createLines(): (node: Node) => Node {
  const byPlace = new Map<number, Node>();
  const others = new Map<string, Node>();
  return (node) => {
    const { start } = node.source.nameRange;
    const first = byPlace.get(start);
    if (first?.operator === node.operator) return first;
    if (first === undefined) {
      byPlace.set(start, node);
      return node;
    }
    const key = `${node.operator}@${start}`;
    const other = others.get(key) ?? node;
    others.set(key, other);
    return other;
  };
}

/** What layers take that are no operators of ours: it is used, and where it goes cannot be seen. */
function takenUnseen(layers: readonly Layer[], taken: Tensor[] = []): readonly Tensor[] {
  for (const { node, kind, inputs, children } of layers) {
    if (children.length > 0) takenUnseen(children, taken);
    else if (node === undefined && kind === 'operator') for (const tensor of inputs) taken.push(tensor);
  }
  return taken;
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
export function linesWhere({ lines, again }: Uses, test: (node: Node) => boolean): Node[] {
  return lines.filter((first) => test(first) && (again.get(first) ?? NOBODY).every(test));
}

/** The first node of each line of which the test holds for that node: what is said is true of one use at least. */
export function linesWithAny({ lines, again }: Uses, test: (node: Node) => boolean): Node[] {
  const found: Node[] = [];
  for (const first of lines) {
    const node = test(first) ? first : again.get(first)?.find(test);
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
