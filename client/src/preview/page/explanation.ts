// What is looked at, in words and numbers: the sum behind an output cell, or what an input cell adds where.
import { button, element, replace } from './dom.ts';
import { placeText, type Geometry, type Place } from './geometry.ts';
import { factor, longNumber } from './numbers.ts';
import { at } from './tensor.ts';
import { channelsRead, contributionsOf, sumAt, type ChannelTerms, type LayerNumbers, type Sum, type Term } from './terms.ts';
import type { View } from './scene.ts';

/** More terms, channels or contributions than these are folded. */
const MOST_TERMS = 16;
const MOST_CHANNELS = 6;

export interface Explanation {
  readonly showOutput: (geometry: Geometry, numbers: LayerNumbers, view: View, place: Place) => void;
  readonly showInput: (geometry: Geometry, numbers: LayerNumbers, view: View, place: Place) => void;
  readonly showWords: (text: string) => void;
}

/** `spoken` is a live region: it has one short sentence, and the page has the rest. */
export function createExplanation(host: HTMLElement, spoken: HTMLElement): Explanation {
  let isUnfolded = false;
  let again: (() => void) | undefined;

  const unfold = (label: string) =>
    button(
      label,
      () => {
        isUnfolded = !isUnfolded;
        again?.();
      },
      { class: 'fold' },
    );

  function speak(text: string): void {
    if (spoken.textContent !== text) spoken.textContent = text;
  }

  function showOutput(geometry: Geometry, numbers: LayerNumbers, view: View, place: Place): void {
    again = () => showOutput(geometry, numbers, view, place);
    const sum = sumAt(geometry, numbers, view.outputChannel, place);
    const name = `y${placeText(place, geometry.window.axes.length)}`;
    const title = element(
      'div',
      { class: 'sum-title' },
      element('span', { class: 'sum-name' }, name),
      ' = ',
      element('strong', { 'data-result': true }, longNumber(sum.result)),
      channelNote('output channel', view.outputChannel, numbers.outputChannels),
    );
    const body = geometry.window.pool === null ? convolutionRows(sum, view) : poolRows(geometry, sum);
    replace(host, title, ...body);
    speak(`${name} is ${longNumber(sum.result)}, ${sum.channels.reduce((count, { terms }) => count + terms.length, 0)} terms`);
  }

  function convolutionRows(sum: Sum, view: View): (HTMLElement | null)[] {
    const shown = sum.channels.find(({ channel }) => channel === view.inputChannel) ?? sum.channels[0];
    const others = sum.channels.filter((other) => other !== shown);
    const listed = isUnfolded ? others : others.slice(0, MOST_CHANNELS);
    const hidden = others.length - listed.length;
    const known = sum.channels.reduce((total, { sum: part }) => total + part, 0) + (sum.bias ?? 0);
    return [
      shown === undefined ? null : termsRow(shown),
      others.length === 0
        ? null
        : element(
            'div',
            { class: 'sum-row' },
            element('span', { class: 'sum-label' }, 'other channels'),
            ...listed.map(({ channel, sum: part }) => chip(`${channel}: ${longNumber(part)}`, part)),
            hidden > 0 || isUnfolded ? unfold(isUnfolded ? 'fewer' : `${hidden} more`) : null,
          ),
      sum.missing === 0
        ? null
        : element(
            'div',
            { class: 'sum-row' },
            element('span', { class: 'sum-label' }, `${sum.missing} more channels`),
            chip(longNumber(sum.result - known), sum.result - known),
          ),
      sum.bias === undefined
        ? null
        : element('div', { class: 'sum-row' }, element('span', { class: 'sum-label' }, 'bias'), chip(longNumber(sum.bias), sum.bias)),
    ];
  }

  function termsRow({ channel, terms, sum }: ChannelTerms): HTMLElement {
    const real = terms.filter(({ kind }) => kind === 'input');
    const zeros = terms.length - real.length;
    const listed = isUnfolded ? terms : real.slice(0, MOST_TERMS);
    const rest = terms.length - listed.length;
    return element(
      'div',
      { class: 'sum-row sum-terms', 'data-terms': terms.length },
      element('span', { class: 'sum-label' }, `channel ${channel}`),
      ...listed.flatMap((term, index) => [index === 0 ? '' : ' + ', termChip(term)]),
      listed.length === 0 ? '0' : '',
      ' = ',
      element('strong', {}, longNumber(sum)),
      rest > 0 || isUnfolded ? unfold(isUnfolded ? 'fewer' : restText(rest, Math.min(zeros, rest))) : null,
    );
  }

  function poolRows(geometry: Geometry, sum: Sum): HTMLElement[] {
    const { pool } = geometry.window;
    const terms = (sum.channels[0]?.terms ?? []).filter(
      ({ kind }) => kind === 'input' || (pool?.kind === 'average' && pool.countIncludePad && kind === 'padding'),
    );
    const listed = isUnfolded ? terms : terms.slice(0, MOST_TERMS);
    const values = listed.flatMap((term, index) => [
      index === 0 ? '' : pool?.kind === 'average' ? ' + ' : ', ',
      element(
        'span',
        { class: term.value === sum.result && pool?.kind === 'max' ? 'term winner' : 'term' },
        pool?.kind === 'average' ? factor(term.value) : longNumber(term.value),
      ),
    ]);
    const rest = terms.length - listed.length;
    const more = rest > 0 || isUnfolded ? unfold(isUnfolded ? 'fewer' : `${rest} more`) : null;
    const label = pool?.kind === 'max' ? 'largest of' : pool?.kind === 'norm' ? `${pool.norm}-norm of` : `mean of ${terms.length}`;
    const divisor = pool?.kind === 'average' ? ` / ${pool.divisor ?? terms.length}` : '';
    return [
      element(
        'div',
        { class: 'sum-row sum-terms', 'data-terms': terms.length },
        element('span', { class: 'sum-label' }, label),
        divisor === '' ? '' : '(',
        ...values,
        more,
        divisor === '' ? '' : `)${divisor}`,
        ' = ',
        element('strong', {}, longNumber(sum.result)),
      ),
    ];
  }

  function showInput(geometry: Geometry, numbers: LayerNumbers, view: View, place: Place): void {
    again = () => showInput(geometry, numbers, view, place);
    const name = `x${placeText(place, geometry.window.axes.length)}`;
    const value = at(numbers.input, view.inputChannel - numbers.firstInput, ...place);
    const [from, to] = channelsRead(geometry, numbers, view.outputChannel);
    const isRead = view.inputChannel >= from && view.inputChannel < to;
    const reached = isRead ? contributionsOf(geometry, numbers, { input: view.inputChannel, output: view.outputChannel }, place) : [];
    const listed = isUnfolded ? reached : reached.slice(0, MOST_TERMS);
    const isPool = geometry.window.pool !== null;
    const parts = listed.map(({ output, weight, product }) =>
      element(
        'span',
        { class: 'term' },
        `y${placeText(output, geometry.window.axes.length)}`,
        isPool ? '' : ` by ${factor(value)} × ${factor(weight)} = ${longNumber(product)}`,
      ),
    );
    const rest = reached.length - listed.length;
    const words =
      reached.length === 0 ? 'reaches no output cell' : `reaches ${reached.length} output ${reached.length === 1 ? 'cell' : 'cells'}`;
    replace(
      host,
      element(
        'div',
        { class: 'sum-title' },
        element('span', { class: 'sum-name' }, name),
        ' = ',
        element('strong', {}, longNumber(value)),
        channelNote('input channel', view.inputChannel, numbers.inputChannels),
        ` ${words}`,
      ),
      element(
        'div',
        { class: 'sum-row sum-reach', 'data-reached': reached.length },
        ...parts,
        rest > 0 || isUnfolded ? unfold(isUnfolded ? 'fewer' : `${rest} more`) : null,
      ),
    );
    speak(`${name} is ${longNumber(value)}, it ${words}`);
  }

  return {
    showOutput,
    showInput,
    showWords(text) {
      again = undefined;
      replace(host, element('div', { class: 'sum-title muted' }, text));
      speak(text);
    },
  };
}

function restText(rest: number, zeros: number): string {
  if (zeros === rest) return zeros === 1 ? 'and a zero' : `and ${zeros} zeros`;
  return zeros === 0 ? `${rest} more` : `${rest - zeros} more, and ${zeros} zeros`;
}

function channelNote(word: string, channel: number, channels: number): HTMLElement | null {
  return channels < 2 ? null : element('span', { class: 'muted' }, ` in ${word} ${channel}`);
}

function termChip({ value, weight, product, kind }: Term): HTMLElement {
  const title =
    kind === 'input'
      ? `${longNumber(value)} × ${longNumber(weight)} = ${longNumber(product)}`
      : kind === 'stuffed'
        ? 'a zero between the cells'
        : 'padding';
  return element(
    'span',
    { class: `term term-${kind}`, title },
    element('span', { class: 'term-x' }, factor(value)),
    '×',
    element('span', { class: 'term-w' }, factor(weight)),
  );
}

function chip(text: string, value: number): HTMLElement {
  return element('span', { class: value < 0 ? 'term negative' : 'term positive' }, text);
}
