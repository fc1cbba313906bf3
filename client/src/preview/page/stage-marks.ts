// What is drawn over the cells of the stage: the window, the cells that belong together, and the lines between the grids.
import { cellBox } from './grid.ts';
import type { Box } from './viewport.ts';
import type { Focus, Mark, Role, Scene } from './scene.ts';
import type { Placed, StageLayout } from './stage-layout.ts';
import { css, inkOn, type Theme } from './colours.ts';

export interface DrawnMarks {
  readonly focus: Focus;
  /** Between two steps: the window is on its way. */
  readonly slide?: { readonly from: Focus; readonly part: number };
}

export function drawMarks(
  context: CanvasRenderingContext2D,
  scene: Scene,
  layout: StageLayout,
  { focus, slide }: DrawnMarks,
  theme: Theme,
): void {
  const marks = scene.marksOf(focus);
  const boxes = boxesOf(scene, layout, marks);
  const before = slide === undefined ? undefined : boxesOf(scene, layout, scene.marksOf(slide.from));
  const part = slide?.part ?? 1;
  const outlineOf = (role: Role) => between(before?.[role], boxes[role], part);
  drawConnections(context, outlineOf('input'), placedOf(scene, layout, 'kernel')?.box, outlineOf('output'), theme);
  for (const { role } of scene.grids) {
    const placed = placedOf(scene, layout, role);
    if (placed === undefined) continue;
    context.save();
    context.beginPath();
    context.rect(placed.box.x - 3, placed.box.y - 3, placed.box.width + 6, placed.box.height + 6);
    context.clip();
    // On the way nothing but the outline is drawn: the cells below it change at each frame.
    if (part >= 1) for (const mark of marks[role]) drawMark(context, mark, cellBox(placed.box, placed.view, mark.row, mark.column), theme);
    const outline = outlineOf(role);
    if (outline !== undefined) drawOutline(context, outline, theme);
    context.restore();
  }
}

function placedOf(scene: Scene, layout: StageLayout, role: Role): Placed | undefined {
  return layout.grids[scene.grids.findIndex((grid) => grid.role === role)];
}

function boxesOf(scene: Scene, layout: StageLayout, marks: Readonly<Record<Role, readonly Mark[]>>): Record<Role, Box | undefined> {
  const boxOf = (role: Role): Box | undefined => {
    const placed = placedOf(scene, layout, role);
    const cells = placed === undefined ? [] : marks[role].map(({ row, column }) => cellBox(placed.box, placed.view, row, column));
    if (cells.length === 0) return undefined;
    const x = Math.min(...cells.map((cell) => cell.x));
    const y = Math.min(...cells.map((cell) => cell.y));
    return {
      x,
      y,
      width: Math.max(...cells.map((cell) => cell.x + cell.width)) - x,
      height: Math.max(...cells.map((cell) => cell.y + cell.height)) - y,
    };
  };
  return { input: boxOf('input'), kernel: boxOf('kernel'), output: boxOf('output') };
}

function between(from: Box | undefined, to: Box | undefined, part: number): Box | undefined {
  if (from === undefined || to === undefined || part >= 1) return to;
  const mid = (a: number, b: number) => a + (b - a) * part;
  return { x: mid(from.x, to.x), y: mid(from.y, to.y), width: mid(from.width, to.width), height: mid(from.height, to.height) };
}

function drawMark(context: CanvasRenderingContext2D, { note }: Mark, box: Box, theme: Theme): void {
  context.fillStyle = css(theme.focus, theme.kind === 'contrast' ? 0.28 : 0.2);
  context.fillRect(box.x, box.y, box.width, box.height);
  context.lineWidth = 1;
  context.strokeStyle = css(theme.focus, 0.7);
  if (box.width >= 8) context.strokeRect(box.x + 1, box.y + 1, box.width - 2, box.height - 2);
  if (note === undefined || box.width < 34 || note.length > 5) return;
  // As in the guide's figures, the weight stands in the corner of the cell that it lies on.
  context.font = `600 9px ${theme.font}`;
  context.textAlign = 'right';
  context.textBaseline = 'alphabetic';
  const room = context.measureText(note).width + 5;
  context.fillStyle = css(theme.focus);
  context.beginPath();
  context.roundRect(box.x + box.width - room - 1.5, box.y + box.height - 12.5, room, 11, 3);
  context.fill();
  context.fillStyle = css(inkOn(theme.focus));
  context.fillText(note, box.x + box.width - 4, box.y + box.height - 3.5);
}

function drawOutline(context: CanvasRenderingContext2D, box: Box, theme: Theme): void {
  context.lineWidth = 2.25;
  context.strokeStyle = css(theme.focus);
  context.beginPath();
  context.roundRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1, 5);
  context.stroke();
}

/** From the window through the kernel to the output cell; over each other where the grids lie below each other. */
function drawConnections(
  context: CanvasRenderingContext2D,
  input: Box | undefined,
  kernel: Box | undefined,
  output: Box | undefined,
  theme: Theme,
): void {
  if (input === undefined || output === undefined) return;
  if (kernel === undefined) drawBand(context, input, output, theme);
  else {
    drawBand(context, input, kernel, theme);
    drawBand(context, kernel, output, theme);
  }
}

function drawBand(context: CanvasRenderingContext2D, from: Box, to: Box, theme: Theme): void {
  const isBeside = to.x >= from.x + from.width;
  const isBelow = to.y >= from.y + from.height;
  if (!isBeside && !isBelow) return;
  const [a, b, c, d]: readonly (readonly [number, number])[] = isBeside
    ? [
        [from.x + from.width, from.y],
        [to.x, to.y],
        [to.x, to.y + to.height],
        [from.x + from.width, from.y + from.height],
      ]
    : [
        [from.x, from.y + from.height],
        [to.x, to.y],
        [to.x + to.width, to.y],
        [from.x + from.width, from.y + from.height],
      ];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return;
  const gradient = context.createLinearGradient(a[0], a[1], b[0], b[1]);
  gradient.addColorStop(0, css(theme.focus, 0.16));
  gradient.addColorStop(1, css(theme.focus, 0.05));
  context.fillStyle = gradient;
  context.strokeStyle = css(theme.focus, 0.45);
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(a[0], a[1]);
  context.lineTo(b[0], b[1]);
  context.lineTo(c[0], c[1]);
  context.lineTo(d[0], d[1]);
  context.closePath();
  context.fill();
  context.beginPath();
  context.moveTo(a[0], a[1]);
  context.lineTo(b[0], b[1]);
  context.moveTo(d[0], d[1]);
  context.lineTo(c[0], c[1]);
  context.stroke();
}
