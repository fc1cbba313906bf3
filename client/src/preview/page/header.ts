// The head of the page: which layer this is, and whether the page stays with it.
import type { LayerDescription } from '../../../../server/src/protocol/preview.ts';
import { button, element, iconButton, replace } from './dom.ts';

export interface HeaderEvents {
  readonly onPin: () => void;
  readonly onReveal: () => void;
  readonly onUse: (use: number) => void;
}

export function showHeader(host: HTMLElement, layer: LayerDescription, isPinned: boolean, { onPin, onReveal, onUse }: HeaderEvents): void {
  const { operator, name, network, range, inputs, outputs, summary, uses, place } = layer;
  const select = element(
    'select',
    { 'aria-label': 'Which use of this line' },
    ...uses.map((text, use) => element('option', { value: use, selected: use === place.use }, `${use + 1} of ${uses.length}: ${text}`)),
  );
  select.addEventListener('change', () => onUse(select.selectedIndex));
  const where = name === null ? `${network}, line ${range.start.line + 1}` : `${name} in ${network}, line ${range.start.line + 1}`;
  const first = inputs[0];
  const sizesOf = (shape: typeof first) => (shape === undefined ? '' : shape.sizes === null ? shape.text : `[${shape.sizes.join(', ')}]`);
  const pin = iconButton('pin', isPinned ? 'Follow the cursor again' : 'Stay with this layer', onPin, {
    class: 'pin quiet',
    'aria-pressed': String(isPinned),
  });
  pin.append(isPinned ? 'pinned' : 'pin');
  replace(
    host,
    element(
      'div',
      { class: 'title-row' },
      element('h1', { 'data-operator': operator }, operator),
      button(where, onReveal, { class: 'where', title: 'Show the line' }),
      uses.length > 1 ? select : null,
      pin,
    ),
    element('p', { class: 'summary muted' }, summary),
    element(
      'p',
      { class: 'shapes' },
      element('code', { 'data-shape': 'input' }, sizesOf(first)),
      ' → ',
      element('code', { 'data-shape': 'output' }, sizesOf(outputs[0])),
    ),
  );
}
