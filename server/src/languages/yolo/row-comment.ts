// What the comment behind a row says of it: `# 4-P3/8`, `# 16 (P3/8-small)`, `# X3 (21), fpn_blocks.1`.
import type { Range } from '../../text/range.ts';
import type { Row } from './tree.ts';

export interface RowComment {
  /** The number that the comment begins with. */
  readonly number?: { readonly value: number; readonly range: Range };
  /** Whether what stands behind the number says that it is one of a row: nothing, a level, a bracket or a comma. */
  readonly isPlain: boolean;
  /** `P3/8`: the level of the pyramid, and how many cells of the image one of its cells is. */
  readonly level?: { readonly level: number; readonly stride: number; readonly range: Range };
}

const NUMBER = /^(?<before>#\s*(?:[A-Z]\d\s*\(\s*)?)(?<number>\d{1,5})(?![\d.%\w])/;
const LEVEL = /\bP(?<level>\d)\/(?<stride>\d{1,4})\b/;
const PLAIN = /^\s*(?:$|[-,()<]|P\d)/;

export function readComment({ comment }: Row): RowComment {
  if (comment === undefined) return { isPlain: false };
  const { text, range } = comment;
  const number = NUMBER.exec(text);
  const level = LEVEL.exec(text);
  const placed = (start: number, length: number): Range => ({ start: range.start + start, end: range.start + start + length });
  const { before = '', number: digits = '' } = number?.groups ?? {};
  return {
    isPlain: number !== null && PLAIN.test(text.slice(number[0].length)),
    ...(number !== null && { number: { value: Number(digits), range: placed(before.length, digits.length) } }),
    ...(level !== null && {
      level: {
        level: Number(level.groups?.['level']),
        stride: Number(level.groups?.['stride']),
        range: placed(level.index, level[0].length),
      },
    }),
  };
}
