// Quick fixes: for the findings under the cursor, the edits that are proved to help.
import type { Analysis, Finding } from '../analysis/analyse.ts';
import { provenFixes, type Fix } from '../analysis/fixes.ts';
import type { Range } from '../text/range.ts';

export interface QuickFix extends Fix {
  readonly finding: Finding;
}

export function quickFixes(analysis: Analysis, { start, end }: Range): QuickFix[] {
  return analysis.findings
    .filter(({ diagnostic: { range } }) => range.start <= end && start <= range.end)
    .flatMap((finding) => provenFixes(analysis, finding).map((fix) => ({ ...fix, finding })));
}
