// Makes all preferred fixes of a text, one after the other, each proved on the text that the one before has left.
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { analyse, type Analysis } from './analyse.ts';
import { provenFixes } from './fixes.ts';

export interface FixedText {
  readonly text: string;
  /** How many fixes were made. */
  readonly count: number;
  /** Of the fixed text. */
  readonly analysis: Analysis;
}

/** No more letters than this are analysed for one text, all proofs together: about two seconds. */
const MOST_LETTERS = 10_000_000;

export function fixAll(start: Analysis): FixedText {
  let analysis = start;
  let count = 0;
  let passed = 0;
  let letters = 0;
  // What lies before has no fix of its own, and a fix adds no finding: it need not be looked at again.
  while (passed < analysis.findings.length && letters < MOST_LETTERS) {
    const { source, options, findings } = analysis;
    const finding = findings[passed];
    const fixes = finding === undefined ? [] : provenFixes(analysis, finding);
    letters += (fixes.length + 1) * source.text.length;
    const preferred = fixes.find((fix) => fix.preferred);
    const next = preferred === undefined ? undefined : analyse({ path: source.path, text: applyEdits(source.text, preferred.edits) }, options);
    if (next === undefined) {
      passed++;
      continue;
    }
    analysis = next;
    count++;
  }
  return { text: analysis.source.text, count, analysis };
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
