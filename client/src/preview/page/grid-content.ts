// What a grid of cells shows, however it is drawn.

export type CellStyle = 'value' | 'padding' | 'stuffed' | 'beyond' | 'cut' | 'faint' | 'none';

/** What a grid shows. A new object is a new picture. */
export interface GridContent {
  readonly rows: number;
  readonly columns: number;
  readonly value: (row: number, column: number) => number;
  readonly style: (row: number, column: number) => CellStyle;
  /** The magnitude that has the full colour. */
  readonly scale: number;
}
