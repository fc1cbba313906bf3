// The command line: `shapelint check`, `summary`, `sizes`, `run` and `explain`.
import { version } from '../../../package.json';
import { runCheck } from './check.ts';
import { runExplain } from './explain.ts';
import { FileError, UsageError } from './files.ts';
import { runRun } from './run.ts';
import { runSizes } from './sizes.ts';
import { runSummary } from './summary.ts';
import type { Terminal } from './terminal.ts';

const USAGE = `Usage:
  shapelint check [paths...] [--format text|json|sarif|github] [--max-warnings n] [--fix] [--rule code=severity]
  shapelint summary FILE [--net NAME] [--scale n] [--size H=224,W=224] [--depth n] [--format text|json]
  shapelint sizes FILE [--net NAME] [--scale n] [--near H=500] [--format text|json]
  shapelint run FILE [--net NAME] [--size H=224] --tensors IN [--output OUT] [--seed n]
  shapelint explain CODE

  A path that is a folder is walked; - reads standard input, called what --stdin-filename says.
  Modules of your own for YOLO models are found in files modules.nn beside a model and above it, and with --modules FILE.
  Exit codes: 0 clean, 1 problems, 2 bad usage, 3 a fault of Shapelint's own.
`;

/** Runs one command and gives its exit code. */
export function run(args: readonly string[], terminal: Terminal): number {
  const [command, ...rest] = args;
  try {
    if (rest.includes('--help') || rest.includes('-h')) {
      terminal.out(USAGE);
      return 0;
    }
    switch (command) {
      case 'check':
        return runCheck(rest, terminal);
      case 'summary':
        return runSummary(rest, terminal);
      case 'sizes':
        return runSizes(rest, terminal);
      case 'run':
        return runRun(rest, terminal);
      case 'explain':
        return runExplain(rest, terminal);
      case 'help':
      case '--help':
      case '-h':
        terminal.out(USAGE);
        return 0;
      case '--version':
        terminal.out(`${version}\n`);
        return 0;
      default:
        throw new UsageError(command === undefined ? 'A command is missing.' : `There is no command ${command}.`);
    }
  } catch (error) {
    if (error instanceof FileError) {
      terminal.error(`${error.message}\n`);
      return 2;
    }
    if (error instanceof UsageError || isParseError(error)) {
      terminal.error(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    terminal.error(
      `Shapelint failed; this is a fault of its own: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return 3;
  }
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
