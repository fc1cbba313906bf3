// Reads one logical line: a declaration, a statement, or the head of a statement with a body.
import { closest } from '../../text/closest.ts';
import type { Range } from '../../text/range.ts';
import { KEYWORDS, parseExpression, parseExpressionList, parseShape } from './parse-expression.ts';
import { isRole, ROLES } from './roles.ts';
import { describe, type TokenReader } from './token-reader.ts';
import type { Expression, Name, Parameter, ShapeExpression, Statement } from './tree.ts';

/** The head of something whose body is indented below it. */
export type Head =
  | { readonly kind: 'block' | 'net'; readonly name: Name; readonly parameters: readonly Parameter[] }
  | { readonly kind: 'repeat'; readonly count: Expression }
  | { readonly kind: 'for'; readonly targets: readonly Name[]; readonly items: Expression }
  | { readonly kind: 'if' | 'elif'; readonly condition: Expression }
  | { readonly kind: 'else' };

export type ParsedLine =
  | { readonly kind: 'head'; readonly head: Head; readonly range: Range }
  | { readonly kind: 'statement'; readonly statement: Statement }
  /** Nothing could be made of it; its fault is reported. */
  | { readonly kind: 'nothing'; readonly range: Range };

/** The words that a statement may begin with. */
const OPENINGS = ['block', 'net', 'input', 'output', 'require', 'repeat', 'for', 'if', 'elif', 'else'];

export function parseLine(reader: TokenReader): ParsedLine {
  const { start } = reader.next.range;
  mendOpening(reader);
  const parsed = parseHead(reader, start) ?? parseSimple(reader, start);
  if (parsed.kind !== 'head' && reader.next.kind !== 'end') {
    reader.fault('unexpected', `Expected the end of the line, but found ${describe(reader.next)}.`);
  }
  return parsed;
}

/** Two words in a row are no value: the first is a misspelt opening, and the rest is read as what was meant. */
function mendOpening(reader: TokenReader): void {
  const { kind, text, range } = reader.next;
  const after = reader.tokens[reader.at + 1];
  if (kind !== 'name' || KEYWORDS.has(text) || after === undefined) return;
  const isOpening =
    after.kind === 'integer' || (after.kind === 'name' && !KEYWORDS.has(after.text)) || (after.kind === 'operator' && after.text === ':');
  const near = isOpening ? closest(text, after.text === ':' ? ['else'] : OPENINGS) : undefined;
  if (near === undefined) return;
  reader.fault('misspelt-word', `No statement begins with \`${text}\`. Did you mean \`${near}\`?`, range, {
    title: `Change \`${text}\` to \`${near}\``,
    range,
    newText: near,
  });
  reader.readNextAs(near);
}

function parseHead(reader: TokenReader, start: number): ParsedLine | undefined {
  const head = headOf(reader);
  if (head === undefined) return undefined;
  const end = reader.lastEnd;
  if (!reader.accept(':')) {
    const found = reader.next.kind === 'end' ? 'it is missing' : `found ${describe(reader.next)}`;
    const insert = { title: 'Insert `:`', range: { start: end, end }, newText: ':' };
    reader.fault('missing-colon', `\`${head.kind}\` needs a colon before its body, but ${found}.`, { start, end }, insert);
    reader.at = reader.tokens.length - 1;
  }
  return { kind: 'head', head, range: { start, end } };
}

function headOf(reader: TokenReader): Head | undefined {
  const { kind, text } = reader.next;
  const after = reader.tokens[reader.at + 1];
  if (kind !== 'name' || after?.text === '=' || after?.text === '+=') return undefined;
  switch (text) {
    case 'block':
    case 'net':
      reader.take();
      return parseDeclarationHead(reader, text);
    case 'repeat':
      reader.take();
      return { kind: 'repeat', count: parseExpression(reader) };
    case 'for': {
      reader.take();
      const targets = parseNames(reader);
      if (!reader.acceptName('in'))
        reader.fault('expected-in', `\`for\` needs \`in\` before its list, but found ${describe(reader.next)}.`);
      return { kind: 'for', targets, items: parseExpressionList(reader) };
    }
    case 'if':
    case 'elif':
      reader.take();
      return { kind: text, condition: parseExpression(reader) };
    case 'else':
      reader.take();
      return { kind: 'else' };
    default:
      return undefined;
  }
}

function parseDeclarationHead(reader: TokenReader, kind: 'block' | 'net'): Head {
  const name = parseName(reader, `the name of the ${kind}`) ?? { name: '', range: reader.next.range };
  return { kind, name, parameters: parseParameters(reader) };
}

