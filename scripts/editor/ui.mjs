// Drives the real workbench as a person would, with the packaged extension installed, and takes a picture of each step.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { drive } from './drive.mjs';
import { installedIn } from './workbench.mjs';

const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.fontSize': 14,
  'editor.minimap.enabled': false,
  'breadcrumbs.enabled': false,
};

/** Answers with what each step came to; `vsix` is the package to install. */
export function runUi(vsix) {
  return drive({
    name: 'as a person',
    workspace: 'examples/broken',
    file: 'channel-mismatch.nn',
    open: installedIn({ vsix, settings }),
    steps: ({ page, folder, shoot }) => steps(page, path.join(folder, 'channel-mismatch.nn'), shoot),
  });
}

/** @returns {[string, () => Promise<void>][]} */
function steps(page, file, shoot) {
  const editor = page.locator('.editor-instance .monaco-editor').first();
  // The workbench writes spaces as no-break spaces.
  const line = (text) =>
    editor.locator('.view-line', { hasText: new RegExp(text.replace(/[()[\]=.+*?]/g, '\\$&').replaceAll(' ', '\\s')) });
  const word = (text) => editor.locator('.view-line span span', { hasText: text }).first();
  const hover = page.locator('.monaco-hover:visible');

  /** The squiggle lies below the text and takes no pointer itself. */
  async function hoverOver(element) {
    const { x, y, width, height } = await element.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
  }

  async function command(title) {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-box input').first();
    await input.waitFor();
    await input.fill(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
    await page.keyboard.press('Enter');
  }

  return [
    [
      'the line that does not fit has a squiggle',
      async () => {
        await editor.locator('.squiggly-error').first().waitFor({ state: 'attached' });
      },
    ],
    [
      'each line shows its output size',
      async () => {
        await editor.locator('.view-line', { hasText: /\[N,\s64,\s16,\s16\]/ }).waitFor();
        await shoot('1-sizes');
      },
    ],
    [
      'the network is coloured',
      async () => {
        const colour = (text) => word(text).evaluate((span) => getComputedStyle(span).color);
        const colours = await Promise.all(['Conv2d', 'padding', '64'].map(colour));
        assert.equal(new Set(colours).size, 3, `an operator, an argument's name and a number look alike: ${colours.join('; ')}`);
      },
    ],
    [
      'the problem is counted in the status bar',
      async () => {
        await page.locator('#status\\.problems', { hasText: '1' }).waitFor();
      },
    ],
    [
      'the pointer on a layer shows its sizes',
      async () => {
        await word('MaxPool2d').hover();
        await hover.filter({ hasText: '[N, 32, 64, 64]' }).filter({ hasText: '[N, 32, 32, 32]' }).waitFor();
        await shoot('2-hover');
        await page.mouse.move(900, 600);
        await hover.waitFor({ state: 'hidden' });
      },
    ],
    [
      'the pointer on the squiggle says what does not fit',
      async () => {
        await hoverOver(editor.locator('.squiggly-error').first());
        await hover.filter({ hasText: 'channel-mismatch' }).waitFor();
        const text = await hover.first().innerText();
        assert.match(text, /32 channels/);
        assert.match(text, /64/);
        await shoot('3-problem');
        await page.mouse.move(900, 600);
        await hover.waitFor({ state: 'hidden' });
      },
    ],
    [
      'the light bulb mends it',
      async () => {
        await line('Conv2d(32, 128, 3, padding=1)').locator('span span', { hasText: 'Conv2d' }).click();
        await page.keyboard.press('Control+.');
        const item = page.locator('.action-widget .monaco-list-row', { hasText: 'Change in_channels to 64' }).first();
        await item.waitFor();
        await shoot('4-fixes');
        await page.keyboard.press('Enter');
        await line('Conv2d(64, 128, 3, padding=1)').waitFor();
        await editor.locator('.squiggly-error').first().waitFor({ state: 'detached' });
        await shoot('5-mended');
      },
    ],
    [
      'saving writes the file',
      async () => {
        const saved = new Promise((resolve) => {
          const watcher = fs.watch(file, () => {
            if (!fs.readFileSync(file, 'utf8').includes('Conv2d(64, 128, 3, padding=1)')) return;
            watcher.close();
            resolve();
          });
        });
        await page.keyboard.press('Control+s');
        await saved;
      },
    ],
    [
      'the language status tells the size of the network',
      async () => {
        await page.locator('#status\\.languageStatus').click();
        await page.locator('.hover-language-status', { hasText: 'Sizes fit' }).filter({ hasText: 'Classifier' }).waitFor();
        await shoot('6-status');
        await page.keyboard.press('Escape');
      },
    ],
    [
      'the log opens',
      async () => {
        // Its lines cannot be seen here: this host has no native logger.
        await command('Shapelint: Show Log');
        await page.locator('[id="workbench.panel.output"]').first().waitFor();
        await shoot('7-log');
      },
    ],
  ];
}
