// The YAML library's document of a text: every scalar stays a string, and what cannot be read is a fault.
import { parseDocument, type Document } from 'yaml';
import type { SyntaxFault } from '../nn/tree.ts';

/** The YAML library reads a few characters in a microsecond at best, a tenth of what our own parsers do. */
export const LONGEST_YAML = 200_000;

/** Faults of the YAML itself that are reported: one broken quote can make hundreds. */
const MOST_YAML_FAULTS = 10;

/** Undefined where the text is nested too deeply. Scalars are as they are written: `N`, `y` and `on` are names. */
export function readDocument(text: string, faults: SyntaxFault[]): Document.Parsed | undefined {
  const document = parse(text, faults);
  for (const { code, message, pos } of document?.errors.slice(0, MOST_YAML_FAULTS) ?? []) {
    const start = Math.min(pos[0], text.length);
    faults.push({
      reason: 'yaml',
      message: code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : `${message.split('\n')[0] ?? message}.`.replace(/\.+$/, '.'),
      range: { start, end: Math.max(Math.min(pos[1], text.length), start) },
    });
  }
  return document;
}

const TOO_DEEP = 'This YAML is nested too deeply to be read.';

/** V8's engines know a limit, others do without. */
const errors: ErrorConstructor & { stackTraceLimit?: number | undefined } = Error;

function parse(text: string, faults: SyntaxFault[]): Document.Parsed | undefined {
  // A text can have an error in every line, and most of the time of one goes into its stack trace, which nobody reads.
  const { stackTraceLimit } = errors;
  errors.stackTraceLimit = 0;
  try {
    return parseDocument(text, {
      version: '1.2',
      schema: 'failsafe',
      uniqueKeys: false,
      strict: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
  } catch {
    // The YAML library recurses: nesting beyond its stack is the one thing that it throws on.
    faults.push({
      reason: 'too-deep',
      message: TOO_DEEP,
      range: { start: 0, end: Math.min(text.length, 1) },
    });
    return undefined;
  } finally {
    errors.stackTraceLimit = stackTraceLimit;
  }
}
