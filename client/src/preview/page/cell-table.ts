// The cells of a grid as a table, for the keyboard and for screen readers: it lies over the canvas and cannot be seen.
import { element } from './dom.ts';
import { longNumber } from './numbers.ts';
import type { SceneGrid } from './scene.ts';

export interface CellTableEvents {
  readonly onFocus: (row: number, column: number) => void;
  readonly onBlur: () => void;
  readonly onPick: (row: number, column: number) => void;
  /** Larger by `factor` around a cell; all of the grid where it is undefined. */
  readonly onZoom: (row: number, column: number, factor: number | undefined) => void;
}

/** Keys that zoom, with or without shift. */
const ZOOMS: ReadonlyMap<string, number | undefined> = new Map([
  ['+', 1.5],
  ['=', 1.5],
  ['-', 1 / 1.5],
  ['0', undefined],
]);

export interface CellTable {
  readonly root: HTMLElement;
  /** The same grid with other numbers. */
  readonly update: (grid: SceneGrid) => void;
}

/** A larger grid has one cell that stands for the one in focus: a reader needs no more, and a page no thousands of elements. */
const MOST_CELLS = 1024;

export function createCellTable(first: SceneGrid, title: string, events: CellTableEvents): CellTable {
  const { rows, columns } = first.content;
  const isWhole = rows * columns <= MOST_CELLS;
  const root = element('table', {
    class: 'cells',
    role: 'grid',
    'aria-label': title,
    'data-grid': first.role,
    'aria-rowcount': rows,
    'aria-colcount': columns,
  });
  let grid = first;
  let [row, column] = [0, 0];
  const cells: HTMLTableCellElement[][] = [];
  const filled = new Map<HTMLTableCellElement, string>();
  const shownRows = isWhole ? rows : Math.min(rows, 1);
  for (let r = 0; r < shownRows; r++) {
    const line = element('tr', { role: 'row' });
    cells.push([]);
    for (let c = 0; c < (isWhole ? columns : 1); c++) {
      const cell = element('td', { role: 'gridcell', tabindex: r === 0 && c === 0 ? 0 : -1 });
      cell.addEventListener('focus', () => {
        if (isWhole) [row, column] = [r, c];
        events.onFocus(row, column);
      });
      cells[r]?.push(cell);
      line.append(cell);
    }
    root.append(line);
  }
  root.addEventListener('focusout', () => events.onBlur());
  root.addEventListener('keydown', (event) => {
    const [r, c] = moved(event, row, column, rows, columns);
    if (event.key === 'Enter' || event.key === ' ') events.onPick(row, column);
    else if (ZOOMS.has(event.key) && !event.ctrlKey && !event.metaKey) events.onZoom(row, column, ZOOMS.get(event.key));
    else if (r !== row || c !== column) goTo(r, c);
    else if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    event.stopPropagation();
  });

  function goTo(r: number, c: number): void {
    const old = isWhole ? cells[row]?.[column] : undefined;
    [row, column] = [r, c];
    const cell = isWhole ? cells[r]?.[c] : cells[0]?.[0];
    old?.setAttribute('tabindex', '-1');
    cell?.setAttribute('tabindex', '0');
    if (!isWhole) fill(cells[0]?.[0], r, c);
    if (cell === document.activeElement) events.onFocus(r, c);
    else cell?.focus();
  }

  function fill(cell: HTMLTableCellElement | undefined, r: number, c: number): void {
    if (cell === undefined) return;
    const value = grid.content.value(r, c);
    const text = Number.isNaN(value) ? '' : longNumber(value);
    const style = grid.content.style(r, c);
    const label = style === 'none' ? 'no cell' : `${grid.label(r, c)}${text === '' ? '' : ` is ${text}`}`;
    const key = `${r} ${c} ${style} ${label}`;
    // A step changes few cells, and writing to an element is what costs.
    if (filled.get(cell) === key) return;
    filled.set(cell, key);
    cell.textContent = text;
    cell.dataset['kind'] = style;
    cell.dataset['row'] = String(r);
    cell.dataset['column'] = String(c);
    cell.setAttribute('aria-label', label);
  }

  function update(next: SceneGrid): void {
    grid = next;
    if (isWhole) cells.forEach((line, r) => line.forEach((cell, c) => fill(cell, r, c)));
    else fill(cells[0]?.[0], row, column);
  }

  update(first);
  return { root, update };
}

function moved({ key, ctrlKey }: KeyboardEvent, row: number, column: number, rows: number, columns: number): readonly [number, number] {
  switch (key) {
    case 'ArrowUp':
      return [Math.max(row - 1, 0), column];
    case 'ArrowDown':
      return [Math.min(row + 1, rows - 1), column];
    case 'ArrowLeft':
      return [row, Math.max(column - 1, 0)];
    case 'ArrowRight':
      return [row, Math.min(column + 1, columns - 1)];
    case 'Home':
      return [ctrlKey ? 0 : row, 0];
    case 'End':
      return [ctrlKey ? rows - 1 : row, columns - 1];
    default:
      return [row, column];
  }
}
