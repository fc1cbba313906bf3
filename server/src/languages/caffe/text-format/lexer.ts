// Cuts a text in protobuf's text format into tokens, one at a time, with the holes that templates leave in it.
import type { Range } from '../../../text/range.ts';

export interface Token {
  readonly kind: 'identifier' | 'number' | 'string' | 'placeholder' | 'symbol' | 'other' | 'end';
  readonly text: string;
  readonly range: Range;
}

/** Space, comments, and the statements of templates (`{% for ... %}`). */
const SKIPPED = /(?:\s+|#[^\r\n]*|\{%[^\r\n]{0,500}?%\})+/y;
const HOLE = String.raw`(?:\{\{[^{}\r\n]*\}\}|\$\{[^{}\r\n]*\}|\$\([^()\r\n]*\)|\$\w+|%\(\w+\)[a-z]|%[a-z]|@\w+@)`;
const TOKENS: readonly (readonly [Token['kind'], RegExp])[] = [
  // Nearly all tokens, which nothing behind them makes part of a hole.
  ['identifier', /[A-Za-z_]\w*(?![\w.{$%@])/y],
  ['symbol', /[}:\];,]/y],
  ['number', /\d+(?![\w.{$%@])/y],
  ['placeholder', new RegExp(String.raw`[\w.]*${HOLE}(?:${HOLE}|[\w.*+/-])*`, 'y')],
  ['identifier', /[A-Za-z_]\w*/y],
  ['number', /(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?)(?![\w.])/y],
  ['string', /"(?:[^"\\\r\n]|\\[^\r\n])*"?|'(?:[^'\\\r\n]|\\[^\r\n])*'?/y],
  ['symbol', /[{}<>[\]:;,-]/y],
  ['other', /[\w.]+|[^\s]/y],
];
/** `<NUM_CLASSES>` where a value stands: a message of that one word would not be one. */
const HOLE_IN_ANGLES = /<\s*[A-Za-z_][\w ]*>/y;

export interface Lexer {
  readonly peek: () => Token;
  readonly next: () => Token;
  /** As `next`, but a word in angle brackets counts as one token, a placeholder. */
  readonly nextValue: () => Token;
  /** Whether a template's statements were among what was skipped. */
  readonly sawStatement: () => boolean;
}

export function createLexer(text: string): Lexer {
  let position = 0;
  let ahead: Token | undefined;
  let statements = false;

  const match = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };

  function read(): Token {
    const skipped = match(SKIPPED, position);
    if (skipped !== undefined) {
      position += skipped.length;
      statements ||= skipped.includes('{%');
    }
    if (position >= text.length) return { kind: 'end', text: '', range: { start: text.length, end: text.length } };
    for (const [kind, pattern] of TOKENS) {
      const found = match(pattern, position);
      if (found === undefined || found === '') continue;
      const token: Token = { kind, text: found, range: { start: position, end: position + found.length } };
      position = token.range.end;
      return token;
    }
    return { kind: 'end', text: '', range: { start: text.length, end: text.length } };
  }

  const peek = () => (ahead ??= read());
  const next = () => {
    const token = peek();
    ahead = undefined;
    return token;
  };
  return {
    peek,
    next,
    nextValue: () => {
      const token = next();
      const hole = token.text === '<' ? match(HOLE_IN_ANGLES, token.range.start) : undefined;
      if (hole === undefined) return token;
      position = token.range.start + hole.length;
      return { kind: 'placeholder', text: hole, range: { start: token.range.start, end: position } };
    },
    sawStatement: () => statements,
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' };

/** What a string token means; undefined where it is not closed. */
export function stringValue({ text }: Token): string | undefined {
  const quote = text.charAt(0);
  const inside = text.slice(1, -1);
  // An escaped quote at the end closes nothing.
  const isClosed = text.length > 1 && text.endsWith(quote) && !/(?<!\\)(?:\\\\)*\\$/.test(inside);
  if (!isClosed) return undefined;
  if (!inside.includes('\\')) return inside;
  return inside.replace(/\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)/g, (_, code: string) => {
    if (/^x./.test(code)) return String.fromCharCode(parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(parseInt(code, 8));
    return ESCAPES[code] ?? code;
  });
}

/** What a number token means: decimal, hexadecimal (0x10), octal (010), or a float with or without `f`. */
export function numberValue(text: string): number {
  if (/^0[xX]/.test(text)) return parseInt(text.slice(2), 16);
  if (/^0[0-7]+$/.test(text)) return parseInt(text, 8);
  return Number(text.replace(/[fF]$/, ''));
}
