// A transposed convolution as stamps, in words and numbers: what a cell stamps where, and which stamps an output cell is the sum of.
import { element } from './dom.ts';
import { placeText, type Geometry, type Place } from './geometry.ts';
import type { LayerNumbers } from './layer-numbers.ts';
import { factor, longNumber } from './numbers.ts';
import type { View } from './scene.ts';
import { stampsOnto } from './stamps.ts';
import { foldButton, joined, MOST_TERMS, numberChip, result, sumRow, type Folding } from './sum-parts.ts';
import { otherRows, productChip } from './sum-rows.ts';
import type { Contribution, Sum } from './terms.ts';

/** The stamps of one input channel onto an output cell; those of later steps are faint. `soFar` is what stands in the cell now. */
export function stampSumRows(
  geometry: Geometry,
  numbers: LayerNumbers,
  view: View,
  place: Place,
  sum: Sum,
  soFar: number,
  folding: Folding,
): (HTMLElement | null)[] {
  const axes = geometry.window.axes.length;
  const width = geometry.axes[2].inputs;
  const shown = sum.channels.find(({ channel }) => channel === view.inputChannel) ?? sum.channels[0];
  if (shown === undefined) return otherRows(sum, undefined, folding);
  const stamps = stampsOnto(geometry, numbers, { input: shown.channel, output: view.outputChannel }, place);
  const listed = folding.isUnfolded ? stamps : stamps.slice(0, MOST_TERMS);
  const rest = stamps.length - listed.length;
  const isLater = ([, row, column]: Place) => row * width + column > view.step;
  const chips = listed.map(({ input, value, weight }) => {
    const chip = productChip(value, weight, {
      class: isLater(input) ? 'term term-later' : 'term',
      title: `x${placeText(input, axes)} = ${longNumber(value)}${isLater(input) ? ', not stamped yet' : ''}`,
    });
    chip.prepend(element('span', { class: 'term-place' }, `x${placeText(input, axes)} `));
    return chip;
  });
  const hasLater = stamps.some(({ input }) => isLater(input));
  return [
    sumRow(
      `channel ${shown.channel}`,
      [
        ...(chips.length === 0 ? ['no cell stamps here: 0'] : joined(chips, '+')),
        foldButton(folding, rest > 0 ? `+ ${rest} more` : undefined),
        result(shown.sum),
      ],
      { 'data-stamps': stamps.length },
    ),
    ...otherRows(sum, shown.channel, folding),
    hasLater ? sumRow('so far', [numberChip(longNumber(soFar))]) : null,
  ];
}

/** What an input cell adds to each output cell that it stamps. */
export function stampRows(
  geometry: Geometry,
  value: number,
  reached: readonly Contribution[],
  stamped: number,
  folding: Folding,
): (HTMLElement | null)[] {
  const axes = geometry.window.axes.length;
  const listed = folding.isUnfolded ? reached : reached.slice(0, MOST_TERMS);
  const rest = reached.length - listed.length;
  const chips = listed.map(({ output, weight, product }) =>
    numberChip(`y${placeText(output, axes)} += ${longNumber(product)}`, { title: `${factor(value)} × ${factor(weight)}` }),
  );
  const cut = stamped - reached.length;
  return [
    sumRow('stamps', [...chips, foldButton(folding, rest > 0 ? `${rest} more` : undefined)], { 'data-reached': reached.length }),
    cut > 0 ? sumRow('cut off', [`${cut} of its ${stamped} cells lie outside of the output`]) : null,
  ];
}
