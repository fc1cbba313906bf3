// The way from the input of the network to the layer, as pictures to click on.
import type { ChainLink, EncodedTensor, LayerPlace } from '../../../../server/src/protocol/preview.ts';
import { thumbnail } from './channel-maps.ts';
import { button, element, replace } from './dom.ts';
import { decodeTensor, largest } from './tensor.ts';
import type { Theme } from './theme.ts';

export function showChain(
  host: HTMLElement,
  links: readonly ChainLink[],
  pictures: readonly (EncodedTensor | null)[],
  theme: Theme,
  events: { readonly onShow: (place: LayerPlace) => void; readonly onReveal: (range: ChainLink['range']) => void },
): void {
  const items = links.map(({ place, range, name, operator, shape }, index) => {
    const isLast = index === links.length - 1;
    const encoded = pictures[index];
    const title = name === operator || name === '' ? operator : `${name} · ${operator}`;
    const made = button('', () => (place === null || isLast ? events.onReveal(range) : events.onShow(place)), {
      class: 'link-card',
      'aria-current': isLast ? 'step' : undefined,
      title: `${title} ${shape}`,
      'aria-label': `${title}, ${shape}, line ${range.start.line + 1}`,
    });
    const picture = element('span', { class: 'link-picture' });
    if (encoded !== null && encoded !== undefined) {
      const tensor = decodeTensor(encoded);
      picture.append(thumbnail(tensor, largest(tensor.data), theme, 44));
    }
    made.append(
      picture,
      element('span', { class: 'link-name' }, place === null ? name : operator),
      element('span', { class: 'link-shape' }, shape),
    );
    return made;
  });
  replace(
    host,
    ...items.flatMap((item, index) => (index === 0 ? [item] : [element('span', { class: 'arrow', 'aria-hidden': 'true' }, '→'), item])),
  );
  host.scrollLeft = host.scrollWidth;
}
