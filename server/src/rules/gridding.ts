// gridding: dilated convolutions in a row that leave cells of their common field untouched.
import { isEqual } from '../dims/compare.ts';
import type { Network, Node, Tensor } from '../network/network.ts';
import { argumentOf } from './activation-kinds.ts';
import { isJoin, keepsCells } from './cell-wise.ts';
import type { NetworkRule } from './network-rule.ts';
import type { FixIdea } from './rule.ts';
import { argumentPlace, usesOf } from './uses.ts';
import { axesText, windowsOf, type Window } from './windows.ts';
import { spatialName } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

/** Cells that are touched, as disjoint runs of them from first to last. */
type Cells = readonly (readonly [first: number, last: number])[];

/** Layers with a stride of 1, one behind the other, and the cells at their beginning that a cell of their end sees. */
interface Stack {
  readonly start: unknown;
  readonly axes: readonly Cells[];
  readonly dilated?: Link;
}

/** The dilated convolutions on the way, the last one first. */
interface Link {
  readonly node: Node;
  readonly before: Link | undefined;
  readonly count: number;
}

/** Cells in more pieces than this are not followed. */
const MOST_PIECES = 64;
/** Nor is any network in which there are more pieces than this in all. */
const MOST_WORK = 100_000;
const MOST_PLACES = 8;
const MOST_IDEAS = 6;

export const gridding: NetworkRule = {
  code: 'gridding',
  severity: 'warning',
  summary: 'Dilated convolutions in a row that never touch some cells.',
  needsWhole: true,
  check: (network) => {
    if (network.nodes.filter(isDilated).length < 2) return [];
    const stacks = stacksOf(network);
    const { consumers } = usesOf(network);
    return network.nodes.flatMap((node) => {
      const stack = stacks.get(node);
      const last = stack?.dilated;
      if (stack === undefined || last === undefined || last.count < 2) return [];
      const at = stack.axes.findIndex((cells) => cells.length > 1);
      const cells = stack.axes[at];
      // The stack is judged where it ends: what follows may touch the cells that are left out so far.
      if (cells === undefined || consumers(node).some((user) => stacks.get(user)?.start === stack.start)) return [];
      const [touched, all] = [
        cells.reduce((sum, [first, end]) => sum + end - first + 1, 0),
        (cells[cells.length - 1]?.[1] ?? 0) - (cells[0]?.[0] ?? 0) + 1,
      ];
      const links = linksOf(last);
      const rates = links.map((each) => String(dilationAt(each, at - stack.axes.length)));
      const axis = spatialName(last.node.operator, at - stack.axes.length);
      const list = rates.length > MOST_PLACES ? `…, ${rates.slice(-MOST_PLACES).join(', ')}` : rates.join(', ');
      const message = `${last.count} dilated convolutions in a row see ${touched} of the ${all} cells in their field (${axis}) and never touch the others.\nThe dilations ${list} have gaps in common, which show as a grid. Mix them so that the sums leave none out, such as 1, 2, 5.`;
      const related = links
        .slice(0, -1)
        .slice(-MOST_PLACES)
        .map((each) => ({ message: `Dilation ${dilationAt(each, at - stack.axes.length)}`, range: each.source.nameRange }));
      return [{ message, range: argumentPlace(last.node, 'dilation'), related, fixes: ideas(last.node) }];
    });
  },
};

function isDilated(node: Node): boolean {
  return windowsOf(node).some(({ kind, kernel, stride, dilation }) => kind === 'convolution' && kernel > 1 && stride === 1 && dilation > 1);
}

function stacksOf({ nodes }: Network): ReadonlyMap<Node, Stack> {
  const stacks = new Map<Node, Stack>();
  const inputs = new Map<number, Stack>();
  const stackOf = (tensor: Tensor | undefined): Stack | undefined => {
    if (tensor === undefined) return undefined;
    if (tensor.producer !== undefined) return stacks.get(tensor.producer);
    const known = inputs.get(tensor.range.start) ?? newStack(tensor);
    if (known !== undefined) inputs.set(tensor.range.start, known);
    return known;
  };
  let work = 0;
  for (const node of nodes) {
    const stack = grow(node, stackOf) ?? newStack(node.outputs[0]);
    if (stack === undefined) continue;
    stacks.set(node, stack);
    for (const cells of stack.axes) work += cells.length * node.inputs.length;
    if (work > MOST_WORK) return new Map();
  }
  return stacks;
}

function newStack(tensor: Tensor | undefined): Stack | undefined {
  const spatial = (tensor?.shape?.length ?? 0) - 2;
  return spatial < 1 ? undefined : { start: tensor, axes: Array.from({ length: spatial }, () => [[0, 0]]) };
}

