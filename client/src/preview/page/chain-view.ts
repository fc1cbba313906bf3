// The way from the input of the network to the layer, as pictures to click on.
import type { ChainLink, EncodedTensor, LayerPlace } from '../../../../server/src/protocol/preview.ts';
import { button, element, replace } from './dom.ts';
import { icon } from './icons.ts';
import { pictureCard } from './picture-card.ts';
import type { Theme } from './colours.ts';

export function showChain(
  host: HTMLElement,
  links: readonly ChainLink[],
  pictures: readonly (EncodedTensor | null)[],
  theme: Theme,
  events: { readonly onShow: (place: LayerPlace) => void; readonly onReveal: (range: ChainLink['range']) => void },
): void {
  const items = links.flatMap(({ place, range, name, operator, shape }, index) => {
    const isLast = index === links.length - 1;
    const title = name === operator || name === '' ? operator : `${name} · ${operator}`;
    const made = button('', () => (place === null || isLast ? events.onReveal(range) : events.onShow(place)), {
      class: 'link-card',
      'aria-current': isLast ? 'step' : undefined,
      title: `${title} ${shape}`,
      'aria-label': `${title}, ${shape}, line ${range.start.line + 1}`,
    });
    made.append(...pictureCard(pictures[index], place === null ? name : operator, shape, theme));
    if (index === 0) return [made];
    const arrow = element('span', { class: 'arrow' });
    arrow.append(icon('arrow'));
    return [arrow, made];
  });
  const isAtEnd = host.childElementCount === 0 || host.scrollLeft + host.clientWidth >= host.scrollWidth - 4;
  const before = host.scrollLeft;
  replace(host, ...items);
  // The layer itself stands at the end; who has scrolled back stays there.
  host.scrollLeft = isAtEnd ? host.scrollWidth : before;
}
