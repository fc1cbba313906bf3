// The guide's examples in the preview: their numbers, steps, the matrix, both ways of a transposed convolution, and a slider that writes.
import assert from 'node:assert/strict';
import { previewPage } from './preview-page.mjs';

/** @returns {[string, () => Promise<void>][]} */
export function guideSteps({ page, shoot }) {
  const { editor, preview, line, reads, goTo } = previewPage(page);
  return [
    [
      'opens with Ctrl+K V, and reads i = 4, k = 3',
      async () => {
        // Keys of an extension count once the editor has read it.
        await editor
          .locator('.codelens-decoration a', { hasText: /^Preview$/ })
          .first()
          .waitFor();
        await goTo('Conv2d(1, 1, 3)');
        await page.keyboard.press('Control+k');
        await page.keyboard.press('v');
        await preview.locator('#page[data-ready]').waitFor();
        await preview.locator('[data-source=weights]').selectOption('ones');
        // The ramp counts 0 to 15: 0 + 1 + 2 + 4 + 5 + 6 + 8 + 9 + 10 is 45.
        await reads('output', 0, 0, 45);
        await reads('output', 0, 1, 54);
        await reads('output', 1, 0, 81);
        await reads('output', 1, 1, 90);
        await shoot('1-no-padding');
      },
    ],
    [
      'follows the cursor: i = 5, k = 4, p = 2 with its padding',
      async () => {
        await goTo('Conv2d(1, 1, 4, padding=2)');
        await reads('output', 5, 5, 84);
        await reads('output', 0, 0, 12);
        await preview.locator('[data-grid=input] [data-kind=padding]').first().waitFor({ state: 'attached' });
        assert.equal(await preview.locator('[data-grid=input] [data-kind=padding]').count(), 81 - 25);
        await preview.locator('[data-formula]', { hasText: '(5 + 2·2 - 4) + 1 = 6' }).waitFor();
      },
    ],
    [
      'i = 5, k = 3, s = 2, p = 1',
      async () => {
        await goTo('Conv2d(1, 1, 3, stride=2, padding=1)');
        await reads('output', 1, 1, 108);
        await reads('output', 0, 0, 12);
        assert.equal(await preview.locator('[data-grid=output] td').count(), 9);
      },
    ],
    [
      'steps with the keys, and the sum says its terms',
      async () => {
        await preview.locator('.scrubber').focus();
        await page.keyboard.press('Home');
        for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight');
        await preview.locator('[data-step]', { hasText: 'step 5 of 9' }).waitFor();
        await preview.locator('[data-result]', { hasText: /^108$/ }).waitFor();
        assert.equal(await preview.locator('[data-terms]').getAttribute('data-terms'), '9');
        await page.keyboard.press('End');
        await preview.locator('[data-step]', { hasText: 'step 9 of 9' }).waitFor();
      },
    ],
    [
      'the matrix has a row for each output cell',
      async () => {
        await preview.locator('summary').click();
        const matrix = preview.locator('canvas.matrix');
        await matrix.waitFor();
        assert.deepEqual([await matrix.getAttribute('data-rows'), await matrix.getAttribute('data-columns')], ['9', '25']);
        await shoot('2-matrix');
        await preview.locator('summary').click();
      },
    ],
    [
      'a transposed convolution with output padding, both ways',
      async () => {
        await goTo('ConvTranspose2d(1, 1, 3, stride=2, padding=1, output_padding=1)');
        await reads('output', 1, 1, 8);
        await reads('output', 5, 5, 8);
        await preview.locator('[data-grid=input] [data-kind=stuffed]').first().waitFor({ state: 'attached' });
        await shoot('3-transposed');
        await preview.locator('[data-mode=scatter]').click();
        // What the padding cuts off lies around the 6 x 6 cells, but for the output padding's side.
        await preview.locator('[data-grid=output] [data-kind=cut]').first().waitFor({ state: 'attached' });
        await preview.locator('[data-step]', { hasText: 'step 1 of 9' }).waitFor();
        await preview.locator('.scrubber').focus();
        await page.keyboard.press('End');
        await reads('output', 2, 2, 8);
        await shoot('4-stamps');
      },
    ],
    [
      'a slider tries a padding, and Apply writes it',
      async () => {
        await goTo('Conv2d(1, 1, 3)');
        await reads('output', 1, 1, 90);
        await preview.locator('input[data-argument=padding]').focus();
        await page.keyboard.press('ArrowRight');
        await preview.locator('[data-trial-size]', { hasText: '[1, 1, 4, 4]' }).waitFor();
        await preview.locator('[data-new-problems="0"]').waitFor();
        await shoot('5-trial');
        await preview.locator('button', { hasText: 'Apply' }).click();
        await line('Conv2d(1, 1, 3, padding=1)').first().waitFor();
        await preview.locator('.trial').waitFor({ state: 'hidden' });
        await reads('output', 1, 1, 45);
      },
    ],
  ];
}
