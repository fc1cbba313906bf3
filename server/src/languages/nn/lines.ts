// Cuts the tokens of a file into logical lines with their indentation: inside closed brackets a line may break.
import type { Token } from './lexer.ts';

export interface Line {
  /** The white space before the first token. */
  readonly indent: string;
  /** The tokens of the line, without the newline, an `end` token last. */
  readonly tokens: readonly Token[];
}

/** These words begin a line and nothing else: an open bracket does not reach over them. */
const LINE_STARTS: ReadonlySet<string> = new Set(['block', 'net', 'input', 'output', 'require', 'repeat']);

export function splitLines(text: string, tokens: readonly Token[]): Line[] {
  const joined = joinedNewlines(tokens);
  const lines: Line[] = [];
  let from = 0;
  let isBroken = false;
  tokens.forEach((token, at) => {
    if (token.kind === 'newline' && joined.has(at)) isBroken = true;
    else if (token.kind === 'newline' || token.kind === 'end') {
      const first = tokens[from];
      if (first !== undefined && at > from)
        lines.push({ indent: indentBefore(text, first.range.start), tokens: tokensOf(tokens, from, at, isBroken) });
      from = at + 1;
      isBroken = false;
    }
  });
  return lines;
}

function tokensOf(tokens: readonly Token[], from: number, to: number, isBroken: boolean): Token[] {
  const all = tokens.slice(from, to);
  const kept = isBroken ? all.filter(({ kind }) => kind !== 'newline') : all;
  const end = tokens[to - 1]?.range.end ?? 0;
  kept.push({ kind: 'end', text: '', range: { start: end, end } });
  return kept;
}

/**
 * The newlines inside brackets that are closed somewhere. An unclosed bracket ends with its line, so that one missing
 * bracket does not swallow the rest of the file.
 */
function joinedNewlines(tokens: readonly Token[]): ReadonlySet<number> {
  const joined = new Set<number>();
  const open: string[] = [];
  // The newlines inside the brackets that are open, with how many of these there were.
  const waiting: { depth: number; at: number }[] = [];
  let startsLine = true;
  tokens.forEach((token, at) => {
    if (token.kind === 'newline') {
      if (open.length > 0) waiting.push({ depth: open.length, at });
      startsLine = true;
      return;
    }
    if (startsLine && token.kind === 'name' && LINE_STARTS.has(token.text) && tokens[at + 1]?.text !== '=') {
      open.length = 0;
      waiting.length = 0;
    }
    startsLine = false;
    if (token.kind !== 'operator') return;
    if (token.text === '(' || token.text === '[' || token.text === '{') open.push(token.text);
    else if (CLOSES[token.text] !== undefined && open[open.length - 1] === CLOSES[token.text]) {
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
  });
  return joined;
}

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function indentBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
  return text.slice(start, offset).replace('\ufeff', '');
}
