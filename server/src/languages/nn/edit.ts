// Writes a new value for an argument into a call string.
import { operators } from '../../operators/registry.ts';
import type { Node } from '../../network/network.ts';
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
