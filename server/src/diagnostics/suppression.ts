// Comments that silence diagnostics: `# shapelint: ignore[code]` for a line, `ignore-file[code]` for a file.
import type { Diagnostic } from './diagnostic.ts';

/** Tells whether a diagnostic is silenced by a comment of its text. */
export type Suppressions = (diagnostic: Pick<Diagnostic, 'code' | 'range'>) => boolean;

const SIGN = /#|;|\/\//;
const COMMENT = /\bshapelint:\s*(ignore-file|ignore)(?![\w-])\s*(?:\[([^\]]*)\])?/;

export function findSuppressions(text: string): Suppressions {
  const file = new Set<string>();
  const lines = new Map<number, Set<string>>();
  let end = 0;
  let next = 0;
  for (let at = text.indexOf('shapelint:'); at >= 0; at = text.indexOf('shapelint:', end)) {
    const start = lineStart(text, at);
    end = lineEnd(text, at);
    const line = text.slice(start, end);
    const sign = line.search(SIGN);
    const match = sign < 0 ? null : COMMENT.exec(line.slice(sign));
    if (match === null) continue;
    const codes = match[2] === undefined ? ['*'] : match[2].split(',').map((code) => code.trim());
    if (match[1] === 'ignore-file') codes.forEach((code) => file.add(code));
    else {
      // A comment with a line of its own speaks of the line below it.
      const isAlone = line.slice(0, sign).trim() === '';
      if (isAlone && next <= end) next = nextStatement(text, end);
      const target = isAlone ? next : start;
      const known = lines.get(target) ?? new Set();
      codes.forEach((code) => known.add(code));
      lines.set(target, known);
    }
  }
  if (file.size === 0 && lines.size === 0) return () => false;
  const silences = (codes: Set<string> | undefined, code: string) => codes !== undefined && (codes.has(code) || codes.has('*'));
  return ({ code, range }) => silences(file, code) || silences(lines.get(lineStart(text, range.start)), code);
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
  return at;
}

/** The start of the next line that holds more than white space and comments. */
function nextStatement(text: string, offset: number): number {
  let at = offset;
  while (at < text.length) {
    const start = text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
    const end = lineEnd(text, start);
    if (!/^\s*(#.*)?$/.test(text.slice(start, end))) return start;
    at = Math.max(end, start);
  }
  return at;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}
