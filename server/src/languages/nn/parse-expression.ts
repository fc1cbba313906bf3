// Reads expressions with Python's precedence: numbers, names, calls, lists, tuples, and the shapes of inputs and claims.
import type { Range } from '../../text/range.ts';
import { describe, type TokenReader } from './token-reader.ts';
import type { Argument, Axis, BinaryOperator, Expression, ShapeExpression } from './tree.ts';

/** Brackets and operators deeper than this are not read: no text may exhaust the stack. */
const DEEPEST = 100;

/** Binary operators by how tightly they bind; `**` and unary operators are read apart. */
const PRECEDENCE: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  in: 4,
  'not in': 4,
  '==': 4,
  '!=': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '..': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '//': 7,
  '%': 7,
};
const NOT = 3;
const COMPARISON = 4;
const UNARY = 8;

export function parseExpression(reader: TokenReader): Expression {
  const then = parseBinary(reader, 1);
  if (!reader.isName('if')) return then;
  reader.take();
  const condition = parseBinary(reader, 1);
  if (!reader.acceptName('else')) {
    reader.fault('expected-else', `\`a if condition else b\` needs an \`else\`, but found ${describe(reader.next)}.`);
    return { kind: 'error', range: spanFrom(then.range.start, reader) };
  }
  const otherwise = parseNested(reader, parseExpression);
  return { kind: 'conditional', condition, then, otherwise, range: { start: then.range.start, end: otherwise.range.end } };
}

/** `a, b` without brackets is a tuple, as in Python; a single expression is itself. */
export function parseExpressionList(reader: TokenReader): Expression {
  const first = parseExpression(reader);
  if (!reader.isOperator(',')) return first;
  const items: Argument[] = [{ spread: false, value: first, range: first.range }];
  while (reader.accept(',') && startsExpression(reader)) {
    const value = parseExpression(reader);
    items.push({ spread: false, value, range: value.range });
  }
  return { kind: 'list', items, range: spanFrom(first.range.start, reader) };
}

/** `[N, 3, H=224, W]`, in square or round brackets. */
export function parseShape(reader: TokenReader): ShapeExpression | undefined {
  const { start } = reader.next.range;
  const close = reader.isOperator('[') ? ']' : ')';
  if (!reader.isOperator('[') && !reader.isOperator('(')) {
    reader.fault('expected-shape', `A shape is a list of sizes such as [N, 3, H, W], but found ${describe(reader.next)}.`);
    return undefined;
  }
  reader.take();
  const axes: Axis[] = [];
  while (!reader.isOperator(close) && reader.next.kind !== 'end') {
    const size = parseExpression(reader);
    const sample = reader.accept('=') ? parseExpression(reader) : undefined;
    axes.push({ size, range: { start: size.range.start, end: (sample ?? size).range.end }, ...(sample !== undefined && { sample }) });
    if (reader.accept(',')) continue;
    if (!reader.isOperator(close)) break;
  }
  expectClose(reader, close, start);
  return { axes, range: spanFrom(start, reader) };
}

function parseBinary(reader: TokenReader, loosest: number): Expression {
  let left = parseUnary(reader);
  let compared: Expression | undefined;
  for (;;) {
    const operator = binaryOperator(reader);
    const precedence = operator === undefined ? 0 : (PRECEDENCE[operator] ?? 0);
    if (operator === undefined || precedence < loosest) return left;
    reader.at += operator === 'not in' ? 2 : 1;
    const right = parseNested(reader, (inner) => parseBinary(inner, precedence + 1));
    const range = { start: left.range.start, end: right.range.end };
    if (compared !== undefined && precedence === COMPARISON) {
      // a < b < c means a < b and b < c, as in Python.
      const second: Expression = {
        kind: 'binary',
        operator,
        left: compared,
        right,
        range: { start: compared.range.start, end: right.range.end },
      };
      left = { kind: 'binary', operator: 'and', left, right: second, range };
    } else left = { kind: 'binary', operator, left, right, range };
    compared = precedence === COMPARISON ? right : undefined;
  }
}

