// The text form of `check`: each problem with its line, what points to it, and the fixes.
import type { Severity } from '../diagnostics/diagnostic.ts';
import type { ProblemReport } from './problems.ts';
import type { Style } from './style.ts';

/** No more fixes than this are listed for one problem. */
const MOST_FIXES = 4;

const COLOURS = { error: 'red', warning: 'yellow', information: 'blue', hint: 'cyan' } as const satisfies Record<Severity, string>;

export function formatProblem(path: string, lines: readonly string[], problem: ProblemReport, style: Style): string {
  const { code, severity, message, line, column, endLine, endColumn, related, fixes } = problem;
  const [first = '', ...rest] = message.split('\n');
  const source = (lines[line - 1] ?? '').replaceAll('\t', ' ');
  const end = endLine === line ? endColumn : source.length + 1;
  const number = String(line);
  const shown = source.length > 160 ? `${source.slice(0, 160)}…` : source;
  const marks = column > 160 ? '' : ' '.repeat(column - 1) + '^'.repeat(Math.max(Math.min(end, 161) - column, 1));
  const gutter = style('dim', `${' '.repeat(number.length)} |`);
  return [
    `${style('bold', `${path}:${line}:${column}`)}  ${style(COLOURS[severity], severity)}  ${first}  ${style('dim', code)}`,
    `  ${style('dim', `${number} |`)} ${shown}`,
    `  ${gutter} ${style(COLOURS[severity], marks)}`,
    ...rest.map((text) => `  ${text}`),
    ...related.map((place) => {
      const at = `${place.path === path ? '' : `${place.path}:`}${place.line}:${place.column}`;
      return `  ${style('dim', at)} ${place.message}`;
    }),
    ...shownFixes(fixes).map(({ title }) => `  ${style('green', 'fix')} ${title}`),
    '',
  ].join('\n');
}

/** The one that `--fix` makes, else the first ones. */
function shownFixes(fixes: ProblemReport['fixes']): ProblemReport['fixes'] {
  const preferred = fixes.filter((fix) => fix.preferred);
  return preferred.length > 0 ? preferred : fixes.slice(0, MOST_FIXES);
}

/** `2 errors, 1 warning in 1 of 14 files`. */
export function formatTotals(severities: readonly Severity[], faulty: number, files: number): string {
  const counts = (['error', 'warning', 'information', 'hint'] as const).flatMap((severity) => {
    const count = severities.filter((other) => other === severity).length;
    const noun = severity === 'information' ? 'note' : severity;
    return count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`];
  });
  const all = `${files} ${files === 1 ? 'file' : 'files'}`;
  return counts.length === 0 ? `No problems in ${all}.` : `${counts.join(', ')} in ${faulty} of ${all}.`;
}

/** `Fixed 3 problems in 2 files.`, from how many were fixed in each file. */
export function formatFixed(counts: readonly number[]): string {
  const total = counts.reduce((a, b) => a + b, 0);
  const files = counts.filter((count) => count > 0).length;
  if (total === 0) return 'Fixed nothing: no problem has one fix that is sure.';
  return `Fixed ${total} ${total === 1 ? 'problem' : 'problems'} in ${files} ${files === 1 ? 'file' : 'files'}.`;
}
