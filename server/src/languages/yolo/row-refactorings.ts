// Refactorings of rows: put one in above or below, or delete one, with every reference renumbered.
import type { TextEdit } from '../../text/edit.ts';
import type { Range } from '../../text/range.ts';
import type { LanguageRefactoring } from '../language.ts';
import { targetOf } from './links.ts';
import { parseModel } from './parse.ts';
import { renumberEdits } from './renumber.ts';
import type { ModelTree, Row } from './tree.ts';

/** Passes on what it gets, in every framework that reads these files: the place for the module that is wanted. */
const NEW_ROW = '[-1, 1, nn.Identity, []]';

export function rowRefactorings(text: string, { start }: Range): LanguageRefactoring[] {
  const tree = parseModel(text);
  if (tree.faults.length > 0) return [];
  const row = tree.rows.find(({ range, comment }) => lineStart(text, range.start) <= start && start <= (comment ?? { range }).range.end);
  if (row === undefined) return [];
  return [
    { title: 'Insert a row above, and renumber', edits: insertion(tree, row, 'above') },
    { title: 'Insert a row below, and renumber', edits: insertion(tree, row, 'below') },
    { title: `Delete row ${row.index}, and renumber`, edits: deletion(tree, row) },
  ].flatMap(({ title, edits }) => (edits === undefined ? [] : [{ title, edits }]));
}

/** The row below goes on to read -1, which is the new row now. All others mean the row that they meant. */
function insertion(tree: ModelTree, row: Row, side: 'above' | 'below'): TextEdit[] | undefined {
  const at = side === 'above' ? row.index : row.index + 1;
  const edits = renumberEdits(tree, {
    moved: (index) => (index < at ? index : index + 1),
    meaning: (target) => target,
    stays: ({ index }, value) => index === at && value === -1,
  });
  const added = side === 'above' ? above(tree, row) : below(tree, row);
  return edits === undefined ? undefined : [...edits, ...added];
}

/** What read the row reads what the row has read. */
function deletion(tree: ModelTree, row: Row): TextEdit[] | undefined {
  const [first] = row.from?.elements ?? [];
  const before = first === undefined ? undefined : targetOf(row.index, first.value);
  const isOnly = tree.rows.filter(({ section }) => section === row.section).length === 1;
  if (isOnly) return undefined;
  const edits = renumberEdits(tree, {
    moved: (index) => (index === row.index ? undefined : index < row.index ? index : index - 1),
    meaning: (target) => (target === row.index ? before : target),
  });
  return edits === undefined ? undefined : [...edits, removal(tree, row)];
}

function above(tree: ModelTree, row: Row): TextEdit[] {
  return insertedAbove(tree, row, NEW_ROW);
}

/** A row in flow style, in the layout of the row that it is put above. */
export function insertedAbove({ text }: ModelTree, { range }: Row, written: string): TextEdit[] {
  const start = lineStart(text, range.start);
  const prefix = text.slice(start, range.start);
  if (/^[ \t]*-[ \t]+$/.test(prefix)) return [insert(start, `${prefix}${written}${newlineOf(text)}`)];
  return [insert(range.start, `${written},${newlineOf(text)}${' '.repeat(prefix.length)}`)];
}

function below(tree: ModelTree, row: Row): TextEdit[] {
  const { text, rows } = tree;
  const { range, comment } = row;
  const start = lineStart(text, range.start);
  const prefix = text.slice(start, range.start);
  const end = lineEnd(text, range.end);
  if (/^[ \t]*-[ \t]+$/.test(prefix)) return [insert(end, `${newlineOf(text)}${prefix}${NEW_ROW}`)];
  const next = rows[row.index + 1];
  const space = `${newlineOf(text)}${' '.repeat(prefix.length)}`;
  if (next?.section === row.section && lineEnd(text, next.range.start) === end) return above(tree, next);
  const behind = text.slice(range.end, comment?.range.start ?? end);
  const comma = behind.includes(',');
  // The list is closed on this line: what is behind it stays behind it.
  if (behind.includes(']')) return [insert(range.end, `,${space}${NEW_ROW}`)];
  return [...(comma ? [] : [insert(range.end, ',')]), insert(end, `${space}${NEW_ROW}${comma ? ',' : ''}`)];
}

/** The whole line with its comment, where it holds nothing else. */
function removal({ text, rows }: ModelTree, { range, index, section, comment }: Row): TextEdit {
  const start = lineStart(text, range.start);
  const end = lineEnd(text, range.end);
  const behind = text.slice(range.end, comment?.range.start ?? end);
  const isAlone = /^[ \t]*(?:-[ \t]+)?$/.test(text.slice(start, range.start)) && /^[ \t]*,?[ \t]*$/.test(behind);
  if (isAlone) return { range: { start, end: nextLine(text, end) }, newText: '' };
  const next = rows[index + 1];
  if (next?.section === section) {
    const between = text.slice(range.end, next.range.start);
    if (/^\s*,\s*$/.test(between)) return { range: { start: range.start, end: next.range.start }, newText: '' };
  }
  const comma = /^\s*,/.exec(text.slice(range.end));
  return { range: { start: range.start, end: range.end + (comma?.[0].length ?? 0) }, newText: '' };
}

function insert(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** In front of the end of the line. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text.charAt(newline - 1) === '\r' ? newline - 1 : newline;
}

function nextLine(text: string, end: number): number {
  const newline = text.indexOf('\n', end);
  return newline < 0 ? text.length : newline + 1;
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
