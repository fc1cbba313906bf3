// Small maps of the channels of a tensor: choosing one shows it on the stage.
import { range } from './axis.ts';
import { button, element, iconButton, replace } from './dom.ts';
import { paintMap } from './grid.ts';
import type { SentChannels } from './plain-scene.ts';
import { largest, type Tensor } from './tensor.ts';
import type { Theme } from './colours.ts';

/** More than these are shown on request. */
const MOST_AT_ONCE = 64;
const SIDE = 40;

export interface ChannelMaps {
  readonly show: (sent: SentChannels, chosen: number, plane: number, theme: Theme) => void;
}

/** `onChoose` may be given a channel that has not been sent yet. */
export function createChannelMaps(host: HTMLElement, label: string, onChoose: (channel: number) => void): ChannelMaps {
  let shown: { readonly tensor: Tensor; readonly plane: number; readonly theme: Theme } | undefined;
  let isAll = false;
  let buttons: HTMLButtonElement[] = [];
  let start = 0;

  function choose(chosen: number): void {
    const at = chosen - start;
    buttons.forEach((made, index) => {
      made.setAttribute('aria-pressed', String(index === at));
      made.tabIndex = index === at || (index === 0 && buttons[at] === undefined) ? 0 : -1;
    });
  }

  function show(sent: SentChannels, chosen: number, plane: number, theme: Theme): void {
    const { tensor, first, channels } = sent;
    if (tensor === shown?.tensor && theme === shown.theme && plane === shown.plane) return choose(chosen);
    [shown, start] = [{ tensor, plane, theme }, first];
    const [count = 0, planes = 1, rows = 0, columns = 0] = tensor.shape;
    const scale = largest(tensor.data);
    const size = rows * columns;
    buttons = range(isAll ? count : Math.min(count, MOST_AT_ONCE)).map((at) => {
      const name = `${label} ${first + at}`;
      const made = button('', () => onChoose(first + at), { class: 'map', title: name, 'aria-label': name });
      const offset = (at * planes + Math.min(plane, planes - 1)) * size;
      made.append(thumbnail({ shape: [rows, columns], data: tensor.data.subarray(offset, offset + size) }, scale, theme, SIDE));
      return made;
    });
    const unfold = () => {
      isAll = true;
      shown = undefined;
      show(sent, chosen, plane, theme);
    };
    replace(
      host,
      ...buttons,
      count > buttons.length ? button(`show all ${count}`, unfold, { class: 'fold' }) : null,
      count < channels ? pages(first, count, channels) : null,
    );
    choose(chosen);
  }

  /** Where not all channels are sent at once: the neighbours are asked for. */
  function pages(first: number, count: number, all: number): HTMLElement {
    const last = first + count - 1;
    return element(
      'span',
      { class: 'pages', 'data-pages': label },
      iconButton('previous', `${label}s before ${first}`, () => onChoose(first - 1), { class: 'quiet', disabled: first === 0 }),
      count === 1 ? `${first} of ${all}` : `${first} to ${last} of ${all}`,
      iconButton('next', `${label}s after ${last}`, () => onChoose(last + 1), { class: 'quiet', disabled: last >= all - 1 }),
    );
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
