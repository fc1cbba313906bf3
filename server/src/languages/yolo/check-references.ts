// References to rows that are not there: which numbers are possible, and which was most likely meant.
import type { Problem, TextIdea } from '../../network/network.ts';
import { linksOf, targetOf, type Link } from './links.ts';
import { findShift, shiftIdea, unreadRows, type StrideOf } from './shift.ts';
import type { From, FromElement, ModelTree, Row } from './tree.ts';

/** A file with more of them is no model, and each looks at all rows. */
const MOST_PROBLEMS = 100;

/** One for each row. */
export function referenceProblems(tree: ModelTree, strideOf: StrideOf): Problem[] {
  const missing = linksOf(tree).filter(({ target }) => target === undefined);
  const [first] = missing;
  if (first === undefined) return [];
  // Whoever counts back from row 0 counts from other rows all the way, as parsers of several images do.
  const rows = first.row.index === 0 ? [first.row] : [...new Set(missing.map(({ row }) => row))];
  const unread = unreadRows(tree);
  const shift = findShift(tree, strideOf);
  return rows.slice(0, MOST_PROBLEMS).flatMap((row): Problem[] => {
    const links = missing.filter((link) => link.row === row);
    const [link, ...more] = links;
    if (link === undefined) return [];
    const shifts = shift === undefined ? [] : [{ ...shiftIdea(shift), larger: more.length === 0 }];
    const changes = more.length === 0 ? ideasOf(link, unread, fittingRow(link, tree, strideOf)) : [];
    return [
      {
        fault: {
          code: 'reference-range',
          reason: 'row',
          message: more.length === 0 ? messageOf(link, tree) : messageOfAll(links),
          related: [],
        },
        range: link.element.range,
        frames: [],
        ideas: [...changes, ...shifts],
      },
    ];
  });
}

function messageOfAll(links: readonly Link[]): string {
  const index = links[0]?.row.index ?? 0;
  const numbers = links.map(({ element }) => String(element.value));
  const listed = `${numbers.slice(0, -1).join(', ')} and ${numbers[numbers.length - 1] ?? ''}`;
  return `Row ${index} reads ${listed}, and none of these rows exists: this row is row ${index}, so ${possibleFor(index)}.\nA row reads only rows above it. Were rows above taken out, and the numbers left as they were?`;
}

function possibleFor(index: number): string {
  return index === 1 ? 'only 0 (or -1) is possible' : `0 to ${index - 1} (or -1 to -${index}) are possible`;
}

function messageOf({ row, element }: Link, { rows }: ModelTree): string {
  const { index } = row;
  if (index === 0) return `Row 0 can only read the image, which is -1, and not ${element.value}.`;
  const possible = possibleFor(index);
  if (element.value < 0)
    return `Row ${index + element.value} does not exist: ${element.value} counts back from row ${index}, so ${possible}.`;
  const why = element.value === index ? `this row is row ${index} itself` : `this row is row ${index}`;
  const order = element.value < rows.length ? '\nA row reads only rows above it.' : '';
  return `Row ${element.value} does not exist ${element.value < rows.length ? 'yet' : ''}`.trimEnd() + `: ${why}, so ${possible}.${order}`;
}

/** The nearest row above that has the stride of what it is joined with; undefined where that is not known, or nothing is joined. */
function fittingRow({ row, element }: Link, { rows }: ModelTree, strideOf: StrideOf): number | undefined {
  if (row.module?.value !== 'Concat') return undefined;
  const targets = (row.from?.elements ?? []).flatMap((other) => (other === element ? [] : [targetOf(row.index, other.value)]));
  const strides = new Set(targets.map((target) => (typeof target === 'number' ? strideOf(target) : undefined)));
  const [stride] = strides;
  if (strides.size !== 1 || stride === undefined) return undefined;
  return rows.findLast(({ index }) => index < row.index && !targets.includes(index) && strideOf(index) === stride)?.index;
}

/** An unused row first, since it is what a deletion leaves behind; then the nearest that fits and the nearest that exists; then none. */
function ideasOf({ row, element, position }: Link, unread: readonly Row[], fitting: number | undefined): TextIdea[] {
  const { from, index } = row;
  if (from === undefined || element.isAlias) return [];
  if (index === 0) return [change(element, -1)];
  const taken = new Set(linksOf({ rows: [row] }).map(({ target }) => target));
  const unused = unread.filter((other) => other.index < index && !taken.has(other.index));
  const last = element.value < 0 ? 0 : index - 1;
  const candidates = [
    ...unused.map((other) => other.index).reverse(),
    ...(fitting === undefined ? [] : [fitting]),
    ...(taken.has(last) ? [] : [last]),
  ];
  const numbers = [...new Set(candidates)].slice(0, 3);
  const changes = numbers.map((number) => change(element, element.value < 0 ? number - index : number));
  return [...changes, ...(from.isList && from.elements.length > 1 ? [removal(from, position, changes.length > 0)] : [])];
}

export function change(element: FromElement, value: number): TextIdea {
  return { title: `Change ${element.value} to ${value}`, edits: [{ range: element.range, newText: String(value) }] };
}

/** With the comma behind the number, or in front of the last one. */
function removal(from: From, position: number, larger: boolean): TextIdea {
  const { elements } = from;
  const [element, next, before] = [elements[position], elements[position + 1], elements[position - 1]];
  const start = next === undefined ? (before?.range.end ?? 0) : (element?.range.start ?? 0);
  const end = next === undefined ? (element?.range.end ?? 0) : next.range.start;
  return { title: `Remove ${element?.value ?? ''}`, edits: [{ range: { start, end }, newText: '' }], larger };
}
