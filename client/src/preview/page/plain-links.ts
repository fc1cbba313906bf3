// Which cells of an operator without a window belong together, across channels.
import type { CellLinks } from '../../../../server/src/protocol/preview.ts';
import { range } from './axis.ts';
import {
  cellOfIndex,
  channelAxis,
  indexOfCell,
  indexOfPlace,
  itemLength,
  placeOfIndex,
  planeAxis,
  shownAxes,
  type ItemMap,
  type MapCell,
} from './item-map.ts';
import { at, decodeTensor, type Tensor } from './tensor.ts';

/** The cells that belong to one. */
export interface Linked {
  readonly count: number;
  /** Those that have some of them, in order. */
  readonly channels: readonly number[];
  /** On one plane of a channel; of very many the first and the last. */
  readonly cellsOn: (channel: number, plane: number) => readonly MapCell[];
  /** For an output cell that is made of another input than the one that is shown: which one, and the number of the cell in it. */
  readonly elsewhere?: { readonly input: number; readonly index: number };
}

export interface PlainLinks {
  readonly isCopy: boolean;
  readonly inputsOf: (cell: MapCell) => Linked;
  readonly outputsOf: (cell: MapCell) => Linked;
}

/** More cells are not marked one by one. */
const MOST_MARKED = 4096;

const NONE: Linked = { count: 0, channels: [], cellsOn: () => [] };

export interface LinkedMaps {
  readonly input: ItemMap;
  readonly output: ItemMap;
  /** The first channel of the output that was sent. */
  readonly firstOutput: number;
  /** Which input is shown, and how many cells each of them has. */
  readonly inputIndex: number;
  readonly inputLengths: readonly number[];
}

export function plainLinks(links: CellLinks, maps: LinkedMaps): PlainLinks {
  return links.kind === 'axes' ? linksByAxes(links.axes, maps) : linksByCopies(decodeTensor(links.sources), maps);
}

function linksByAxes(axes: readonly (number | null)[], { input, output }: LinkedMaps): PlainLinks {
  return {
    isCopy: false,
    inputsOf: (cell) => {
      const place = placeOfIndex(output, indexOfCell(output, cell));
      return product(
        input,
        axes.map((axis) => (axis === null ? undefined : place[axis])),
      );
    },
    outputsOf: (cell) => {
      const place = placeOfIndex(input, indexOfCell(input, cell));
      const fixed = output.shape.map((_, axis) => {
        const own = axes.indexOf(axis);
        return own < 0 ? undefined : place[own];
      });
      return product(output, fixed);
    },
  };
}

/** All cells of an item with these places; undefined where every place counts. */
function product(map: ItemMap, fixed: readonly (number | undefined)[]): Linked {
  const batch = map.shape.length - shownAxes(map);
  const places = map.shape.map((size, axis) => {
    const place = axis < batch ? 0 : fixed[axis];
    return place === undefined ? range(size) : [place];
  });
  const [channelsAt, planesAt] = [channelAxis(map), planeAxis(map)];
  const only = (axis: number | undefined, wanted: number) => {
    if (axis !== undefined) return places[axis]?.includes(wanted) === true ? ([axis, [wanted]] as const) : undefined;
    return wanted === 0 ? ([-1, []] as const) : undefined;
  };
  return {
    count: places.reduce((count, { length }) => count * length, 1),
    channels: channelsAt === undefined ? [0] : (places[channelsAt] ?? []),
    cellsOn(channel, plane) {
      const [inChannel, onPlane] = [only(channelsAt, channel), only(planesAt, plane)];
      if (inChannel === undefined || onPlane === undefined) return [];
      const own = places.map((all, axis) => (axis === inChannel[0] ? inChannel[1] : axis === onPlane[0] ? onPlane[1] : all));
      const count = own.reduce((total, { length }) => total * length, 1);
      const corners = count > MOST_MARKED ? own.map((all) => [...all.slice(0, 1), ...all.slice(-1)]) : own;
      return combinations(corners).map((place) => cellOfIndex(map, indexOfPlace(map, place)));
    },
  };
}

function combinations(places: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return places.reduce<readonly (readonly number[])[]>((found, all) => found.flatMap((place) => all.map((one) => [...place, one])), [[]]);
}

function linksByCopies(sources: Tensor, { input, output, firstOutput, inputIndex, inputLengths }: LinkedMaps): PlainLinks {
  const start = inputLengths.slice(0, inputIndex).reduce((sum, length) => sum + length, 0);
  return {
    isCopy: true,
    inputsOf: ({ channel, plane, row, column }) => {
      const source = at(sources, channel - firstOutput, plane, row, column);
      if (!(source >= 0)) return NONE;
      let [which, index] = [0, source];
      while (which < inputLengths.length - 1 && index >= (inputLengths[which] ?? 0)) index -= inputLengths[which++] ?? 0;
      if (which !== inputIndex) return { ...NONE, elsewhere: { input: which, index } };
      return index < itemLength(input) ? listed([cellOfIndex(input, index)]) : NONE;
    },
    outputsOf: (cell) => {
      const wanted = start + indexOfCell(input, cell);
      const first = indexOfCell(output, { channel: firstOutput, plane: 0, row: 0, column: 0 });
      const found: MapCell[] = [];
      for (let place = sources.data.indexOf(wanted); place >= 0; place = sources.data.indexOf(wanted, place + 1)) {
        found.push(cellOfIndex(output, first + place));
      }
      return listed(found);
    },
  };
}

function listed(cells: readonly MapCell[]): Linked {
  return {
    count: cells.length,
    channels: [...new Set(cells.map(({ channel }) => channel))],
    cellsOn: (channel, plane) => cells.filter((cell) => cell.channel === channel && cell.plane === plane),
  };
}
