// Cuts text into tokens. Never fails: what no token starts with becomes a token of kind `bad`.
import type { Range } from '../../text/range.ts';

export type TokenKind = 'name' | 'integer' | 'float' | 'string' | 'operator' | 'newline' | 'bad' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The text; of a string, what stands between its quotes with the escapes resolved. */
  readonly text: string;
  readonly range: Range;
  /** For a string without a closing quote. */
  readonly unclosed?: boolean;
}

const TWO_LETTERS = new Set(['//', '**', '==', '!=', '<=', '>=', '->', '+=', '..']);
const ONE_LETTER = '()[]{},:=.+-*/%<>';

/** The tokens of `text` between two offsets, comments left out, an `end` token last. */
export function lex(text: string, start = 0, end = text.length): Token[] {
  const tokens: Token[] = [];
  let at = start;
  const push = (kind: TokenKind, to: number, value = text.slice(at, to)) => {
    tokens.push({ kind, text: value, range: { start: at, end: to } });
    at = to;
  };
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9 || code === 12 || code === 0xfeff) at++;
    else if (code === 10 || code === 13) push('newline', code === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1);
    else if (code === 35) at = endOfLine(text, at, end);
    else if (isLetter(code)) push('name', endOfName(text, at, end));
    else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) {
      const to = endOfNumber(text, at, end);
      push(/[.eE]/.test(text.slice(at, to)) && !/^0[xX]/.test(text.slice(at, to)) ? 'float' : 'integer', to);
    } else if (code === 34 || code === 39) {
      const token = lexString(text, at, end);
      tokens.push(token);
      at = token.range.end;
    } else if (TWO_LETTERS.has(text.slice(at, at + 2)) && at + 2 <= end) push('operator', at + 2);
    else if (ONE_LETTER.includes(text.charAt(at))) push('operator', at + 1);
    else {
      let to = at + 1;
      // A run of letters that no token starts with, emoji or binary junk say, is one fault.
      while (to < end && isBad(text, to)) to++;
      push('bad', to);
    }
  }
  tokens.push({ kind: 'end', text: '', range: { start: end, end } });
  return tokens;
}

function endOfLine(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at++;
  return at;
}

/** Names may be dotted, so that `nn.Conv2d` is one name, with its own advice. */
function endOfName(text: string, from: number, end: number): number {
  let at = from;
  for (;;) {
    while (at < end && (isLetter(text.charCodeAt(at)) || isDigit(text.charCodeAt(at)))) at++;
    if (text.charCodeAt(at) !== 46 || at + 1 >= end || !isLetter(text.charCodeAt(at + 1))) return at;
    at++;
  }
}

/** `12`, `0x1f`, `1_000`, `0.5`, `1e-3`; in `64..1024` the dots are not the number's. */
function endOfNumber(text: string, from: number, end: number): number {
  const pattern = /0[xX][\da-fA-F_]+|(?:\d[\d_]*)?(?:\.(?!\.)\d*)?(?:[eE][+-]?\d+)?\w*/y;
  pattern.lastIndex = from;
  const length = pattern.exec(text)?.[0].length ?? 0;
  return Math.min(from + Math.max(length, 1), end);
}

function lexString(text: string, from: number, end: number): Token {
  const quote = text.charCodeAt(from);
  let value = '';
  let at = from + 1;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === quote) return { kind: 'string', text: value, range: { start: from, end: at + 1 } };
    if (code === 10 || code === 13) break;
    if (code === 92 && at + 1 < end) at++;
    value += text.charAt(at);
    at++;
  }
  return { kind: 'string', text: value, range: { start: from, end: at }, unclosed: true };
}

function isBad(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return !(
    code <= 32 ||
    code === 35 ||
    code === 34 ||
    code === 39 ||
    isLetter(code) ||
    isDigit(code) ||
    ONE_LETTER.includes(text.charAt(at))
  );
}

/** A letter of a name: ASCII letters, the underscore, and letters of other alphabets as in Python. */
function isLetter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 0xaa && OTHER_LETTER.test(String.fromCharCode(code)))
  );
}

const OTHER_LETTER = /\p{L}/u;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
