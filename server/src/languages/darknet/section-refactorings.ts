// Refactorings of sections: put one in above or below, or delete one, with every number of a layer changed as it has to be.
import type { TextEdit } from '../../text/edit.ts';
import type { Range } from '../../text/range.ts';
import type { LanguageRefactoring } from '../language.ts';
import { parseConfiguration, type Section } from './parse.ts';
import { layerNumbers, type LayerNumber } from './references.ts';

/** Hands on what it gets in both Darknets: the place for the section that is wanted. */
const NEW_SECTION = ['[dropout]', 'probability=0'];

export function sectionRefactorings(text: string, { start }: Range): LanguageRefactoring[] {
  const { sections, unread } = parseConfiguration(text);
  const layers = sections.slice(1);
  const index = layers.findIndex(({ range }) => range.start <= start && start <= range.end);
  const section = layers[index];
  if (section === undefined || unread.length > 0) return [];
  const numbers = layerNumbers(text, layers);
  const deleted = deletion(text, layers, index, numbers);
  return [
    // A [dropout] at the beginning would take what is before it, and nothing is.
    ...(index === 0 ? [] : [{ title: 'Insert a section above, and renumber', edits: insertion(text, section, index, numbers, 'above') }]),
    { title: 'Insert a section below, and renumber', edits: insertion(text, section, index, numbers, 'below') },
    ...(deleted === undefined ? [] : [{ title: `Delete layer ${index}, [${section.type}], and renumber`, edits: deleted }]),
  ];
}

/** The layer below goes on to take -1, which is the new section now. All other numbers mean the layer that they meant. */
function insertion(text: string, { range }: Section, index: number, numbers: readonly LayerNumber[], side: 'above' | 'below'): TextEdit[] {
  const at = side === 'above' ? index : index + 1;
  const moved = (layer: number) => (layer < at ? layer : layer + 1);
  const edits = renumber(
    numbers.filter(({ from, value }) => !(from === at && value === -1)),
    moved,
  );
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const written = NEW_SECTION.join(newline);
  const place = side === 'above' ? range.start : range.end;
  const newText = side === 'above' ? `${written}${newline}${newline}` : `${newline}${newline}${written}`;
  return [...edits, { range: { start: place, end: place }, newText }];
}

/** What took the layer takes the one before it. Undefined for the first one, and for a join, which takes more than that. */
function deletion(text: string, layers: readonly Section[], index: number, numbers: readonly LayerNumber[]): TextEdit[] | undefined {
  const section = layers[index];
  if (section === undefined || index === 0) return undefined;
  // What a [route] hands on is the layer that it names; without another one, all that took it can take that.
  const own = numbers.filter(({ from }) => from === index);
  const before = section.type === 'route' ? (own.length === 1 ? own[0]?.target : undefined) : index - 1;
  if (before === undefined) return undefined;
  const next = layers[index + 1];
  const follows = next === undefined || next.type === 'route' || before === index - 1;
  if (!follows) return undefined;
  const edits = renumber(
    numbers.filter(({ from }) => from !== index),
    (layer) => (layer < index ? layer : layer === index ? before : layer - 1),
    (layer) => (layer < index ? layer : layer - 1),
  );
  const end = next?.headerRange.start ?? text.length;
  return [...edits, { range: { start: section.range.start, end: withoutComments(text, section.range.end, end) }, newText: '' }];
}

/** Comments in front of the next section stay with it. */
function withoutComments(text: string, start: number, end: number): number {
  const comment = /^[ \t]*[#;]/m.exec(text.slice(start, end));
  return comment === null ? end : start + comment.index;
}

/** `meant`: what a number of a layer means afterwards; `moved`: where the layer goes whose number it is. */
function renumber(numbers: readonly LayerNumber[], meant: (layer: number) => number, moved = meant): TextEdit[] {
  return numbers.flatMap(({ from, value, range, target }) => {
    if (target === undefined) return [];
    const wanted = value < 0 ? meant(target) - moved(from) : meant(target);
    return wanted === value ? [] : [{ range, newText: String(wanted) }];
  });
}
