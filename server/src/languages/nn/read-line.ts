// Reads a line by its own text, once for all lines that have the same: most lines of an edited document are as they were.
import { createMemory } from '../../text/memory.ts';
import { lex, type Token } from './lexer.ts';
import { parseLine, type ParsedLine } from './parse-statement.ts';
import { TokenReader } from './token-reader.ts';
import type { SyntaxFault } from './tree.ts';

/** What a line says, with places that count from its first letter. */
export interface ReadLine {
  readonly parsed: ParsedLine;
  /** What stands behind the colon of a head. */
  readonly inline: ParsedLine | undefined;
  /** The first thing that is wrong with `parsed`, or else with `inline`. */
  readonly fault: SyntaxFault | undefined;
  readonly isInlineFault: boolean;
  /** The end of its last token. */
  readonly end: number;
  /** Its brackets, where they do not close each other. */
  readonly brackets: readonly string[];
  /** True where it begins with a word that begins a line and nothing else: an open bracket does not reach over it. */
  readonly isStart: boolean;
  /** True where it begins with `block` or `net`. */
  readonly isDeclaration: boolean;
}

const STARTS: ReadonlySet<string> = new Set(['block', 'net', 'input', 'output', 'require', 'repeat']);

/** So many letters of lines are kept, about 40 times as many bytes. */
const MOST_KEPT = 300_000;

const lines = createMemory<ReadLine>(MOST_KEPT);

/** `text` begins with a token. A line that is broken inside of brackets is one line. */
export function readLine(text: string): ReadLine {
  return lines(text, read);
}

function read(text: string): ReadLine {
  const tokens = lex(text).filter(({ kind }) => kind !== 'newline' && kind !== 'end');
  const end = tokens[tokens.length - 1]?.range.end ?? 0;
  const faults: SyntaxFault[] = [];
  const reader = new TokenReader([...tokens, { kind: 'end', text: '', range: { start: end, end } }], faults);
  const parsed = parseLine(reader);
  const isInlineFault = faults.length === 0;
  const inline = parsed.kind === 'head' && reader.next.kind !== 'end' ? parseLine(reader) : undefined;
  const [first, second] = tokens;
  const isWord = first?.kind === 'name';
  return {
    parsed,
    inline,
    fault: faults[0],
    isInlineFault,
    end,
    brackets: unmatched(tokens),
    isStart: isWord && STARTS.has(first.text) && second?.text !== '=',
    isDeclaration: isWord && (first.text === 'block' || first.text === 'net'),
  };
}

const NONE: readonly string[] = [];

/** What each closing bracket closes. */
export const OPENS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function unmatched(tokens: readonly Token[]): readonly string[] {
  const brackets = tokens.filter(({ kind, text }) => kind === 'operator' && '()[]{}'.includes(text)).map(({ text }) => text);
  const open: string[] = [];
  const isMatched = brackets.every((bracket) => {
    const opening = OPENS[bracket];
    if (opening === undefined) return open.push(bracket) > 0;
    return open.pop() === opening;
  });
  return isMatched && open.length === 0 ? NONE : brackets;
}
