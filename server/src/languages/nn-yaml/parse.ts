// Reads our YAML into the syntax tree of the language: blocks and nets with their layers.
import { isMap, isScalar, isSeq } from 'yaml';
import type { Token } from '../nn/lexer.ts';
import { parseShape } from '../nn/parse-expression.ts';
import { parseParameters } from '../nn/parse-statement.ts';
import { TokenReader } from '../nn/token-reader.ts';
import type { Declaration, Name, Parameter, ShapeExpression, Statement, SyntaxFault, SyntaxTree } from '../nn/tree.ts';
import { readDocument } from './document.ts';
import { parseCondition, parseStatements } from './parse-layers.ts';
import { fault, follow, pairsOf, rangeOf, scalarReader, sliceReader, textOf, type YamlReader } from './reader.ts';

export function parseNetworkYaml(text: string): SyntaxTree {
  const faults: SyntaxFault[] = [];
  const document = readDocument(text, faults);
  if (document === undefined) return { declarations: [], faults };
  const reader: YamlReader = { text, document, faults, visits: 0 };
  return { declarations: readRoot(reader), faults };
}

function readRoot(reader: YamlReader): Declaration[] {
  const root = follow(reader, reader.document.contents);
  if (!isMap(root)) {
    if (root !== undefined) fault(reader, 'root', 'A network file is a map with the keys `shapelint`, `blocks` and `nets`.', rangeOf(root));
    return [];
  }
  return pairsOf(root).flatMap(({ key, keyNode, value }): Declaration[] => {
    if (key === 'blocks' || key === 'nets') return readDeclarations(reader, key === 'nets' ? 'net' : 'block', value);
    if (key === 'shapelint') {
      if (textOf(value) !== '1')
        fault(reader, 'version', `Only version 1 of this form exists: write \`shapelint: 1\`.`, rangeOf(value ?? keyNode));
    } else
      fault(reader, 'unknown-key', `The top level has the keys \`shapelint\`, \`blocks\` and \`nets\`, not \`${key}\`.`, rangeOf(keyNode));
    return [];
  });
}

function readDeclarations(reader: YamlReader, kind: 'block' | 'net', value: unknown): Declaration[] {
  const map = follow(reader, value);
  if (!isMap(map)) {
    if (map !== undefined) fault(reader, 'declarations', `\`${kind}s\` is a map from names to ${kind}s.`, rangeOf(map));
    return [];
  }
  return pairsOf(map).flatMap(({ keyNode, value: body }): Declaration[] => {
    const head = readHead(reader, keyNode);
    if (head === undefined) return [];
    const range = { start: head.name.range.start, end: Math.max(rangeOf(body).end, head.name.range.end) };
    return [{ kind, ...head, body: readBody(reader, kind, body, head), range }];
  });
}

/** `DoubleConv(c, stride=1)`. */
function readHead(reader: YamlReader, key: unknown): { name: Name; parameters: Parameter[] } | undefined {
  if (!isScalar(key)) return undefined;
  const tokens = scalarReader(reader, key);
  const { kind, text, range } = tokens.next;
  if (kind !== 'name') {
    tokens.fault('expected-name', `Expected the name of a block or net, as in \`DoubleConv(c)\`.`, rangeOf(key));
    return undefined;
  }
  tokens.take();
  const parameters = parseParameters(tokens);
  if (tokens.next.kind !== 'end') tokens.fault('unexpected', `Expected \`(parameters)\` or nothing behind the name \`${text}\`.`);
  return { name: { name: text, range }, parameters };
}

