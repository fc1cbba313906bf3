// Moves cells between the order of tensors and the order in which the kernels read and write them.
import type { Pass, PerAxis, SourceAxis } from './correlation.ts';
import type { Machine } from './machine.ts';

const FLOAT = 4;

/** Rows of cells that are copied from one place to another; all but the counts in bytes, behind where channels begin. */
export interface Copy {
  readonly from: number;
  readonly fromPitch: number;
  readonly fromStep: number;
  readonly to: number;
  readonly toPitch: number;
  readonly toStep: number;
  readonly rows: number;
  readonly cells: number;
}

/** Which cells of an input axis lie in one part of the padded axis: the first of them, the cell of the part it goes to, and how many. */
function partOf(
  { input, before, stride, cells }: SourceAxis,
  part: number,
): { readonly from: number; readonly to: number; readonly count: number } {
  const to = Math.max(0, Math.ceil((before - part) / stride));
  const from = to * stride + part - before;
  return { from, to, count: Math.max(0, Math.min(cells - to, Math.ceil((input - from) / stride))) };
}

/** Where the parts of a channel go: each has a slot. */
interface SlotPlaces {
  /** In cells, from row to row and from slot to slot. */
  readonly rowCells: number;
  readonly slotCells: number;
  /** How many slots lie between one part along the height and the next. */
  readonly rowSlots: number;
}

/** Puts a channel from where it is as it came to where it is padded with zeros and split by stride. */
export function planPadding([depth, height, width]: PerAxis<SourceAxis>, { rowCells, slotCells, rowSlots }: SlotPlaces): readonly Copy[] {
  const parts = (axis: SourceAxis) => Array.from({ length: axis.stride }, (_, part) => partOf(axis, part));
  const copies: Copy[] = [];
  for (const [partZ, z] of parts(depth).entries()) {
    for (const [partY, y] of parts(height).entries()) {
      for (const [partX, x] of parts(width).entries()) {
        const slot = (partZ * height.stride + partY) * rowSlots + partX;
        for (let plane = 0; plane < z.count; plane++) {
          const from = ((z.from + plane * depth.stride) * height.input + y.from) * width.input + x.from;
          const to = ((z.to + plane) * height.cells + y.to) * rowCells + x.to;
          copies.push({
            from: from * FLOAT,
            fromPitch: height.stride * width.input * FLOAT,
            fromStep: width.stride * FLOAT,
            to: (slot * slotCells + to) * FLOAT,
            toPitch: rowCells * FLOAT,
            toStep: FLOAT,
            rows: y.count,
            cells: x.count,
          });
        }
      }
    }
  }
  return copies.filter(({ rows, cells }) => rows > 0 && cells > 0);
}

/** How finished sums lie: rows of cells, `pitch` cells apart. A pass without steps may have its rows in one piece, the others have them one by one. */
export interface SumRows {
  readonly count: number;
  readonly cells: number;
  readonly pitch: number;
}

/** Puts the finished sums of a channel to the output cells that they belong to. */
export function planScatter(
  { count, start, step }: Pick<Pass, 'count' | 'start' | 'step'>,
  sums: SumRows,
  output: PerAxis<number>,
): readonly Copy[] {
  const [, height, width] = output;
  const isDense = step.every((size) => size === 1);
  const [depths, rows] = isDense ? [1, sums.count] : [count[0], count[1]];
  return Array.from({ length: depths }, (_, depth) => ({
    from: depth * rows * sums.pitch * FLOAT,
    fromPitch: sums.pitch * FLOAT,
    fromStep: FLOAT,
    to: (((start[0] + depth * step[0]) * height + start[1]) * width + start[2]) * FLOAT,
    toPitch: (isDense ? sums.cells : step[1] * width) * FLOAT,
    toStep: step[2] * FLOAT,
    rows,
    cells: sums.cells,
  }));
}

export function copyAll({ functions }: Machine, copies: readonly Copy[], fromStart: number, toStart: number): void {
  for (const { from, fromPitch, fromStep, to, toPitch, toStep, rows, cells } of copies) {
    if (fromStep === FLOAT && toStep === FLOAT) functions.copyRows(fromStart + from, fromPitch, toStart + to, toPitch, rows, cells);
    else functions.copyCells(fromStart + from, fromPitch, toStart + to, toPitch, rows, cells, fromStep, toStep);
  }
}
