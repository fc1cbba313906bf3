// Reads lists of layers in YAML: call strings, `name: call`, the keyword form, and repeat, for and if.
import { isMap, isScalar, isSeq, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { operators } from '../../operators/registry.ts';
import type { Range } from '../../text/range.ts';
import { parseExpression, parseExpressionList } from '../nn/parse-expression.ts';
import { parseLine } from '../nn/parse-statement.ts';
import type { Argument, Expression, Name, Statement } from '../nn/tree.ts';
import { splitCalls } from './flow-trap.ts';
import {
  fault,
  follow,
  isQuoted,
  MOST_VISITS,
  pairsOf,
  rangeOf,
  scalarReader,
  sliceReader,
  textOf,
  type YamlReader,
  type YamlValue,
} from './reader.ts';

/** Lists in lists deeper than this are not read. */
const DEEPEST = 60;

/** `names` are the parameters of the block or net around, which a bare word in the keyword form may mean. */
export function parseStatements(reader: YamlReader, list: YamlValue, names: ReadonlySet<string>, depth = 0): Statement[] {
  if (reader.visits > MOST_VISITS || depth > DEEPEST) {
    const reason = 'too-large';
    if (!reader.faults.some((known) => known.reason === reason))
      fault(reader, reason, 'This YAML has more layers than are read, its aliases followed.', rangeOf(list));
    return [];
  }
  if (isScalar(list)) return parseItem(reader, list, names, depth);
  if (!isSeq(list)) {
    if (list !== undefined) fault(reader, 'layers', 'Layers are a list: each begins with a dash.', firstLine(reader, rangeOf(list)));
    return [];
  }
  const regrouped = splitCalls(reader, list);
  if (regrouped !== undefined) return regrouped;
  return list.items.flatMap((item) => parseItem(reader, follow(reader, item), names, depth));
}

/** `require`: one condition or a list of them. */
export function parseCondition(reader: YamlReader, value: unknown): Statement[] {
  const node = follow(reader, value);
  if (isSeq(node)) return node.items.flatMap((item) => parseCondition(reader, item));
  if (!isScalar(node)) return [];
  const condition = expressionOf(reader, node);
  return [{ kind: 'require', condition, range: rangeOf(node) }];
}

function parseItem(reader: YamlReader, item: YamlValue, names: ReadonlySet<string>, depth: number): Statement[] {
  if (isScalar(item)) return parseCallString(reader, item);
  if (!isMap(item)) {
    if (item !== undefined)
      fault(reader, 'layer', 'A layer is a call such as `ReLU()`, or a map such as {type: ReLU}.', firstLine(reader, rangeOf(item)));
    return [];
  }
  const pairs = new Map(pairsOf(item).map((pair) => [pair.key, pair]));
  const range = rangeOf(item);
  const body = (key: string) => parseStatements(reader, follow(reader, pairs.get(key)?.value), names, depth + 1);
  const text = (key: string) => follow(reader, pairs.get(key)?.value);
  const header = rangeOf(item.items[0]?.key);
  if (pairs.has('type')) return [{ kind: 'value', targets: [], append: false, value: keywordForm(reader, item, names), range }];
  const kind = (['repeat', 'for', 'if'] as const).find((word) => pairs.has(word));
  if (kind !== undefined) checkKeys(reader, kind, item, header);
  if (kind === 'repeat') return [{ kind, count: expressionOf(reader, text('repeat')), body: body('do'), range, header }];
  if (kind === 'for') return parseFor(reader, text('for'), body('do'), range, header);
  if (kind === 'if') {
    const otherwise = pairs.has('else') ? [{ body: body('else') }] : [];
    return [{ kind, branches: [{ condition: expressionOf(reader, text('if')), body: body('do') }, ...otherwise], range }];
  }
  return parseBound(reader, item, names, range);
}

/** `repeat`, `for` and `if` have their layers in `do`, and an `if` its others in `else`. */
function checkKeys(reader: YamlReader, kind: 'repeat' | 'for' | 'if', item: YAMLMap, header: Range): void {
  const pairs = pairsOf(item);
  const known = kind === 'if' ? [kind, 'do', 'else'] : [kind, 'do'];
  const odd = pairs.find(({ key }) => !known.includes(key));
  const list = known
    .map((key) => `\`${key}\``)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');
  if (odd !== undefined) fault(reader, 'unknown-key', `\`${kind}\` has the keys ${list}, not \`${odd.key}\`.`, rangeOf(odd.keyNode));
  else if (!pairs.some(({ key }) => key === 'do'))
    fault(reader, 'empty-body', `\`${kind}\` needs its layers in \`do\`, as in {repeat: 2, do: [...]}.`, header);
}

/** `s1: DoubleConv(64)`, `s1: {type: ...}`, or `ys: [a, b]`. */
function parseBound(reader: YamlReader, item: YAMLMap, names: ReadonlySet<string>, range: Range): Statement[] {
  const [pair, ...more] = pairsOf(item);
  if (pair === undefined) return [];
  if (more.length > 0) {
    const isSplit = more.some(({ key }) => /[)\]]$/.test(key)) || /\([^)]*$/.test(textOf(pair.value));
    const message = isSplit
      ? 'YAML splits a call in curly brackets at its commas: put the call in quotes, or write it after a dash on a line of its own.'
      : 'A layer binds one name, as in `s1: ReLU()`; begin each layer with a dash of its own.';
    fault(reader, isSplit ? 'flow-style' : 'two-names', message, firstLine(reader, range));
    return [];
  }
  const value = follow(reader, pair.value);
  const targets = pair.key.split(',').map((name): Name => ({ name: name.trim(), range: rangeOf(pair.keyNode) }));
  if (isMap(value)) return [{ kind: 'value', targets, append: false, value: keywordForm(reader, value, names), range }];
  if (isSeq(value)) return [{ kind: 'value', targets, append: false, value: listOf(reader, value), range }];
  if (!isScalar(value)) {
    fault(reader, 'layer', `\`${pair.key}\` needs a call behind it, as in \`${pair.key}: ReLU()\`.`, rangeOf(pair.keyNode));
    return [];
  }
  return parseCallString(reader, value).map((statement) =>
    statement.kind === 'value' && statement.targets.length === 0 ? { ...statement, targets, range } : statement,
  );
}

