// The window of a layer on all its axes. Whatever the layer has, there are three here: planes, rows and columns.
import type { WindowAxis, WindowDescription } from '../../../../server/src/protocol/preview-window.ts';
import { layOut, scatter, SINGLE_AXIS, SINGLE_SCATTER, type AxisLayout, type CellKind, type ScatterLayout } from './axis.ts';

/** A place on three axes: plane, row, column. */
export type Place = readonly [number, number, number];

export interface Geometry {
  readonly window: WindowDescription;
  readonly axes: readonly [AxisLayout, AxisLayout, AxisLayout];
  /** For a transposed convolution. */
  readonly scatter: readonly [ScatterLayout, ScatterLayout, ScatterLayout] | undefined;
}

/** A cell of a window: which cell of the kernel lies on which position of the laid-out input, and what stands there. */
export interface WindowCell {
  readonly kernel: Place;
  readonly position: Place;
  /** The cell of the input; undefined for a zero. */
  readonly source: Place | undefined;
  readonly kind: CellKind;
}

/** A cell of the kernel on its way from an input cell to an output cell. */
export interface Connection {
  readonly input: Place;
  readonly kernel: Place;
  readonly output: Place;
}

export function geometryOf(window: WindowDescription): Geometry {
  const layouts = onThreeAxes(window.axes, (axis) => layOut(axis, window), SINGLE_AXIS);
  return {
    window,
    axes: layouts,
    scatter: window.kind === 'transposed' ? onThreeAxes(window.axes, scatter, SINGLE_SCATTER) : undefined,
  };
}

function onThreeAxes<Layout>(
  axes: readonly WindowAxis[],
  make: (axis: WindowAxis) => Layout,
  single: Layout,
): readonly [Layout, Layout, Layout] {
  const [planes, rows, columns] = [axes[axes.length - 3], axes[axes.length - 2], axes[axes.length - 1]];
  const made = (axis: WindowAxis | undefined) => (axis === undefined ? single : make(axis));
  return [made(planes), made(rows), made(columns)];
}

/** The cells that an output cell reads, in the order of the laid-out input. */
export function windowAt({ axes: [planes, rows, columns] }: Geometry, [plane, row, column]: Place): WindowCell[] {
  const cells: WindowCell[] = [];
  for (const p of planes.windows[plane] ?? []) {
    for (const r of rows.windows[row] ?? []) {
      for (const c of columns.windows[column] ?? []) {
        const position: Place = [p.position, r.position, c.position];
        const source = sourceAt([planes, rows, columns], position);
        cells.push({ kernel: [p.kernel, r.kernel, c.kernel], position, source, kind: kindAt([planes, rows, columns], position) });
      }
    }
  }
  return cells;
}

/** A zero on one axis makes the cell a zero. */
function sourceAt(axes: Geometry['axes'], position: Place): Place | undefined {
  const [plane = -1, row = -1, column = -1] = position.map((at, axis) => axes[axis]?.sources[at] ?? -1);
  return plane < 0 || row < 0 || column < 0 ? undefined : [plane, row, column];
}

/** Outside of the input on any axis is outside; between its cells on any axis is between. */
export function kindAt(axes: Geometry['axes'], position: Place): CellKind {
  const kinds = position.map((at, axis) => axes[axis]?.kinds[at] ?? 'beyond');
  return (['beyond', 'padding', 'stuffed'] as const).find((kind) => kinds.includes(kind)) ?? 'input';
}

/** All output cells that an input cell reaches, each with the cell of the kernel on the way. */
export function reachedFrom({ axes }: Geometry, input: Place): Connection[] {
  const perAxis = axes.map((axis, at) =>
    axis.windows.flatMap((taps, output) =>
      taps.flatMap(({ kernel, position }) => (axis.sources[position] === input[at] ? [{ kernel, output }] : [])),
    ),
  );
  const [planes = [], rows = [], columns = []] = perAxis;
  return planes.flatMap((p) =>
    rows.flatMap((r) =>
      columns.map((c): Connection => ({ input, kernel: [p.kernel, r.kernel, c.kernel], output: [p.output, r.output, c.output] })),
    ),
  );
}

export function outputSize({ axes }: Geometry): Place {
  return [axes[0].outputs, axes[1].outputs, axes[2].outputs];
}

export function inputSize({ axes }: Geometry): Place {
  return [axes[0].inputs, axes[1].inputs, axes[2].inputs];
}

export function kernelSize({ axes }: Geometry): Place {
  return [axes[0].kernel, axes[1].kernel, axes[2].kernel];
}

export function laidOutSize({ axes }: Geometry): Place {
  return [axes[0].kinds.length, axes[1].kinds.length, axes[2].kinds.length];
}

export function placeText(place: Place, axes: number): string {
  return `[${place.slice(3 - axes).join(', ')}]`;
}
