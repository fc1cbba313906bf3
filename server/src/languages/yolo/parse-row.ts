// Reads one row, [from, repeats, module, args], and says what is wrong with its form.
import type { TextIdea } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import type { From, FromElement, ListValue, Row, TreeFault, Value } from './tree.ts';

const FORM = '[from, repeats, module, args]';

export function parseRow(text: string, value: Value, { index, section }: Pick<Row, 'index' | 'section'>, faults: TreeFault[]): Row {
  const bare = { index, section, range: value.range };
  const report = (reason: string, message: string, range: Range, ideas: readonly TextIdea[] = []) =>
    void faults.push({ reason, message, range, ideas });
  if (value.kind !== 'list') {
    report('row-no-list', `Row ${index} is ${shown(text, value)}, but a row is ${FORM}.`, value.range, rowIdeas(text, value));
    return bare;
  }
  const row = { ...bare, list: value };
  const width = wideIdea(text, value.range);
  if (width !== undefined) {
    report('row-width', `Row ${index} has punctuation of full width, as in Chinese text; YAML takes it for letters.`, width.range, [
      width.idea,
    ]);
    return row;
  }
  if (value.items.length !== 4) {
    const count = value.items.length === 1 ? '1 element' : `${value.items.length} elements`;
    const message = `Row ${index} has ${count}, but a row has 4: ${FORM}.`;
    report('row-length', message, value.range, lengthIdeas(text, value));
    return row;
  }
  const [from, repeats, module, args] = value.items;
  const readFrom = from === undefined ? undefined : (impliedFrom(from, module) ?? fromOf(from));
  const expected = (what: string, needed: string, wrong: Value | undefined, ideas?: readonly TextIdea[]) => {
    if (wrong !== undefined)
      report(`row-${what}`, `\`${what}\` of row ${index} is ${shown(text, wrong)}, but ${needed}.`, wrong.range, ideas);
  };
  if (readFrom === undefined)
    expected('from', 'it is the number of a row, or a list of such numbers', from, from && numberIdeas(text, from));
  if (repeats?.kind !== 'number') expected('repeats', 'it is a number', repeats, repeats && numberIdeas(text, repeats));
  if (module?.kind !== 'text') expected('module', 'it is the name of a module', module);
  if (args?.kind !== 'list') expected('args', 'it is a list, as in [64, 3, 2]', args, args && listIdeas(text, args));
  return {
    ...row,
    ...(readFrom !== undefined && { from: readFrom }),
    ...(repeats?.kind === 'number' && { repeats }),
    ...(module?.kind === 'text' && { module }),
    ...(args?.kind === 'list' && { args }),
  };
}

function fromOf(value: Value): From | undefined {
  const isList = value.kind === 'list';
  const elements: FromElement[] = [];
  for (const item of isList ? value.items : [value]) {
    if (item.kind !== 'number' || !item.isInteger) return undefined;
    elements.push({ value: item.value, range: item.range, isAlias: item.isAlias });
  }
  return elements.length === 0 ? undefined : { range: value.range, isList, isAlias: value.isAlias, elements };
}

/** The first YOLOv5 finds the rows of predictions itself where its Detect names none. */
function impliedFrom({ kind, range, isAlias, ...value }: Value, module: Value | undefined): From | undefined {
  if (kind !== 'list' || module?.kind !== 'text' || module.value !== 'Detect') return undefined;
  return 'items' in value && value.items.length === 0 ? { range, isList: true, isAlias, isImplied: true, elements: [] } : undefined;
}

/** A row without its brackets. */
function rowIdeas(text: string, { kind, range, isAlias }: Value): TextIdea[] {
  const written = text.slice(range.start, range.end);
  if (kind !== 'text' || isAlias || !/^-?\d+\s*,/.test(written)) return [];
  const closes = written.split(']').length > written.split('[').length;
  const newText = closes ? `[${written}` : `[${written}]`;
  return [{ title: closes ? 'Add [ in front' : 'Put the row in brackets', edits: [{ range, newText }] }];
}

/** The number that a text holds, as in quotes: `"3"`, `x6`. */
function numberIdeas(text: string, value: Value): TextIdea[] {
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item): TextIdea[] => {
    const number =
      item.kind === 'text' && !item.isAlias ? /^[^\d-]*(?<number>-?\d+)[^\d]*$/.exec(item.value)?.groups?.['number'] : undefined;
    if (number === undefined) return [];
    const { range } = item;
    return [{ title: `Change ${text.slice(range.start, range.end)} to ${number}`, edits: [{ range, newText: number }] }];
  });
}

