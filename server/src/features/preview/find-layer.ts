// Which layer a place in the text stands for: the one that is written there, or the first one in the use of a block.
import type { Analysis } from '../../analysis/analyse.ts';
import { movedBy } from '../../analysis/fixes.ts';
import type { Network, Node } from '../../network/network.ts';
import { axisWindowsOf } from '../../operators/of-node.ts';
import type { TextEdit } from '../../text/edit.ts';
import { contains, type Range } from '../../text/range.ts';

/** A node in its network. */
export interface PreviewLayer {
  readonly node: Node;
  readonly network: Network;
  /** Which use of its line it is, from 0. */
  readonly use: number;
  /** All uses of the line, in the order of the text, each in its own network. */
  readonly uses: readonly { readonly node: Node; readonly network: Network }[];
}

/** The layer at `offset`, else the one on its line; undefined where there is none. Where its line is several layers, `use` says which: null for the first with a window. */
export function findLayer(analysis: Analysis, offset: number, use: number | null): PreviewLayer | undefined {
  const node = nodeOn(analysis, { start: offset, end: offset }) ?? nodeOn(analysis, lineAround(analysis.source.text, offset));
  if (node === undefined) return undefined;
  const uses = analysis.document.networks.flatMap((network) =>
    network.nodes.filter((other) => isSameLine(other, node)).map((other) => ({ node: other, network })),
  );
  // On the use of a block that use of its line is meant.
  const isOnLine = touches(node.source.range, lineAround(analysis.source.text, offset));
  const wanted = isOnLine
    ? (use ?? uses.findIndex((other) => axisWindowsOf(other.node) !== undefined))
    : uses.findIndex((other) => other.node === node);
  const at = Math.min(Math.max(wanted, 0), uses.length - 1);
  const found = uses[at];
  return found === undefined ? undefined : { ...found, use: at, uses };
}

/** The same layer in the analysis of a text that was edited. */
export function findAgain(analysis: Analysis, { node }: PreviewLayer, edits: readonly TextEdit[], use: number): PreviewLayer | undefined {
  return findLayer(analysis, movedBy(node.source.callRange.start, edits), use);
}

function isSameLine(a: Node, b: Node): boolean {
  return a.source.callRange.start === b.source.callRange.start;
}

/** The innermost call that touches the range; where only uses of blocks do, a layer of the block, one with a window if there is one. */
function nodeOn({ document }: Analysis, range: Range): Node | undefined {
  const nodes = document.networks.flatMap((network) => network.nodes);
  const written = nodes.filter(({ source }) => touches(source.range, range) && touches(source.callRange, range));
  const onStatement = written.length > 0 ? written : nodes.filter(({ source }) => touches(source.range, range));
  const [innermost] = [...onStatement].sort((a, b) => lengthOf(a.source.callRange) - lengthOf(b.source.callRange));
  if (innermost !== undefined) return innermost;
  const inside = nodes.filter(({ source }) => source.frames.some(({ callRange }) => touches(callRange, range)));
  return inside.find((node) => axisWindowsOf(node) !== undefined) ?? inside[0];
}

function touches(a: Range, b: Range): boolean {
  return contains(a, b.start) || contains(a, b.end) || contains(b, a.start);
}

function lengthOf({ start, end }: Range): number {
  return end - start;
}

/** The line of an offset, without its end. */
export function lineAround(text: string, offset: number): Range {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return { start, end: end < 0 ? text.length : end };
}

/** Which use of its line a node is, from 0. */
export function useOf({ document }: Analysis, network: Network, node: Node): number {
  let use = 0;
  for (const other of document.networks) {
    for (const candidate of other.nodes) {
      if (candidate === node && other === network) return use;
      if (isSameLine(candidate, node)) use++;
    }
  }
  return 0;
}
