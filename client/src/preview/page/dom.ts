// Elements with less typing.
import { icon, type IconName } from './icons.ts';

type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Attributes as they are written; one that is false or undefined is left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  append(made, ...children);
  return made;
}

function append(to: Element, ...children: readonly Child[]): void {
  for (const child of children) if (child !== null && child !== undefined && child !== false) to.append(child);
}

export function replace(to: Element, ...children: readonly Child[]): void {
  to.replaceChildren();
  append(to, ...children);
}

export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A button with a picture; `label` is what it is called. */
export function iconButton(name: IconName, label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = button('', onClick, { 'aria-label': label, title: label, ...attributes });
  made.append(icon(name));
  return made;
}

/** A slider whose track is filled up to its value. */
export function slider(attributes: Attributes, onInput: (value: number) => void): HTMLInputElement {
  const made = element('input', { type: 'range', ...attributes });
  fillTrack(made);
  made.addEventListener('input', () => {
    fillTrack(made);
    onInput(Number(made.value));
  });
  return made;
}

export function setSlider(input: HTMLInputElement, minimum: number, maximum: number, value: number): void {
  input.min = String(minimum);
  input.max = String(maximum);
  input.value = String(value);
  fillTrack(input);
}

function fillTrack(input: HTMLInputElement): void {
  const [least, most] = [Number(input.min), Number(input.max)];
  input.style.setProperty('--part', String((Number(input.value) - least) / Math.max(most - least, 1)));
}

/** The element of the page with this id; the page has all that are asked for. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}
