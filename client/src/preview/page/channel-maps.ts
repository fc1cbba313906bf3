// Small maps of the channels of a tensor: choosing one shows it on the stage.
import { button, element, replace } from './dom.ts';
import { paintMap } from './grid.ts';
import { largest, type Tensor } from './tensor.ts';
import type { Theme } from './theme.ts';

/** More than these are shown on request. */
const MOST_AT_ONCE = 64;
const SIDE = 40;

export interface ChannelMaps {
  readonly show: (tensor: Tensor, first: number, all: number, chosen: number, plane: number, theme: Theme) => void;
}

export function createChannelMaps(host: HTMLElement, label: string, onChoose: (channel: number) => void): ChannelMaps {
  let shownTensor: Tensor | undefined;
  let shownTheme: Theme | undefined;
  let shownPlane = 0;
  let isAll = false;
  let buttons: HTMLButtonElement[] = [];
  let start = 0;

  function choose(chosen: number): void {
    buttons.forEach((made, index) => {
      const isChosen = index + start === chosen;
      made.setAttribute('aria-pressed', String(isChosen));
      made.tabIndex = isChosen || (index === 0 && !buttons.some((_, other) => other + start === chosen)) ? 0 : -1;
    });
  }

  function show(tensor: Tensor, first: number, all: number, chosen: number, plane: number, theme: Theme): void {
    if (tensor === shownTensor && theme === shownTheme && plane === shownPlane) return choose(chosen);
    [shownTensor, shownTheme, shownPlane, start] = [tensor, theme, plane, first];
    const [count = 0, , rows = 0, columns = 0] = tensor.shape;
    const scale = largest(tensor.data);
    const shown = isAll ? count : Math.min(count, MOST_AT_ONCE);
    buttons = Array.from({ length: shown }, (_, channel) => {
      const made = button('', () => onChoose(first + channel), {
        class: 'map',
        title: `${label} ${first + channel}`,
        'aria-label': `${label} ${first + channel}`,
      });
      const planeSize = rows * columns;
      const offset = (channel * (tensor.shape[1] ?? 1) + Math.min(plane, (tensor.shape[1] ?? 1) - 1)) * planeSize;
      made.append(thumbnail({ shape: [rows, columns], data: tensor.data.subarray(offset, offset + planeSize) }, scale, theme, SIDE));
      return made;
    });
    const rest = all - first - shown;
    const more =
      count > shown
        ? button(
            `show all ${count}`,
            () => {
              isAll = true;
              shownTensor = undefined;
              show(tensor, first, all, chosen, plane, theme);
            },
            { class: 'fold' },
          )
        : rest > 0 || first > 0
          ? element('span', { class: 'muted' }, `${first > 0 ? `channels ${first} to ${first + shown - 1} ` : ''}of ${all}`)
          : null;
    replace(host, ...buttons, more);
    choose(chosen);
  }

  host.addEventListener('keydown', (event) => {
    const at = buttons.findIndex((made) => made === document.activeElement);
    const to = at + (event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0);
    const target = buttons[to];
    if (at < 0 || to === at || target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
    target.click();
  });

  return { show };
}

/** A picture of `[rows, columns]`, `side` pixels on its longer side. */
export function thumbnail({ shape: [rows = 0, columns = 0], data }: Tensor, scale: number, theme: Theme, side: number): HTMLCanvasElement {
  const content = {
    rows,
    columns,
    scale,
    style: () => 'value' as const,
    value: (row: number, column: number) => data[row * columns + column] ?? NaN,
  };
  const canvas = element('canvas', { 'aria-hidden': 'true' });
  const ratio = window.devicePixelRatio || 1;
  const cell = side / Math.max(rows, columns, 1);
  const [width, height] = [Math.max(columns * cell, 4), Math.max(rows * cell, 4)];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  const picture = paintMap(content, theme);
  if (context === null || picture === undefined) return canvas;
  context.imageSmoothingEnabled = Math.max(rows, columns) > side * ratio;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
