// Reads the text of a .cfg file as Darknet does: sections, and options by lines, with the place of each.
import type { Range } from '../../text/range.ts';

export interface Option {
  readonly key: string;
  readonly keyRange: Range;
  /** Without white space, as Darknet reads it. */
  readonly value: string;
  readonly valueRange: Range;
}

export interface Section {
  /** What stands between the brackets. */
  readonly type: string;
  /** The brackets with what is in them. */
  readonly headerRange: Range;
  /** From the brackets to the end of the last option. */
  readonly range: Range;
  readonly options: readonly Option[];
}

export interface UnreadLine {
  readonly reason: 'no-section' | 'no-value' | 'header';
  readonly range: Range;
}

export interface Configuration {
  readonly sections: readonly Section[];
  readonly unread: readonly UnreadLine[];
  /** Named by a comment, `# shapelint: dialect[pjreddie]`. */
  readonly dialect?: Dialect;
}

export type Dialect = 'AlexeyAB' | 'pjreddie';

/** Comments are whole lines that begin with # or ;. Darknet drops all white space, inside of lines too. */
export function parseConfiguration(text: string): Configuration {
  const sections: { type: string; headerRange: Range; range: Range; options: Option[] }[] = [];
  const unread: UnreadLine[] = [];
  let dialect: Dialect | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const lead = line.length - line.replace(/^[\s\ufeff]+/, '').length;
    const trimmed = line.trimEnd();
    if (trimmed.length <= lead) continue;
    const range = { start: index + lead, end: index + trimmed.length };
    const content = trimmed.slice(lead);
    const current = sections[sections.length - 1];
    if (content.startsWith('#') || content.startsWith(';')) {
      const named = /shapelint:\s*dialect\[(AlexeyAB|pjreddie)\]/i.exec(content)?.[1];
      if (named !== undefined) dialect = named.toLowerCase() === 'pjreddie' ? 'pjreddie' : 'AlexeyAB';
    } else if (content.startsWith('[')) {
      const header = /^\[([^\]]*)\]/.exec(content);
      const end = header === null ? range.end : range.start + header[0].length;
      if (header === null || header[0].length < content.length) unread.push({ reason: 'header', range });
      const headerRange = { start: range.start, end };
      sections.push({ type: (header?.[1] ?? content.slice(1)).replace(/\s/g, ''), headerRange, range: headerRange, options: [] });
    } else if (current === undefined) unread.push({ reason: 'no-section', range });
    else {
      const equals = content.indexOf('=');
      if (equals < 0) {
        unread.push({ reason: 'no-value', range });
        continue;
      }
      const behind = content.slice(equals + 1);
      const gap = behind.length - behind.trimStart().length;
      const key = content.slice(0, equals);
      current.options.push({
        key: key.replace(/\s/g, ''),
        keyRange: { start: range.start, end: range.start + key.trimEnd().length },
        value: behind.replace(/\s/g, ''),
        valueRange: {
          start: range.start + equals + 1 + gap,
          end: range.end - (/\s*[#;].*$/.exec(behind.trimStart().slice(1))?.[0].length ?? 0),
        },
      });
      current.range = { start: current.range.start, end: range.end };
    }
  }
  return { sections, unread, ...(dialect !== undefined && { dialect }) };
}

/** The first of equal keys counts. */
export function findOption(section: Section, key: string): Option | undefined {
  return section.options.find((option) => option.key === key);
}

/** As atoi: the digits at the front, 0 where there are none. */
export function readInteger(value: string): number {
  return Number(/^[+-]?\d{1,15}/.exec(value)?.[0] ?? 0);
}

/** The numbers of a list, each with its place. */
export function readIntegers(option: Option, text: string): { readonly value: number; readonly range: Range }[] {
  if (option.value === '') return [];
  return listItems(option, text).map((item) => ({ value: readInteger(item.text), range: item.range }));
}

/** What stands between the commas of a list, without white space. */
export function listItems({ valueRange }: Option, text: string): { readonly text: string; readonly range: Range }[] {
  let start = valueRange.start;
  return text
    .slice(valueRange.start, valueRange.end)
    .split(',')
    .slice(0, MOST_ITEMS)
    .map((item) => {
      const from = start + item.length - item.trimStart().length;
      start += item.length + 1;
      return { text: item.replace(/\s/g, ''), range: { start: from, end: Math.max(from, from + item.trim().length) } };
    });
}

const MOST_ITEMS = 1_000;
