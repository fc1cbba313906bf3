// Parses protobuf's text format. Never throws and goes on behind what it cannot read.
import type { Range } from '../../../text/range.ts';
import { createLexer, numberValue, stringValue, type Lexer, type Token } from './lexer.ts';
import type { Field, Message, Scalar, TextFormatFault, TextFormatTree, Value } from './tree.ts';

/** Messages within messages deeper than this are not read: no description goes so deep. */
const DEEPEST = 60;
/** More faults than this say nothing new. */
const MOST_FAULTS = 100;

interface State {
  readonly text: string;
  readonly lexer: Lexer;
  readonly faults: TextFormatFault[];
  hasHoles: boolean;
  /** Names of fields of the file that are never within another message: seen at the start of a line, one closes what is open. */
  readonly outermost: ReadonlySet<string>;
}

/** `outermost` are fields that belong to the file itself, so that one at the start of a line shows which bracket is missing. */
export function parseTextFormat(text: string, outermost: ReadonlySet<string> = new Set()): TextFormatTree {
  const state: State = { text, lexer: createLexer(text), faults: [], hasHoles: false, outermost };
  const fields: Field[] = [];
  for (;;) {
    fields.push(...parseFields(state, 0, undefined).fields);
    const token = state.lexer.next();
    if (token.kind === 'end') break;
    fault(
      state,
      `There is nothing open that this \`${token.text}\` could close.\nTake it out, or look above for a bracket that is missing.`,
      token.range,
      { title: `Remove \`${token.text}\``, range: token.range, newText: '' },
    );
  }
  const hasHoles = state.hasHoles || state.lexer.sawStatement();
  return { root: { kind: 'message', fields, range: { start: 0, end: text.length } }, faults: state.faults, hasHoles };
}

function fault({ faults }: State, message: string, range: Range, replacement?: TextFormatFault['replacement']): void {
  if (faults.length < MOST_FAULTS) faults.push({ message, range, ...(replacement !== undefined && { replacement }) });
}

/** The fields up to a closing bracket, which is left to be read, or to the end. `isCutOff`: a field of the file begins first. */
function parseFields(state: State, depth: number, opener: Range | undefined): { fields: Field[]; isCutOff: boolean } {
  const { lexer } = state;
  const fields: Field[] = [];
  for (;;) {
    const token = lexer.peek();
    if (token.kind === 'end' || token.text === '}' || token.text === '>' || token.text === ']') return { fields, isCutOff: false };
    if (opener !== undefined && beginsAnew(state, token)) return { fields, isCutOff: true };
    lexer.next();
    if (token.text === ';' || token.text === ',') continue;
    if (token.kind === 'placeholder') {
      state.hasHoles = true;
      continue;
    }
    if (token.kind !== 'identifier') {
      skipAfter(state, token, `A field is expected here, such as \`name: "conv1"\`, and not \`${shortened(token.text)}\`.`);
      continue;
    }
    const field = parseField(state, token, depth);
    if (field !== undefined) fields.push(field);
  }
}

