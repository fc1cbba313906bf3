// What the kinds of cells mean; the colours have a scale below each grid.
import type { WindowDescription } from '../../../../server/src/protocol/preview-window.ts';
import { element, replace } from './dom.ts';
import type { View } from './scene.ts';

export function showLegend(host: HTMLElement, window: WindowDescription | null, mode: View['mode']): void {
  const swatch = (kind: string, text: string) =>
    element('span', { class: 'key' }, element('span', { class: `swatch swatch-${kind}`, 'aria-hidden': 'true' }), text);
  const isTransposed = window?.kind === 'transposed';
  const isScatter = isTransposed && mode === 'scatter';
  const axes = window?.axes ?? [];
  const hasPadding = !isScatter && (isTransposed || axes.some(({ paddingStart, paddingEnd }) => paddingStart > 0 || paddingEnd > 0));
  const hasZeros = isTransposed && !isScatter && axes.some(({ stride }) => stride > 1);
  replace(
    host,
    hasPadding ? swatch('padding', window === null || window.fill === 'zeros' ? 'padding' : `padding (${window.fill})`) : null,
    hasZeros ? swatch('stuffed', 'zero between cells') : null,
    isScatter ? swatch('cut', 'cut off') : null,
    window === null
      ? element('span', {}, 'This operator has no window: above is what goes in and what comes out.')
      : swatch('focus', 'what is looked at'),
  );
}
