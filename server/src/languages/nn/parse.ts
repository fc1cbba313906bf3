// Reads a whole `.nn` file into its syntax tree: every statement that can be read is read, each fault is reported once.
import type { Range } from '../../text/range.ts';
import { splitLines, type Line } from './lines.ts';
import { moved, moveLine, moveRange } from './move.ts';
import type { Head, ParsedLine } from './parse-statement.ts';
import type { Branch, Declaration, Statement, SyntaxFault, SyntaxTree } from './tree.ts';

/** Bodies nested deeper than this are not read. */
const DEEPEST_BODY = 60;

export function parseNetworkText(text: string): SyntaxTree {
  const faults: SyntaxFault[] = [];
  const state: ParserState = { lines: splitLines(text), faults, at: 0 };
  const declarations: Declaration[] = [];
  while (state.at < state.lines.length) parseTopLevel(state, declarations);
  return { declarations, faults };
}

interface ParserState {
  readonly lines: readonly Line[];
  readonly faults: SyntaxFault[];
  at: number;
}

function parseTopLevel(state: ParserState, declarations: Declaration[]): void {
  const line = takeLine(state);
  if (line === undefined) return;
  const parsed = moveLine(line.read.parsed, line.start);
  if (parsed.kind === 'head' && (parsed.head.kind === 'block' || parsed.head.kind === 'net')) {
    if (line.indent !== '')
      report(state, line, 'unexpected-indent', `A ${parsed.head.kind} begins at the start of its line.`, parsed.range);
    const { kind, name, parameters } = parsed.head;
    const body = parseBody(state, line, 0);
    const end = body[body.length - 1]?.range.end ?? parsed.range.end;
    if (name.name !== '') declarations.push({ kind, name, parameters, body, range: { start: parsed.range.start, end } });
    return;
  }
  const message = 'This statement stands outside of a network: put it, indented, below a line such as `net Name:`.';
  report(state, line, 'outside-net', message, rangeOf(parsed));
  // One fault for the whole stretch of statements without a net around them.
  while (state.at < state.lines.length && !isDeclaration(state.lines[state.at])) state.at++;
}

function isDeclaration(line: Line | undefined): boolean {
  return line?.indent === '' && line.read.isDeclaration;
}

interface TakenLine extends Line {
  /** How many faults there were before it: it has one of its own at the most. */
  readonly before: number;
}

function takeLine(state: ParserState): TakenLine | undefined {
  const line = state.lines[state.at++];
  if (line === undefined) return undefined;
  const { indent, start, end, read } = line;
  const before = state.faults.length;
  if (read.fault !== undefined && !read.isInlineFault) state.faults.push(moved(read.fault, start));
  return { indent, start, end, read, before };
}

function report({ faults }: ParserState, line: TakenLine, reason: string, message: string, range: Range): void {
  if (faults.length === line.before) faults.push({ reason, message, range, line: tokensRange(line) });
}

/** The body of a head: what stands behind its colon, else the lines below it that are indented deeper. */
function parseBody(state: ParserState, line: TakenLine, depth: number): Statement[] {
  const { indent, read, start } = line;
  if (read.inline !== undefined) {
    const inline = moveLine(read.inline, start);
    if (read.fault !== undefined && read.isInlineFault && state.faults.length === line.before) state.faults.push(moved(read.fault, start));
    if (inline.kind === 'head') report(state, line, 'nested-head', 'Begin this on a line of its own, indented.', inline.range);
    return inline.kind === 'statement' ? [inline.statement] : [];
  }
  const first = state.lines[state.at];
  if (first === undefined || !isDeeper(first.indent, indent)) {
    report(state, line, 'empty-body', 'Nothing is indented below this line: it needs a body.', moveRange(rangeOf(read.parsed), start));
    return [];
  }
  const statements: Statement[] = [];
  let lastIndent = first.indent;
  while (state.at < state.lines.length) {
    const next = state.lines[state.at];
    if (next === undefined || isDeclaration(next)) break;
    if (next.indent !== first.indent) {
      if (!isDeeper(next.indent, indent)) break;
      // A stretch of lines that is indented alike is one mistake.
      if (next.indent !== lastIndent) reportIndent(state, next, first.indent);
    }
    lastIndent = next.indent;
    if (depth >= DEEPEST_BODY) {
      state.faults.push({
        reason: 'too-deep',
        message: `Statements nested more than ${DEEPEST_BODY} deep are not read.`,
        range: tokensRange(next),
      });
      skipBody(state, indent);
      break;
    }
    parseStatement(state, statements, depth);
  }
  return statements;
}

function parseStatement(state: ParserState, statements: Statement[], depth: number): void {
  const line = takeLine(state);
  if (line === undefined) return;
  const parsed = moveLine(line.read.parsed, line.start);
  if (parsed.kind === 'statement') statements.push(parsed.statement);
  if (parsed.kind !== 'head') return;
  const { head } = parsed;
  if (head.kind === 'block' || head.kind === 'net') {
    report(state, line, 'nested-declaration', `A ${head.kind} cannot stand inside another: begin it at the start of a line.`, parsed.range);
  }
  const body = parseBody(state, line, depth + 1);
  const range = { start: parsed.range.start, end: body[body.length - 1]?.range.end ?? parsed.range.end };
  const previous = statements[statements.length - 1];
  switch (head.kind) {
    case 'repeat':
      statements.push({ kind: 'repeat', count: head.count, body, range, header: parsed.range });
      return;
    case 'for':
      statements.push({ kind: 'for', targets: head.targets, items: head.items, body, range, header: parsed.range });
      return;
    case 'if':
      statements.push({ kind: 'if', branches: [{ condition: head.condition, body }], range });
      return;
    case 'elif':
    case 'else':
      if (previous?.kind === 'if' && previous.branches[previous.branches.length - 1]?.condition !== undefined) {
        statements[statements.length - 1] = {
          ...previous,
          branches: [...previous.branches, branchOf(head, body)],
          range: { ...range, start: previous.range.start },
        };
      } else report(state, line, 'no-if', `\`${head.kind}\` has no \`if\` before it.`, parsed.range);
      return;
    default:
  }
}

function branchOf(head: Head, body: readonly Statement[]): Branch {
  return head.kind === 'elif' ? { condition: head.condition, body } : { body };
}

function reportIndent(state: ParserState, line: Line, expected: string): void {
  const mixed = line.indent.includes('\t') !== expected.includes('\t');
  const message = mixed
    ? 'This line is indented by tabs and the lines before it by spaces, or the other way about: use one of them.'
    : `This line is indented by ${line.indent.length}, but the statements before it by ${expected.length}.`;
  const range = tokensRange(line);
  const { start } = range;
  state.faults.push({
    reason: 'indentation',
    message,
    range,
    replacement: { title: 'Indent it as the line before', range: { start: start - line.indent.length, end: start }, newText: expected },
  });
}

function skipBody(state: ParserState, indent: string): void {
  while (state.at < state.lines.length && isDeeper(state.lines[state.at]?.indent ?? '', indent)) state.at++;
}

function isDeeper(indent: string, outer: string): boolean {
  return width(indent) > width(outer);
}

/** The column at which a line begins, with a tab reaching to the next multiple of 8, as in Python. */
function width(indent: string): number {
  let column = 0;
  for (const letter of indent) column = letter === '\t' ? column - (column % 8) + 8 : column + 1;
  return column;
}

function rangeOf(parsed: ParsedLine): Range {
  return parsed.kind === 'statement' ? parsed.statement.range : parsed.range;
}

function tokensRange(line: Line): Range {
  return { start: line.start, end: line.start + line.read.end };
}
