// What is looked at, in words and numbers: the sum behind an output cell, or what an input cell adds where.
import { element, replace } from './dom.ts';
import { kernelSize, placeText, type Geometry, type Place } from './geometry.ts';
import { inputAt, type LayerNumbers } from './layer-numbers.ts';
import { factor, longNumber } from './numbers.ts';
import { plainWords } from './plain-rows.ts';
import type { PlainNumbers } from './plain-scene.ts';
import type { Focus, View } from './scene.ts';
import { stampRows, stampSumRows } from './stamp-rows.ts';
import { channelNote, foldButton, MOST_TERMS, numberChip, sumRow, type Folding } from './sum-parts.ts';
import { convolutionRows, poolRow } from './sum-rows.ts';
import { channelsReached, channelsRead, contributionsOf, sumAt, type Contribution } from './terms.ts';

/** A layer whose numbers are there, and how it is looked at. */
export interface Explained {
  readonly geometry: Geometry;
  readonly numbers: LayerNumbers;
  readonly view: View;
}

export interface Explanation {
  /** `soFar` is what stands in the cell at this step of a scatter. */
  readonly showOutput: (layer: Explained, place: Place, soFar: number) => void;
  readonly showInput: (layer: Explained, place: Place) => void;
  /** Of an operator without a window. */
  readonly showPlain: (numbers: PlainNumbers, focus: Focus, view: View) => void;
  readonly showWords: (text: string) => void;
  /** As tall as it has to be again. */
  readonly reset: () => void;
}

/** `spoken` is a live region: it has one short sentence, and the page has the rest. */
export function createExplanation(host: HTMLElement, spoken: HTMLElement): Explanation {
  let isUnfolded = false;
  let again: (() => void) | undefined;
  let tallest = 0;
  // Below a box that grows and shrinks with each cell everything would jump.
  new ResizeObserver(() => {
    if (host.offsetHeight <= tallest) return;
    tallest = host.offsetHeight;
    host.style.minHeight = `${tallest}px`;
  }).observe(host);

  function reset(): void {
    tallest = 0;
    host.style.minHeight = '';
  }

  function folding(): Folding {
    return {
      isUnfolded,
      toggle: () => {
        isUnfolded = !isUnfolded;
        reset();
        again?.();
      },
    };
  }

  function speak(text: string): void {
    if (spoken.textContent !== text) spoken.textContent = text;
  }

  function showOutput(layer: Explained, place: Place, soFar: number): void {
    again = () => showOutput(layer, place, soFar);
    const { geometry, numbers, view } = layer;
    const sum = sumAt(geometry, numbers, view.outputChannel, place);
    const name = `y${placeText(place, geometry.window.axes.length)}`;
    const rows =
      geometry.window.pool !== null
        ? [poolRow(geometry, sum, folding())]
        : isScatter(layer)
          ? stampSumRows(geometry, numbers, view, place, sum, soFar, folding())
          : convolutionRows(sum, view.inputChannel, folding());
    const result = element('strong', { 'data-result': true }, longNumber(sum.result));
    replace(host, title(name, result, channelNote('output channel', view.outputChannel, numbers.outputChannels)), ...rows);
    speak(`${name} is ${longNumber(sum.result)}, ${sum.channels.reduce((count, { terms }) => count + terms.length, 0)} terms`);
  }

  function showInput(layer: Explained, place: Place): void {
    again = () => showInput(layer, place);
    const { geometry, numbers, view } = layer;
    const name = `x${placeText(place, geometry.window.axes.length)}`;
    const value = inputAt(numbers, view.inputChannel, ...place);
    const [from, to] = channelsRead(geometry, numbers, view.outputChannel);
    const isRead = view.inputChannel >= from && view.inputChannel < to;
    const reached = isRead ? contributionsOf(geometry, numbers, { input: view.inputChannel, output: view.outputChannel }, place) : [];
    const stamped = kernelSize(geometry).reduce((product, size) => product * size, 1);
    const words = isScatter(layer)
      ? `stamps ${factor(value)} times the kernel onto ${stamped} cells`
      : reached.length === 0
        ? 'reaches no output cell'
        : `reaches ${reached.length} output ${reached.length === 1 ? 'cell' : 'cells'}`;
    const rows = isScatter(layer)
      ? stampRows(geometry, value, reached, stamped, folding())
      : [reachRow(geometry, value, reached, folding())];
    replace(
      host,
      title(
        name,
        element('strong', {}, longNumber(value)),
        channelNote('input channel', view.inputChannel, numbers.inputChannels),
        ` ${words}`,
      ),
      ...rows,
      reached.length === 0 ? null : alikeRow(layer),
    );
    speak(`${name} is ${longNumber(value)}, it ${words}`);
  }

  function showPlain(numbers: PlainNumbers, focus: Focus, view: View): void {
    again = () => showPlain(numbers, focus, view);
    const words = plainWords(numbers, focus, view, folding());
    replace(host, words.title, ...words.rows);
    speak(words.spoken);
  }

  return {
    showOutput,
    showInput,
    showPlain,
    reset,
    showWords(text) {
      again = undefined;
      replace(host, element('div', { class: 'sum-title muted' }, text));
      speak(text);
    },
  };
}

function isScatter({ geometry, view }: Explained): boolean {
  return view.mode === 'scatter' && geometry.window.kind === 'transposed';
}

function title(name: string, ...parts: readonly (Node | string | null)[]): HTMLElement {
  return element('div', { class: 'sum-title' }, element('span', { class: 'sum-name' }, name), ' = ', ...parts);
}

function reachRow(geometry: Geometry, value: number, reached: readonly Contribution[], folding: Folding): HTMLElement {
  const listed = folding.isUnfolded ? reached : reached.slice(0, MOST_TERMS);
  const rest = reached.length - listed.length;
  const isPool = geometry.window.pool !== null;
  const chips = listed.map(({ output, weight, product }) =>
    numberChip(
      `y${placeText(output, geometry.window.axes.length)}${isPool ? '' : ` by ${factor(value)} × ${factor(weight)} = ${longNumber(product)}`}`,
    ),
  );
  return sumRow('reaches', [...chips, foldButton(folding, rest > 0 ? `${rest} more` : undefined)], { 'data-reached': reached.length });
}

/** In the other channels that read it, an input cell reaches the same places. */
function alikeRow({ geometry, numbers, view }: Explained): HTMLElement | null {
  const [from, to] = channelsReached(geometry, numbers, view.inputChannel);
  const others = to - from - 1;
  if (others < 1) return null;
  return sumRow('channels', [
    `and the same cells in ${others} other output ${others === 1 ? 'channel' : `channels, ${from} to ${to - 1}`}, each with its own kernel`,
  ]);
}
