// A transposed convolution as stamps: what each input cell adds to the result, over all channels, and the result on the way.
import type { Geometry, Place } from './geometry.ts';
import { inputAt, type LayerNumbers } from './layer-numbers.ts';
import { channelsRead, isHere, weightAt } from './terms.ts';

/** What the input cells add to one plane of one output channel. */
export interface Stamps {
  readonly rows: number;
  readonly columns: number;
  /** After the first `count` input cells, row by row; the part that is cut off is in it. */
  readonly after: (count: number) => Float64Array;
}

/** Undefined for what is no transposed convolution. */
export function stampsOf(geometry: Geometry, numbers: LayerNumbers, output: number, plane: number): Stamps | undefined {
  const { scatter } = geometry;
  if (scatter === undefined || numbers.weight === undefined) return undefined;
  const [planes, rows, columns] = scatter;
  const [height, width] = [rows.stamps.length, columns.stamps.length];
  const [from, to] = channelsRead(geometry, numbers, output);
  const channels = Array.from({ length: to - from }, (_, at) => from + at).filter((channel) => isHere(geometry, numbers, output, channel));
  const onPlane = planes.stamps.flatMap((taps, p) => {
    const tap = taps.find(({ position }) => position - planes.cut === plane);
    return tap === undefined ? [] : [{ p, kernel: tap.kernel }];
  });
  const weights = onPlane.map(({ kernel }) =>
    channels.map((channel) => weightsOf((r, c) => weightAt(geometry, numbers, output, channel, [kernel, r, c]), geometry)),
  );
  const kernelSize = weights[0]?.[0]?.length ?? 0;
  const kernelColumns = geometry.axes[2].kernel;

  /** The stamp of a cell, over all channels, the cells of the kernel row by row. */
  function stampOf(row: number, column: number): Float64Array {
    const stamp = new Float64Array(kernelSize);
    onPlane.forEach(({ p }, at) => {
      channels.forEach((channel, index) => {
        const value = inputAt(numbers, channel, p, row, column);
        const kernel = weights[at]?.[index];
        if (kernel !== undefined)
          for (let cell = 0; cell < kernelSize; cell++) stamp[cell] = (stamp[cell] ?? 0) + value * (kernel[cell] ?? 0);
      });
    });
    return stamp;
  }

  const stamps: Float64Array[] = [];
  return {
    rows: rows.length,
    columns: columns.length,
    after(count) {
      const result = new Float64Array(rows.length * columns.length);
      for (let cell = 0; cell < Math.min(count, height * width); cell++) {
        const [row, column] = [Math.floor(cell / width), cell % width];
        const stamp = (stamps[cell] ??= stampOf(row, column));
        for (const rowTap of rows.stamps[row] ?? []) {
          for (const columnTap of columns.stamps[column] ?? []) {
            const index = rowTap.position * columns.length + columnTap.position;
            result[index] = (result[index] ?? 0) + (stamp[rowTap.kernel * kernelColumns + columnTap.kernel] ?? 0);
          }
        }
      }
      return result;
    },
  };
}

function weightsOf(weight: (row: number, column: number) => number, { axes: [, rows, columns] }: Geometry): Float64Array {
  return Float64Array.from({ length: rows.kernel * columns.kernel }, (_, at) =>
    weight(Math.floor(at / columns.kernel), at % columns.kernel),
  );
}

/** One input cell on its way to an output cell, in one channel. */
export interface StampTerm {
  readonly input: Place;
  readonly kernel: Place;
  readonly value: number;
  readonly weight: number;
}

/** Which cells of an input channel stamp onto an output cell, in the order of the input. */
export function stampsOnto(
  geometry: Geometry,
  numbers: LayerNumbers,
  channels: { readonly input: number; readonly output: number },
  place: Place,
): StampTerm[] {
  const { scatter } = geometry;
  if (scatter === undefined) return [];
  const [planes = [], rows = [], columns = []] = scatter.map(({ stamps, cut }, axis) =>
    stamps.flatMap((taps, cell) => taps.filter(({ position }) => position - cut === place[axis]).map(({ kernel }) => ({ cell, kernel }))),
  );
  return planes.flatMap((p) =>
    rows.flatMap((r) =>
      columns.map((c): StampTerm => {
        const [input, kernel]: readonly [Place, Place] = [
          [p.cell, r.cell, c.cell],
          [p.kernel, r.kernel, c.kernel],
        ];
        return {
          input,
          kernel,
          value: inputAt(numbers, channels.input, ...input),
          weight: weightAt(geometry, numbers, channels.output, channels.input, kernel),
        };
      }),
    ),
  );
}