const WIDE: ReadonlyMap<string, string> = new Map([
  ['，', ', '],
  ['、', ', '],
  ['：', ': '],
  ['［', '['],
  ['【', '['],
  ['］', ']'],
  ['】', ']'],
  ['（', '('],
  ['）', ')'],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
]);

/** Punctuation of full width in a row, and what it stands for. */
export function wideIdea(text: string, { start, end }: Range): { range: Range; idea: TextIdea } | undefined {
  const written = text.slice(start, end);
  // A comment may be written as it likes.
  if (/[#\n]/.test(written)) return undefined;
  const edits = [...written.matchAll(/([，、：［【］】（）‘’“”])(\s*)/g)].map(({ 0: all, 1: letter = '', index }) => {
    const at = start + index;
    return { range: { start: at, end: at + all.length }, newText: WIDE.get(letter) ?? letter };
  });
  const [first] = edits;
  return first && { range: { start: first.range.start, end: first.range.start + 1 }, idea: { title: 'Write plain punctuation', edits } };
}

/** Missing commas, repeats or arguments, or arguments without their brackets. */
function lengthIdeas(text: string, row: ListValue): TextIdea[] {
  const { items, isFlow, range } = row;
  const [last] = items.slice(-1);
  const [from, repeats, module, first] = items;
  const joined = items.slice(0, 2).find((item) => item.kind === 'text' && !item.isAlias && /^-?\d+\s+[-\w.]+$/.test(item.value));
  if (isFlow && items.length === 3 && joined !== undefined) {
    const newText = text.slice(joined.range.start, joined.range.end).replace(/\s+/, ', ');
    return [{ title: 'Add the comma', edits: [{ range: joined.range, newText }] }];
  }
  const names = items.findIndex(({ kind }) => kind === 'text');
  const numbers = items.slice(0, names - 1);
  const [lastNumber] = numbers.slice(-1);
  // The rows of a join without their brackets: [-1, 6, 1, Concat, [1]].
  if (isFlow && from !== undefined && lastNumber !== undefined && items.length === names + 2 && items[names + 1]?.kind === 'list') {
    const place = { start: from.range.start, end: lastNumber.range.end };
    const newText = `[${text.slice(place.start, place.end)}]`;
    if (numbers.length > 1 && numbers.every(({ kind }) => kind === 'number'))
      return [{ title: `Put the rows in brackets: ${newText}`, edits: [{ range: place, newText }] }];
  }
  if (isFlow && items.length === 3 && repeats?.kind === 'text' && module?.kind === 'list') {
    const at = repeats.range.start;
    return [{ title: 'Add the number of repeats, 1', edits: [{ range: { start: at, end: at }, newText: '1, ' }] }];
  }
  if (!isFlow || last === undefined || from === undefined || repeats?.kind !== 'number' || module?.kind !== 'text') return [];
  if (first === undefined) {
    const at = module.range.end;
    return [{ title: 'Add an empty list of arguments', edits: [{ range: { start: at, end: at }, newText: ', []' }] }];
  }
  if (items.some((item, at) => at >= 3 && item.kind === 'map')) return [];
  const inside = text.slice(first.range.start, last.range.end);
  if (inside.includes('#') || last.range.end >= range.end) return [];
  return [
    {
      title: `Put the arguments in brackets: [${inside}]`,
      edits: [{ range: { start: first.range.start, end: last.range.end }, newText: `[${inside}]` }],
    },
  ];
}

function listIdeas(text: string, { kind, range, isAlias }: Value): TextIdea[] {
  if (isAlias || kind === 'map') return [];
  const newText = `[${kind === 'nothing' ? '' : text.slice(range.start, range.end)}]`;
  return [{ title: `Write ${newText}`, edits: [{ range, newText }] }];
}

function shown(text: string, { kind, range }: Value): string {
  if (kind === 'nothing') return 'empty';
  const written = text.slice(range.start, range.end);
  return written.length > 40 || written.includes('\n') ? (kind === 'map' ? 'a map' : `a ${kind}`) : `\`${written}\``;
}
