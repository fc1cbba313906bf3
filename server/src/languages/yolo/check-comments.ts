// Comments that number their rows, or say their strides, and are wrong about it.
import type { Problem } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { readComment, type RowComment } from './row-comment.ts';
import type { ModelTree, Row } from './tree.ts';

/** `strideOf` gives the cells of the image that a cell of a row stands for, where that is known and the same for both axes. */
export function commentProblems(tree: ModelTree, strideOf: (index: number) => number | undefined): Problem[] {
  const commented = tree.rows.map((row) => ({ row, said: readComment(row) }));
  const offsets = commented.flatMap(({ row, said }) => (isRowNumber(row, said, tree) ? [(said.number?.value ?? 0) - row.index] : []));
  // An author who counts from 1 does so from the first row on.
  const isOwnCount = offsets.length > 1 && offsets.every((offset) => offset === offsets[0]);
  return commented.flatMap(({ row, said }): Problem[] => {
    if (row.comment === undefined) return [];
    const wrongNumber = !isOwnCount && isRowNumber(row, said, tree) && said.number?.value !== row.index;
    const stride = strideOf(row.index);
    // A level on a row that is no number of cells, such as a head, says which levels it reads.
    const wrongLevel = said.level !== undefined && stride !== undefined && said.level.stride !== stride && isPower(stride);
    if (!wrongNumber && !wrongLevel) return [];
    const edits: TextEdit[] = [];
    const parts: string[] = [];
    if (wrongNumber && said.number !== undefined) {
      parts.push(`says row ${said.number.value}, but this is row ${row.index}`);
      edits.push({ range: said.number.range, newText: String(row.index) });
    }
    if (wrongLevel) {
      const level = `P${Math.log2(stride)}/${stride}`;
      parts.push(`says P${said.level.level}/${said.level.stride}, but the stride of this row is ${stride}`);
      edits.push({ range: said.level.range, newText: level });
    }
    const message = `The comment ${parts.join(', and ')}.\nRows are numbered from 0 through backbone and head; a stale number leads to references that mean another row.`;
    return [
      {
        fault: { code: 'stale-comment', reason: wrongNumber ? 'number' : 'stride', message, related: [] },
        range: row.comment.range,
        frames: [],
        ideas: [{ title: `Rewrite the comment: ${rewritten(row.comment, edits)}`, edits }],
      },
    ];
  });
}

/** A number that may as well be channels, or a larger one than a deletion explains, says nothing of the row. */
function isRowNumber({ args }: Row, { number, isPlain, level }: RowComment, { rows }: ModelTree): boolean {
  if (number === undefined || !isPlain) return false;
  if (level !== undefined) return true;
  const isArgument = args?.items.some((item) => item.kind === 'number' && item.value === number.value) === true;
  return !isArgument && number.value < rows.length + 10;
}

function isPower(stride: number): boolean {
  return Number.isInteger(Math.log2(stride));
}

function rewritten({ text, range }: NonNullable<Row['comment']>, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { range: at, newText } of [...edits].sort((a, b) => b.range.start - a.range.start))
    result = result.slice(0, at.start - range.start) + newText + result.slice(at.end - range.start);
  return result;
}
