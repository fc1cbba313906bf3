// `shapelint check`: lints files and folders.
import { parseArgs } from 'node:util';
import { analyse, type Analysis } from '../analysis/analyse.ts';
import { fixAll } from '../analysis/fix-all.ts';
import { isLevel, type Level, type Severity } from '../diagnostics/diagnostic.ts';
import { isCode } from '../rules/registry.ts';
import { findFiles, UsageError, type InputFile } from './files.ts';
import { formatGithub } from './format-github.ts';
import { formatFixed, formatProblem, formatTotals } from './format-problems.ts';
import { formatSarif } from './format-sarif.ts';
import { createModuleFinder } from './modules.ts';
import { reportProblems, type FileReport, type ProblemReport } from './problems.ts';
import type { Terminal } from './terminal.ts';
import { replaceFile } from './write-file.ts';

export function runCheck(args: readonly string[], terminal: Terminal): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      'max-warnings': { type: 'string' },
      fix: { type: 'boolean', default: false },
      rule: { type: 'string', multiple: true, default: [] },
      modules: { type: 'string', multiple: true, default: [] },
      'stdin-filename': { type: 'string' },
    },
  });
  const format = oneOf('format', values.format, ['text', 'json', 'sarif', 'github']);
  const maxWarnings = values['max-warnings'] === undefined ? Infinity : wholeNumber('max-warnings', values['max-warnings']);
  const levels = parseRules(values.rule);
  const modulesOf = createModuleFinder(values.modules);
  // What comes from standard input has no file to be written to.
  if (values.fix && positionals.includes('-')) throw new UsageError('--fix takes files: standard input cannot be written to.');
  const files = findFiles(positionals.length === 0 ? ['.'] : positionals, values['stdin-filename']);
  const reports: FileReport[] = [];
  for (const file of files) {
    const found = analyse(file, { levels, modules: modulesOf(file.path) });
    if (found === undefined) {
      terminal.error(`${file.path}: no language of Shapelint's claims this file.\n`);
      continue;
    }
    const { analysis, count } = values.fix ? fixFile(file, found, terminal) : { analysis: found, count: 0 };
    const problems = reportProblems(analysis);
    reports.push({ path: file.path, language: analysis.language.id, problems, ...(values.fix && { fixed: count }) });
    if (format === 'text') printProblems(analysis.source.text, file.path, problems, terminal);
  }
  const severities = reports.flatMap(({ problems }) => problems.map(({ severity }) => severity));
  if (format === 'json') terminal.out(`${JSON.stringify({ files: reports }, undefined, 2)}\n`);
  else if (format === 'sarif') terminal.out(formatSarif(reports));
  else if (format === 'github') terminal.out(formatGithub(reports));
  else {
    if (values.fix) terminal.out(`${formatFixed(reports.map(({ fixed = 0 }) => fixed))}\n`);
    terminal.out(`${formatTotals(severities, reports.filter(({ problems }) => problems.length > 0).length, reports.length)}\n`);
  }
  const count = (wanted: Severity) => severities.filter((severity) => severity === wanted).length;
  return count('error') > 0 || count('warning') > maxWarnings ? 1 : 0;
}

/** Makes the preferred fixes and writes the file where there were any. */
function fixFile({ path, text }: InputFile, found: Analysis, terminal: Terminal): { analysis: Analysis; count: number } {
  const { analysis, count, text: fixed } = fixAll(found);
  const refusal = fixed === text ? undefined : replaceFile(path, text, fixed);
  if (refusal === undefined) return { analysis, count };
  terminal.error(`${path} was not fixed: ${refusal}.\n`);
  return { analysis: found, count: 0 };
}

function printProblems(text: string, path: string, problems: readonly ProblemReport[], terminal: Terminal): void {
  if (problems.length === 0) return;
  const lines = text.split(/\r\n|\r|\n/);
  for (const problem of problems) terminal.out(`${formatProblem(path, lines, problem, terminal.style)}\n`);
}

function parseRules(settings: readonly string[]): ReadonlyMap<string, Level> {
  return new Map(
    settings.map((setting) => {
      const [code = '', level] = setting.split('=');
      if (!isCode(code)) throw new UsageError(`There is no code ${code}.`);
      if (!isLevel(level)) throw new UsageError(`--rule ${code}= takes off, hint, information, warning or error.`);
      return [code, level] as const;
    }),
  );
}

export function oneOf<const Choice extends string>(option: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new UsageError(`--${option} takes ${choices.join(' or ')}, not ${value}.`);
  return choice;
}

export function wholeNumber(option: string, value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new UsageError(`--${option} takes a whole number, not ${value}.`);
  return Number(value);
}
