// A transposed convolution as its input cells write it: each stamps the kernel onto the output, a step for each input cell.
import { range } from './axis.ts';
import { inputSize, type Geometry } from './geometry.ts';
import { inputGrid, kernelGrids, outputGrid, weightNote, type LayerShown } from './layer-grids.ts';
import type { LayerNumbers } from './layer-numbers.ts';
import { planeTapOf } from './plane-tap.ts';
import { stepsThrough, type Scene } from './scene.ts';
import { stampsOf, type Stamps } from './stamps.ts';
import { at } from './tensor.ts';

export function scatterScene(shown: LayerShown, [, rows, columns]: NonNullable<Geometry['scatter']>): Scene {
  const { geometry, numbers, view } = shown;
  const [, height, width] = inputSize(geometry);
  // Without an input plane none stamps onto this plane of the output.
  const { kernel: kernelPlane, source: inputPlane } = planeTapOf(geometry, view);
  const sums = numbers === undefined ? undefined : lastStamps(geometry, numbers, view.outputChannel, view.plane)?.after(view.step + 1);
  const bias = numbers?.bias === undefined ? 0 : at(numbers.bias, view.outputChannel - numbers.firstOutput);
  const isCut = (row: number, column: number) =>
    row < rows.cut || row >= rows.cut + rows.outputs || column < columns.cut || column >= columns.cut + columns.outputs;
  const input = inputGrid(shown, {
    rows: height,
    columns: width,
    placeOf: (row, column) => [inputPlane ?? 0, row, column],
    style: (row, column) => (view.isPlaying && row * width + column > view.step ? 'faint' : 'value'),
  });
  const output = outputGrid(shown, {
    rows: rows.length,
    columns: columns.length,
    placeOf: (row, column) => (isCut(row, column) ? undefined : [view.plane, row - rows.cut, column - columns.cut]),
    style: (row, column) => (isCut(row, column) ? 'cut' : 'value'),
    value: (row, column) => (sums === undefined ? NaN : (sums[row * columns.length + column] ?? NaN) + bias),
    absent: () => 'cut off by the padding',
  });
  const note = (row: number, column: number) => weightNote(shown, [kernelPlane, row, column]);
  return {
    grids: [input, ...kernelGrids(shown, false), output],
    ...stepsThrough('input', height, width),
    changing: view.isPlaying ? ['input', 'output'] : ['output'],
    marksOf: ({ role, row, column }) => {
      if (role === 'kernel') return { input: [], kernel: [{ row, column }], output: [] };
      if (role === 'input') {
        const stamped = (inputPlane === undefined ? [] : (rows.stamps[row] ?? [])).flatMap((r) =>
          (columns.stamps[column] ?? []).map((c) => ({ row: r.position, column: c.position, ...note(r.kernel, c.kernel) })),
        );
        return { input: [{ row, column }], kernel: [], output: stamped };
      }
      const from = inputPlane === undefined ? [] : stampersOf(rows.stamps, height, row);
      const across = stampersOf(columns.stamps, width, column);
      return {
        input: from.flatMap((r) => across.map((c) => ({ row: r.cell, column: c.cell, ...note(r.kernel, c.kernel) }))),
        kernel: [],
        output: [{ row, column }],
      };
    },
  };
}

/** On one axis: which input cells stamp onto a position, and with which cell of the kernel. */
function stampersOf(
  stamps: NonNullable<Geometry['scatter']>[1]['stamps'],
  cells: number,
  wanted: number,
): { readonly cell: number; readonly kernel: number }[] {
  return range(cells).flatMap((cell) =>
    (stamps[cell] ?? []).filter(({ position }) => position === wanted).map(({ kernel }) => ({ cell, kernel })),
  );
}

let last: { readonly key: readonly unknown[]; readonly stamps: Stamps | undefined } | undefined;

/** The stamps are the same for all steps: they are worked out once. */
function lastStamps(geometry: Geometry, numbers: LayerNumbers, channel: number, plane: number): Stamps | undefined {
  const key = [geometry, numbers, channel, plane];
  if (last?.key.every((part, index) => part === key[index]) !== true) last = { key, stamps: stampsOf(geometry, numbers, channel, plane) };
  return last.stamps;
}
