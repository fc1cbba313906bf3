// A cell of an operator without a window in words: what it is made of, or what it reaches.
import { element } from './dom.ts';
import { cellText, type MapCell } from './item-map.ts';
import { longNumber } from './numbers.ts';
import { linkedTo, mapCellOf, type PlainNumbers, type PlainTensor } from './plain-scene.ts';
import type { Linked } from './plain-links.ts';
import type { Focus, View } from './scene.ts';
import { channelNote, foldButton, MOST_TERMS, numberChip, sumRow, type Folding } from './sum-parts.ts';
import { at } from './tensor.ts';

export interface PlainWords {
  readonly title: HTMLElement;
  readonly rows: readonly (HTMLElement | null)[];
  readonly spoken: string;
}

export function plainWords(numbers: PlainNumbers, focus: Focus, view: View, folding: Folding): PlainWords {
  const isInput = focus.role === 'input';
  const [own, other] = isInput ? [numbers.input ?? numbers.output, numbers.output] : [numbers.output, numbers.input];
  const cell = mapCellOf(focus, view);
  const name = `${isInput ? 'x' : 'y'}${cellText(own.map, cell)}`;
  const value = longNumber(valueOf(own, cell));
  const linked = numbers.links === undefined ? undefined : linkedTo(numbers.links, focus, view);
  const words = linked === undefined ? '' : isInput ? reachWords(linked, numbers.output) : originWords(linked, numbers);
  const title = element(
    'div',
    { class: 'sum-title' },
    element('span', { class: 'sum-name' }, name),
    ' = ',
    element('strong', { 'data-result': !isInput }, value),
    channelNote(isInput ? 'input channel' : 'output channel', cell.channel, own.channels),
    words === '' ? null : ` ${words}`,
  );
  const rows = linked === undefined || other === undefined ? [] : linkRows(linked, other, isInput, view, folding);
  return { title, rows, spoken: `${name} is ${value}${words === '' ? '' : `, ${words}`}` };
}

function reachWords({ count }: Linked, { tensor, channels }: PlainTensor): string {
  if (count === 0)
    return (tensor.shape[0] ?? 0) < channels ? 'reaches no cell of the output channels that are here' : 'reaches no output cell';
  return `reaches ${counted(count, 'output cell')}`;
}

function originWords({ count, elsewhere }: Linked, { links, inputShapes }: PlainNumbers): string {
  if (elsewhere !== undefined) return `comes from input ${elsewhere.input + 1}, which is not the one that is shown`;
  if (count === 0) return 'is made of no cell of the input';
  if (links?.isCopy === true) return 'is a copy';
  return `is made of ${counted(count, 'cell')} of ${inputShapes.length > 1 ? 'this input' : 'the input'}`;
}

/** Those in the channel that is shown come first. */
function linkRows(linked: Linked, other: PlainTensor, isInput: boolean, { inputChannel, outputChannel, plane }: View, folding: Folding) {
  if (linked.count === 0) return [];
  const shown = isInput ? outputChannel : inputChannel;
  const here = linked.channels.includes(shown) ? shown : (linked.channels[0] ?? 0);
  const cells = linked.cellsOn(here, plane);
  const listed = folding.isUnfolded ? cells : cells.slice(0, MOST_TERMS);
  const chips = listed.map((cell) => {
    const value = valueOf(other, cell);
    return numberChip(`${isInput ? 'y' : 'x'}${cellText(other.map, cell)}${Number.isNaN(value) ? '' : ` = ${longNumber(value)}`}`);
  });
  const rest = cells.length - listed.length;
  const label = other.channels < 2 ? (isInput ? 'reaches' : 'from') : `channel ${here}`;
  return [
    sumRow(label, [...chips, foldButton(folding, rest > 0 ? `${rest} more` : undefined)], { 'data-linked': linked.count }),
    linked.channels.length < 2
      ? null
      : sumRow('channels', [`and in ${counted(linked.channels.length - 1, 'other channel')}, ${spanOf(linked.channels)}`]),
  ];
}

function spanOf(channels: readonly number[]): string {
  const [first = 0, last = 0] = [channels[0], channels[channels.length - 1]];
  return channels.length === last - first + 1 ? `${first} to ${last}` : `between ${first} and ${last}`;
}

function valueOf({ tensor, first }: PlainTensor, { channel, plane, row, column }: MapCell): number {
  return at(tensor, channel - first, plane, row, column);
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
