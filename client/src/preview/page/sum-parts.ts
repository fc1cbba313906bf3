// The pieces that sums are written with: rows with a label, chips of numbers, and folds for what is long.
import { button, element } from './dom.ts';
import { longNumber } from './numbers.ts';

/** More terms or channels than these are folded. */
export const MOST_TERMS = 16;
export const MOST_CHANNELS = 6;

/** Whether long rows are shown whole. */
export interface Folding {
  readonly isUnfolded: boolean;
  readonly toggle: () => void;
}

export type Part = Node | string | null;

/** The label stands to the left of all lines of the row. */
export function sumRow(label: string, parts: readonly Part[], attributes: Readonly<Record<string, string | number>> = {}): HTMLElement {
  return element(
    'div',
    { class: 'sum-row', ...attributes },
    element('span', { class: 'sum-label' }, label),
    element('span', { class: 'sum-body' }, ...parts),
  );
}

export function numberChip(text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  return element('span', { class: 'term', ...attributes }, text);
}

/** Stays with its sign where the row is broken. */
export function result(value: number): HTMLElement {
  return element('span', { class: 'sum-result' }, element('span', { class: 'sign' }, '= '), element('strong', {}, longNumber(value)));
}

/** Null where nothing is folded; `text` says what is. */
export function foldButton({ isUnfolded, toggle }: Folding, text: string | undefined): HTMLElement | null {
  if (isUnfolded) return button('fewer', toggle, { class: 'fold' });
  return text === undefined ? null : button(text, toggle, { class: 'fold' });
}

/** With a sign between each two. */
export function joined(parts: readonly HTMLElement[], sign: string): Part[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [element('span', { class: 'sign' }, sign), part]));
}

export function channelNote(word: string, channel: number, channels: number): HTMLElement | null {
  return channels < 2 ? null : element('span', { class: 'muted' }, ` in ${word} ${channel}`);
}
