// YAML that cannot be read, told by the line that is wrong: one missing bracket makes many faults further on.
import type { TextIdea } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import type { SyntaxFault } from '../nn/tree.ts';
import { wideIdea } from './parse-row.ts';
import type { TreeFault } from './tree.ts';

interface Line {
  readonly start: number;
  /** Without the line's end, and without a comment. */
  readonly code: string;
}

/** No more lines than this are searched above a fault. */
const MOST_LINES = 2_000;

/** The first thing that is wrong, in the words of model files where it is one of their usual slips. */
export function explainYaml(text: string, faults: readonly SyntaxFault[]): TreeFault[] {
  const [first] = faults;
  if (first === undefined) return [];
  const place = faults.reduce((least, { range }) => Math.min(least, range.start), first.range.start);
  const lines = linesUntil(text, place);
  const explained =
    tabFault(text, lines) ??
    (first.message.startsWith('Missing closing') ? quoteFault(linesUntil(text, text.length)) : undefined) ??
    wideFault(text, lines) ??
    spaceFault(lines) ??
    bracketFault(lines) ??
    dashFault(lines) ??
    indentFault(lines) ??
    (first.message.startsWith('Missing ,') ? commaFault(text, first.range) : undefined);
  return [explained ?? { reason: first.reason, message: first.message, range: first.range }];
}