function binaryOperator(reader: TokenReader): BinaryOperator | undefined {
  const { kind, text } = reader.next;
  if (kind === 'name') {
    if (text === 'and' || text === 'or' || text === 'in') return text;
    const after = reader.tokens[reader.at + 1];
    return text === 'not' && after?.kind === 'name' && after.text === 'in' ? 'not in' : undefined;
  }
  if (kind !== 'operator') return undefined;
  switch (text) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '//':
    case '%':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '..':
      return text;
    default:
      return undefined;
  }
}

function parseUnary(reader: TokenReader): Expression {
  const { range, kind, text } = reader.next;
  if (kind === 'name' && text === 'not') {
    reader.take();
    const operand = parseNested(reader, (inner) => parseBinary(inner, NOT));
    return { kind: 'unary', operator: 'not', operand, range: { start: range.start, end: operand.range.end } };
  }
  if (kind === 'operator' && (text === '-' || text === '+')) {
    reader.take();
    const operand = parseNested(reader, (inner) => parseBinary(inner, UNARY));
    return { kind: 'unary', operator: text, operand, range: { start: range.start, end: operand.range.end } };
  }
  const base = parsePostfix(reader);
  if (!reader.accept('**')) return base;
  // Binds tighter than a minus before it and looser than one behind: -2**-1 is -(2**(-1)).
  const right = parseNested(reader, parseUnary);
  return { kind: 'binary', operator: '**', left: base, right, range: { start: base.range.start, end: right.range.end } };
}

function parsePostfix(reader: TokenReader): Expression {
  let base = parseAtom(reader);
  for (;;) {
    const open = reader.next;
    if (reader.accept('(')) {
      const items = parseArguments(reader, ')');
      expectClose(reader, ')', open.range.start);
      base = { kind: 'call', callee: base, arguments: items, range: spanFrom(base.range.start, reader) };
    } else if (base.kind !== 'error' && reader.accept('[')) {
      const index = parseNested(reader, parseExpression);
      expectClose(reader, ']', open.range.start);
      base = { kind: 'index', base, index, range: spanFrom(base.range.start, reader) };
    } else return base;
  }
}

function parseAtom(reader: TokenReader): Expression {
  const token = reader.next;
  const { range, text } = token;
  switch (token.kind) {
    case 'integer':
    case 'float':
      reader.take();
      return parseNumber(reader, token.kind, text, range);
    case 'string':
      reader.take();
      if (token.unclosed === true) {
        const quote = token.range;
        reader.fault('unclosed-string', 'This string has no closing quote.', quote);
      }
      return { kind: 'string', value: text, range };
    case 'name':
      return parseName(reader);
    case 'operator':
      if (text === '(' || text === '[') return parseBracketed(reader);
      if (text === '.') {
        reader.take();
        return { kind: 'previous', range };
      }
      break;
    default:
  }
  if (token.kind === 'bad') {
    reader.take();
    reader.fault('unexpected', `${describe(token)} has no meaning here.`, range);
  } else reader.fault('expected-value', `Expected a value, but found ${describe(token)}.`);
  return { kind: 'error', range };
}

function parseName(reader: TokenReader): Expression {
  const { text, range } = reader.next;
  if (KEYWORDS.has(text)) {
    reader.fault('keyword', `\`${text}\` is a word of the language and cannot stand here.`);
    reader.take();
    return { kind: 'error', range };
  }
  reader.take();
  if (text === '_') return { kind: 'infer', range };
  if (text === 'True' || text === 'False') return { kind: 'constant', value: text === 'True', range };
  if (text === 'None') return { kind: 'constant', value: null, range };
  return { kind: 'name', name: text, range };
}

