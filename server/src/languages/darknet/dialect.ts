// Which of the two Darknets a file is for: said in a comment, or plain from what only one of them reads; and where the two differ.
import type { Problem } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { ACTIVATIONS, dialectOf, optionsOf } from './options.ts';
import type { Configuration, Dialect } from './parse.ts';

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
  if (dialect !== undefined || first === undefined || isPlain({ sections, unread: [] })) return [];
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

/** True where a section, an option or an activation is known to one of the two alone and has no bearing on sizes by itself. */
function isPlain({ sections }: Configuration): boolean {
  return sections.some(({ type, options }) => {
    const known = optionsOf(type);
    return (
      dialectOf(type) !== undefined ||
      options.some(({ key, value }) => {
        if (key === 'activation') return ACTIVATIONS.get(value) === 'AlexeyAB';
        return !SIZING.has(key) && isOnly(known?.get(key)?.dialect);
      })
    );
  });
}

/** The options in which the two differ: they may be there by mistake, and tell nothing. */
const SIZING = new Set(['groups', 'group_id', 'dilation', 'stride_x', 'stride_y', 'antialiasing', 'maxpool_depth']);

function isOnly(dialect: Dialect | 'both' | undefined): boolean {
  return dialect === 'AlexeyAB' || dialect === 'pjreddie';
}
