// Zooming into a map, and moving it: pure arithmetic on what part is seen.
import type { Box, Viewport } from './viewport.ts';

const LARGEST_CELL = 64;

/** Larger or smaller by `by`, with the place under the pointer staying where it is. */
export function zoomed(view: Viewport, by: number, x: number, y: number): Viewport {
  const factor = Math.min(by, LARGEST_CELL / view.cellWidth);
  const [cellWidth, cellHeight] = [view.cellWidth * factor, view.cellHeight * factor];
  return {
    cellWidth,
    cellHeight,
    row: view.row + y / view.cellHeight - y / cellHeight,
    column: view.column + x / view.cellWidth - x / cellWidth,
  };
}

/** Moved by some pixels. */
export function panned(view: Viewport, x: number, y: number): Viewport {
  return { ...view, row: view.row + y / view.cellHeight, column: view.column + x / view.cellWidth };
}

/** No smaller than its box, and no edge inside of it. */
export function clampView(view: Viewport, box: Box, { rows, columns }: { readonly rows: number; readonly columns: number }): Viewport {
  const least = Math.max(box.width / columns / view.cellWidth, 1);
  const [cellWidth, cellHeight] = [view.cellWidth * least, view.cellHeight * least];
  return {
    cellWidth,
    cellHeight,
    row: between(view.row, rows - box.height / cellHeight),
    column: between(view.column, columns - box.width / cellWidth),
  };
}

function between(value: number, most: number): number {
  return Math.min(Math.max(value, 0), Math.max(most, 0));
}
