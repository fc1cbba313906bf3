// Findings as the command line prints them: with lines and columns from 1, as JSON and as text have them.
import type { Analysis } from '../analysis/analyse.ts';
import { provenFixes } from '../analysis/fixes.ts';
import type { Severity } from '../diagnostics/diagnostic.ts';
import { createLineIndex, positionAt, type LineIndex } from '../text/line-index.ts';
import type { Range } from '../text/range.ts';

export interface ProblemReport {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly related: readonly { readonly path: string; readonly line: number; readonly column: number; readonly message: string }[];
  readonly fixes: readonly { readonly title: string; readonly preferred: boolean }[];
}

export interface FileReport {
  readonly path: string;
  readonly language: string;
  readonly problems: readonly ProblemReport[];
  /** How many problems were fixed; present with `--fix`. */
  readonly fixed?: number;
}

/** Each fix is proved by an analysis: after so many letters of text no more fixes are looked for. */
const MOST_PROVED = 1_000_000;

export function reportProblems(analysis: Analysis): ProblemReport[] {
  const lines = createLineIndex(analysis.source.text);
  let toProve = MOST_PROVED;
  return analysis.findings.map((finding) => {
    toProve -= analysis.source.text.length;
    const { code, severity, message, range, related } = finding.diagnostic;
    return {
      code,
      severity,
      message,
      ...placeOf(lines, range),
      related: related.map(({ message: text, range: at, file }) => {
        const { line, column } = placeOf(file === undefined ? lines : createLineIndex(file.text), at);
        return { path: file?.path ?? analysis.source.path, line, column, message: text };
      }),
      fixes: toProve < 0 ? [] : provenFixes(analysis, finding).map(({ title, preferred }) => ({ title, preferred })),
    };
  });
}

function placeOf(lines: LineIndex, range: Range): { line: number; column: number; endLine: number; endColumn: number } {
  const start = positionAt(lines, range.start);
  const end = positionAt(lines, range.end);
  return { line: start.line + 1, column: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 };
}
