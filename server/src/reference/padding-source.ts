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

/** The source of each cell of an axis that gets `before` and `after` cells, or loses them where these are negative. */
export function paddedSources(size: number, before: number, after: number, mode: PaddingMode): readonly number[] {
  if (mode === 'circular' && (before < 0 || after < 0)) return wrappedSources(size, before, after);
  return Array.from({ length: Math.max(size + before + after, 0) }, (_, place) => sourceIndex(place - before, size, mode));
}

/**
 * Circular padding where an end is cropped, as PyTorch works it out: what is left is copied into the middle, and then the
 * ends are copied from the result, which may reach into the ends themselves. A single cell is repeated.
 */
function wrappedSources(size: number, before: number, after: number): readonly number[] {
  const padded = Math.max(size + before + after, 0);
  const sources = Array.from({ length: padded }, () => NO_SOURCE);
  const [left, right] = [Math.max(before, 0), Math.max(after, 0)];
  const copy = (from: readonly number[], start: number, end: number) => {
    for (let place = start; place < end; place++) sources[place] = from[from.length === 1 ? 0 : place - start] ?? NO_SOURCE;
  };
  const kept = Array.from({ length: size }, (_, place) => place).slice(Math.max(-before, 0), size - Math.max(-after, 0));
  copy(kept, left, padded - right);
  copy(sources.slice(padded - left - right, padded - right), 0, left);
  copy(sources.slice(left, left + right), padded - right, padded);
  return sources;
}
