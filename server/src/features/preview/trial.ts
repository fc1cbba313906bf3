// Trying other arguments without writing them: the edits, the analysis of the edited text, and what it finds more and less.
import { analyse, type Analysis, type Finding } from '../../analysis/analyse.ts';
import { movedBy } from '../../analysis/fixes.ts';
import type { Node } from '../../network/network.ts';
import type { ArgumentChange } from '../../protocol/preview.ts';
import { applyEdits, type TextEdit } from '../../text/edit.ts';

export interface TrialAnalysis {
  readonly edits: readonly TextEdit[];
  readonly analysis: Analysis;
  /** Of the edited text. */
  readonly newFindings: readonly Finding[];
  readonly solved: number;
}

/** No panel has more sliders than this. */
const MOST_CHANGES = 8;

/** Longer than any tuple of numbers that a slider writes. */
const LONGEST_VALUE = 100;

/** Undefined where an argument cannot be written. */
export function tryChanges(analysis: Analysis, node: Node, changes: readonly ArgumentChange[]): TrialAnalysis | undefined {
  if (changes.length === 0 || changes.length > MOST_CHANGES) return undefined;
  const edits: TextEdit[] = [];
  for (const { name, value } of changes) {
    if (!/^[\w(), "-]+$/.test(value) || value.length > LONGEST_VALUE) return undefined;
    const made = analysis.language.setArgument(analysis.source.text, node, name, value);
    if (made === undefined) return undefined;
    edits.push(...made);
  }
  return withEdits(analysis, mergeInsertions(edits));
}

/** Arguments that are added one by one all go to the same place: one edit writes them in a row. */
function mergeInsertions(edits: readonly TextEdit[]): TextEdit[] {
  const merged: TextEdit[] = [];
  for (const edit of edits) {
    const isInsertion = edit.range.start === edit.range.end;
    const at = isInsertion ? merged.findIndex(({ range }) => range.start === edit.range.start && range.end === range.start) : -1;
    const before = merged[at];
    if (before === undefined) merged.push(edit);
    else merged[at] = { range: before.range, newText: joined(before.newText, edit.newText) };
  }
  return merged.sort((a, b) => a.range.start - b.range.start);
}

/** Each brings what separates it from what is before, but for the first argument in a pair of brackets. */
function joined(before: string, next: string): string {
  return /^[\s,]/.test(next) ? before + next : `${before}, ${next}`;
}

function withEdits(analysis: Analysis, edits: readonly TextEdit[]): TrialAnalysis | undefined {
  const { source, options, findings } = analysis;
  const after = analyse({ path: source.path, text: applyEdits(source.text, edits) }, options);
  if (after === undefined) return undefined;
  const left = findings.map(({ diagnostic }) => `${diagnostic.code}@${movedBy(diagnostic.range.start, edits)}`);
  const newFindings = after.findings.filter(({ diagnostic }) => {
    const at = left.indexOf(`${diagnostic.code}@${diagnostic.range.start}`);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return { edits, analysis: after, newFindings, solved: left.length };
}

/** Where an offset of the edited text lies in the text as it is; the start of an edit for what the edit has written. `edits` are in the order of the text. */
export function placeBefore(offset: number, edits: readonly TextEdit[]): number {
  let moved = 0;
  for (const { range, newText } of edits) {
    const start = range.start + moved;
    if (offset < start) break;
    if (offset < start + newText.length) return Math.min(range.start + (offset - start), range.end);
    moved += newText.length - (range.end - range.start);
  }
  return offset - moved;
}
