// The form of `check` that GitHub Actions shows at the lines of a change: workflow commands, one a problem.
import type { Severity } from '../diagnostics/diagnostic.ts';
import type { FileReport } from './problems.ts';

const COMMANDS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const satisfies Record<Severity, string>;

export function formatGithub(files: readonly FileReport[]): string {
  return files
    .flatMap(({ path, problems }) =>
      problems.map(({ code, severity, message, line, column, endLine, endColumn }) => {
        const properties = Object.entries({ file: path, line, endLine, col: column, endColumn, title: code });
        const place = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
        return `::${COMMANDS[severity]} ${place}::${escapeText(message)}\n`;
      }),
    )
    .join('');
}

function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A comma or a colon would end a property. */
function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
