// Makes all preferred fixes of a text: those that one small idea is there for together, the others one after the other.
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { analyse, type Analysis, type Finding } from './analyse.ts';
import { helps, onlyEdits, provenFixes } from './fixes.ts';

export interface FixedText {
  readonly text: string;
  /** How many fixes were made. */
  readonly count: number;
  /** Of the fixed text. */
  readonly analysis: Analysis;
}

/** No more letters than this are analysed for all proofs together: about a second. */
const MOST_LETTERS = 4_000_000;

/** The letters that may still be analysed. */
interface Budget {
  letters: number;
}

export function fixAll(start: Analysis): FixedText {
  const budget: Budget = { letters: MOST_LETTERS };
  let { analysis, count } = fixTogether(start, budget);
  let passed = 0;
  // What lies before has no fix of its own, and a fix adds no finding: it need not be looked at again.
  while (passed < analysis.findings.length && budget.letters > 0) {
    const finding = analysis.findings[passed];
    const fixes = finding === undefined ? [] : provenFixes(analysis, finding);
    budget.letters -= (2 * fixes.length + 1) * analysis.source.text.length;
    const next = edited(analysis, fixes.find((fix) => fix.preferred)?.edits);
    if (next === undefined) passed++;
    else [analysis, count] = [next, count + 1];
  }
  return { text: analysis.source.text, count, analysis };
}

interface Repair {
  readonly finding: Finding;
  readonly edits: readonly TextEdit[];
}

/** Where a finding has one small idea it is made together with all others of that kind, and all are proved at once. */
function fixTogether(start: Analysis, budget: Budget): Pick<FixedText, 'analysis' | 'count'> {
  const repairs: Repair[] = [];
  for (const finding of start.findings) {
    const edits = onlyEdits(start, finding);
    if (edits !== undefined && !repairs.some((repair) => overlap(repair.edits, edits))) repairs.push({ finding, edits });
  }
  const good = repairs.length < 2 ? [] : provedTogether(start, repairs, budget);
  const next =
    good.length > 0 && proved(start, good)
      ? edited(
          start,
          good.flatMap(({ edits }) => edits),
        )
      : undefined;
  return next === undefined ? { analysis: start, count: 0 } : { analysis: next, count: good.length };
}

/** Halves until what does not help is left out. */
function provedTogether(analysis: Analysis, repairs: readonly Repair[], budget: Budget): readonly Repair[] {
  budget.letters -= analysis.source.text.length;
  if (proved(analysis, repairs)) return repairs;
  if (repairs.length < 2 || budget.letters < 0) return [];
  const middle = repairs.length >> 1;
  return [...provedTogether(analysis, repairs.slice(0, middle), budget), ...provedTogether(analysis, repairs.slice(middle), budget)];
}

function overlap(some: readonly TextEdit[], others: readonly TextEdit[]): boolean {
  return some.some(({ range: a }) => others.some(({ range: b }) => a.start === b.start || (a.start < b.end && b.start < a.end)));
}

function proved(analysis: Analysis, repairs: readonly Repair[]): boolean {
  return helps(
    analysis,
    repairs.map(({ finding }) => finding),
    repairs.flatMap(({ edits }) => edits),
  );
}

function edited({ source, options }: Analysis, edits: readonly TextEdit[] | undefined): Analysis | undefined {
  return edits === undefined ? undefined : analyse({ path: source.path, text: applyEdits(source.text, edits) }, options);
}

/** The one edit that makes one text of another: what they have in common at both ends stays. */
export function editBetween(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  return { range: { start, end: before.length - end }, newText: after.slice(start, after.length - end) };
}