/** The lines down to the one with the fault. */
function linesUntil(text: string, offset: number): Line[] {
  const newline = text.indexOf('\n', offset);
  const lines = text.slice(0, newline < 0 ? text.length : newline).split('\n');
  let start = 0;
  const found = lines.map((line): Line => {
    const at = start;
    start += line.length + 1;
    return { start: at, code: line.replace(/(^|\s)#.*$/, '').trimEnd() };
  });
  return found.slice(-MOST_LINES);
}

function tabFault(text: string, lines: readonly Line[]): TreeFault | undefined {
  const isTabbed = ({ code }: Line) => /^ *\t/.test(code) && code.trim() !== '';
  const at = lines.findIndex(isTabbed);
  const line = lines[at];
  if (line === undefined) return undefined;
  const indent = (code: string) => /^\s*/.exec(code)?.[0] ?? '';
  const neighbour = lines.find(({ code }) => /^ +(?:- )?\[/.test(code));
  const spaces = neighbour === undefined ? '  ' : indent(neighbour.code);
  const edits = linesUntil(text, text.length)
    .filter(isTabbed)
    .map(({ start, code }) => ({ range: { start, end: start + indent(code).length }, newText: spaces }));
  const range = { start: line.start, end: line.start + indent(line.code).length };
  const message = 'This line is indented with a tab, which YAML does not take for indentation: it has to be spaces.';
  return { reason: 'yaml-tab', message, range, ideas: [{ title: 'Indent with spaces', edits }] };
}

/** `nc:80`, `-[-1, 1, Conv, [64]]`, `backbone` without its colon. */
function spaceFault(lines: readonly Line[]): TreeFault | undefined {
  for (const { start, code } of lines) {
    const tight = /^(?<before>\w+:|\s*-)(?=[^\s-])/.exec(code)?.groups?.['before'];
    const isRow = tight?.endsWith('-') === true;
    if (tight !== undefined && (isRow ? code.charAt(tight.length) === '[' : !tight.startsWith(' '))) {
      const end = start + tight.length;
      const message = `A space is missing behind \`${tight.trim()}\`.\nWithout it YAML reads the line as one word.`;
      return {
        reason: 'yaml-space',
        message,
        range: { start: end - tight.trim().length, end },
        ideas: [insertion(end, ' ', 'Add the space')],
      };
    }
    const section = /^(?<name>backbone|head)$/.exec(code)?.groups?.['name'];
    if (section === undefined) continue;
    const end = start + section.length;
    const message = `A colon is missing behind \`${section}\`.`;
    return { reason: 'yaml-colon', message, range: { start, end }, ideas: [insertion(end, ':', 'Add the colon')] };
  }
  return undefined;
}

/** A row stands on a line of its own, with as many brackets that open as close. */
function bracketFault(lines: readonly Line[]): TreeFault | undefined {
  for (const [at, { start, code }] of lines.entries()) {
    const row = /^\s*(?:- *)?(?=\[)/.exec(code)?.[0];
    if (row === undefined) continue;
    const isItem = row.includes('-');
    const body = code.slice(row.length).replace(/,$/, '');
    const depth = depthOf(body);
    // In flow style the first line opens the list of rows, and the last one closes it.
    const next = lines[at + 1];
    const isFirst = /^\[\[+-?\d/.test(body) && !isItem && depthOf(body.slice(1)) === 0;
    if (depth === 0 || isFirst || (!isItem && (depth < 0 || next === undefined || !/^\s*\[/.test(next.code)))) continue;
    const end = start + row.length + body.length;
    if (depth > 0) {
      const missing = ']'.repeat(depth - (isItem || !/^\[\[+-?\d/.test(body) ? 0 : 1));
      if (missing === '') continue;
      const message = `A bracket is missing in this row: it opens ${depth} more than it closes.`;
      return {
        reason: 'yaml-bracket',
        message,
        range: { start: start + row.length, end },
        ideas: [insertion(end, missing, `Add ${missing} at the end`)],
      };
    }
    const message = `This row closes ${depth === -1 ? 'a bracket' : `${-depth} brackets`} more than it opens.`;
    const range = { start: end + depth, end };
    return { reason: 'yaml-bracket', message, range, ideas: [{ title: `Remove ${']'.repeat(-depth)}`, edits: [{ range, newText: '' }] }] };
  }
  return undefined;
}

/** A row without the dash that the rows above have. */
function dashFault(lines: readonly Line[]): TreeFault | undefined {
  let usual: string | undefined;
  for (const { start, code } of lines) {
    if (/^\w/.test(code)) usual = undefined;
    const dash = /^ *- +(?=\[)/.exec(code)?.[0];
    usual ??= dash;
    const indent = /^ *(?=\[+-?\d)/.exec(code)?.[0];
    if (dash !== undefined || usual === undefined || indent === undefined) continue;
    const range = { start: start + indent.length, end: start + code.length };
    const message = 'A dash is missing in front of this row.\nThe rows of a list begin with `- `.';
    return {
      reason: 'yaml-dash',
      message,
      range,
      ideas: [{ title: 'Add the dash', edits: [{ range: { start, end: range.start }, newText: usual }] }],
    };
  }
  return undefined;
}

/** A quote that is not closed on its line; the word in it ends before the next comma or bracket. */
function quoteFault(lines: readonly Line[]): TreeFault | undefined {
  for (const { start, code } of lines) {
    const rest = code.replace(/"[^"]*"|'[^']*'/g, (quoted) => ' '.repeat(quoted.length));
    const found = /(?<quote>["'])(?<word>[\w.-]*)/.exec(rest);
    const { quote, word = '' } = found?.groups ?? {};
    if (found === null || quote === undefined || rest.trimStart().startsWith('#')) continue;
    const at = start + found.index;
    const message = `The quote ${quote} opens and is not closed.`;
    const idea = insertion(at + 1 + word.length, quote, `Add ${quote}`);
    return { reason: 'yaml-quote', message, range: { start: at, end: at + 1 + word.length }, ideas: [idea] };
  }
  return undefined;
}

/** Punctuation of full width in the line that cannot be read. */
function wideFault(text: string, lines: readonly Line[]): TreeFault | undefined {
  const line = lines.find(({ code }) => /^\s*(?:- *)?[[［【]/.test(code) && /[，、：［【］】（）‘’“”]/.test(code));
  const found = line && wideIdea(text, { start: line.start, end: line.start + line.code.length });
  const message = 'This row has punctuation of full width, as in Chinese text; YAML takes it for letters.';
  return found && { reason: 'yaml-width', message, range: found.range, ideas: [found.idea] };
}

/** Rows with a dash stand below each other. */
function indentFault(lines: readonly Line[]): TreeFault | undefined {
  let usual: string | undefined;
  for (const { start, code } of lines) {
    if (/^\w/.test(code)) usual = undefined;
    const indent = /^(?<indent> *)- +\[/.exec(code)?.groups?.['indent'];
    if (indent === undefined) continue;
    usual ??= indent;
    if (indent === usual) continue;
    const range = { start, end: start + indent.length + 1 };
    const message = `This row is indented by ${indent.length === 1 ? '1 space' : `${indent.length} spaces`}, and the rows above by ${usual.length}.\nThe rows of a list stand below each other.`;
    const edits = [{ range: { start, end: start + indent.length }, newText: usual }];
    return { reason: 'yaml-indent', message, range, ideas: [{ title: `Indent by ${usual.length}`, edits }] };
  }
  return undefined;
}

function depthOf(code: string): number {
  let depth = 0;
  for (const letter of code.replace(/"[^"]*"|'[^']*'/g, '')) depth += letter === '[' ? 1 : letter === ']' ? -1 : 0;
  return depth;
}

/** Behind the item before, on whatever line that is. */
function commaFault(text: string, range: Range): TreeFault | undefined {
  const before = text.slice(0, range.start).replace(/(?:\s|(?<=[\s\]])#[^\n]*(?=\n))+$/, '');
  if (before === '') return undefined;
  const end = before.length;
  const message = 'A comma is missing between two items of a list, in front of this one.';
  return { reason: 'yaml-comma', message, range, ideas: [insertion(end, ',', 'Add the comma')] };
}

function insertion(at: number, newText: string, title: string): TextIdea {
  return { title, edits: [{ range: { start: at, end: at }, newText }] };
}
