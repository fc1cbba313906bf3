// The stage of an operator without a window: what goes in and what comes out, and which cells belong together where that is known.
import type { LayerDescription, LayerValues, MapTensor } from '../../../../server/src/protocol/preview.ts';
import { cellText, channelAxis, indexOfCell, itemLength, itemMapOf, shownAxes, type ItemMap, type MapCell } from './item-map.ts';
import { sizeText } from './numbers.ts';
import { plainLinks, type Linked, type PlainLinks } from './plain-links.ts';
import { stepsThrough, type Focus, type Role, type Scene, type SceneGrid, type View } from './scene.ts';
import { at, decodeTensor, largestAt, type Tensor } from './tensor.ts';

/** Channels of a tensor from `first` on, of `channels` that there are. */
export interface SentChannels {
  readonly tensor: Tensor;
  readonly first: number;
  readonly channels: number;
}

export interface PlainTensor extends SentChannels {
  readonly map: ItemMap;
}

/** The tensors of an operator without a window. */
export interface PlainNumbers {
  readonly inputIndex: number;
  readonly inputShapes: readonly (readonly number[])[];
  readonly input: PlainTensor | undefined;
  readonly output: PlainTensor;
  /** Undefined where it is not known which cells belong together. */
  readonly links: PlainLinks | undefined;
}

export function plainNumbersOf(
  { inputIndex, input: given, output: result, links }: LayerValues,
  { inputs, outputs }: Pick<LayerDescription, 'inputs' | 'outputs'>,
): PlainNumbers {
  const decoded = ({ maps, first, channels }: MapTensor, shape: readonly number[] | null | undefined): PlainTensor => {
    const tensor = decodeTensor(maps);
    return { tensor, first, channels, map: itemMapOf(shape ?? tensor.shape, tensor) };
  };
  const inputShapes = inputs.map(({ sizes }) => sizes ?? []);
  const input = given === null ? undefined : decoded(given, inputs[inputIndex]?.sizes);
  const output = decoded(result, outputs[0]?.sizes);
  const inputLengths = inputShapes.map((shape) => shape.reduce((product, size) => product * size, 1));
  const maps = input && { input: input.map, output: output.map, firstOutput: output.first, inputIndex, inputLengths };
  return { inputIndex, inputShapes, input, output, links: links === null || maps === undefined ? undefined : plainLinks(links, maps) };
}

/** The cell of a tensor that a grid shows in its channel. */
export function mapCellOf({ role, row, column }: Focus, { inputChannel, outputChannel, plane }: View): MapCell {
  return { channel: role === 'input' ? inputChannel : outputChannel, plane, row, column };
}

/** What belongs to a cell: the inputs of an output cell, or the outputs of an input cell. */
export function linkedTo(links: PlainLinks, focus: Focus, view: View): Linked {
  const cell = mapCellOf(focus, view);
  return focus.role === 'input' ? links.outputsOf(cell) : links.inputsOf(cell);
}

export function plainScene({ input, output, links }: PlainNumbers, view: View): Scene {
  const grid = (role: Role, { tensor, first, map }: PlainTensor): SceneGrid => {
    const { rows, columns } = map;
    const cellAt = (row: number, column: number) => mapCellOf({ role, row, column }, view);
    const value = (row: number, column: number) => {
      const { channel, plane } = cellAt(row, column);
      return at(tensor, channel - first, plane, row, column);
    };
    // A long vector leaves some of its last row empty.
    const isThere = (row: number, column: number) =>
      channelAxis(map) !== undefined || indexOfCell(map, cellAt(row, column)) < itemLength(map);
    return {
      role,
      content: {
        rows,
        columns,
        scale: largestAt(tensor, (role === 'input' ? view.inputChannel : view.outputChannel) - first),
        style: (row, column) => (isThere(row, column) ? 'value' : 'none'),
        value,
      },
      label: (row, column) => `${role === 'input' ? 'x' : 'y'}${cellText(map, cellAt(row, column))}`,
      placeOf: () => undefined,
    };
  };
  const below = grid('output', output);
  const above = input === undefined ? undefined : grid('input', input);
  const { rows, columns } = below.content;
  const steps = channelAxis(output.map) === undefined ? Math.min(rows * columns, itemLength(output.map)) : rows * columns;
  return {
    grids: [...(above === undefined ? [] : [above]), below],
    ...stepsThrough('output', rows, columns),
    steps,
    changing: [],
    marksOf: (focus) => {
      const { role, row, column } = focus;
      const others =
        links === undefined || role === 'kernel'
          ? []
          : linkedTo(links, focus, view).cellsOn(role === 'input' ? view.outputChannel : view.inputChannel, view.plane);
      const own = [{ row, column }];
      return { input: role === 'input' ? own : others, kernel: [], output: role === 'output' ? own : others };
    },
  };
}

/** What stands above the grids. */
export function plainTitles({ input, output }: PlainNumbers): Readonly<Record<Role, string>> {
  const title = (name: string, { map }: PlainTensor) => {
    const sizes = map.shape.slice(map.shape.length - Math.min(shownAxes(map), map.shape.length > 4 ? 3 : 2));
    return `${name} ${sizeText(sizes)}${sizes.length === 1 && map.rows > 1 ? `, in rows of ${map.columns}` : ''}`;
  };
  return { input: input === undefined ? '' : title('input', input), kernel: '', output: title('output', output) };
}
