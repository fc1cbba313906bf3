// The matrix of the layer: rows and columns that belong to the cells looked at are marked, and pointing at it looks at cells.
import { button, element, replace } from './dom.ts';
import { inputSize, outputSize, type Geometry, type Place } from './geometry.ts';
import type { GridContent } from './grid-content.ts';
import { drawGrid } from './grid.ts';
import type { LayerNumbers } from './layer-numbers.ts';
import { indexOf, matrixOf, matrixSize, placeOf, type LayerMatrix } from './matrix.ts';
import { largest } from './tensor.ts';
import { weightAt } from './terms.ts';
import type { View } from './scene.ts';
import { css, type Theme } from './colours.ts';

export interface MatrixEvents {
  readonly onOutput: (place: Place | undefined) => void;
  readonly onInput: (place: Place | undefined) => void;
}

export interface MatrixView {
  readonly show: (geometry: Geometry, numbers: LayerNumbers, view: View, theme: Theme) => void;
  readonly mark: (output: Place | undefined, input: Place | undefined) => void;
}

export function createMatrixView(host: HTMLElement, events: MatrixEvents): MatrixView {
  const words = element('p', { class: 'muted matrix-words' });
  const canvas = element('canvas', { class: 'matrix', role: 'img' });
  let isTurned = false;
  const turn = button(
    'Transpose',
    () => {
      isTurned = !isTurned;
      turn.setAttribute('aria-pressed', String(isTurned));
      draw();
    },
    { class: 'secondary', 'aria-pressed': 'false' },
  );
  let shown: { readonly geometry: Geometry; readonly matrix: LayerMatrix; readonly theme: Theme } | undefined;
  let marked: { readonly output: Place | undefined; readonly input: Place | undefined } = { output: undefined, input: undefined };
  let cell = 8;
  const picture = document.createElement('canvas');

  function contentOf(matrix: LayerMatrix): GridContent {
    const { rows, columns, entries, isConnected } = matrix;
    const index = (row: number, column: number) => (isTurned ? column * columns + row : row * columns + column);
    return {
      rows: isTurned ? columns : rows,
      columns: isTurned ? rows : columns,
      scale: largest(entries),
      style: (row, column) => (isConnected[index(row, column)] === 1 ? 'value' : 'faint'),
      value: (row, column) => (isConnected[index(row, column)] === 1 ? (entries[index(row, column)] ?? 0) : NaN),
    };
  }

  function draw(): void {
    if (shown === undefined) return;
    const { geometry, matrix, theme } = shown;
    const content = contentOf(matrix);
    const isTransposedLayer = geometry.window.kind === 'transposed';
    const name = isTransposedLayer === isTurned ? 'C' : 'Cᵀ';
    turn.textContent = isTransposedLayer === isTurned ? 'Show Cᵀ' : 'Show C';
    words.textContent = matrixWords(name, content, matrix, isTurned, isTransposedLayer);
    canvas.setAttribute('aria-label', words.textContent);
    canvas.dataset['rows'] = String(content.rows);
    canvas.dataset['columns'] = String(content.columns);
    const width = Math.max(host.clientWidth - 2, 160);
    cell = Math.min(width / content.columns, 460 / content.rows, 34);
    const ratio = window.devicePixelRatio || 1;
    for (const target of [canvas, picture]) {
      target.width = Math.round(content.columns * cell * ratio);
      target.height = Math.round(content.rows * cell * ratio);
    }
    canvas.style.width = `${content.columns * cell}px`;
    canvas.style.height = `${content.rows * cell}px`;
    const context = picture.getContext('2d');
    if (context === null) return;
    context.scale(ratio, ratio);
    const box = { x: 0, y: 0, width: content.columns * cell, height: content.rows * cell };
    drawGrid(context, content, box, { cellWidth: cell, cellHeight: cell, row: 0, column: 0 }, theme);
    frame();
  }

  function frame(): void {
    const context = canvas.getContext('2d');
    if (shown === undefined || context === null || picture.width === 0 || picture.height === 0) return;
    const { geometry, theme } = shown;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const [width, height] = [canvas.width / ratio, canvas.height / ratio];
    const stripe = (index: number | undefined, isRow: boolean) => {
      if (index === undefined) return;
      const at = index * cell;
      const [x, y, w, h] = isRow ? [0, at, width, cell] : [at, 0, cell, height];
      context.fillStyle = css(theme.focus, 0.16);
      context.fillRect(x, y, w, h);
      context.lineWidth = 1.5;
      context.strokeStyle = css(theme.focus);
      context.strokeRect(x + 0.75, y + 0.75, w - 1.5, h - 1.5);
    };
    const row = marked.output === undefined ? undefined : indexOf(marked.output, outputSize(geometry));
    const column = marked.input === undefined ? undefined : indexOf(marked.input, inputSize(geometry));
    stripe(row, !isTurned);
    stripe(column, isTurned);
  }

  canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
    if (shown === undefined) return;
    const [outputs, inputs] = matrixSize(shown.geometry);
    const [row, column] = [Math.floor(offsetY / cell), Math.floor(offsetX / cell)];
    const [output, input] = isTurned ? [column, row] : [row, column];
    if (output < 0 || output >= outputs || input < 0 || input >= inputs) return;
    // On an entry the row is looked at, and between the entries the column.
    if (shown.matrix.isConnected[output * inputs + input] === 1) events.onOutput(placeOf(output, outputSize(shown.geometry)));
    else events.onInput(placeOf(input, inputSize(shown.geometry)));
  });
  canvas.addEventListener('pointerleave', () => events.onOutput(undefined));

  return {
    show(geometry, numbers, view, theme) {
      const [rows, columns] = matrixSize(geometry);
      const matrix =
        geometry.window.pool === null
          ? matrixOf(geometry, (kernel) => weightAt(geometry, numbers, view.outputChannel, view.inputChannel, kernel))
          : undefined;
      if (matrix === undefined) {
        shown = undefined;
        const name = geometry.window.kind === 'transposed' ? 'Cᵀ' : 'C';
        words.textContent =
          geometry.window.pool?.kind === 'max'
            ? 'A max pool is no product with a matrix: which cell counts depends on the values.'
            : geometry.window.pool !== null
              ? 'A pool has no weights of its own to show as a matrix.'
              : `${name} has ${rows.toLocaleString('en')} rows and ${columns.toLocaleString('en')} columns here: too many to read. Choose smaller sizes to see it.`;
        replace(host, words);
        return;
      }
      shown = { geometry, matrix, theme };
      if (!canvas.isConnected) replace(host, words, turn, canvas);
      draw();
    },
    mark(output, input) {
      marked = { output, input };
      frame();
    },
  };
}

function matrixWords(
  name: string,
  { rows, columns }: GridContent,
  { connected }: LayerMatrix,
  isTurned: boolean,
  isTransposedLayer: boolean,
): string {
  const share = Math.round((100 * connected) / (rows * columns));
  const size = `${name} is ${rows} × ${columns}: ${connected} entries are weights, ${share} %`;
  if (isTurned) return `${size}. It leads back the other way: the same weights between the same cells.`;
  return isTransposedLayer
    ? `${size}. The layer is the product with the transpose of a convolution's matrix.`
    : `${size}. The layer is the product y = C x of the cells row by row.`;
}
