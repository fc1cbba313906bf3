// Quick fixes: for the findings under the cursor, the edits that are proved to help; and all preferred ones at once.
import type { Analysis, Finding } from '../analysis/analyse.ts';
import { editBetween, fixAll } from '../analysis/fix-all.ts';
import { disabledFixes, provenFixes, type DisabledFix, type Fix } from '../analysis/fixes.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Range } from '../text/range.ts';

export interface QuickFix extends Fix {
  readonly finding: Finding;
}

/** A fix that is shown with the reason why it cannot be made. */
export interface DisabledQuickFix extends DisabledFix {
  readonly finding: Finding;
}

export function quickFixes(analysis: Analysis, range: Range): QuickFix[] {
  return findingsIn(analysis, range).flatMap((finding) => provenFixes(analysis, finding).map((fix) => ({ ...fix, finding })));
}

export function disabledQuickFixes(analysis: Analysis, range: Range): DisabledQuickFix[] {
  return findingsIn(analysis, range).flatMap((finding) => disabledFixes(finding).map((fix) => ({ ...fix, finding })));
}

/** The edit that makes all preferred fixes; undefined where there are none. */
export function fixAllEdit(analysis: Analysis): TextEdit | undefined {
  const { text, count } = fixAll(analysis);
  return count === 0 ? undefined : editBetween(analysis.source.text, text);
}

function findingsIn({ findings }: Analysis, { start, end }: Range): Finding[] {
  return findings.filter(({ diagnostic: { range } }) => range.start <= end && start <= range.end);
}
