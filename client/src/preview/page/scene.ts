// What the stage shows of a layer: its grids, and which cells belong together for what is looked at.
import { range } from './axis.ts';
import { inputSize, kernelSize, kindAt, laidOutSize, outputSize, reachedFrom, windowAt, type Geometry, type Place } from './geometry.ts';
import type { CellStyle, GridContent } from './grid.ts';
import { longNumber } from './numbers.ts';
import { at, largest } from './tensor.ts';
import { scattered, weightAt, type LayerNumbers } from './terms.ts';

export type Role = 'input' | 'kernel' | 'output';

/** What the user has chosen to see of a layer. */
export interface View {
  readonly inputChannel: number;
  readonly outputChannel: number;
  /** The plane of the output, and the plane of the kernel, of a layer with three axes. */
  readonly plane: number;
  readonly kernelPlane: number;
  /** A transposed convolution as stamps of its input cells, or as the direct convolution that is its equal. */
  readonly mode: 'gather' | 'scatter';
  readonly step: number;
  /** While it plays, only what has been reached is filled in. */
  readonly isPlaying: boolean;
}

export interface SceneGrid {
  readonly role: Role;
  readonly content: GridContent;
  /** What a place is called, without padding: `[1, 2]`, or what stands there. */
  readonly label: (row: number, column: number) => string;
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

export interface Scene {
  readonly grids: readonly SceneGrid[];
  readonly steps: number;
  /** The cell of a step: an output cell, or for a scatter an input cell. */
  readonly focusOf: (step: number) => Focus;
  readonly stepOf: (focus: Focus) => number | undefined;
  readonly marksOf: (focus: Focus) => Readonly<Record<Role, readonly Mark[]>>;
  /** The place of a cell of the input or the output, without padding; undefined for padding. */
  readonly placeOf: (focus: Focus) => Place | undefined;
}

/** `numbers` is absent until the layer has been run: its cells are then empty. */
export function sceneOf(geometry: Geometry, numbers: LayerNumbers | undefined, view: View): Scene {
  return view.mode === 'scatter' && geometry.scatter !== undefined
    ? scatterScene(geometry, numbers, view)
    : gatherScene(geometry, numbers, view);
}

function gatherScene(geometry: Geometry, numbers: LayerNumbers | undefined, view: View): Scene {
  const { axes, window } = geometry;
  const [, rows, columns] = outputSize(geometry);
  const kernelPlane = Math.min(view.kernelPlane, kernelSize(geometry)[0] - 1);
  const tap = axes[0].windows[view.plane]?.find(({ kernel }) => kernel === kernelPlane) ?? axes[0].windows[view.plane]?.[0];
  const planePosition = tap?.position ?? 0;
  const [, height, width] = laidOutSize(geometry);
  const sourceOf = (row: number, column: number): Place | undefined => {
    const [p = -1, r = -1, c = -1] = [axes[0].sources[planePosition], axes[1].sources[row], axes[2].sources[column]];
    return p < 0 || r < 0 || c < 0 ? undefined : [p, r, c];
  };
  const empty = window.pool?.kind === 'max' ? -Infinity : 0;
  const input: SceneGrid = {
    role: 'input',
    content: {
      rows: height,
      columns: width,
      scale: inputScale(numbers, view),
      style: (row, column) => styleOf(kindAt(axes, [planePosition, row, column])),
      value: (row, column) => {
        const source = sourceOf(row, column);
        if (source !== undefined) return inputAt(numbers, view, source);
        return numbers === undefined ? NaN : empty;
      },
    },
    label: (row, column) => {
      const kind = kindAt(axes, [planePosition, row, column]);
      if (kind === 'padding') return 'padding';
      if (kind === 'stuffed') return 'zero between the cells';
      return kind === 'beyond' ? 'beyond the padding' : placeLabel('x', sourceOf(row, column), window.axes.length);
    },
  };
  const output: SceneGrid = {
    role: 'output',
    content: {
      rows,
      columns,
      scale: outputScale(numbers, view),
      style: (row, column) => (view.isPlaying && row * columns + column > view.step ? 'faint' : 'value'),
      value: (row, column) =>
        view.isPlaying && row * columns + column > view.step ? NaN : outputAt(numbers, view, [view.plane, row, column]),
    },
    label: (row, column) => placeLabel('y', [view.plane, row, column], window.axes.length),
  };
  const note = (kernel: Place) => weightNote(geometry, numbers, view, kernel);
  const onKernelPlane = (row: number, column: number) =>
    windowAt(geometry, [view.plane, row, column]).filter(({ position }) => position[0] === planePosition);
  return {
    grids: [input, ...kernelGrid(geometry, numbers, view, kernelPlane, window.kind === 'transposed'), output],
    steps: rows * columns,
    focusOf: (step) => ({ role: 'output', row: Math.floor(step / columns), column: step % columns }),
    stepOf: ({ role, row, column }) => (role === 'output' ? row * columns + column : undefined),
    placeOf: ({ role, row, column }) =>
      role === 'input' ? sourceOf(row, column) : role === 'output' ? [view.plane, row, column] : undefined,
    marksOf: ({ role, row, column }) => {
      if (role === 'output') {
        const cells = onKernelPlane(row, column);
        return {
          input: cells.map(({ position, kernel }) => ({ row: position[1], column: position[2], ...note(kernel) })),
          kernel: [],
          output: [{ row, column }],
        };
      }
      if (role === 'kernel') return { input: [], kernel: [{ row, column }], output: [] };
      const source = sourceOf(row, column);
      const reached = source === undefined ? [] : reachedFrom(geometry, source).filter(({ output: [plane] }) => plane === view.plane);
      return {
        input: [{ row, column }],
        kernel: [],
        output: reached.map(({ output: [, r, c], kernel }) => ({ row: r, column: c, ...note(kernel) })),
      };
    },
  };
}

function scatterScene(geometry: Geometry, numbers: LayerNumbers | undefined, view: View): Scene {
  const [planes, rows, columns] = geometry.scatter ?? [];
  const [, height, width] = inputSize(geometry);
  if (planes === undefined || rows === undefined || columns === undefined)
    return gatherScene(geometry, numbers, { ...view, mode: 'gather' });
  const kernelPlane = Math.min(view.kernelPlane, kernelSize(geometry)[0] - 1);
  const inputPlane = Math.max(
    planes.stamps.findIndex((taps) => taps.some(({ kernel, position }) => kernel === kernelPlane && position - planes.cut === view.plane)),
    0,
  );
  const count = view.step + 1;
  const sums = numbers === undefined ? undefined : scattered(geometry, numbers, view.outputChannel, view.plane, count);
  const bias = numbers?.bias === undefined ? 0 : at(numbers.bias, view.outputChannel - numbers.firstOutput);
  const isCut = (row: number, column: number) =>
    row < rows.cut || row >= rows.cut + rows.outputs || column < columns.cut || column >= columns.cut + columns.outputs;
  const input: SceneGrid = {
    role: 'input',
    content: {
      rows: height,
      columns: width,
      scale: inputScale(numbers, view),
      style: (row, column) => (row * width + column > view.step ? (view.isPlaying ? 'faint' : 'value') : 'value'),
      value: (row, column) => inputAt(numbers, view, [inputPlane, row, column]),
    },
    label: (row, column) => placeLabel('x', [inputPlane, row, column], geometry.window.axes.length),
  };
  const output: SceneGrid = {
    role: 'output',
    content: {
      rows: rows.length,
      columns: columns.length,
      scale: outputScale(numbers, view),
      style: (row, column) => (isCut(row, column) ? 'cut' : 'value'),
      value: (row, column) => (sums === undefined ? NaN : (sums[row * columns.length + column] ?? NaN) + bias),
    },
    label: (row, column) =>
      isCut(row, column)
        ? 'cut off by the padding'
        : placeLabel('y', [view.plane, row - rows.cut, column - columns.cut], geometry.window.axes.length),
  };
  const note = (kernel: Place) => weightNote(geometry, numbers, view, kernel);
  return {
    grids: [input, ...kernelGrid(geometry, numbers, view, kernelPlane, false), output],
    steps: height * width,
    focusOf: (step) => ({ role: 'input', row: Math.floor(step / width), column: step % width }),
    stepOf: ({ role, row, column }) => (role === 'input' ? row * width + column : undefined),
    placeOf: ({ role, row, column }) =>
      role === 'input'
        ? [inputPlane, row, column]
        : role === 'output' && !isCut(row, column)
          ? [view.plane, row - rows.cut, column - columns.cut]
          : undefined,
    marksOf: ({ role, row, column }) => {
      if (role === 'kernel') return { input: [], kernel: [{ row, column }], output: [] };
      if (role === 'input') {
        const stamped = (rows.stamps[row] ?? []).flatMap((r) =>
          (columns.stamps[column] ?? []).map((c) => ({ row: r.position, column: c.position, ...note([kernelPlane, r.kernel, c.kernel]) })),
        );
        return { input: [{ row, column }], kernel: [], output: stamped };
      }
      const from = range(height).flatMap((r) =>
        (rows.stamps[r] ?? []).filter(({ position }) => position === row).map(({ kernel }) => ({ r, kernel })),
      );
      const across = range(width).flatMap((c) =>
        (columns.stamps[c] ?? []).filter(({ position }) => position === column).map(({ kernel }) => ({ c, kernel })),
      );
      return {
        input: from.flatMap(({ r, kernel }) =>
          across.map(({ c, kernel: k }) => ({ row: r, column: c, ...note([kernelPlane, kernel, k]) })),
        ),
        kernel: [],
        output: [{ row, column }],
      };
    },
  };
}

/** The kernel of the two channels; turned around where it is the kernel of the equivalent direct convolution. */
function kernelGrid(geometry: Geometry, numbers: LayerNumbers | undefined, view: View, plane: number, isTurned: boolean): SceneGrid[] {
  if (geometry.window.pool !== null) return [];
  const [, rows, columns] = kernelSize(geometry);
  const place = (row: number, column: number): Place => (isTurned ? [plane, rows - 1 - row, columns - 1 - column] : [plane, row, column]);
  return [
    {
      role: 'kernel',
      content: {
        rows,
        columns,
        scale: numbers?.weight === undefined ? 1 : largest(numbers.weight.data),
        style: () => 'value',
        value: (row, column) =>
          numbers === undefined ? NaN : weightAt(geometry, numbers, view.outputChannel, view.inputChannel, place(row, column)),
      },
      label: (row, column) => placeLabel('w', place(row, column), geometry.window.axes.length),
    },
  ];
}

function weightNote(geometry: Geometry, numbers: LayerNumbers | undefined, view: View, kernel: Place): { note?: string } {
  if (numbers === undefined || geometry.window.pool !== null) return {};
  const weight = weightAt(geometry, numbers, view.outputChannel, view.inputChannel, kernel);
  return Number.isNaN(weight) ? {} : { note: longNumber(Number(weight.toPrecision(2))) };
}

function styleOf(kind: ReturnType<typeof kindAt>): CellStyle {
  return kind === 'input' ? 'value' : kind;
}

function inputAt(numbers: LayerNumbers | undefined, { inputChannel }: View, place: Place): number {
  return numbers === undefined ? NaN : at(numbers.input, inputChannel - numbers.firstInput, ...place);
}

function outputAt(numbers: LayerNumbers | undefined, { outputChannel }: View, place: Place): number {
  return numbers === undefined ? NaN : at(numbers.output, outputChannel - numbers.firstOutput, ...place);
}

function inputScale(numbers: LayerNumbers | undefined, { inputChannel }: View): number {
  return numbers === undefined ? 1 : channelScale(numbers.input, inputChannel - numbers.firstInput);
}

function outputScale(numbers: LayerNumbers | undefined, { outputChannel }: View): number {
  return numbers === undefined ? 1 : channelScale(numbers.output, outputChannel - numbers.firstOutput);
}

function channelScale({ shape, data }: LayerNumbers['input'], channel: number): number {
  const size = shape.slice(1).reduce((product, part) => product * part, 1);
  return largest(data, channel * size, (channel + 1) * size);
}

function placeLabel(name: string, place: Place | undefined, axes: number): string {
  return place === undefined ? name : `${name}[${place.slice(3 - axes).join(', ')}]`;
}
