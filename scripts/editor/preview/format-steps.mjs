// The preview on the formats of other frameworks: sizes, numbers, and a slider that writes what the format can write.
import { previewPage } from './preview-page.mjs';

const formats = [
  { file: 'tiny.cfg', at: 'filters=4', word: 'filters', operator: 'Conv2d', shape: '[1, 4, 8, 8]', written: 'stride=2' },
  { file: 'tiny.prototxt', at: 'num_output: 4', word: 'num_output', operator: 'Conv2d', shape: '[1, 4, 8, 8]', written: 'stride: 2' },
  { file: 'tiny.keras.json', at: '"filters": 4', word: 'filters', operator: 'Conv2d', shape: '[1, 4, 8, 8]', written: '"strides": 2' },
];

/**
 * @param {import('../drive.mjs').Drive} drive
 * @returns {[string, () => Promise<void>][]}
 */
export function formatSteps({ page, until, shoot }) {
  const { preview, line, goTo, click, shows, slide, openFile } = previewPage({ page, until });
  return [
    ...formats.map(
      ({ file, at, word, operator, shape, written }) =>
        /** @type {[string, () => Promise<void>]} */ ([
          `${file}: a slider writes the stride`,
          async () => {
            await openFile(file);
            await page.locator('.editor-actions [aria-label*="Preview Layer"]').first().waitFor();
            await goTo(at, word);
            await shows(operator, shape);
            await slide('stride', 2, preview.locator('[data-trial-size]'));
            await shoot(`8-${file}`);
            // The buttons are made anew with each answer: a click that falls in between is lost.
            await click(preview.locator('button', { hasText: 'Apply' }), line(written));
            await shows(operator, '[1, 4, 4, 4]');
          },
        ]),
    ),
    [
      'tiny-yolo.yaml: the layer of a row, with the row in the list of its parts',
      async () => {
        await openFile('tiny-yolo.yaml');
        await page.locator('.editor-actions [aria-label*="Preview Layer"]').first().waitFor();
        await goTo('[16, 3, 2]', 'Conv');
        await shows('Conv2d', '[1, 16, 320, 320]');
        await preview.locator('.title-row select option', { hasText: 'SiLU' }).first().waitFor({ state: 'attached' });
        await shoot('8-yolo');
      },
    ],
  ];
}
