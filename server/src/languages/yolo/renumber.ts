// The edits that keep every reference at its row while rows move: absolute numbers, negative ones and those in comments.
import type { TextEdit } from '../../text/edit.ts';
import { linksOf, type Target } from './links.ts';
import { readComment } from './row-comment.ts';
import type { ModelTree, Row } from './tree.ts';

export interface Renumbering {
  /** Where a row goes; undefined for one that is deleted. */
  readonly moved: (index: number) => number | undefined;
  /** What a reference to a row means afterwards, in the old numbers; undefined where nothing can take its place. */
  readonly meaning: (target: Target, row: Row, value: number) => Target | undefined;
  /** A reference that is right as it stands, though rows move. */
  readonly stays?: (row: Row, value: number) => boolean;
}

/** Undefined where a number that has to change cannot be written. References to rows that do not exist stay as they are. */
export function renumberEdits(tree: ModelTree, { moved, meaning, stays }: Renumbering): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const { row, element, target } of linksOf(tree)) {
    const index = moved(row.index);
    if (index === undefined || target === undefined || stays?.(row, element.value) === true) continue;
    const meant = meaning(target, row, element.value);
    if (meant === undefined) return undefined;
    const value = valueOf(index, meant === 'image' ? 'image' : moved(meant), element.value < 0);
    if (value === undefined) return undefined;
    if (value === element.value) continue;
    if (element.isAlias) return undefined;
    edits.push({ range: element.range, newText: String(value) });
  }
  for (const row of tree.rows) {
    const index = moved(row.index);
    const { number } = readComment(row);
    if (index === undefined || number?.value !== row.index || index === row.index) continue;
    edits.push({ range: number.range, newText: String(index) });
  }
  return edits;
}

/** The image can only be read by row 0, as -1. */
function valueOf(row: number, target: Target | undefined, isNegative: boolean): number | undefined {
  if (target === undefined) return undefined;
  if (target === 'image') return row === 0 ? -1 : undefined;
  return isNegative ? target - row : target;
}
