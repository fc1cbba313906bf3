// One grid of cells on a canvas: cells with numbers where they are large enough, a map of colours where they are not.
import type { CellStyle, GridContent } from './grid-content.ts';
import { shortNumber } from './numbers.ts';
import type { Box, Viewport } from './viewport.ts';
import { css, inkOn, mix, scaleColour, type Rgb, type Theme } from './colours.ts';

/** Smaller cells have no number, and no gaps between them. */
export const LEAST_NUMBER = 21;
const LEAST_GAP = 9;
const SMALLEST_TEXT = 8;

/**
 * Draws the cells that are seen: all, or those that are not as they were in `before`, which is drawn there. Called when something
 * changes, and not for each frame: frames copy the picture.
 */
export function drawGrid(
  context: CanvasRenderingContext2D,
  content: GridContent,
  box: Box,
  view: Viewport,
  theme: Theme,
  before?: GridContent,
): void {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  const rows = seen(view.row, box.height / view.cellHeight, content.rows);
  const columns = seen(view.column, box.width / view.cellWidth, content.columns);
  const isMap = Math.min(view.cellWidth, view.cellHeight) < LEAST_GAP;
  const isDrawn = before?.scale === content.scale && !isMap;
  if (!isDrawn) context.clearRect(box.x, box.y, box.width, box.height);
  if (isMap) drawMap(context, content, box, view, theme, rows, columns);
  else {
    for (let row = rows[0]; row < rows[1]; row++) {
      for (let column = columns[0]; column < columns[1]; column++) {
        if (isDrawn && isAlike(before, content, row, column)) continue;
        const cell = cellBox(box, view, row, column);
        if (isDrawn) context.clearRect(cell.x, cell.y, cell.width, cell.height);
        drawCell(context, content, row, column, cell, theme);
      }
    }
  }
  context.restore();
}

function isAlike(before: GridContent, after: GridContent, row: number, column: number): boolean {
  return before.style(row, column) === after.style(row, column) && Object.is(before.value(row, column), after.value(row, column));
}

function seen(first: number, count: number, all: number): readonly [number, number] {
  return [Math.max(Math.floor(first), 0), Math.min(Math.ceil(first + count), all)];
}

export function cellBox(box: Box, view: Viewport, row: number, column: number): Box {
  return {
    x: box.x + (column - view.column) * view.cellWidth,
    y: box.y + (row - view.row) * view.cellHeight,
    width: view.cellWidth,
    height: view.cellHeight,
  };
}

function drawCell(context: CanvasRenderingContext2D, content: GridContent, row: number, column: number, box: Box, theme: Theme): void {
  const style = content.style(row, column);
  if (style === 'none') return;
  const value = content.value(row, column);
  const gap = box.width >= 18 ? 1.5 : 0.75;
  const [x, y, width, height] = [box.x + gap, box.y + gap, box.width - 2 * gap, box.height - 2 * gap];
  const fill = cellColour(theme, content, style, value);
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(4, width / 6));
  context.setLineDash([]);
  context.lineWidth = 1;
  if (style === 'value' || style === 'faint') {
    context.fillStyle = css(fill);
    context.fill();
    context.strokeStyle = css(theme.kind === 'contrast' ? theme.border : mix(fill, theme.foreground, 0.16));
    context.stroke();
  } else {
    context.setLineDash(style === 'stuffed' ? [1.5, 2.5] : [3, 3]);
    context.strokeStyle = css(mix(theme.background, theme.foreground, theme.kind === 'contrast' ? 0.8 : 0.34));
    context.stroke();
    if (style === 'cut') strike(context, x, y, width, height, theme);
    if (style === 'stuffed' && width >= 8) {
      context.beginPath();
      context.arc(x + width - 4.5, y + 4.5, 1.5, 0, 2 * Math.PI);
      context.fillStyle = css(theme.muted);
      context.fill();
    }
  }
  context.setLineDash([]);
  if (Math.min(box.width, box.height) < LEAST_NUMBER || style === 'beyond') return;
  const usual = Math.min(13, Math.max(9, box.height * 0.34));
  const textOf = (size: number) => shortNumber(value, Math.floor((box.width - 3) / (size * 0.61)));
  // A number that does not fit is written smaller before it is left out.
  let [size, text] = [usual, textOf(usual)];
  if (text === '') [size, text] = [SMALLEST_TEXT, textOf(SMALLEST_TEXT)];
  const ink = style === 'value' ? inkOn(fill) : style === 'faint' ? mix(theme.background, theme.foreground, 0.3) : theme.muted;
  context.fillStyle = css(ink, style === 'value' || theme.kind === 'contrast' ? 1 : 0.85);
  context.font = `${size}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, box.x + box.width / 2, box.y + box.height / 2 + 0.5);
}

function cellColour(theme: Theme, { scale }: GridContent, style: CellStyle, value: number): Rgb {
  if (style === 'faint') return mix(theme.background, theme.foreground, 0.04);
  if (style !== 'value') return theme.background;
  return scaleColour(theme, scale === 0 ? 0 : value / scale);
}

function strike(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, theme: Theme): void {
  context.setLineDash([]);
  context.strokeStyle = css(theme.muted, 0.45);
  context.beginPath();
  context.moveTo(x + 2, y + height - 2);
  context.lineTo(x + width - 2, y + 2);
  context.stroke();
}

/** One pixel a cell, and then enlarged: a map of any size costs its cells once. */
function drawMap(
  context: CanvasRenderingContext2D,
  content: GridContent,
  box: Box,
  view: Viewport,
  theme: Theme,
  rows: readonly [number, number],
  columns: readonly [number, number],
): void {
  const picture = paintMap(content, theme, rows, columns);
  if (picture === undefined) return;
  context.imageSmoothingEnabled = view.cellWidth < 1;
  const corner = cellBox(box, view, rows[0], columns[0]);
  context.drawImage(picture, corner.x, corner.y, picture.width * view.cellWidth, picture.height * view.cellHeight);
  context.imageSmoothingEnabled = true;
}

export function paintMap(
  content: GridContent,
  theme: Theme,
  rows: readonly [number, number] = [0, content.rows],
  columns: readonly [number, number] = [0, content.columns],
): HTMLCanvasElement | undefined {
  const [width, height] = [columns[1] - columns[0], rows[1] - rows[0]];
  if (width < 1 || height < 1) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  const image = context.createImageData(width, height);
  const outside = mix(theme.background, theme.foreground, 0.14);
  let at = 0;
  for (let row = rows[0]; row < rows[1]; row++) {
    for (let column = columns[0]; column < columns[1]; column++) {
      const style = content.style(row, column);
      const [red, green, blue] =
        style === 'value'
          ? cellColour(theme, content, style, content.value(row, column))
          : style === 'faint' || style === 'none'
            ? theme.background
            : outside;
      image.data[at++] = red;
      image.data[at++] = green;
      image.data[at++] = blue;
      image.data[at++] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
