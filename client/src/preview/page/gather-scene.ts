// A layer as its output cells read it: the window over the laid-out input, a step for each output cell.
import { kindAt, laidOutSize, outputSize, reachedFrom, windowAt, type Place } from './geometry.ts';
import { inputGrid, kernelGrids, outputGrid, weightNote, type LayerShown } from './layer-grids.ts';
import { planeTapOf } from './plane-tap.ts';
import { stepsThrough, type Scene } from './scene.ts';

const ABSENT = { input: '', padding: 'padding', stuffed: 'zero between the cells', beyond: 'beyond the padding' } as const;

export function gatherScene(shown: LayerShown): Scene {
  const { geometry, numbers, view } = shown;
  const { axes, window } = geometry;
  const [, rows, columns] = outputSize(geometry);
  const [, height, width] = laidOutSize(geometry);
  const { position: planePosition } = planeTapOf(geometry, view);
  const sourceOf = (row: number, column: number): Place | undefined => {
    const p = axes[0].sources[planePosition] ?? -1;
    const r = axes[1].sources[row] ?? -1;
    const c = axes[2].sources[column] ?? -1;
    return p < 0 || r < 0 || c < 0 ? undefined : [p, r, c];
  };
  const kindOf = (row: number, column: number) => kindAt(axes, [planePosition, row, column]);
  const empty = numbers === undefined ? NaN : window.pool?.kind === 'max' ? -Infinity : 0;
  const isToCome = (row: number, column: number) => view.isPlaying && row * columns + column > view.step;
  const input = inputGrid(shown, {
    rows: height,
    columns: width,
    placeOf: sourceOf,
    style: (row, column) => {
      const kind = kindOf(row, column);
      return kind === 'input' ? 'value' : kind;
    },
    value: (row, column) => (sourceOf(row, column) === undefined ? empty : undefined),
    absent: (row, column) => ABSENT[kindOf(row, column)],
  });
  const output = outputGrid(shown, {
    rows,
    columns,
    placeOf: (row, column) => [view.plane, row, column],
    style: (row, column) => (isToCome(row, column) ? 'faint' : 'value'),
    value: (row, column) => (isToCome(row, column) ? NaN : undefined),
  });
  return {
    grids: [input, ...kernelGrids(shown, window.kind === 'transposed'), output],
    ...stepsThrough('output', rows, columns),
    changing: view.isPlaying ? ['output'] : [],
    marksOf: ({ role, row, column }) => {
      if (role === 'kernel') return { input: [], kernel: [{ row, column }], output: [] };
      if (role === 'output') {
        const cells = windowAt(geometry, [view.plane, row, column]).filter(({ position }) => position[0] === planePosition);
        return {
          input: cells.map(({ position: [, r, c], kernel }) => ({ row: r, column: c, ...weightNote(shown, kernel) })),
          kernel: [],
          output: [{ row, column }],
        };
      }
      const source = sourceOf(row, column);
      const reached = source === undefined ? [] : reachedFrom(geometry, source).filter(({ output: [plane] }) => plane === view.plane);
      return {
        input: [{ row, column }],
        kernel: [],
        output: reached.map(({ output: [, r, c], kernel }) => ({ row: r, column: c, ...weightNote(shown, kernel) })),
      };
    },
  };
}
