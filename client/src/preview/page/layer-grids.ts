// The grids of a layer with a window: its input, kernel and output, however it is looked at.
import { kernelSize, placeText, type Geometry, type Place } from './geometry.ts';
import type { CellStyle } from './grid-content.ts';
import { inputAt, outputAt, type LayerNumbers } from './layer-numbers.ts';
import { longNumber } from './numbers.ts';
import { planeTapOf } from './plane-tap.ts';
import type { SceneGrid, View } from './scene.ts';
import { largestAt } from './tensor.ts';
import { weightAt } from './terms.ts';

/** The layer that is shown. `numbers` is absent until it has been run: its cells are then empty. */
export interface LayerShown {
  readonly geometry: Geometry;
  readonly numbers: LayerNumbers | undefined;
  readonly view: View;
}

/** How a grid is laid out. */
export interface GridPlan {
  readonly rows: number;
  readonly columns: number;
  /** The place of the tensor that a cell shows; undefined where it shows none. */
  readonly placeOf: (row: number, column: number) => Place | undefined;
  readonly style?: (row: number, column: number) => CellStyle;
  /** In place of the number of the tensor, or where there is none. */
  readonly value?: (row: number, column: number) => number | undefined;
  /** What a cell without a place is called. */
  readonly absent?: (row: number, column: number) => string;
}

export function inputGrid(shown: LayerShown, plan: GridPlan): SceneGrid {
  const { numbers, view } = shown;
  return tensorGrid('input', 'x', shown, plan, {
    scale: numbers === undefined ? 1 : largestAt(numbers.input, view.inputChannel - numbers.firstInput),
    valueAt: (place) => (numbers === undefined ? NaN : inputAt(numbers, view.inputChannel, ...place)),
  });
}

export function outputGrid(shown: LayerShown, plan: GridPlan): SceneGrid {
  const { numbers, view } = shown;
  return tensorGrid('output', 'y', shown, plan, {
    scale: numbers === undefined ? 1 : largestAt(numbers.output, view.outputChannel - numbers.firstOutput),
    valueAt: (place) => (numbers === undefined ? NaN : outputAt(numbers, view.outputChannel, ...place)),
  });
}

/** The kernel of the two channels, where there is one; turned around where it is that of the equivalent direct convolution. */
export function kernelGrids(shown: LayerShown, isTurned: boolean): SceneGrid[] {
  const { geometry, numbers, view } = shown;
  if (geometry.window.pool !== null) return [];
  const [, rows, columns] = kernelSize(geometry);
  const { kernel: plane } = planeTapOf(geometry, shown.view);
  const weight = numbers?.weight;
  const plan: GridPlan = {
    rows,
    columns,
    placeOf: (row, column) => (isTurned ? [plane, rows - 1 - row, columns - 1 - column] : [plane, row, column]),
  };
  return [
    tensorGrid('kernel', 'w', shown, plan, {
      scale: weight === undefined ? 1 : largestAt(weight.tensor, view.outputChannel - weight.firstOutput),
      valueAt: (place) => (numbers === undefined ? NaN : weightAt(geometry, numbers, view.outputChannel, view.inputChannel, place)),
    }),
  ];
}

function tensorGrid(
  role: SceneGrid['role'],
  name: string,
  { geometry }: LayerShown,
  { rows, columns, placeOf, style = () => 'value', value = () => undefined, absent = () => name }: GridPlan,
  { scale, valueAt }: { readonly scale: number; readonly valueAt: (place: Place) => number },
): SceneGrid {
  return {
    role,
    content: {
      rows,
      columns,
      scale,
      style,
      value: (row, column) => {
        const given = value(row, column);
        if (given !== undefined) return given;
        const place = placeOf(row, column);
        return place === undefined ? NaN : valueAt(place);
      },
    },
    label: (row, column) => {
      const place = placeOf(row, column);
      return place === undefined ? absent(row, column) : name + placeText(place, geometry.window.axes.length);
    },
    placeOf,
  };
}

/** The weight that lies on a cell, for its corner. */
export function weightNote({ geometry, numbers, view }: LayerShown, kernel: Place): { readonly note?: string } {
  if (numbers === undefined || geometry.window.pool !== null) return {};
  const weight = weightAt(geometry, numbers, view.outputChannel, view.inputChannel, kernel);
  return Number.isNaN(weight) ? {} : { note: longNumber(Number(weight.toPrecision(2))) };
}
