// Rows that nothing reads: mostly what is left behind when a row was put in or taken out and the numbers were not changed.
import type { RelatedPlace } from '../../diagnostics/diagnostic.ts';
import type { Problem, TextIdea } from '../../network/network.ts';
import { numberEdits } from './check-comments.ts';
import { findShift, shiftIdea, unreadRows, type Shift, type StrideOf } from './shift.ts';
import type { ModelTree, Row } from './tree.ts';

/** No more places than this are pointed at. */
const MOST_PLACES = 12;

/** For a file without errors: a row whose numbers are wrong in another way leaves rows unread as well. */
export function staleProblems(tree: ModelTree, strideOf: StrideOf): Problem[] {
  const unread = unreadRows(tree);
  if (unread.length === 0) return [];
  const shift = findShift(tree, strideOf);
  return shift === undefined ? unread.slice(0, MOST_PLACES).map((row) => unreadProblem(row)) : [staleProblem(tree, shift)];
}

function unreadProblem({ index, module, range }: Row): Problem {
  const message = `Nothing reads row ${index}, ${module?.value ?? 'a row'}.\nIt costs time and memory, and no loss reaches its weights. Was a row above put in or taken out, and the numbers of \`from\` left as they were?`;
  return { fault: { code: 'stale-reference', reason: 'unread', message, related: [] }, range: module?.range ?? range, frames: [] };
}

function staleProblem(tree: ModelTree, shift: Shift): Problem {
  const { links, meant, cause, revived } = shift;
  const last = tree.rows[tree.rows.length - 1];
  const blamed = links.some(({ row }) => row === last) ? last : links[0]?.row;
  const wrong = links.filter(({ row }) => row === blamed);
  const reads = wrong.map(({ target, element }) => `${element.value} (${moduleOf(tree, target)})`).join(', ');
  const would = wrong.map(({ element }) => `${meant(element.value)} (${moduleOf(tree, meant(element.value))})`).join(', ');
  const rows = revived.map((row) => `${row.index} (${moduleOf(tree, row.index)})`).join(', ');
  const message =
    `Row ${blamed?.index ?? 0}, ${blamed?.module?.value ?? ''}, reads ${reads}, while nothing reads ${revived.length === 1 ? 'row' : 'rows'} ${rows}.\n` +
    `It looks as if ${cause}, row ${blamed?.index ?? 0} reads ${would}, and every row is read.`;
  const others: RelatedPlace[] = links
    .filter(({ row }) => row !== blamed)
    .map(({ row, element }) => ({
      message: `Row ${row.index} reads ${element.value}, meant is ${meant(element.value)}`,
      range: element.range,
    }));
  const unread = revived.map((row) => ({ message: `Nothing reads row ${row.index}`, range: row.module?.range ?? row.range }));
  return {
    fault: { code: 'stale-reference', reason: 'shift', message, related: [...others, ...unread].slice(0, MOST_PLACES) },
    range: blamed?.from?.range ?? blamed?.range ?? { start: 0, end: 0 },
    frames: [],
    // The numbers in comments were left behind by the same change.
    ideas: [withNumbers(shiftIdea(shift), tree)],
  };
}

function withNumbers({ title, edits }: TextIdea, tree: ModelTree): TextIdea {
  const numbers = numberEdits(tree);
  const more = numbers.length === 0 ? '' : `, and ${numbers.length === 1 ? '1' : numbers.length} in comments`;
  return { title: title.replace(/\)$/, `${more})`), edits: [...edits, ...numbers] };
}

function moduleOf({ rows }: ModelTree, target: number | 'image' | undefined): string {
  return typeof target === 'number' ? (rows[target]?.module?.value ?? 'a row') : 'the image';
}
