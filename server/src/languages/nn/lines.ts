// Cuts a file into logical lines with their indentation: inside closed brackets a line may break.
import { OPENS, readLine, type ReadLine } from './read-line.ts';

export interface Line {
  /** The white space before its first letter. */
  readonly indent: string;
  /** The offset of its first letter. */
  readonly start: number;
  readonly end: number;
  readonly read: ReadLine;
}

export function splitLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let isBroken = false;
  for (let at = 0; at < text.length;) {
    let start = at;
    while (isSpace(text.charCodeAt(start))) start++;
    const end = endOfLine(text, start);
    if (start < end && text.charCodeAt(start) !== HASH) {
      const read = readLine(text.slice(start, end));
      isBroken ||= read.brackets.length > 0;
      lines.push({ indent: text.slice(at, start).replace('\ufeff', ''), start, end, read });
    }
    at = text.charCodeAt(end) === CARRIAGE_RETURN && text.charCodeAt(end + 1) === LINE_FEED ? end + 2 : end + 1;
  }
  return isBroken ? joinLines(text, lines) : lines;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const HASH = 35;

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 12 || code === 0xfeff;
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== LINE_FEED && text.charCodeAt(at) !== CARRIAGE_RETURN) at++;
  return at;
}

/** Each line with those below it that it goes on in. */
function joinLines(text: string, lines: readonly Line[]): Line[] {
  const joined = brokenLines(lines);
  const whole: Line[] = [];
  let first: Line | undefined;
  lines.forEach((line, at) => {
    first ??= line;
    if (joined.has(at)) return;
    whole.push(first === line ? line : { ...first, end: line.end, read: readLine(text.slice(first.start, line.end)) });
    first = undefined;
  });
  return whole;
}

/**
 * The lines that go on in the next, inside of brackets that are closed somewhere. An unclosed bracket ends with its line, so that one missing
 * bracket does not swallow the rest of the file.
 */
function brokenLines(lines: readonly Line[]): ReadonlySet<number> {
  const joined = new Set<number>();
  const open: string[] = [];
  // The line ends inside the brackets that are open, with how many of these there were.
  const waiting: { depth: number; at: number }[] = [];
  lines.forEach(({ read: { isStart, brackets } }, at) => {
    if (isStart) {
      open.length = 0;
      waiting.length = 0;
    }
    for (const bracket of brackets) {
      if (OPENS[bracket] === undefined) open.push(bracket);
      else if (open[open.length - 1] === OPENS[bracket]) {
        const depth = open.length;
        open.pop();
        // Those of this bracket are the last ones: what was opened later is closed already, or never.
        for (let last = waiting.pop(); last !== undefined; last = waiting.pop()) {
          if (last.depth === depth) joined.add(last.at);
          else {
            waiting.push(last);
            break;
          }
        }
      }
    }
    if (open.length > 0) waiting.push({ depth: open.length, at });
  });
  return joined;
}
