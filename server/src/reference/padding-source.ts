// Where a cell of a padded axis comes from: the modes of padding, for one axis, shared by Pad and by convolutions.
import type { PaddingMode } from '../operators/padding-rules.ts';

/** What is read where a cell lies in padding that has no source: a constant. */
export const NO_SOURCE = -1;

/**
 * The index of the cell that stands at `position` of an axis with `size` cells: the position itself within the axis, and
 * outside what the mode puts there; `NO_SOURCE` for a constant. Padding reaches no further than PyTorch lets it.
 */
export function sourceIndex(position: number, size: number, mode: PaddingMode): number {
  if (position >= 0 && position < size) return position;
  switch (mode) {
    case 'constant':
      return NO_SOURCE;
    case 'reflect':
      return position < 0 ? -position : 2 * (size - 1) - position;
    case 'replicate':
      return position < 0 ? 0 : size - 1;
    case 'circular':
      return position < 0 ? position + size : position - size;
  }
}
