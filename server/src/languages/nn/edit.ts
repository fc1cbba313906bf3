// Writes a new value for an argument into a call string.
import { operators } from '../../operators/registry.ts';
import type { Network, Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { lex } from './lexer.ts';

/** Replaces the argument where it is written, else adds it as a keyword before the closing bracket of the call. */
export function setCallArgument(text: string, node: Node, name: string, value: string): readonly TextEdit[] | undefined {
  const { argumentRanges, callRange } = node.source;
  const written = argumentRanges.get(name);
  if (written !== undefined) return [{ range: written, newText: value }];
  const operator = operators.get(node.operator);
  if (operator === undefined || !operator.parameters.some((parameter) => parameter.name === name)) return undefined;
  const tokens = lex(text, callRange.start, callRange.end);
  // The bracket that closes the first pair: what is behind it names the inputs.
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'operator') continue;
    if (token.text === '(' || token.text === '[') depth++;
    else if (token.text === ')' || token.text === ']') depth--;
    else continue;
    if (depth !== 0) continue;
    const before = tokens[at - 1];
    const separator = before?.text === '(' ? '' : before?.text === ',' ? ' ' : ', ';
    const place = before?.range.end ?? token.range.start;
    return [{ range: { start: place, end: place }, newText: `${separator}${name}=${value}` }];
  }
  return undefined;
}

/** A line `require ...` below the last input, indented as it is. */
export function addRequirementLine(text: string, network: Network, condition: string): readonly TextEdit[] | undefined {
  const last = network.inputs[network.inputs.length - 1];
  if (last === undefined) return undefined;
  const { start, end } = last.range;
  const line = text.slice(0, start).search(/[^\r\n]*$/);
  const after = /[\r\n]|$/.exec(text.slice(end))?.index ?? 0;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return [{ range: { start: end + after, end: end + after }, newText: `${newline}${text.slice(line, start)}require ${condition}` }];
}
