// Ways to the preview, and from it back to the text: the hover, the lens, the button of other formats, the chain.
import assert from 'node:assert/strict';
import { previewPage } from './preview-page.mjs';

/** @returns {[string, () => Promise<void>][]} */
export function linkSteps({ page, shoot }) {
  const { editor, preview, line, goTo, shows, openFile } = previewPage(page);
  return [
    [
      'the lens above a network shows its first layer',
      async () => {
        await editor
          .locator('.codelens-decoration a', { hasText: /^Preview$/ })
          .nth(2)
          .click();
        await shows('Conv2d', '[1, 1, 3, 3]');
      },
    ],
    [
      'the hover of a layer links to its preview',
      async () => {
        await line('ConvTranspose2d(1, 1, 3').first().locator('span span', { hasText: 'ConvTranspose2d' }).first().hover();
        const link = page.locator('.monaco-hover:visible a', { hasText: 'Preview this layer' }).first();
        await link.waitFor();
        await shoot('6-hover');
        await link.click();
        await shows('ConvTranspose2d', '[1, 1, 6, 6]');
      },
    ],
    [
      'a layer of the chain is shown, and its line revealed',
      async () => {
        await openFile('join.nn');
        await goTo('Cat(dim=1)', 'Cat');
        await shows('Cat', '[1, 4, 8, 8]');
        await preview.locator('.chain .link-card', { hasText: 'Conv2d' }).first().click();
        await shows('Conv2d', '[1, 2, 4, 4]');
        await editor.locator('.active-line-number', { hasText: /^4$/ }).waitFor();
      },
    ],
    [
      'a join shows the input that is chosen',
      async () => {
        await goTo('Cat(dim=1)', 'Cat');
        await shows('Cat', '[1, 4, 8, 8]');
        assert.equal(await preview.locator('[data-input]').count(), 2);
        await preview.locator('[data-input="1"]').click();
        await preview.locator('[data-input="1"][aria-pressed=true]').waitFor();
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
        await pages.locator('button').last().click();
        await pages.filter({ hasText: '16 to 31 of 40' }).waitFor();
        await preview.locator('.sum-title', { hasText: 'output channel 16' }).waitFor();
      },
    ],
  ];
}
