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
  const finish = (to: number) => {
    const first = tokens[from];
    const last = tokens[to - 1];
    if (first !== undefined && last !== undefined && to > from) {
      const kept = tokens.slice(from, to).filter(({ kind }) => kind !== 'newline');
      const end = last.range.end;
      lines.push({
        indent: indentBefore(text, first.range.start),
        tokens: [...kept, { kind: 'end', text: '', range: { start: end, end } }],
      });
    }
    from = to + 1;
  };
  tokens.forEach((token, at) => {
    if ((token.kind === 'newline' && !joined.has(at)) || token.kind === 'end') finish(at);
  });
  return lines;
}

/**
 * The newlines inside brackets that are closed somewhere. An unclosed bracket ends with its line, so that one missing
 * bracket does not swallow the rest of the file.
 */
function joinedNewlines(tokens: readonly Token[]): ReadonlySet<number> {
  const joined = new Set<number>();
  const open: { text: string; newlines: number[] }[] = [];
  let startsLine = true;
  tokens.forEach((token, at) => {
    if (token.kind === 'newline') {
      open[open.length - 1]?.newlines.push(at);
      startsLine = true;
      return;
    }
    if (startsLine && token.kind === 'name' && LINE_STARTS.has(token.text) && tokens[at + 1]?.text !== '=') open.length = 0;
    startsLine = false;
    if (token.kind !== 'operator') return;
    if (token.text === '(' || token.text === '[' || token.text === '{') open.push({ text: token.text, newlines: [] });
    else if (CLOSES[token.text] !== undefined && open[open.length - 1]?.text === CLOSES[token.text]) {
      const closed = open.pop();
      closed?.newlines.forEach((newline) => joined.add(newline));
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
