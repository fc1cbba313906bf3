// Colour and bold for a terminal, and nothing for a file or a pipe.
import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];
export type Style = (format: Format, text: string) => string;

/** Colour on a terminal alone, and not where NO_COLOR asks for none. */
export function terminalStyle(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): Style {
  const coloured = isTerminal && environment['NO_COLOR'] === undefined && environment['TERM'] !== 'dumb';
  return coloured ? (format, text) => styleText(format, text, { validateStream: false }) : (_format, text) => text;
}
