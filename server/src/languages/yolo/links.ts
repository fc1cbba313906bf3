// Which row each number of `from` means: absolute numbers from 0, negative ones counted back from the row itself.
import type { FromElement, ModelTree, Row } from './tree.ts';

/** The number of a row, or what stands before the first one. */
export type Target = number | 'image';

/** Undefined where there is no such row. After row 0 the image itself has no number. */
export function targetOf(row: number, value: number): Target | undefined {
  if (row === 0) return value === -1 ? 'image' : undefined;
  const target = value < 0 ? row + value : value;
  return target >= 0 && target < row ? target : undefined;
}

export interface Link {
  readonly row: Row;
  readonly element: FromElement;
  /** Its place in the list of `from`. */
  readonly position: number;
  readonly target: Target | undefined;
}

const known = new WeakMap<readonly Row[], readonly Link[]>();

/** Every number of every `from`, in the order of the rows. */
export function linksOf({ rows }: Pick<ModelTree, 'rows'>): readonly Link[] {
  const links =
    known.get(rows) ??
    rows.flatMap((row) =>
      (row.from?.elements ?? []).map((element, position) => ({ row, element, position, target: targetOf(row.index, element.value) })),
    );
  known.set(rows, links);
  return links;
}
