// The guide's examples in the preview: their numbers, steps, the matrix, both ways of a transposed convolution, and a slider that writes.
import assert from 'node:assert/strict';
import { previewPage } from './preview-page.mjs';

/**
 * @param {import('../drive.mjs').Drive} drive
 * @returns {[string, () => Promise<void>][]}
 */
export function guideSteps({ page, until, shoot }) {
  const { lens, preview, line, reads, goTo, click, press, slide } = previewPage({ page, until });
  const scrubber = preview.locator('.scrubber');

  return [
    [
      'opens with Ctrl+K V, and reads i = 4, k = 3',
      async () => {
        // Keys of an extension count once the editor has read it.
        await lens.first().waitFor();
        await goTo('Conv2d(1, 1, 3)');
        const heard = page.locator('.part.statusbar', { hasText: 'Waiting for second key of chord' });
        await until(async (brief) => {
          await page.keyboard.press('Control+k');
          // Without the first key the second one would be written into the text.
          await heard.waitFor(brief);
          await page.keyboard.press('v');
        }, preview.locator('#page[data-ready]'));
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
        await until.holds(async () => assert.equal(await preview.locator('[data-grid=input] [data-kind=padding]').count(), 81 - 25));
        await preview.locator('[data-formula]', { hasText: '(5 + 2·2 - 4) + 1 = 6' }).waitFor();
      },
    ],
    [
      'i = 5, k = 3, s = 2, p = 1',
      async () => {
        await goTo('Conv2d(1, 1, 3, stride=2, padding=1)');
        await reads('output', 1, 1, 108);
        await reads('output', 0, 0, 12);
        await until.holds(async () => assert.equal(await preview.locator('[data-grid=output] td').count(), 9));
      },
    ],
    [
      'steps with the keys, and the sum says its terms',
      async () => {
        const step = (words) => preview.locator('[data-step]', { hasText: words });
        await press(scrubber, ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'], step('step 5 of 9'));
        await preview.locator('[data-result]', { hasText: /^108$/ }).waitFor();
        await preview.locator('[data-terms="9"]').waitFor();
        await press(scrubber, ['End'], step('step 9 of 9'));
      },
    ],
    [
      'the matrix has a row for each output cell',
      async () => {
        const matrix = preview.locator('canvas.matrix');
        const fold = async (isOpen) => {
          if ((await matrix.isVisible()) !== isOpen) await preview.locator('summary').click();
        };
        await until(() => fold(true), preview.locator('canvas.matrix[data-rows="9"][data-columns="25"]'));
        await shoot('2-matrix');
        await until(
          () => fold(false),
          (brief) => matrix.waitFor({ ...brief, state: 'hidden' }),
        );
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
        // What the padding cuts off lies around the 6 x 6 cells, but for the output padding's side.
        const cut = preview.locator('[data-grid=output] [data-kind=cut]').first();
        await click(preview.locator('[data-mode=scatter]'), (brief) => cut.waitFor({ ...brief, state: 'attached' }));
        await preview.locator('[data-step]', { hasText: 'step 1 of 9' }).waitFor();
        await press(scrubber, ['End'], (brief) => reads('output', 2, 2, 8, brief));
        await shoot('4-stamps');
      },
    ],
    [
      'a slider tries a padding, and Apply writes it',
      async () => {
        await goTo('Conv2d(1, 1, 3)');
        await reads('output', 1, 1, 90);
        await slide('padding', 1, preview.locator('[data-trial-size]', { hasText: '[1, 1, 4, 4]' }));
        await preview.locator('[data-new-problems="0"]').waitFor();
        await shoot('5-trial');
        // The buttons are made anew with each answer: a click that falls in between is lost.
        await click(preview.locator('button', { hasText: 'Apply' }), line('Conv2d(1, 1, 3, padding=1)'));
        await preview.locator('.trial').waitFor({ state: 'hidden' });
        await reads('output', 1, 1, 45);
      },
    ],
  ];
}
