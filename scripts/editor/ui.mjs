// Drives the real workbench as a person would, with the packaged extension installed, and takes a picture of each step.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { drive } from './drive.mjs';
import { holds } from './until.mjs';
import { installedIn } from './workbench.mjs';
import { workbenchPage } from './workbench-page.mjs';

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
    steps,
  });
}

/**
 * @param {import('./drive.mjs').Drive} drive
 * @returns {[string, () => Promise<void>][]}
 */
function steps({ page, folder, until, shoot }) {
  const { editor, line, wordOf, hover, lens, pointAt, leave, command } = workbenchPage({ page, until });
  const file = path.join(folder, 'channel-mismatch.nn');
  const wrong = 'Conv2d(32, 128, 3, padding=1)';
  const right = 'Conv2d(64, 128, 3, padding=1)';

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
        await line('[N, 64, 16, 16]').waitFor();
        await shoot('1-sizes');
      },
    ],
    [
      'the network has its lens',
      async () => {
        // It moves the lines below it: where the pointer is to rest it must be there.
        await lens.first().waitFor();
      },
    ],
    [
      'the network is coloured',
      async () => {
        const words = ['Conv2d', 'padding', '64'].map((word) => wordOf('Conv2d(32, 64, 3, padding=1)', word));
        const check = async () => {
          const colours = await Promise.all(words.map((word) => word.evaluate((span) => getComputedStyle(span).color)));
          assert.equal(new Set(colours).size, 3, `an operator, an argument's name and a number look alike: ${colours.join('; ')}`);
        };
        await until.holds(check);
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
        await pointAt(
          wordOf('MaxPool2d', 'MaxPool2d'),
          hover.filter({ hasText: '[N, 32, 64, 64]' }).filter({ hasText: '[N, 32, 32, 32]' }),
        );
        await shoot('2-hover');
        await leave();
      },
    ],
    [
      'the pointer on the squiggle says what does not fit',
      async () => {
        const words = hover.filter({ hasText: 'channel-mismatch' }).filter({ hasText: '32 channels' }).filter({ hasText: '64' });
        await pointAt(editor.locator('.squiggly-error').first(), words);
        await shoot('3-problem');
        await leave();
      },
    ],
    [
      'the light bulb mends it',
      async () => {
        const item = page.locator('.action-widget .monaco-list-row', { hasText: 'Change in_channels to 64' }).first();
        const open = async (brief) => {
          if (await item.isVisible()) return;
          await wordOf(wrong, 'Conv2d').click(brief);
          await page.keyboard.press('Control+.');
        };
        await until(open, item);
        await shoot('4-fixes');
        await until(async (brief) => {
          await open(brief);
          await item.click(brief);
        }, line(right));
        await editor.locator('.squiggly-error').first().waitFor({ state: 'detached' });
        await shoot('5-mended');
      },
    ],
    [
      'saving writes the file',
      async () => {
        const isSaved = holds(page, async () => {
          assert.equal(await page.locator('.tab.active.dirty').count(), 0, 'the tab has a dot');
          assert.ok(fs.readFileSync(file, 'utf8').includes(right), `the file has no ${right}`);
        });
        await until(() => page.keyboard.press('Control+s'), isSaved);
      },
    ],
    [
      'the language status tells the size of the network',
      async () => {
        const told = page.locator('.hover-language-status', { hasText: 'Sizes fit' }).filter({ hasText: 'Classifier' });
        await until(async (brief) => {
          if (!(await told.isVisible())) await page.locator('#status\\.languageStatus').click(brief);
        }, told);
        await shoot('6-status');
        await page.keyboard.press('Escape');
      },
    ],
    [
      'the log opens',
      async () => {
        // Its lines cannot be seen here: this host has no native logger.
        await command('Shapelint: Show Log', page.locator('[id="workbench.panel.output"]').first());
        await shoot('7-log');
      },
    ],
  ];
}
