// What the stage shows of a layer: its grids, and which cells belong together for what is looked at.
import type { Place } from './geometry.ts';
import type { GridContent } from './grid-content.ts';

export type Role = 'input' | 'kernel' | 'output';

/** What the user has chosen to see of a layer. */
export interface View {
  /** Which of several inputs. */
  readonly input: number;
  readonly inputChannel: number;
  readonly outputChannel: number;
  /** The plane of the output of a layer with three axes. */
  readonly plane: number;
  /** The plane of its kernel; undefined for the first one that lies on a plane of the input. */
  readonly kernelPlane: number | undefined;
  /** A transposed convolution as stamps of its input cells, or as the direct convolution that is its equal. */
  readonly mode: 'gather' | 'scatter';
  readonly step: number;
  /** While it plays, only what has been reached is filled in. */
  readonly isPlaying: boolean;
}

export const FIRST_VIEW: View = {
  input: 0,
  inputChannel: 0,
  outputChannel: 0,
  plane: 0,
  kernelPlane: undefined,
  mode: 'gather',
  step: 0,
  isPlaying: false,
};

export interface SceneGrid {
  readonly role: Role;
  readonly content: GridContent;
  /** What a place is called, without padding: `x[1, 2]`, or what stands there. */
  readonly label: (row: number, column: number) => string;
  /** The place of a cell of the input or the output, without padding; undefined for all others. */
  readonly placeOf: (row: number, column: number) => Place | undefined;
}

/** A cell that is looked at. */
export interface Focus {
  readonly role: Role;
  readonly row: number;
  readonly column: number;
}

export interface Mark {
  readonly row: number;
  readonly column: number;
  /** Small, in the corner: the weight that lies on the cell. */
  readonly note?: string;
}

export type Marks = Readonly<Record<Role, readonly Mark[]>>;

export interface Scene {
  readonly grids: readonly SceneGrid[];
  readonly steps: number;
  /** The cell of a step: an output cell, or for a scatter an input cell. */
  readonly focusOf: (step: number) => Focus;
  readonly stepOf: (focus: Focus) => number | undefined;
  readonly marksOf: (focus: Focus) => Marks;
  /** The grids whose cells depend on the step. */
  readonly changing: readonly Role[];
}

/** Steps that go through the cells of one grid, row by row. */
export function stepsThrough(role: Role, rows: number, columns: number): Pick<Scene, 'steps' | 'focusOf' | 'stepOf'> {
  return {
    steps: rows * columns,
    focusOf: (step) => ({ role, row: Math.floor(step / columns), column: step % columns }),
    stepOf: (focus) => (focus.role === role ? focus.row * columns + focus.column : undefined),
  };
}

export function gridOf({ grids }: Scene, role: Role): SceneGrid | undefined {
  return grids.find((grid) => grid.role === role);
}

export function labelOf(scene: Scene, { role, row, column }: Focus): string {
  return gridOf(scene, role)?.label(row, column) ?? '';
}
