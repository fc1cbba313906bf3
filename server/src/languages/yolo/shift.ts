// References that were right before a row came or went: the one shift of all numbers from some row on that makes them right again.
import type { TextIdea } from '../../network/network.ts';
import { linksOf, targetOf, type Link } from './links.ts';
import type { ModelTree, Row } from './tree.ts';

export type StrideOf = (index: number) => number | undefined;

export interface Shift {
  /** The numbers that change. */
  readonly links: readonly Link[];
  /** What a number that changes becomes. */
  readonly meant: (value: number) => number;
  /** What may have happened, behind "It looks as if". */
  readonly cause: string;
  /** What it does, without the count of numbers. */
  readonly title: string;
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
  const uniform = uniformShift(tree, absolute, strideOf);
  if (uniform?.isWhole === true) return uniform.shift;
  return insertedShift(tree, absolute, strideOf) ?? uniform?.shift;
}

/** `isWhole` where all that is read from afar is the end of a stage after it. */
function uniformShift(tree: ModelTree, absolute: readonly Link[], strideOf: StrideOf): { shift: Shift; isWhole: boolean } | undefined {
  const missing = linksOf(tree).filter(({ target }) => target === undefined);
  const starts = [...new Set(absolute.map(({ element }) => element.value))].sort((a, b) => a - b);
  let best: { shift: Shift; isWhole: boolean; score: number } | undefined;
  for (const from of starts) {
    for (let by = -MOST_ROWS; by <= MOST_ROWS; by++) {
      const links = absolute.filter(({ element }) => element.value >= from);
      const meant = (value: number) => value + by;
      if (by === 0 || missing.some(({ element }) => element.value < from) || !isPossible(tree, links, meant, strideOf)) continue;
      // The end of a stage is what is read from afar; of equals the smaller change.
      const ends = links.filter(({ element }) => isStageEnd(tree, element.value + by, strideOf)).length;
      const stale = links.filter(({ element }) => !isStageEnd(tree, element.value, strideOf)).length;
      if (ends < links.length && ends <= links.length - stale) continue;
      const isWhole =
        ends === links.length && absolute.every((link) => links.includes(link) || isStageEnd(tree, link.element.value, strideOf));
      const score = ends + stale - Math.abs(by) / 10 - (links.length - ends) - (links.length - stale) * 0.01;
      if (best === undefined || score > best.score) {
        const count = Math.abs(by) === 1 ? 'a row' : `${Math.abs(by)} rows`;
        const moved = by > 0 ? `${count} had been put in at row ${from}` : `${count} had been taken out in front of row ${from + by}`;
        const cause = `${moved} and the numbers from ${from} on had been left as they were. Shifted by ${by > 0 ? '+' : ''}${by}`;
        const title = `Shift all row numbers from ${from} on by ${by > 0 ? '+' : ''}${by}`;
        best = { shift: { links, meant, cause, title, revived: unreadRows(tree) }, isWhole, score };
      }
    }
  }
  return best;
}

/** The rows of one module were put in at several places, mostly behind the ends of stages. */
function insertedShift(tree: ModelTree, absolute: readonly Link[], strideOf: StrideOf): Shift | undefined {
  const unread = unreadRows(tree);
  for (const name of new Set([...unread, ...tree.rows].map(({ module }) => module?.value))) {
    const old = tree.rows.filter(({ module }) => module?.value !== name).map(({ index }) => index);
    const count = tree.rows.length - old.length;
    if (name === undefined || count < 2 || count * 2 > tree.rows.length) continue;
    // Where such a row stands behind the one that was meant, it takes its place.
    const meant = (value: number) => (old[value + 1] ?? tree.rows.length) - 1;
    const links = absolute.filter(({ element }) => element.value < old.length && meant(element.value) !== element.value);
    if (links.length === 0 || !isPossible(tree, links, meant, strideOf)) continue;
    if (!links.every(({ element }) => isStageEnd(tree, meant(element.value), strideOf))) continue;
    const cause = `the ${count} rows of ${name} had been put in and the numbers had been left as they were. Without these rows counted`;
    return { links, meant, cause, title: `Number the rows anew, with the ${count} rows of ${name} counted`, revived: unread };
  }
  return undefined;
}

function unreadAfter(tree: ModelTree, links: readonly Link[], meant: Shift['meant']): Row[] {
  const elements = new Set(links.map(({ element }) => element));
  return unreadRows(tree, ({ row, element, target }) => (elements.has(element) ? targetOf(row.index, meant(element.value)) : target));
}

/** Every number names a row above, every row is read, and what is joined is of one stride. */
function isPossible(tree: ModelTree, links: readonly Link[], meant: Shift['meant'], strideOf: StrideOf): boolean {
  const { rows } = tree;
  const elements = new Set(links.map(({ element }) => element));
  if (links.some(({ row, element }) => element.isAlias || targetOf(row.index, meant(element.value)) === undefined)) return false;
  if (linksOf(tree).some(({ element, target }) => target === undefined && !elements.has(element))) return false;
  const areJoinsWhole = [...new Set(links.map(({ row }) => row))].every((row) => {
    if (row.index === rows.length - 1 || row.module?.value !== 'Concat') return true;
    const targets = (row.from?.elements ?? []).map((element) =>
      targetOf(row.index, elements.has(element) ? meant(element.value) : element.value),
    );
    const strides = new Set(targets.map((target) => (typeof target === 'number' ? strideOf(target) : undefined)));
    strides.delete(undefined);
    return strides.size <= 1;
  });
  return areJoinsWhole && unreadAfter(tree, links, meant).length === 0;
}

/** The last row of its stride or of the backbone: the row behind it goes on at another size, or joins. */
function isStageEnd({ rows }: ModelTree, index: number, strideOf: StrideOf): boolean {
  const [row, next] = [rows[index], rows[index + 1]];
  if (row === undefined || row.module?.value === 'Concat' || (next !== undefined && leadsInto(next, rows))) return false;
  if (next?.section !== row.section || next.from?.elements.every(({ value }) => value !== -1) === true) return true;
  const [own, other] = [strideOf(index), strideOf(index + 1)];
  return own !== undefined && other !== undefined ? own !== other : next.index === rows.length - 1 || looksResizing(next);
}

/** What rows that change the size look like: where a module above is not known, strides are not either. */
function looksResizing({ module, args }: Row): boolean {
  const stride = args?.items[2];
  return (stride?.kind === 'number' && stride.value === 2) || /Down|Up|Pool|ConvTranspose|^(?:MP|AConv)$/.test(module?.value ?? '');
}

/** Whether a row joins the row above it with others: that one is on its way to the join, and no stage ends there. */
function leadsInto({ index, from }: Row, rows: readonly Row[]): boolean {
  return from !== undefined && index < rows.length - 1 && from.elements.length > 1 && from.elements.some(({ value }) => value === -1);
}

export function shiftIdea({ title, meant, links }: Shift): TextIdea {
  return {
    title: `${title} (${links.length} ${links.length === 1 ? 'number' : 'numbers'})`,
    edits: links.map(({ element }) => ({ range: element.range, newText: String(meant(element.value)) })),
  };
}

/** The shift that a file has a reason for, as an idea for its other problems. */
export function shiftFor(tree: ModelTree, strideOf: StrideOf): Shift | undefined {
  const hasReason = unreadRows(tree).length > 0 || linksOf(tree).some(({ target }) => target === undefined);
  return hasReason ? findShift(tree, strideOf) : undefined;
}
