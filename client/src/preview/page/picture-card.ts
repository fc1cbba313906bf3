// What stands on a card for a tensor: its picture, its name and its shape.
import type { EncodedTensor } from '../../../../server/src/protocol/preview.ts';
import { thumbnail } from './channel-maps.ts';
import { element } from './dom.ts';
import { decodeTensor, largest } from './tensor.ts';
import type { Theme } from './colours.ts';

const SIDE = 44;

/** Without a picture there is an empty frame. */
export function pictureCard(encoded: EncodedTensor | null | undefined, name: string, shape: string, theme: Theme): readonly HTMLElement[] {
  const picture = element('span', { class: 'link-picture' });
  if (encoded !== null && encoded !== undefined) {
    const tensor = decodeTensor(encoded);
    picture.append(thumbnail(tensor, largest(tensor.data), theme, SIDE));
  }
  return [picture, element('span', { class: 'link-name' }, name), element('span', { class: 'link-shape' }, shape)];
}