/** Words that no value may be called. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'if',
  'elif',
  'else',
  'for',
  'block',
  'net',
  'input',
  'output',
  'require',
  'repeat',
]);

function parseNumber(reader: TokenReader, kind: 'integer' | 'float', text: string, range: Range): Expression {
  const value = Number(text.replaceAll('_', ''));
  if (Number.isNaN(value) || (kind === 'integer' && /^0\d/.test(text) && value !== 0)) {
    reader.fault('bad-number', `\`${text.slice(0, 40)}\` is not a number.`, range);
    return { kind: 'error', range };
  }
  if (kind === 'integer' && !Number.isSafeInteger(value)) {
    reader.fault(
      'large-number',
      `${text.slice(0, 40)} is larger than 2**53 - 1, the largest whole number that is computed exactly.`,
      range,
    );
    return { kind: 'error', range };
  }
  return { kind, value, range };
}

function parseBracketed(reader: TokenReader): Expression {
  const open = reader.take();
  const close = open.text === '(' ? ')' : ']';
  const items = parseArguments(reader, close);
  const trailingComma = reader.tokens[reader.at - 1]?.text === ',';
  expectClose(reader, close, open.range.start);
  const range = spanFrom(open.range.start, reader);
  const [only] = items;
  if (open.text === '(' && items.length === 1 && only !== undefined && !trailingComma && !only.spread && only.name === undefined)
    return only.value;
  const named = items.find(({ name }) => name !== undefined);
  if (named !== undefined) reader.fault('named-item', `A list has no named items; \`${named.name}=\` cannot stand here.`, named.range);
  return { kind: 'list', items, range };
}

function parseArguments(reader: TokenReader, close: string): Argument[] {
  const items: Argument[] = [];
  while (!reader.isOperator(close) && reader.next.kind !== 'end') {
    const before = reader.at;
    items.push(parseNested(reader, parseArgument));
    if (reader.accept(',')) continue;
    if (reader.isOperator(close)) break;
    if (reader.hasFault || !startsExpression(reader)) break;
    const end = reader.lastEnd;
    reader.fault('missing-comma', `A comma is missing before ${describe(reader.next)}.`, reader.next.range, {
      title: 'Insert a comma',
      range: { start: end, end },
      newText: ',',
    });
    if (reader.at === before) break;
  }
  return items;
}

function parseArgument(reader: TokenReader): Argument {
  const { start } = reader.next.range;
  if (reader.accept('*')) {
    const value = parseExpression(reader);
    return { spread: true, value, range: { start, end: value.range.end } };
  }
  const token = reader.next;
  const after = reader.tokens[reader.at + 1];
  if (token.kind === 'name' && after?.kind === 'operator' && after.text === '=') {
    reader.at += 2;
    const value = parseExpression(reader);
    return { name: token.text, nameRange: token.range, spread: false, value, range: { start, end: value.range.end } };
  }
  const value = parseExpression(reader);
  return { spread: false, value, range: value.range };
}

function expectClose(reader: TokenReader, close: string, start: number): void {
  if (reader.accept(close)) return;
  if (reader.next.kind === 'end') {
    const end = reader.lastEnd;
    reader.fault(
      'unclosed-bracket',
      `This bracket is never closed: \`${close}\` is missing.`,
      { start, end: start + 1 },
      { title: `Insert \`${close}\``, range: { start: end, end }, newText: close },
    );
  } else reader.fault('expected-close', `Expected \`,\` or \`${close}\`, but found ${describe(reader.next)}.`);
}

function parseNested<T extends Expression | Argument>(reader: TokenReader, parse: (reader: TokenReader) => T): T {
  if (reader.depth >= DEEPEST) {
    reader.fault('too-deep', `This is nested more than ${DEEPEST} levels deep, and is not read further.`);
    reader.at = reader.tokens.length - 1;
  }
  reader.depth++;
  const result = parse(reader);
  reader.depth--;
  return result;
}

function startsExpression(reader: TokenReader): boolean {
  const { kind, text } = reader.next;
  if (kind === 'name') return !KEYWORDS.has(text) || text === 'not';
  return (
    kind === 'integer' || kind === 'float' || kind === 'string' || (kind === 'operator' && ['(', '[', '-', '+', '.', '*'].includes(text))
  );
}

function spanFrom(start: number, reader: TokenReader): Range {
  return { start, end: Math.max(reader.lastEnd, start) };
}
