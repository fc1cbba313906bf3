// What lies over the canvas of the stage: captions, the scale of each grid, and the tables for the keyboard and for screen readers.
import { createCellTable, type CellTable } from './cell-table.ts';
import { element } from './dom.ts';
import { shortNumber } from './numbers.ts';
import type { Focus, Role, Scene, SceneGrid } from './scene.ts';
import { scaleBackground, type Theme } from './colours.ts';
import type { Box } from './viewport.ts';

export interface OverlayEvents {
  /** A cell has the keyboard's focus; undefined when none has. */
  readonly onLook: (focus: Focus | undefined) => void;
  readonly onPick: (focus: Focus) => void;
  /** Larger by `factor` around a cell; all of the grid where it is undefined. */
  readonly onZoom: (focus: Focus, factor: number | undefined) => void;
}

export interface StageOverlay {
  /** Lays all out anew, above and below the boxes of the grids. */
  readonly place: (scene: Scene, boxes: readonly Box[], titles: Readonly<Record<Role, string>>, theme: Theme) => void;
  /** The same grids with other numbers. */
  readonly update: (scene: Scene, theme: Theme) => void;
}

export function createStageOverlay(host: HTMLElement, events: OverlayEvents): StageOverlay {
  let tables: readonly CellTable[] = [];
  let scales: readonly HTMLElement[] = [];

  return {
    place(scene, boxes, titles, theme) {
      const made = scene.grids.flatMap((grid, index) => {
        const box = boxes[index];
        return box === undefined ? [] : [placed(grid, box, titles[grid.role], theme)];
      });
      tables = made.map(({ table }) => table);
      scales = made.map(({ scale }) => scale);
      host.replaceChildren(...made.flatMap(({ caption, table, scale }) => [caption, table.root, scale]));
    },
    update(scene, theme) {
      scene.grids.forEach((grid, index) => {
        tables[index]?.update(grid);
        const scale = scales[index];
        if (scale !== undefined) fillScale(scale, grid, theme);
      });
    },
  };

  function placed(grid: SceneGrid, { x, y, width, height }: Box, title: string, theme: Theme) {
    const { role } = grid;
    const caption = element('div', { class: `caption caption-${role}`, id: `caption-${role}` }, title);
    Object.assign(caption.style, { left: `${x + width / 2}px`, top: `${y - 23}px` });
    const table = createCellTable(grid, title, {
      onFocus: (row, column) => events.onLook({ role, row, column }),
      onBlur: () => events.onLook(undefined),
      onPick: (row, column) => events.onPick({ role, row, column }),
      onZoom: (row, column, factor) => events.onZoom({ role, row, column }, factor),
    });
    Object.assign(table.root.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    const scale = element('div', { class: 'scale', 'data-scale': role, 'aria-hidden': 'true' });
    Object.assign(scale.style, { left: `${x + width / 2}px`, top: `${y + height + 7}px` });
    fillScale(scale, grid, theme);
    return { caption, table, scale };
  }
}

/** Which colours stand for which numbers: from minus the largest magnitude to plus. */
function fillScale(scale: HTMLElement, { content }: SceneGrid, theme: Theme): void {
  const most = shortNumber(content.scale, 5);
  const isEmpty = content.scale === 0 || most === '';
  scale.hidden = isEmpty;
  if (isEmpty) return;
  const ramp = element('span', { class: 'ramp' });
  ramp.style.background = scaleBackground(theme);
  scale.replaceChildren(`−${most}`, ramp, most);
}