/** `layer {` at the start of a line. */
function beginsAnew({ text, outermost }: State, { kind, text: name, range }: Token): boolean {
  if (kind !== 'identifier' || !outermost.has(name)) return false;
  const before = text.charAt(range.start - 1);
  return (before === '\n' || before === '\r') && /^\s*:?\s*\{/.test(text.slice(range.end, range.end + 20));
}

function parseField(state: State, name: Token, depth: number): Field | undefined {
  const { lexer } = state;
  const colon = lexer.peek().text === ':' ? lexer.next() : undefined;
  const opening = lexer.peek();
  const values: Value[] = [];
  if (opening.text === '[' && colon !== undefined) {
    lexer.next();
    while (lexer.peek().text !== ']') {
      if (lexer.peek().text === ',') {
        lexer.next();
        continue;
      }
      const value = parseValue(state, name, depth);
      if (value === undefined) return undefined;
      values.push(value);
    }
    const end = lexer.next().range.end;
    return { name: name.text, nameRange: name.range, values, range: { start: name.range.start, end } };
  }
  if (colon === undefined && opening.text !== '{' && opening.text !== '<') {
    const isValue = opening.kind === 'string' || opening.kind === 'number';
    const message = isValue
      ? `A \`:\` is missing between \`${name.text}\` and its value.`
      : `\`${name.text}\` needs a value: \`${name.text}: ...\`, or \`${name.text} { ... }\`.`;
    const behind = { start: name.range.end, end: name.range.end };
    fault(state, message, name.range, isValue ? { title: 'Insert `:`', range: behind, newText: ':' } : undefined);
    if (!isValue) return undefined;
  }
  const value = parseValue(state, name, depth);
  if (value === undefined) return undefined;
  return { name: name.text, nameRange: name.range, values: [value], range: { start: name.range.start, end: value.range.end } };
}

function parseValue(state: State, name: Token, depth: number): Value | undefined {
  const { lexer } = state;
  const ahead = lexer.peek();
  if (ahead.kind === 'end' || ahead.text === '}' || ahead.text === '>' || ahead.text === ']') {
    fault(state, `\`${name.text}\` has no value.`, name.range);
    return undefined;
  }
  const token = lexer.nextValue();
  if (token.text === '{' || token.text === '<') return parseMessage(state, name, token, depth + 1);
  if (token.kind === 'string') return parseString(state, token);
  if (token.text === '-') {
    const number = lexer.peek();
    if (number.kind === 'number' || number.kind === 'identifier') {
      lexer.next();
      return scalar('number', `-${number.text}`, { start: token.range.start, end: number.range.end }, -numberOf(number));
    }
  }
  if (token.kind === 'number') return scalar('number', token.text, token.range, numberOf(token));
  if (token.kind === 'identifier') return scalar('identifier', token.text, token.range);
  if (token.kind === 'placeholder') return scalar('placeholder', token.text, token.range);
  skipAfter(state, token, `\`${shortened(token.text)}\` is no value for \`${name.text}\`.`);
  return undefined;
}

function numberOf({ kind, text }: Token): number {
  return kind === 'number' ? numberValue(text) : /^inf(inity)?$/i.test(text) ? Infinity : NaN;
}

function scalar(type: Scalar['type'], text: string, range: Range, number?: number): Scalar {
  return { kind: 'scalar', type, text, range, ...(number !== undefined && { number }) };
}

/** Strings that stand next to each other are one. */
function parseString(state: State, first: Token): Scalar {
  const { lexer } = state;
  let text = '';
  let last = first;
  for (let token = first; ; token = lexer.next()) {
    const value = stringValue(token);
    if (value === undefined) unclosedString(state, token);
    text += value ?? token.text.slice(1);
    last = token;
    if (lexer.peek().kind !== 'string') break;
  }
  return scalar('string', text, { start: first.range.start, end: last.range.end });
}

/** A string ends with its line at the latest: what looks like more fields of one line is not within it. */
function unclosedString(state: State, { text, range }: Token): void {
  const quote = text.charAt(0);
  const word = /^.[^\s{}:#"']*/.exec(text)?.[0] ?? text;
  const end = range.start + word.length;
  fault(state, `This string is not closed: its \`${quote}\` at the end is missing.`, range, {
    title: `Insert \`${quote}\``,
    range: { start: end, end },
    newText: quote,
  });
}

function parseMessage(state: State, name: Token, opening: Token, depth: number): Message | undefined {
  const { lexer } = state;
  if (depth > DEEPEST) {
    skipAfter(state, opening, `Messages are nested more than ${DEEPEST} deep here; what is inside is not read.`);
    return undefined;
  }
  const { fields, isCutOff } = parseFields(state, depth, name.range);
  const closing = lexer.peek();
  const expected = opening.text === '{' ? '}' : '>';
  if (!isCutOff && closing.text === expected) {
    lexer.next();
    return { kind: 'message', fields, range: { start: opening.range.start, end: closing.range.end } };
  }
  const found = closing.kind === 'end' ? 'the file ends' : isCutOff ? `the next \`${closing.text}\` begins` : `\`${closing.text}\` comes`;
  const before = state.faults[state.faults.length - 1];
  // Of brackets that are missing one behind the other one is told.
  if (before?.message.startsWith('The bracket of') !== true)
    fault(
      state,
      `The bracket of \`${name.text}\` is not closed before ${found}.\nAdd a \`${expected}\` where it ends.`,
      name.range,
      bracketAt(state, fields[fields.length - 1]?.range.end ?? opening.range.end, expected),
    );
  const end = fields[fields.length - 1]?.range.end ?? opening.range.end;
  return { kind: 'message', fields, range: { start: opening.range.start, end } };
}

/** On a line of its own behind the last field where fields have theirs. */
function bracketAt({ text }: State, end: number, bracket: string): TextFormatFault['replacement'] {
  const range = { start: end, end };
  const lineBreak = /^[ \t]*(\r\n|\r|\n)/.exec(text.slice(end, end + 200))?.[1];
  return { title: `Insert \`${bracket}\``, range, newText: `${lineBreak ?? ' '}${bracket}` };
}

/** Reports the token and passes what stands behind it in its line, up to a closing bracket. */
function skipAfter(state: State, token: Token, message: string): void {
  const { lexer, text } = state;
  fault(state, message, token.range);
  const lineEnd = token.range.end + (/[\r\n]|$/.exec(text.slice(token.range.end))?.index ?? 0);
  while (lexer.peek().kind !== 'end' && lexer.peek().range.start < lineEnd && !/^[}>\]]$/.test(lexer.peek().text)) lexer.next();
}

function shortened(text: string): string {
  return text.length <= 30 ? text : `${text.slice(0, 30)}…`;
}
