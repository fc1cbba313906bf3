// Which of the two Darknets a file is for: said in a comment, or plain from what only one of them reads; and where the two differ.
import type { Problem } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { ACTIVATIONS, dialectOf, optionsOf } from './options.ts';
import type { Configuration, Dialect, Section } from './parse.ts';

/** A place that the two programs read unlike, with what each makes of it. */
export interface Difference {
  readonly range: Range;
  /** `groups=2 halves the channels for AlexeyAB's, and is passed over by pjreddie's`. */
  readonly words: string;
}

/** No more places than this are pointed at. */
const MOST_PLACES = 12;

/** One warning for a file that the two read unlike and that says nowhere which of them is meant. */
export function differenceProblems({ dialect, sections }: Configuration, differences: readonly Difference[]): Problem[] {
  const [first, ...others] = differences;
  if (dialect !== undefined || first === undefined || onlyReaders(sections).size > 0) return [];
  const message =
    `AlexeyAB's Darknet and pjreddie's read this line unlike: ${first.words}.\n` +
    'The sizes that are shown are those of AlexeyAB. Say which program is meant, in a comment of the file.';
  const related = others.slice(0, MOST_PLACES).map(({ range, words }) => ({ range, message: words }));
  const top = sections[0]?.headerRange.start ?? 0;
  const ideas = (['AlexeyAB', 'pjreddie'] as const).map((name) => ({
    title: `Say that ${name}'s Darknet is meant`,
    edits: [{ range: { start: top, end: top }, newText: `# shapelint: dialect[${name}]\n` }],
    larger: true,
  }));
  return [{ fault: { code: 'dialect-difference', reason: 'sizes', message, related }, range: first.range, frames: [], ideas }];
}

/** The program that a file is for: the one that it names, or pjreddie's where it alone reads something in it, else AlexeyAB's. */
export function dialectFor({ dialect, sections }: Configuration): Dialect {
  if (dialect !== undefined) return dialect;
  const readers = onlyReaders(sections);
  return readers.has('pjreddie') && !readers.has('AlexeyAB') ? 'pjreddie' : 'AlexeyAB';
}

/** Those who alone know a section, an option or an activation of the file that has no bearing on sizes in the other program. */
function onlyReaders(sections: readonly Section[]): ReadonlySet<Dialect> {
  const found = sections.flatMap(({ type, options }) => {
    const known = optionsOf(type);
    return [
      dialectOf(type),
      ...options.map(({ key, value }) =>
        key === 'activation' ? ACTIVATIONS.get(value) : SIZING.has(key) ? undefined : known?.get(key)?.dialect,
      ),
    ];
  });
  return new Set(found.filter((reader) => reader === 'AlexeyAB' || reader === 'pjreddie'));
}

/** The options in which the two differ: they may be there by mistake, and tell nothing. */
const SIZING = new Set(['groups', 'group_id', 'dilation', 'stride_x', 'stride_y', 'antialiasing', 'maxpool_depth']);
