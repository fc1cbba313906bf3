// The stage: input, kernel and output on one canvas, with the window, what it reaches, and the lines between them.
import { element } from './dom.ts';
import { cellBox, drawGrid, LEAST_NUMBER } from './grid.ts';
import type { Box } from './viewport.ts';
import { gridOf, type Focus, type Role, type Scene } from './scene.ts';
import { createStageOverlay, type OverlayEvents } from './stage-overlay.ts';
import { layOutStage, type Placed, type StageLayout } from './stage-layout.ts';
import { drawMarks, type DrawnMarks } from './stage-marks.ts';
import type { Theme } from './colours.ts';
import { clampView, panned, zoomed } from './zoom.ts';

export interface Stage {
  readonly show: (scene: Scene, titles: Readonly<Record<Role, string>>, theme: Theme) => void;
  /** The same scene at another step: draws the grids anew that depend on it. */
  readonly step: (scene: Scene, withTables: boolean) => void;
  /** What is marked. Cheap: one copy of the picture and a few strokes. */
  readonly mark: (focus: Focus, slide?: DrawnMarks['slide']) => void;
  readonly resize: () => void;
}

/** A cell that is pointed at is looked at, like one that has the keyboard's focus. */
export function createStage(host: HTMLElement, events: Omit<OverlayEvents, 'onZoom'>): Stage {
  const canvas = element('canvas', { class: 'stage-canvas', 'aria-hidden': 'true' });
  const over = element('div', { class: 'stage-overlay' });
  host.replaceChildren(canvas, over);
  const overlay = createStageOverlay(over, {
    ...events,
    onLook: (focus) => {
      if (focus !== undefined) bringIntoView(focus);
      events.onLook(focus);
    },
    onZoom: zoomAround,
  });
  const picture = document.createElement('canvas');
  let scene: Scene | undefined;
  let theme: Theme | undefined;
  let titles: Readonly<Record<Role, string>> = { input: '', kernel: '', output: '' };
  let layout: StageLayout = { height: 0, grids: [] };
  let marks: DrawnMarks | undefined;
  let shape = '';
  let width = 0;

  function resize(): void {
    if (scene === undefined) return;
    width = Math.max(host.clientWidth, 200);
    layout = layOutStage(
      scene.grids.map(({ content }) => content),
      width,
    );
    host.style.height = `${layout.height}px`;
    if (theme !== undefined)
      overlay.place(
        scene,
        layout.grids.map(({ box }) => box),
        titles,
        theme,
      );
    paint();
  }

  /** Draws the cells; only when they change. */
  function paint(): void {
    if (scene === undefined || theme === undefined) return;
    const ratio = window.devicePixelRatio || 1;
    for (const target of [canvas, picture]) {
      target.width = Math.round(width * ratio);
      target.height = Math.round(layout.height * ratio);
    }
    canvas.style.width = `${width}px`;
    canvas.style.height = `${layout.height}px`;
    picture.getContext('2d')?.scale(ratio, ratio);
    for (const { role } of scene.grids) paintGrid(role);
    frame();
  }

  /** `before` is the scene whose grid is in the picture. */
  function paintGrid(role: Role, before?: Scene): void {
    const index = scene?.grids.findIndex((grid) => grid.role === role) ?? -1;
    const [content, placed, context] = [scene?.grids[index]?.content, layout.grids[index], picture.getContext('2d')];
    if (content === undefined || placed === undefined || context === null || theme === undefined) return;
    const { box } = placed;
    drawGrid(context, content, box, placed.view, theme, before === undefined ? undefined : gridOf(before, role)?.content);
  }

  function frame(): void {
    const context = canvas.getContext('2d');
    if (context === null || scene === undefined || theme === undefined) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (picture.width > 0 && picture.height > 0) context.drawImage(picture, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (marks !== undefined) drawMarks(context, scene, layout, marks, theme);
  }

  function hit(event: { readonly offsetX: number; readonly offsetY: number }): { focus: Focus; index: number; placed: Placed } | undefined {
    for (const [index, { box, view }] of layout.grids.entries()) {
      const grid = scene?.grids[index];
      if (grid === undefined || !inside(box, event.offsetX, event.offsetY)) continue;
      const row = Math.floor(view.row + (event.offsetY - box.y) / view.cellHeight);
      const column = Math.floor(view.column + (event.offsetX - box.x) / view.cellWidth);
      if (row < 0 || column < 0 || row >= grid.content.rows || column >= grid.content.columns) continue;
      if (grid.content.style(row, column) === 'none') continue;
      return { focus: { role: grid.role, row, column }, index, placed: { box, view } };
    }
    return undefined;
  }

  let drag: { readonly index: number; readonly x: number; readonly y: number; readonly start: Placed; moved: boolean } | undefined;
  canvas.addEventListener('pointermove', (event) => {
    if (drag !== undefined) {
      const { index, x, y, start } = drag;
      if (Math.hypot(event.offsetX - x, event.offsetY - y) > 4) drag.moved = true;
      if (drag.moved && isZoomed(start, index)) setView(index, panned(start.view, x - event.offsetX, y - event.offsetY));
      if (drag.moved) return;
    }
    events.onLook(hit(event)?.focus);
  });
  canvas.addEventListener('pointerleave', () => events.onLook(undefined));
  canvas.addEventListener('pointerdown', (event) => {
    const found = hit(event);
    if (found !== undefined) drag = { index: found.index, x: event.offsetX, y: event.offsetY, start: found.placed, moved: false };
  });
  canvas.addEventListener('pointerup', (event) => {
    const wasMoved = drag?.moved === true;
    drag = undefined;
    const found = wasMoved ? undefined : hit(event);
    if (found !== undefined) events.onPick(found.focus);
  });
  canvas.addEventListener('dblclick', (event) => {
    if (hit(event) !== undefined) resize();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      const found = hit(event);
      // Where there is nothing to zoom into the page scrolls.
      if (found === undefined || !canZoom(found.placed, found.index)) return;
      event.preventDefault();
      const { box, view } = found.placed;
      setView(found.index, zoomed(view, Math.exp(-event.deltaY / 300), event.offsetX - box.x, event.offsetY - box.y));
    },
    { passive: false },
  );

  function isZoomed({ box, view }: Placed, index: number): boolean {
    const content = scene?.grids[index]?.content;
    return content !== undefined && view.cellWidth * content.columns > box.width + 1;
  }

  /** From the keyboard: the cell stays where it is. */
  function zoomAround({ role, row, column }: Focus, factor: number | undefined): void {
    const [index, placed] = placedAt(role);
    if (placed === undefined || !canZoom(placed, index)) return;
    // All of it, as it was laid out: its box is the same.
    if (factor === undefined) return setView(index, wholeView(placed, index));
    const { x, y, width: across, height: down } = cellBox(placed.box, placed.view, row, column);
    setView(index, zoomed(placed.view, factor, x + across / 2 - placed.box.x, y + down / 2 - placed.box.y));
  }

  function wholeView({ box }: Placed, index: number): Placed['view'] {
    const { rows = 1, columns = 1 } = scene?.grids[index]?.content ?? {};
    return { cellWidth: box.width / columns, cellHeight: box.height / rows, row: 0, column: 0 };
  }

  /** Of a map that is zoomed into, another part may be seen than the one that the keyboard is in. */
  function bringIntoView({ role, row, column }: Focus): void {
    const [index, placed] = placedAt(role);
    if (placed === undefined || !isZoomed(placed, index)) return;
    const { box, view } = placed;
    const cell = cellBox(box, view, row, column);
    if (inside(box, cell.x, cell.y) && inside(box, cell.x + cell.width - 1, cell.y + cell.height - 1)) return;
    const centred = { ...view, row: row + 0.5 - box.height / view.cellHeight / 2, column: column + 0.5 - box.width / view.cellWidth / 2 };
    setView(index, centred);
  }

  function placedAt(role: Role): readonly [index: number, placed: Placed | undefined] {
    const index = scene?.grids.findIndex((grid) => grid.role === role) ?? -1;
    return [index, layout.grids[index]];
  }

  /** Small grids have nothing to zoom into. */
  function canZoom({ box }: Placed, index: number): boolean {
    const content = scene?.grids[index]?.content;
    return content !== undefined && box.width / content.columns < LEAST_NUMBER;
  }

  function setView(index: number, view: Placed['view']): void {
    const content = scene?.grids[index]?.content;
    if (content === undefined) return;
    const grids = layout.grids.map((placed, at) => (at === index ? { ...placed, view: clampView(view, placed.box, content) } : placed));
    layout = { ...layout, grids };
    paint();
  }

  return {
    show(next, nextTitles, nextTheme) {
      const nextShape = next.grids.map(({ role, content }) => `${role} ${content.rows} ${content.columns} ${nextTitles[role]}`).join();
      const isSame = nextShape === shape && host.clientWidth === width;
      scene = next;
      theme = nextTheme;
      titles = nextTitles;
      shape = nextShape;
      if (isSame) {
        overlay.update(next, nextTheme);
        paint();
      } else resize();
    },
    step(next, withTables) {
      const before = scene;
      scene = next;
      for (const role of next.changing) paintGrid(role, before);
      if (withTables && theme !== undefined) overlay.update(next, theme);
    },
    mark(focus, slide) {
      if (scene === undefined) return;
      marks = { focus, ...(slide !== undefined && { slide }) };
      frame();
    },
    resize,
  };
}

function inside({ x, y, width, height }: Box, atX: number, atY: number): boolean {
  return atX >= x && atX < x + width && atY >= y && atY < y + height;
}
