// The sum behind an output cell: products with the cells of its window, or what a pool makes of them.
import { element } from './dom.ts';
import type { Geometry } from './geometry.ts';
import { factor, longNumber } from './numbers.ts';
import { foldButton, joined, MOST_CHANNELS, MOST_TERMS, numberChip, result, sumRow, type Folding, type Part } from './sum-parts.ts';
import { readTerms, type ChannelTerms, type Sum, type Term } from './terms.ts';

export function convolutionRows(sum: Sum, inputChannel: number, folding: Folding): (HTMLElement | null)[] {
  const shown = sum.channels.find(({ channel }) => channel === inputChannel) ?? sum.channels[0];
  return [shown === undefined ? null : termsRow(shown, folding), ...otherRows(sum, shown?.channel, folding)];
}

/** What is added besides the channel that is shown: the other channels, those whose numbers are not here, and the bias. */
export function otherRows(sum: Sum, shown: number | undefined, folding: Folding): (HTMLElement | null)[] {
  const others = sum.channels.filter(({ channel }) => channel !== shown);
  const listed = folding.isUnfolded ? others : others.slice(0, MOST_CHANNELS);
  const hidden = others.length - listed.length;
  const rest = others.slice(listed.length).reduce((total, { sum: part }) => total + part, 0);
  const known = sum.channels.reduce((total, { sum: part }) => total + part, 0) + (sum.bias ?? 0);
  return [
    others.length === 0
      ? null
      : sumRow(others.length === 1 ? 'other channel' : 'other channels', [
          ...listed.map(({ channel, sum: part }) => numberChip(`${channel}: ${longNumber(part)}`)),
          foldButton(folding, hidden > 0 ? `${hidden} more: ${longNumber(rest)}` : undefined),
        ]),
    sum.missing === 0
      ? null
      : sumRow(`${sum.missing} more ${sum.missing === 1 ? 'channel' : 'channels'}`, [numberChip(longNumber(sum.result - known))]),
    sum.bias === undefined ? null : sumRow('bias', [numberChip(longNumber(sum.bias))]),
  ];
}

function termsRow({ channel, terms, sum }: ChannelTerms, folding: Folding): HTMLElement {
  const real = readTerms(terms);
  const listed = folding.isUnfolded ? terms : real.slice(0, MOST_TERMS);
  const rest = terms.length - listed.length;
  const parts: Part[] = [
    ...joined(listed.map(termChip), '+'),
    listed.length === 0 ? '0' : null,
    foldButton(folding, rest > 0 ? restText(rest, Math.min(terms.length - real.length, rest)) : undefined),
    result(sum),
  ];
  return sumRow(`channel ${channel}`, parts, { 'data-terms': terms.length });
}

function restText(rest: number, zeros: number): string {
  if (zeros === rest) return zeros === 1 ? '+ a zero' : `+ ${zeros} zeros`;
  return zeros === 0 ? `+ ${rest} more` : `+ ${rest - zeros} more, and ${zeros} zeros`;
}

function termChip({ value, weight, product, kind, source }: Term): HTMLElement {
  const words = `${longNumber(value)} × ${longNumber(weight)} = ${longNumber(product)}`;
  const title = source === undefined ? (kind === 'stuffed' ? 'a zero between the cells' : 'padding') : words;
  return productChip(value, weight, { class: source === undefined ? `term term-${kind}` : 'term', title });
}

/** A value and its weight. */
export function productChip(value: number, weight: number, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  return element(
    'span',
    { class: 'term', ...attributes },
    element('span', { class: 'term-x' }, factor(value)),
    '×',
    element('span', { class: 'term-w' }, factor(weight)),
  );
}

export function poolRow({ window: { pool } }: Geometry, sum: Sum, folding: Folding): HTMLElement {
  const isMean = pool?.kind === 'average';
  const terms = (sum.channels[0]?.terms ?? []).filter(
    ({ kind }) => kind === 'input' || (isMean && pool.countIncludePad && kind === 'padding'),
  );
  const listed = folding.isUnfolded ? terms : terms.slice(0, MOST_TERMS);
  const chips = listed.map(({ value }) =>
    numberChip(isMean ? factor(value) : longNumber(value), {
      class: value === sum.result && pool?.kind === 'max' ? 'term winner' : 'term',
    }),
  );
  const rest = terms.length - listed.length;
  const label = pool?.kind === 'max' ? 'largest of' : pool?.kind === 'norm' ? `${pool.norm}-norm of` : `mean of ${terms.length}`;
  const parts: Part[] = [
    isMean ? '(' : null,
    ...(isMean ? joined(chips, '+') : chips),
    foldButton(folding, rest > 0 ? `${rest} more` : undefined),
    isMean ? `) / ${pool.divisor ?? terms.length}` : null,
    result(sum.result),
  ];
  return sumRow(label, parts, { 'data-terms': terms.length });
}
