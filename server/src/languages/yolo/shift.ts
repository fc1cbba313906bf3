// References that were right before a row came or went: the one shift of all numbers from some row on that makes them right again.
import type { TextIdea } from '../../network/network.ts';
import { linksOf, targetOf, type Link } from './links.ts';
import type { ModelTree, Row } from './tree.ts';

export type StrideOf = (index: number) => number | undefined;

export interface Shift {
  /** The first number that is shifted. */
  readonly from: number;
  readonly by: number;
  readonly links: readonly Link[];
  /** Rows that nothing reads now, and that are read after it. */
  readonly revived: readonly Row[];
}

/** As many rows came or went at once at most. */
const MOST_ROWS = 3;

/** No more absolute references than this are looked at, and no more rows: each pair of them is. The largest models that people have are a tenth. */
const MOST_LINKS = 200;
const MOST_MODEL_ROWS = 2_000;

/** The rows that nothing reads, but for the last, which is the result, and those that work on what they are given besides. */
export function unreadRows({ rows }: Pick<ModelTree, 'rows'>, meaning = (link: Link) => link.target): Row[] {
  const read = new Set(linksOf({ rows }).map(meaning));
  return rows.filter(({ index, module }) => index < rows.length - 1 && !read.has(index) && module?.value !== 'ImagePoolingAttn');
}

/** The best shift after which every row is read, none is missing and joins fit; undefined where there is none. */
export function findShift(tree: ModelTree, strideOf: StrideOf): Shift | undefined {
  const absolute = linksOf(tree).filter(({ element }) => element.value >= 0);
  if (absolute.length > MOST_LINKS || tree.rows.length > MOST_MODEL_ROWS) return undefined;
  const unread = unreadRows(tree);
  const missing = linksOf(tree).filter(({ target }) => target === undefined);
  const starts = [...new Set(absolute.map(({ element }) => element.value))].sort((a, b) => a - b);
  let best: { shift: Shift; score: number } | undefined;
  for (const from of starts) {
    for (let by = -MOST_ROWS; by <= MOST_ROWS; by++) {
      const links = absolute.filter(({ element }) => element.value >= from);
      if (by === 0 || !isPossible(tree, links, by, strideOf)) continue;
      if (unreadAfter(tree, links, by).length > 0) continue;
      if (links.some(({ element }) => element.isAlias) || missing.some(({ element }) => element.value < from)) continue;
      // The end of a stage is what is read from afar; of equals the smaller change.
      const ends = links.filter(({ element }) => isStageEnd(tree, element.value + by, strideOf)).length;
      const stale = links.filter(({ element }) => !isStageEnd(tree, element.value, strideOf)).length;
      const score = ends + stale - Math.abs(by) / 10 - (links.length - ends) - (links.length - stale) * 0.01;
      if (best === undefined || score > best.score) best = { shift: { from, by, links, revived: unread }, score };
    }
  }
  return best?.shift;
}

function unreadAfter(tree: ModelTree, links: readonly Link[], by: number): Row[] {
  const elements = new Set(links.map(({ element }) => element));
  return unreadRows(tree, ({ row, element, target }) => (elements.has(element) ? targetOf(row.index, element.value + by) : target));
}

/** Every number names a row above, and what is joined is of one stride. */
function isPossible({ rows }: ModelTree, links: readonly Link[], by: number, strideOf: StrideOf): boolean {
  if (links.some(({ row, element }) => targetOf(row.index, element.value + by) === undefined)) return false;
  const elements = new Set(links.map(({ element }) => element));
  return [...new Set(links.map(({ row }) => row))].every((row) => {
    if (row.index === rows.length - 1 || row.module?.value !== 'Concat') return true;
    const targets = (row.from?.elements ?? []).map((element) =>
      targetOf(row.index, elements.has(element) ? element.value + by : element.value),
    );
    const strides = new Set(targets.map((target) => (typeof target === 'number' ? strideOf(target) : undefined)));
    strides.delete(undefined);
    return strides.size <= 1;
  });
}

/** The last row of its stride or of the backbone: the row behind it goes on at another size, or joins. */
function isStageEnd({ rows }: ModelTree, index: number, strideOf: StrideOf): boolean {
  const [row, next] = [rows[index], rows[index + 1]];
  if (row === undefined || row.module?.value === 'Concat') return false;
  if (next?.section !== row.section || next.from?.elements.every(({ value }) => value !== -1) === true) return true;
  const [own, other] = [strideOf(index), strideOf(index + 1)];
  return own !== undefined && other !== undefined ? own !== other : next.index === rows.length - 1;
}

export function shiftIdea({ from, by, links }: Shift): TextIdea {
  return {
    title: `Shift all row numbers from ${from} on by ${by > 0 ? '+' : ''}${by} (${links.length} ${links.length === 1 ? 'number' : 'numbers'})`,
    edits: links.map(({ element }) => ({ range: element.range, newText: String(element.value + by) })),
  };
}

/** The shift that a file has a reason for, as an idea for its other problems. */
export function shiftFor(tree: ModelTree, strideOf: StrideOf): Shift | undefined {
  const hasReason = unreadRows(tree).length > 0 || linksOf(tree).some(({ target }) => target === undefined);
  return hasReason ? findShift(tree, strideOf) : undefined;
}
