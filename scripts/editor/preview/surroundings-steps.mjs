// The preview in its surroundings: themes, a reload of the window, reduced motion, and runs that take long.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { previewPage } from './preview-page.mjs';

const themes = [
  ['Light Modern', 'vscode-light'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
  ['Dark Modern', 'vscode-dark'],
];

/**
 * @param {import('../drive.mjs').Drive} drive
 * @returns {[string, () => Promise<void>][]}
 */
export function surroundingsSteps({ page, folder, until, shoot, visit }) {
  const { preview, goTo, click, shows, openFile, after } = previewPage({ page, until });
  const pictureOf = () => preview.locator('.stage-canvas').evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  return [
    [
      'a long run says how far it is, and ends for another layer at once',
      async () => {
        await openFile('long.nn');
        await goTo('ReLU()', 'ReLU');
        await preview.locator('.progress:visible:not([aria-valuenow="0"])').waitFor();
        await shoot('11-progress');
        await goTo('Conv2d(1, 1, 2)');
        await shows('Conv2d', '[1, 1, 2, 2]');
        await preview.locator('[data-grid=output] td', { hasText: /\d/ }).first().waitFor({ state: 'attached' });
        await preview.locator('.progress').waitFor({ state: 'hidden' });
      },
    ],
    [
      'the panel stays with the layer that is pinned',
      async () => {
        await after(() => preview.locator('[data-source=weights]').selectOption('ones'));
        await click(preview.locator('.pin[aria-pressed=false]'), preview.locator('.pin[aria-pressed=true]'));
        await goTo('ReLU()', 'ReLU');
        await shows('Conv2d', '[1, 1, 2, 2]');
      },
    ],
    ...themes.map(
      ([theme, name]) =>
        /** @type {[string, () => Promise<void>]} */ ([
          `${theme}: other colours, and text that is legible`,
          async () => {
            const before = await pictureOf();
            const write = async () => {
              fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
              fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
            };
            await until(write, preview.locator(`body.${name}`));
            await until.holds(async () => assert.notEqual(await pictureOf(), before, 'the stage kept its colours'));
            await shoot(`10-${name}`);
            const texts = [
              'h1',
              '.where',
              '.summary',
              '.link-shape',
              '.caption',
              '.scale',
              '.step-words',
              '.sum-name',
              '.sum-label',
              '.term-w',
            ];
            for (const selector of [...texts, '.letters', '.formula', '.slider-name', '.legend .key']) {
              await until.holds(async () => {
                const ratio = await preview.locator(selector).first().evaluate(contrastRatio);
                assert.ok(ratio >= 4.5, `${selector} has a contrast of ${ratio.toFixed(2)} in ${theme}`);
              });
            }
          },
        ]),
    ),
    [
      'with reduced motion nothing slides, and steps go on',
      async () => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await until.holds(async () => {
          const time = await preview.locator('.stage').evaluate((stage) => getComputedStyle(stage).transitionDuration);
          assert.equal(Number.parseFloat(time), 0);
        });
        // Each of the steps passes by, but the last one stays.
        await preview.locator('[data-step]', { hasText: 'step 1 of 4' }).waitFor();
        await click(preview.locator('.play[aria-label=Play]'), preview.locator('[data-step]', { hasText: 'step 4 of 4' }));
        await page.emulateMedia({ reducedMotion: 'no-preference' });
      },
    ],
    [
      'a reload of the window brings it back, pinned, with its choices',
      async () => {
        // The workbench writes its state every few seconds: what is younger may be lost.
        await page.waitForFunction(isPreviewWritten, undefined, { polling: 250 });
        await visit();
        await preview.locator('#page[data-ready]').waitFor();
        await shows('Conv2d', '[1, 1, 2, 2]');
        await preview.locator('.pin[aria-pressed=true]').waitFor();
        assert.equal(await preview.locator('[data-source=weights]').inputValue(), 'ones');
      },
    ],
  ];
}

/** In the page: whether the workbench has written the preview as it is, pinned and with ones for its weights. */
async function isPreviewWritten() {
  const answerOf = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const names = (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith('vscode-web-state-db'));
  const texts = await Promise.all(
    names.map(async (name) => {
      const database = await answerOf(indexedDB.open(name));
      const values = await answerOf(database.transaction('ItemTable').objectStore('ItemTable').getAll());
      database.close();
      return values.join();
    }),
  );
  return texts.some((text) => /shapelint\.preview/.test(text) && /pinned\\*":true/.test(text) && /kind\\*":\\*"ones/.test(text));
}

/** In the page: the contrast of an element's text with what is behind it. */
function contrastRatio(element) {
  const context = document.createElement('canvas').getContext('2d');
  const numbers = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const over = (front, back) => {
    const alpha = front[3] / 255;
    return back.map((part, at) => (at === 3 ? 255 : front[at] * alpha + part * (1 - alpha)));
  };
  const behind = (at) =>
    at === null ? [255, 255, 255, 255] : over(numbers(getComputedStyle(at).backgroundColor), behind(at.parentElement));
  const luminance = (colour) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
      const part = colour[at] / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0);
  const back = behind(element);
  const [light, dark] = [luminance(over(numbers(getComputedStyle(element).color), back)), luminance(back)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