function parseCallString(reader: YamlReader, scalar: Scalar): Statement[] {
  const tokens = scalarReader(reader, scalar);
  if (tokens.next.kind === 'end') return [];
  const parsed = parseLine(tokens);
  if (parsed.kind === 'head') tokens.fault('head-in-yaml', 'In YAML this is written as a map, as in {repeat: 2, do: [...]}.', parsed.range);
  return parsed.kind === 'statement' ? [parsed.statement] : [];
}

/** `for: c in [256, 128]`. */
function parseFor(reader: YamlReader, value: YamlValue, body: Statement[], range: Range, header: Range): Statement[] {
  if (!isScalar(value)) {
    fault(reader, 'expected-in', '`for` needs a name and a list in quotes, as in for: "c in [256, 128]".', header);
    return [];
  }
  const tokens = scalarReader(reader, value);
  const targets: Name[] = [];
  do {
    const { kind, text, range: at } = tokens.take();
    if (kind === 'name') targets.push({ name: text, range: at });
  } while (tokens.accept(','));
  if (!tokens.acceptName('in'))
    tokens.fault('expected-in', '`for` needs a name, `in` and a list, as in for: "c in [256, 128]".', rangeOf(value));
  return [{ kind: 'for', targets, items: parseExpressionList(tokens), body, range, header }];
}

/** `{type: Conv2d, out_channels: 64, kernel_size: 3}`; `inputs` names what it is applied to. */
function keywordForm(reader: YamlReader, map: YAMLMap, names: ReadonlySet<string>): Expression {
  const range = rangeOf(map);
  let callee: Expression = { kind: 'error', range };
  const items: Argument[] = [];
  let inputs: Argument[] | undefined;
  for (const { key, keyNode, value } of pairsOf(map)) {
    const node = follow(reader, value);
    if (key === 'type') callee = { kind: 'name', name: textOf(node), range: rangeOf(node) };
    else if (key === 'inputs') inputs = argumentsOf(reader, node);
    else {
      const operator = operators.get(textOf(map.get('type', true)));
      const parameter = operator?.parameters.find(({ name }) => name === key);
      const takesText = parameter?.type === 'string' || parameter?.type === 'padding';
      const isWord =
        isScalar(node) &&
        (isQuoted(node) || (/^[A-Za-z][\w-]*$/.test(textOf(node)) && !names.has(textOf(node)) && !isConstant(textOf(node))));
      const expression: Expression =
        takesText && isWord ? { kind: 'string', value: textOf(node), range: rangeOf(node) } : expressionOf(reader, node);
      items.push({
        name: key,
        nameRange: rangeOf(keyNode),
        spread: false,
        value: expression,
        range: { start: rangeOf(keyNode).start, end: rangeOf(node).end },
      });
    }
  }
  const call: Expression = { kind: 'call', callee, arguments: items, range };
  return inputs === undefined ? call : { kind: 'call', callee: call, arguments: inputs, range };
}

function argumentsOf(reader: YamlReader, node: YamlValue): Argument[] {
  const list: readonly unknown[] = isSeq(node) ? node.items : [node];
  return list.map((item) => {
    const value = expressionOf(reader, follow(reader, item));
    return { spread: false, value, range: value.range };
  });
}

/** YAML's own words for True, False and None. */
function isConstant(word: string): boolean {
  return /^(true|false|null|True|False|None|TRUE|FALSE|NULL|_)$/.test(word);
}

function expressionOf(reader: YamlReader, node: YamlValue): Expression {
  if (node === undefined || isMap(node)) {
    fault(reader, 'expected-value', 'A value is missing here.', rangeOf(node));
    return { kind: 'error', range: rangeOf(node) };
  }
  const range = rangeOf(node);
  if (isSeq(node)) return listOf(reader, node);
  const word = textOf(node);
  if (!isQuoted(node) && /^(true|false)$/i.test(word)) return { kind: 'constant', value: word.toLowerCase() === 'true', range };
  if (!isQuoted(node) && /^(null|~|none)$/i.test(word)) return { kind: 'constant', value: null, range };
  const tokens = scalarReader(reader, node);
  const expression = parseExpression(tokens);
  if (tokens.next.kind !== 'end') tokens.fault('unexpected', 'Only one value belongs here.', tokens.next.range);
  return expression;
}

function listOf(reader: YamlReader, list: YAMLSeq): Expression {
  if (list.flow === true) return parseExpression(sliceReader(reader, rangeOf(list)));
  return { kind: 'list', items: argumentsOf(reader, list), range: rangeOf(list) };
}

function firstLine({ text }: YamlReader, { start, end }: Range): Range {
  const line = text.slice(start, end).search(/[\r\n]/);
  return { start, end: line < 0 ? end : start + line };
}
