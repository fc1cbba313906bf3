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
  if (operator?.parameters.some((parameter) => parameter.name === name) !== true) return undefined;
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
  return [{ range: { start: end + after, end: end + after }, newText: `${newlineOf(text)}${text.slice(line, start)}require ${condition}` }];
}

/** How a statement is written as a line of its own. */
export interface LineForm {
  /** Matches what stands before a call at the start of its line, where the call is the value of the whole statement. */
  readonly lead: RegExp;
  readonly statement: (name: string | undefined, call: string) => string;
}

export const nnLine: LineForm = {
  lead: /^([ \t]*)(?:[A-Za-z_]\w*\s*=\s*)?$/,
  statement: (name, call) => (name === undefined ? call : `${name} = ${call}`),
};

/**
 * A line above the statement, and the reference replaced by the name that it binds. Where the value before is meant the line
 * stands alone; where the statement needs the value before as well, the call is written into the brackets instead.
 */
export function applyBefore(
  text: string,
  node: Node,
  input: number,
  call: string,
  name: string,
  form: LineForm,
): readonly TextEdit[] | undefined {
  const { callRange, nameRange, inputRanges } = node.source;
  const range = inputRanges[input];
  if (range === undefined) return undefined;
  const lineStart = text.slice(0, callRange.start).search(/[^\r\n]*$/);
  const indent = form.lead.exec(text.slice(lineStart, callRange.start))?.[1];
  const insert = (statement: string): TextEdit => ({
    range: { start: lineStart, end: lineStart },
    newText: `${indent ?? ''}${statement}${newlineOf(text)}`,
  });
  const isPrevious = (part: TextEdit['range']) => part.start === nameRange.start || text.slice(part.start, part.end) === '.';
  const written = text.slice(range.start, range.end);
  if (isPrevious(range)) {
    const isOnly = inputRanges.filter(isPrevious).length === 1;
    if (indent !== undefined && isOnly) return [insert(form.statement(undefined, call))];
    return isOnly && range.start !== nameRange.start ? [{ range, newText: `${call}(.)` }] : undefined;
  }
  // A list that is spread has one place for all of its items.
  if (inputRanges.filter(({ start }) => start === range.start).length > 1) return undefined;
  if (indent === undefined || !/^[A-Za-z_]\w*$/.test(written) || inputRanges.some(isPrevious))
    return [{ range, newText: `${call}(${written})` }];
  const fresh = freshName(text, `${written}_${name}`);
  return [insert(form.statement(fresh, `${call}(${written})`)), { range, newText: fresh }];
}

function freshName(text: string, wanted: string): string {
  let name = wanted;
  for (let count = 2; new RegExp(`\\b${name}\\b`).test(text); count++) name = `${wanted}${count}`;
  return name;
}

function newlineOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}
