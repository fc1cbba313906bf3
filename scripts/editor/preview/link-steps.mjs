// Ways to the preview, and from it back to the text: the hover, the lens, the button of other formats, the chain.
import assert from 'node:assert/strict';
import { previewPage } from './preview-page.mjs';

/**
 * @param {import('../drive.mjs').Drive} drive
 * @returns {[string, () => Promise<void>][]}
 */
export function linkSteps({ page, until, shoot }) {
  const { editor, lens, preview, line, wordOf, hover, pointAt, goTo, click, shows, openFile } = previewPage({ page, until });
  return [
    [
      'the lens above a network shows its first layer',
      async () => {
        // Lenses stand in the page in the order in which they were made: the one of a network is what lies next above its line.
        const topOf = async (element, brief) => (await element.boundingBox(brief))?.y ?? Infinity;
        const lensOf = async (text, brief) => {
          const y = await topOf(line(text), brief);
          const all = await Promise.all((await lens.all()).map(async (each) => ({ each, top: await topOf(each, brief) })));
          return all.filter(({ top }) => top < y).sort((a, b) => b.top - a.top)[0]?.each;
        };
        await until(
          async (brief) => (await lensOf('net PaddedStrided', brief)).click(brief),
          (brief) => shows('Conv2d', '[1, 1, 3, 3]', brief),
        );
      },
    ],
    [
      'the hover of a layer links to its preview',
      async () => {
        const layer = wordOf('ConvTranspose2d(1, 1, 3', 'ConvTranspose2d');
        const link = hover.locator('a', { hasText: 'Preview this layer' }).first();
        await pointAt(layer, link);
        await shoot('6-hover');
        await until(
          async (brief) => {
            if (!(await link.isVisible())) await pointAt(layer, link);
            await link.click(brief);
          },
          (brief) => shows('ConvTranspose2d', '[1, 1, 6, 6]', brief),
        );
      },
    ],
    [
      'a layer of the chain is shown, and its line revealed',
      async () => {
        await openFile('join.nn');
        await goTo('Cat(dim=1)', 'Cat');
        await shows('Cat', '[1, 4, 8, 8]');
        await click(preview.locator('.chain .link-card', { hasText: 'Conv2d' }).first(), (brief) => shows('Conv2d', '[1, 2, 4, 4]', brief));
        await editor.locator('.active-line-number', { hasText: /^4$/ }).waitFor();
      },
    ],
    [
      'a join shows the input that is chosen',
      async () => {
        await goTo('Cat(dim=1)', 'Cat');
        await shows('Cat', '[1, 4, 8, 8]');
        await until.holds(async () => assert.equal(await preview.locator('[data-input]').count(), 2));
        // The second input becomes the output channels behind those of the first.
        await click(preview.locator('[data-input="1"]'), preview.locator('[data-input="1"][aria-pressed=true]'));
        await preview.locator('.sum-title', { hasText: 'output channel 2' }).waitFor();
        await preview.locator('[data-linked="1"]').waitFor();
        await shoot('7-join');
      },
    ],
    [
      'of more than a million numbers other channels are asked for',
      async () => {
        await goTo('Conv2d(2, 40, 1', 'Conv');
        await shows('Conv2d', '[1, 40, 256, 256]');
        const pages = preview.locator('[data-pages="output channel"]');
        await pages.filter({ hasText: '0 to 15 of 40' }).waitFor();
        // Its label says where it leads from: once that is another one, nothing is clicked.
        await click(pages.getByRole('button', { name: 'output channels after 15' }), pages.filter({ hasText: '16 to 31 of 40' }));
        await preview.locator('.sum-title', { hasText: 'output channel 16' }).waitFor();
      },
    ],
  ];
}