/** `(c, stride=1)`, `(c1: channels, n: repeats = 1)`, or nothing. */
export function parseParameters(reader: TokenReader): Parameter[] {
  const parameters: Parameter[] = [];
  if (!reader.accept('(')) return parameters;
  while (!reader.isOperator(')') && reader.next.kind !== 'end') {
    const isSpread = reader.accept('*');
    const name = parseName(reader, 'the name of a parameter');
    if (name === undefined) break;
    if (isSpread) {
      parameters.push({ name, spread: true });
      break;
    }
    const role = reader.accept(':') ? parseRole(reader) : undefined;
    const value = reader.accept('=') ? parseExpression(reader) : undefined;
    parameters.push({ name, ...(role !== undefined && { role }), ...(value !== undefined && { default: value }) });
    if (!reader.accept(',')) break;
  }
  if (!reader.accept(')'))
    reader.fault('expected-close', `Expected \`,\` or \`)\` in the list of parameters, but found ${describe(reader.next)}.`);
  return parameters;
}

function parseRole(reader: TokenReader): Name | undefined {
  const { kind, text, range } = reader.next;
  const role = { name: text, range };
  if (kind === 'name' && isRole(text)) {
    reader.take();
    return role;
  }
  const near = closest(role.name, ROLES);
  reader.fault(
    'unknown-role',
    `No parameter is \`${role.name}\` to a row: it may be ${ROLES.map((known) => `\`${known}\``).join(', ')}.`,
    role.range,
    near === undefined ? undefined : { title: `Change \`${role.name}\` to \`${near}\``, range: role.range, newText: near },
  );
  return undefined;
}

function parseSimple(reader: TokenReader, start: number): ParsedLine {
  const statement = parseSimpleStatement(reader, start);
  const range = { start, end: Math.max(reader.lastEnd, start) };
  return statement === undefined ? { kind: 'nothing', range } : { kind: 'statement', statement };
}

function parseSimpleStatement(reader: TokenReader, start: number): Statement | undefined {
  const { kind, text } = reader.next;
  const after = reader.tokens[reader.at + 1];
  const isKeyword = kind === 'name' && after?.text !== '=' && after?.text !== '+=';
  const span = () => ({ start, end: reader.lastEnd });
  if (isKeyword && text === 'input') {
    reader.take();
    const isSpread = reader.accept('*');
    const name = parseName(reader, 'the name of the input');
    if (name === undefined) return undefined;
    if (isSpread) return { kind: 'input', name, spread: true, range: span() };
    const shape = parseColonShape(reader);
    return { kind: 'input', name, range: span(), ...(shape !== undefined && { shape }) };
  }
  if (isKeyword && text === 'output') {
    reader.take();
    const names = parseNames(reader);
    if (names.length === 0) return undefined;
    const claim = names.length === 1 ? parseColonShape(reader) : undefined;
    return { kind: 'output', names, range: span(), ...(claim !== undefined && { claim }) };
  }
  if (isKeyword && text === 'require') {
    reader.take();
    const condition = parseExpression(reader);
    return { kind: 'require', condition, range: span() };
  }
  return parseValueStatement(reader, start);
}

function parseColonShape(reader: TokenReader): ShapeExpression | undefined {
  return reader.accept(':') ? parseShape(reader) : undefined;
}

/** `Op(...)`, `name = ...`, `a, b = ...`, `ys += ...`, each with or without `-> [...]`. */
function parseValueStatement(reader: TokenReader, start: number): Statement | undefined {
  const targets = parseTargets(reader);
  const append = targets.length > 0 && reader.tokens[reader.at - 1]?.text === '+=';
  const value = targets.length > 0 ? parseExpressionList(reader) : parseExpression(reader);
  if (value.kind === 'error' && targets.length === 0) return undefined;
  const claim = reader.accept('->') ? parseShape(reader) : undefined;
  return { kind: 'value', targets, append, value, range: { start, end: reader.lastEnd }, ...(claim !== undefined && { claim }) };
}

/** The names before `=` or `+=`, taken with it; none where the line has no such sign behind its first names. */
function parseTargets(reader: TokenReader): Name[] {
  const names: Name[] = [];
  let at = reader.at;
  for (;;) {
    const token = reader.tokens[at];
    const sign = reader.tokens[at + 1];
    if (token?.kind !== 'name') return [];
    names.push({ name: token.text, range: token.range });
    if (sign?.kind === 'operator' && (sign.text === '=' || (sign.text === '+=' && names.length === 1))) {
      const bad = names.find(({ name }) => KEYWORDS.has(name) || name.includes('.'));
      if (bad !== undefined)
        reader.fault(
          'bad-name',
          `\`${bad.name}\` cannot be a name: ${bad.name.includes('.') ? 'names have no dots' : 'it is a word of the language'}.`,
          bad.range,
        );
      reader.at = at + 2;
      return names;
    }
    if (sign?.text !== ',') return [];
    at += 2;
  }
}

function parseNames(reader: TokenReader): Name[] {
  const names: Name[] = [];
  do {
    const name = parseName(reader, 'a name');
    if (name === undefined) break;
    names.push(name);
  } while (reader.accept(','));
  return names;
}

function parseName(reader: TokenReader, what: string): Name | undefined {
  const { kind, text, range } = reader.next;
  if (kind !== 'name' || KEYWORDS.has(text) || text.includes('.')) {
    reader.fault('expected-name', `Expected ${what}, but found ${describe(reader.next)}.`);
    return undefined;
  }
  reader.take();
  return { name: text, range };
}
