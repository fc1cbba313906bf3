// The SARIF form of `check`, version 2.1.0 of OASIS: what code scanning services and other viewers take.
import { version } from '../../../package.json';
import type { Severity } from '../diagnostics/diagnostic.ts';
import { codes } from '../rules/registry.ts';
import type { FileReport, ProblemReport } from './problems.ts';

/** SARIF has three levels. */
const LEVELS = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const satisfies Record<Severity, string>;

export function formatSarif(files: readonly FileReport[]): string {
  const rules = codes.map(({ code, severity, summary }) => ({
    id: code,
    shortDescription: { text: summary },
    defaultConfiguration: { level: LEVELS[severity] },
  }));
  const results = files.flatMap(({ path, problems }) => problems.map((problem) => resultOf(path, problem)));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Shapelint', version, rules } }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function resultOf(path: string, { code, severity, message, line, column, endLine, endColumn, related }: ProblemReport) {
  return {
    ruleId: code,
    ruleIndex: codes.findIndex((known) => known.code === code),
    level: LEVELS[severity],
    message: { text: message },
    locations: [locationOf(path, { startLine: line, startColumn: column, endLine, endColumn })],
    relatedLocations: related.map((place, id) => ({
      id,
      message: { text: place.message },
      ...locationOf(place.path, { startLine: place.line, startColumn: place.column }),
    })),
  };
}

function locationOf(path: string, region: Readonly<Record<string, number>>) {
  return { physicalLocation: { artifactLocation: { uri: encodeURI(path) }, region } };
}
