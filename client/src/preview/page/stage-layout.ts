// Where the grids of the stage lie: side by side where there is room, else the input above the others, or all below each other.
import type { Box, Viewport } from './viewport.ts';

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

export interface Placed {
  readonly box: Box;
  readonly view: Viewport;
}

export interface StageLayout {
  readonly height: number;
  readonly grids: readonly Placed[];
}

const LARGEST_CELL = 42;
const GAP = 42;
const CAPTION = 26;
/** For the scale below each grid. */
const SCALE = 26;
const TALLEST = 340;
/** As many columns are few, and a number is read in a cell of this size. */
const FEW = 11;
const READABLE = 30;
/** For what is written above and below a grid, be it as small as a kernel of one cell. */
const LEAST_ROOM = 60;
/** Narrower stages have one grid in a row, those below the next number the input alone. */
const ONE_IN_A_ROW = 460;
const INPUT_ALONE = 620;

/** As many grids as there are sizes: input, kernel (may be missing) and output. */
export function layOutStage(sizes: readonly GridSize[], width: number): StageLayout {
  const isFlat = sizes.every(({ rows }) => rows === 1) && Math.max(...sizes.map(({ columns }) => columns)) > 6;
  if (isFlat) return stacked(sizes, width);
  const uniform = Math.min(cellOf(sizes, width - GAP * (sizes.length - 1) - 2), TALLEST / Math.max(...sizes.map(({ rows }) => rows)));
  if (uniform >= 21)
    return sideBySide(
      sizes,
      sizes.map(() => uniform),
      width,
    );
  if (width < ONE_IN_A_ROW) return column(sizes, width);
  const [first, ...others] = sizes;
  if (width >= INPUT_ALONE || first === undefined || others.length === 0) return sideBySide(sizes, shares(sizes, width), width);
  const above = place(first, 0, CAPTION, fit(first, width - 2, TALLEST));
  const top = CAPTION + above.box.height + SCALE;
  const below = sideBySide(others, shares(others, width), width);
  const moved = below.grids.map(({ box, view }) => ({ view, box: { ...box, y: box.y + top } }));
  return { height: below.height + top, grids: [centred(above, width), ...moved] };
}

/** The largest cell with which all grids fit into the room side by side, those that are narrow taking their least room. */
function cellOf(sizes: readonly GridSize[], room: number): number {
  for (let narrow = 0; ;) {
    const wide = sizes.toSorted((one, other) => one.columns - other.columns).slice(narrow);
    const columns = wide.reduce((sum, size) => sum + size.columns, 0);
    const cell = Math.min((room - LEAST_ROOM * narrow) / columns, LARGEST_CELL);
    const found = sizes.filter((size) => size.columns * cell < LEAST_ROOM).length;
    // A smaller cell makes more grids narrow, and none less.
    if (found <= narrow) return cell;
    narrow = found;
  }
}

/** A grid of few columns has room for its numbers; the others share what is left by the square root of their columns. */
function shares(sizes: readonly GridSize[], width: number): number[] {
  const room = width - GAP * (sizes.length - 1) - 2;
  const own = sizes.map(({ columns }) => (columns <= FEW ? Math.min(Math.max(columns * READABLE, LEAST_ROOM), room * 0.3) : 0));
  const left = room - own.reduce((sum, part) => sum + part, 0);
  const weights = sizes.map(({ columns }) => (columns <= FEW ? 0 : Math.sqrt(columns)));
  const all = Math.max(
    weights.reduce((sum, weight) => sum + weight, 0),
    1,
  );
  return sizes.map((size, at) => fit(size, (own[at] ?? 0) + (left * (weights[at] ?? 0)) / all, TALLEST));
}

function fit({ rows, columns }: GridSize, width: number, height: number): number {
  return Math.min(width / Math.max(columns, 1), height / Math.max(rows, 1), LARGEST_CELL);
}

function sideBySide(sizes: readonly GridSize[], cells: readonly number[], width: number): StageLayout {
  const widths = sizes.map(({ columns }, at) => Math.max(columns * (cells[at] ?? 0), LEAST_ROOM));
  const heights = sizes.map(({ rows }, at) => rows * (cells[at] ?? 0));
  const tallest = Math.max(...heights);
  const used = widths.reduce((sum, part) => sum + part, 0) + GAP * (sizes.length - 1);
  let x = Math.max((width - used) / 2, 1);
  const grids = sizes.map((size, at) => {
    const cell = cells[at] ?? 0;
    const inset = ((widths[at] ?? 0) - size.columns * cell) / 2;
    const placed = place(size, x + inset, CAPTION + (tallest - (heights[at] ?? 0)) / 2, cell);
    x += (widths[at] ?? 0) + GAP;
    return placed;
  });
  return { height: tallest + CAPTION + SCALE, grids };
}

/** Each grid in the whole width. */
function column(sizes: readonly GridSize[], width: number): StageLayout {
  let y = CAPTION;
  const grids = sizes.map((size) => {
    const placed = centred(place(size, 0, y, fit(size, width - 2, TALLEST)), width);
    y += placed.box.height + SCALE + CAPTION;
    return placed;
  });
  return { height: y - CAPTION, grids };
}

/** Rows of cells below each other: what a sequence looks like. */
function stacked(sizes: readonly GridSize[], width: number): StageLayout {
  const most = Math.max(...sizes.map(({ columns }) => columns));
  const cell = Math.min((width - 2) / most, LARGEST_CELL);
  let y = CAPTION;
  const grids = sizes.map((size) => {
    const placed = centred(place(size, 0, y, cell, Math.max(cell, 26)), width);
    y += placed.box.height + SCALE + CAPTION;
    return placed;
  });
  return { height: y - CAPTION, grids };
}

function place({ rows, columns }: GridSize, x: number, y: number, cellWidth: number, cellHeight = cellWidth): Placed {
  return { box: { x, y, width: columns * cellWidth, height: rows * cellHeight }, view: { cellWidth, cellHeight, row: 0, column: 0 } };
}

function centred({ box, view }: Placed, width: number): Placed {
  return { view, box: { ...box, x: Math.max((width - box.width) / 2, 1) } };
}