/** A list of layers, or a map with `input`, `require`, `layers` and `output`. */
function readBody(
  reader: YamlReader,
  kind: 'block' | 'net',
  value: unknown,
  { name, parameters }: { name: Name; parameters: readonly Parameter[] },
): Statement[] {
  const body = follow(reader, value);
  const names = new Set(parameters.map((parameter) => parameter.name.name));
  if (isSeq(body)) return parseStatements(reader, body, names);
  if (!isMap(body)) {
    fault(reader, 'empty-body', `The ${kind} \`${name.name}\` needs a list of layers, or a map with \`input\` and \`layers\`.`, name.range);
    return [];
  }
  const parts = { input: [] as Statement[], require: [] as Statement[], layers: [] as Statement[], output: [] as Statement[] };
  for (const { key, keyNode, value: part } of pairsOf(body)) {
    switch (key) {
      case 'input':
        parts.input.push(...readInputs(reader, part));
        break;
      case 'require':
        parts.require.push(...parseCondition(reader, part));
        break;
      case 'layers':
        parts.layers.push(...parseStatements(reader, follow(reader, part), names));
        break;
      case 'output':
        parts.output.push(...readOutputs(reader, part));
        break;
      default:
        fault(
          reader,
          'unknown-key',
          `A ${kind} has the keys \`input\`, \`require\`, \`layers\` and \`output\`, not \`${key}\`.`,
          rangeOf(keyNode),
        );
    }
  }
  return [...parts.input, ...parts.require, ...parts.layers, ...parts.output];
}

/** `{x: [N, 3, H=224, W=224]}`. */
function readInputs(reader: YamlReader, value: unknown): Statement[] {
  return readShapes(reader, value, 'input').map(({ name, shape, range }) => ({
    kind: 'input',
    name,
    range,
    ...(shape !== undefined && { shape }),
  }));
}

/** `{y: [N, 10]}`, `[a, b]`, or one name. */
function readOutputs(reader: YamlReader, value: unknown): Statement[] {
  const outputs = follow(reader, value);
  if (isScalar(outputs)) return [{ kind: 'output', names: [{ name: textOf(outputs), range: rangeOf(outputs) }], range: rangeOf(outputs) }];
  if (isSeq(outputs)) {
    const names = outputs.items.map((item) => ({ name: textOf(follow(reader, item)), range: rangeOf(item) }));
    return names.length === 0 ? [] : [{ kind: 'output', names, range: rangeOf(outputs) }];
  }
  return readShapes(reader, value, 'output').map(({ name, shape, range }) => ({
    kind: 'output',
    names: [name],
    range,
    ...(shape !== undefined && { claim: shape }),
  }));
}

function readShapes(
  reader: YamlReader,
  value: unknown,
  what: string,
): { name: Name; shape: ShapeExpression | undefined; range: Name['range'] }[] {
  const map = follow(reader, value);
  if (!isMap(map)) {
    fault(reader, 'shapes', `\`${what}\` is a map from names to shapes, as in {x: [N, 3, H, W]}.`, rangeOf(map));
    return [];
  }
  return pairsOf(map).map(({ key, keyNode, value: shape }) => {
    const keyRange = rangeOf(keyNode);
    const end = Math.max(rangeOf(shape).end, keyRange.end);
    return { name: { name: key, range: keyRange }, shape: readShape(reader, shape), range: { start: keyRange.start, end } };
  });
}

/** Flow style is written as our own shapes are; a list with dashes is read item by item. */
function readShape(reader: YamlReader, value: unknown): ShapeExpression | undefined {
  const shape = follow(reader, value);
  if (shape === undefined || (isScalar(shape) && textOf(shape) === '')) return undefined;
  if (isSeq(shape) && shape.flow !== true) {
    const axes = shape.items.flatMap((item) => {
      const parsed = parseShape(bracketed(reader, item));
      return parsed?.axes ?? [];
    });
    return { axes, range: rangeOf(shape) };
  }
  return parseShape(isScalar(shape) ? scalarReader(reader, shape) : sliceReader(reader, rangeOf(shape)));
}

/** The tokens of one axis, with the brackets of a shape put around them. */
function bracketed(reader: YamlReader, item: unknown): TokenReader {
  const range = rangeOf(item);
  const tokens = sliceReader(reader, range).tokens;
  const mark = (text: string): Token => ({ kind: 'operator', text, range });
  return new TokenReader([mark('['), ...tokens.slice(0, -1), mark(']'), ...tokens.slice(-1)], reader.faults);
}