/** The stack that the node goes on with; undefined where a new one begins behind it. */
function grow(node: Node, stackOf: (tensor: Tensor | undefined) => Stack | undefined): Stack | undefined {
  if (node.fault !== undefined) return undefined;
  const [first] = node.inputs;
  if (keepsCells(node)) return stackOf(first);
  if (isJoin(node)) return joined(node.inputs.filter((input) => isAsLarge(input, node.outputs[0])).map(stackOf));
  const stack = stackOf(first);
  if (stack === undefined) return undefined;
  const windows = windowsOf(node);
  const pads = windows.length === 0 ? padsOf(node, stack.axes.length) : undefined;
  if (pads !== undefined) return { ...stack, axes: stack.axes.map((cells, at) => shifted(cells, -(pads[at] ?? 0))) };
  if (
    windows.length !== stack.axes.length ||
    windows.some(({ kind, stride, kernel, dilation }) => kind === 'transposed' || stride !== 1 || (dilation > 1 && kernel > MOST_PIECES))
  )
    return undefined;
  const axes = stack.axes.map((cells, at) => spread(cells, windows[at]));
  if (axes.some((cells) => cells.length > MOST_PIECES)) return undefined;
  const dilated = isDilated(node) ? { node, before: stack.dilated, count: (stack.dilated?.count ?? 0) + 1 } : stack.dilated;
  return { start: stack.start, axes, ...(dilated !== undefined && { dilated }) };
}

/** A gate of one cell for each channel is laid over all cells and sees none in particular. */
function isAsLarge(input: Tensor, output: Tensor | undefined): boolean {
  const [a, b] = [input.shape, output?.shape];
  return (
    a === undefined || b === undefined || (a.length === b.length && a.slice(2).every((size, at) => isEqual(size, b[at + 2]) !== false))
  );
}

function joined(stacks: readonly (Stack | undefined)[]): Stack | undefined {
  return stacks.slice(1).reduce<Stack | undefined>((a, b) => {
    if (a === undefined || b === undefined || a.start !== b.start) return undefined;
    const deeper = (b.dilated?.count ?? 0) > (a.dilated?.count ?? 0) ? b : a;
    const axes = a.axes.map((cells, at) => united([...cells, ...(b.axes[at] ?? [])]));
    return axes.some((cells) => cells.length > MOST_PIECES) ? undefined : { ...deeper, axes };
  }, stacks[0]);
}

/** What a pad puts before each axis; undefined for other operators. */
function padsOf(node: Node, axes: number): readonly number[] | undefined {
  if (!/Pad([123]d)?$/.test(node.operator)) return undefined;
  const value = argumentOf(node, node.operator === 'Pad' ? 'pad' : 'padding');
  if (typeof value === 'number') return Array.from({ length: axes }, () => value);
  if (!Array.isArray(value)) return undefined;
  // The last axis comes first, with what is put before it and behind it.
  const pads = Array.from({ length: axes }, (_, at): unknown => value[2 * (axes - 1 - at)] ?? 0);
  return pads.every((pad) => typeof pad === 'number') ? pads : undefined;
}

function spread(cells: Cells, window: Window | undefined): Cells {
  if (window === undefined) return cells;
  const { kernel, dilation, paddingStart } = window;
  if (dilation === 1) return united(cells.map(([first, last]) => [first - paddingStart, last - paddingStart + kernel - 1]));
  const many = Array.from({ length: kernel }, (_, at) => shifted(cells, at * dilation - paddingStart));
  return united(many.flat());
}

function shifted(cells: Cells, by: number): Cells {
  return by === 0 ? cells : cells.map(([first, last]) => [first + by, last + by]);
}

function united(pieces: Cells): Cells {
  const [one, two] = pieces;
  if (one === undefined || two === undefined) return pieces;
  if (pieces.length === 2 && one[0] <= two[0] && two[0] <= one[1] + 1) return [[one[0], Math.max(one[1], two[1])]];
  const result: [number, number][] = [];
  for (const [first, last] of [...pieces].sort((a, b) => a[0] - b[0])) {
    const open = result[result.length - 1];
    if (open !== undefined && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else result.push([first, last]);
  }
  return result;
}

function linksOf(last: Link): Node[] {
  const nodes: Node[] = [];
  for (let link: Link | undefined = last; link !== undefined; link = link.before) nodes.push(link.node);
  return nodes.reverse();
}

function dilationAt(node: Node, axis: number): number {
  return windowsOf(node).find((window) => window.axis === axis)?.dilation ?? 1;
}

/** Other dilations for the last convolution, the nearest first, with the padding that keeps the size. */
function ideas(node: Node): FixIdea[] {
  const windows = windowsOf(node);
  const today = Math.max(...windows.map((window) => window.dilation));
  const isWord = typeof argumentOf(node, 'padding') === 'string';
  const candidates = [1, 2, 3].flatMap((step) => [today - step, today + step]).filter((value) => value >= 1);
  return candidates.slice(0, MOST_IDEAS).flatMap((value): FixIdea[] => {
    const paddings = windows.map(({ kernel, dilation: from, paddingStart }) => paddingStart + ((kernel - 1) * (value - from)) / 2);
    const dilation = String(value);
    if (isWord || paddings.every((padding, at) => padding === windows[at]?.paddingStart)) return [argumentIdea(node, { dilation })];
    if (paddings.some((padding) => padding < 0 || !Number.isInteger(padding))) return [];
    return [argumentIdea(node, { dilation, padding: axesText(paddings) })];
  });
}
