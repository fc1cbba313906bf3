// Comments that number their rows, or say their strides, and are wrong about it.
import type { Problem } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { readComment, type RowComment } from './row-comment.ts';
import type { StrideOf } from './shift.ts';
import type { Comment, ModelTree, Row } from './tree.ts';

interface Stale {
  readonly comment: Comment;
  /** What is wrong, to stand behind "The comment". */
  readonly says: string;
  readonly edits: readonly TextEdit[];
  readonly reason: 'number' | 'stride';
  /** The same for comments that went wrong together. */
  readonly group: string;
}

/**
 * `strideOf` gives the cells of the image that a cell of a row stands for, where that is known and the same for both axes.
 * Comments that are wrong by the same amount are one problem: what put them out was one change.
 */
export function commentProblems(tree: ModelTree, strideOf: StrideOf, areNumbersTold: boolean): Problem[] {
  const groups = new Map<string, Stale[]>();
  for (const stale of staleComments(tree, strideOf)) {
    if (areNumbersTold && stale.reason === 'number') continue;
    groups.set(stale.group, [...(groups.get(stale.group) ?? []), stale]);
  }
  return [...groups.values()].slice(0, MOST_GROUPS).flatMap((group): Problem[] => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : `, and so ${others.length === 1 ? 'is 1 comment' : `are ${others.length} comments`} below`;
    const message = `The comment ${first.says}${more}.\nRows are numbered from 0 through backbone and head; a stale number leads to references that mean another row.`;
    const related = others.slice(0, MOST_PLACES).map(({ comment, says }) => ({ message: `This comment ${says}`, range: comment.range }));
    const title =
      others.length === 0 ? `Rewrite the comment: ${rewritten(first.comment, first.edits)}` : `Rewrite the ${group.length} comments`;
    return [
      {
        fault: { code: 'stale-comment', reason: first.reason, message, related },
        range: first.comment.range,
        frames: [],
        ideas: [{ title, edits: group.flatMap(({ edits }) => edits) }],
      },
    ];
  });
}

/** No more places than this are pointed at, and no more changes told of. */
const MOST_PLACES = 12;
const MOST_GROUPS = 20;

/** The edits that number the rows in their comments anew. */
export function numberEdits(tree: ModelTree): TextEdit[] {
  return staleComments(tree, () => undefined).flatMap(({ edits }) => edits);
}

function staleComments(tree: ModelTree, strideOf: StrideOf): Stale[] {
  const commented = tree.rows.map((row) => ({ row, said: readComment(row) }));
  const offsets = commented.flatMap(({ row, said }) => (isRowNumber(row, said, tree) ? [(said.number?.value ?? 0) - row.index] : []));
  // An author who counts from 1 does so from the first row on.
  const isOwnCount = offsets.length > 1 && offsets.every((offset) => offset === offsets[0]);
  return commented.flatMap(({ row: { comment, index, ...row }, said }): Stale[] => {
    if (comment === undefined) return [];
    const { number, level } = said;
    const wrongNumber = !isOwnCount && isRowNumber(row, said, tree) && number?.value !== index;
    const stride = strideOf(index);
    // A level on a row that is no number of cells, such as a head, says which levels it reads.
    const wrongLevel = level !== undefined && stride !== undefined && level.stride !== stride && isPower(stride);
    const edits: TextEdit[] = [];
    const parts: string[] = [];
    if (wrongNumber && number !== undefined) {
      parts.push(`says row ${number.value}, but this is row ${index}`);
      edits.push({ range: number.range, newText: String(index) });
    }
    if (wrongLevel) {
      parts.push(`says P${level.level}/${level.stride}, but the stride of this row is ${stride}`);
      edits.push({ range: level.range, newText: `P${Math.log2(stride)}/${stride}` });
    }
    if (edits.length === 0) return [];
    const group = wrongNumber ? `number ${(number?.value ?? 0) - index}` : `stride ${(level?.stride ?? 0) / (stride ?? 1)}`;
    return [{ comment, says: parts.join(', and '), edits, reason: wrongNumber ? 'number' : 'stride', group }];
  });
}

/** A number that may as well be channels, or a larger one than a deletion explains, says nothing of the row. */
function isRowNumber({ args }: Pick<Row, 'args'>, { number, isPlain, level }: RowComment, { rows }: ModelTree): boolean {
  if (number === undefined || !isPlain) return false;
  if (level !== undefined) return true;
  const isArgument = args?.items.some((item) => item.kind === 'number' && item.value === number.value) === true;
  return !isArgument && number.value < rows.length + 10;
}

function isPower(stride: number): boolean {
  return Number.isInteger(Math.log2(stride));
}

function rewritten({ text, range }: Comment, edits: readonly TextEdit[]): string {
  let result = text;
  for (const { range: at, newText } of [...edits].sort((a, b) => b.range.start - a.range.start))
    result = result.slice(0, at.start - range.start) + newText + result.slice(at.end - range.start);
  return result;
}
