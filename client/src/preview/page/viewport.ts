// Places on the stage, and which part of a grid is seen there.

/** Where a grid lies on the stage, in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which part of a grid is seen: cells are `cell` pixels large, and the cell at the corner is (row, column). */
export interface Viewport {
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly row: number;
  readonly column: number;
}
