// How the first item of a tensor is laid out as maps: channels with planes, rows and columns, and which places of the tensor these are.
import type { Tensor } from './tensor.ts';

export interface ItemMap {
  /** Of the whole tensor. */
  readonly shape: readonly number[];
  readonly planes: number;
  readonly rows: number;
  readonly columns: number;
}

export interface MapCell {
  readonly channel: number;
  readonly plane: number;
  readonly row: number;
  readonly column: number;
}

/** `maps` are some channels of it, `[channels, planes, rows, columns]`. */
export function itemMapOf(shape: readonly number[], { shape: [, planes = 1, rows = 1, columns = 1] }: Tensor): ItemMap {
  return { shape, planes, rows, columns };
}

/** The axes that are no batch: those of an image with its channels, the last two of features, or the only one of a vector. */
export function shownAxes({ shape }: ItemMap): number {
  if (isImage(shape.length)) return shape.length - 1;
  return shape.length > 2 ? 2 : Math.min(shape.length, 1);
}

/** The axis of the channels; undefined where there are none. */
export function channelAxis(map: ItemMap): number | undefined {
  return isImage(map.shape.length) ? map.shape.length - shownAxes(map) : undefined;
}

/** The axis of the planes; undefined where there is one plane. */
export function planeAxis(map: ItemMap): number | undefined {
  return map.shape.length === 5 ? 2 : undefined;
}

function isImage(rank: number): boolean {
  return rank === 4 || rank === 5;
}

/** Maps are cut out of the numbers as they lie, so that both are counted alike. */
export function indexOfCell({ planes, rows, columns }: ItemMap, { channel, plane, row, column }: MapCell): number {
  return ((channel * planes + plane) * rows + row) * columns + column;
}

export function cellOfIndex({ planes, rows, columns }: ItemMap, index: number): MapCell {
  const line = Math.floor(index / columns);
  const map = Math.floor(line / rows);
  return { channel: Math.floor(map / planes), plane: map % planes, row: line % rows, column: index % columns };
}

/** The place of a cell on each axis of the tensor. */
export function placeOfIndex({ shape }: ItemMap, index: number): readonly number[] {
  const place: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    place.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return place;
}

export function indexOfPlace({ shape }: ItemMap, place: readonly number[]): number {
  return shape.reduce((index, size, axis) => index * size + (place[axis] ?? 0), 0);
}

/** How many cells the item has; a long vector leaves some of its last row empty. */
export function itemLength(map: ItemMap): number {
  return map.shape.slice(map.shape.length - shownAxes(map)).reduce((product, size) => product * size, 1);
}

/** As it stands behind the name of the tensor, in its channel: `[2, 3]`. */
export function cellText(map: ItemMap, cell: MapCell): string {
  const place = placeOfIndex(map, indexOfCell(map, cell));
  const first = map.shape.length - shownAxes(map) + (channelAxis(map) === undefined ? 0 : 1);
  return `[${place.slice(first).join(', ')}]`;
}
