// The formula of the size: with the guide's letters, and with the numbers of the layer.
import type { LayerDescription } from '../../../../server/src/protocol/preview.ts';
import { element, replace } from './dom.ts';

export function showFormula(host: HTMLElement, { window, axes, guide }: LayerDescription): void {
  if (window === null || axes.length === 0) {
    replace(host);
    return;
  }
  const letters = lettersOf(window);
  replace(
    host,
    guide === null
      ? null
      : element(
          'p',
          { class: 'guide' },
          element('strong', {}, guide.name),
          element('span', { class: 'note muted' }, `relationship ${guide.relationship} of the guide`),
        ),
    letters === '' ? null : element('p', { class: 'letters' }, letters),
    ...axes.map(({ name, formula, notes }) =>
      element(
        'div',
        { class: 'axis-words' },
        element('span', { class: 'slider-axis' }, name),
        element('code', { class: 'formula', 'data-formula': name }, formula),
        ...notes.map((note) => element('div', { class: 'note muted' }, note)),
      ),
    ),
  );
}

function lettersOf({ kind, axes }: NonNullable<LayerDescription['window']>): string {
  const hasEnds = axes.some(({ paddingStart, paddingEnd }) => paddingStart !== paddingEnd);
  const padding = hasEnds ? 'pa + pb' : '2p';
  const k = axes.some(({ dilation }) => dilation > 1) ? 'ke' : 'k';
  switch (kind) {
    case 'transposed':
      return `o' = s(i' − 1) + ${k} − ${hasEnds ? '(pa + pb)' : padding} + a`;
    case 'adaptive':
      return '';
    default:
      return `o = ⌊(i + ${padding} − ${k}) / s⌋ + 1`;
  }
}
