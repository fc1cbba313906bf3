// Walks over the tokens of one statement and collects the faults that its reading finds.
import type { Range } from '../../text/range.ts';
import type { Token } from './lexer.ts';
import type { SyntaxFault } from './tree.ts';

/** Where a parser stands in its tokens: state that every parsing function shares. */
export class TokenReader {
  at = 0;
  depth = 0;
  tokens: readonly Token[];
  readonly faults: SyntaxFault[];
  /** How many faults there were when this statement began: it reports one of its own at the most. */
  private readonly before: number;

  /** `tokens` ends in a token of kind `end`. */
  constructor(tokens: readonly Token[], faults: SyntaxFault[]) {
    this.tokens = tokens;
    this.faults = faults;
    this.before = faults.length;
  }

  get next(): Token {
    const token = this.tokens[Math.min(this.at, this.tokens.length - 1)];
    return token ?? { kind: 'end', text: '', range: { start: 0, end: 0 } };
  }

  /** The end of the last token that was taken. */
  get lastEnd(): number {
    return this.tokens[this.at - 1]?.range.end ?? this.next.range.start;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.at++;
    return token;
  }

  /** From here on the next token is read as if it said `text`. */
  readNextAs(text: string): void {
    this.tokens = this.tokens.with(this.at, { ...this.next, text });
  }

  isOperator(text: string): boolean {
    return this.next.kind === 'operator' && this.next.text === text;
  }

  isName(text: string): boolean {
    return this.next.kind === 'name' && this.next.text === text;
  }

  /** Takes the next token if it is this operator. */
  accept(text: string): boolean {
    if (!this.isOperator(text)) return false;
    this.at++;
    return true;
  }

  acceptName(text: string): boolean {
    if (!this.isName(text)) return false;
    this.at++;
    return true;
  }

  /** Reports a fault of this statement, unless it has one: what follows a fault is read with less trust. */
  fault(reason: string, message: string, range: Range = this.nextOrLast, replacement?: SyntaxFault['replacement']): void {
    if (this.faults.length > this.before) return;
    const line = { start: this.tokens[0]?.range.start ?? range.start, end: this.tokens[this.tokens.length - 1]?.range.end ?? range.end };
    this.faults.push({ reason, message, range, line, ...(replacement !== undefined && { replacement }) });
  }

  /** The next token; at the end of the line its last letter, so that there is something to be seen. */
  private get nextOrLast(): Range {
    if (this.next.kind !== 'end') return this.next.range;
    return { start: Math.max(this.lastEnd - 1, 0), end: this.lastEnd };
  }

  get hasFault(): boolean {
    return this.faults.length > this.before;
  }
}

/** How a token is called in a message. */
export function describe(token: Token): string {
  if (token.kind === 'end' || token.kind === 'newline') return 'the end of the line';
  if (token.kind === 'string') return 'a string';
  const text = token.text.length > 20 ? `${token.text.slice(0, 20)}…` : token.text;
  return `\`${text}\``;
}
