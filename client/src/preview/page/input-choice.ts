// The inputs of a join, each with its picture: choosing one shows it on the stage.
import type { EncodedTensor, PreviewShape } from '../../../../server/src/protocol/preview.ts';
import { button, element, replace } from './dom.ts';
import { pictureCard } from './picture-card.ts';
import type { Theme } from './colours.ts';

/** Nothing where there is one input: it is on the stage already. */
export function showInputs(
  host: HTMLElement,
  inputs: readonly PreviewShape[],
  pictures: readonly (EncodedTensor | null)[],
  chosen: number,
  theme: Theme,
  onChoose: (input: number) => void,
): void {
  if (inputs.length < 2) return replace(host);
  replace(
    host,
    element('span', { class: 'inputs-label' }, `${inputs.length} inputs`),
    ...inputs.map(({ label, text, sizes }, index) => {
      const shape = sizes === null ? text : `[${sizes.join(', ')}]`;
      const made = button('', () => onChoose(index), {
        class: 'link-card',
        'data-input': index,
        'aria-pressed': String(index === chosen),
        'aria-label': `input ${index + 1}, ${label}, ${shape}`,
      });
      made.append(...pictureCard(pictures[index], label, shape, theme));
      return made;
    }),
  );
}
