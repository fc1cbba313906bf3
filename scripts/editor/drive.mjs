// Drives a workbench as a person would: opens a folder in it, does one step after the other, and says what it shows where one fails.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { whatIsSeen } from './seen.mjs';
import { results, withWorkspace } from './suite.mjs';
import { createUntil, within } from './until.mjs';
import { openBrowser, root } from './workbench.mjs';

/** How long a step may wait for one thing. A machine with much to do opens a workbench in more than a minute. */
const patience = 180_000;
/** What is left of it after a failure: most that fail then fail for the same reason. */
const patienceAfterFailure = 20_000;
/** A page that hangs answers nothing, and not all that is asked of it has a limit of its own. */
const longestStep = 600_000;

/**
 * @typedef {object} Drive
 * @property {import('playwright-core').Page} page
 * @property {string} folder The copy of the workspace that is open.
 * @property {import('./until.mjs').Until} until Acts until what is expected is shown.
 * @property {(name: string) => Promise<unknown>} shoot Takes a picture.
 * @property {(file?: string) => Promise<void>} visit Opens the workbench anew, with a file of the folder, or with what was open before.
 */

/**
 * Answers with what each step came to. `open` starts a host, and answers with the address of a file in it.
 * @param {object} options
 * @param {string} options.name What the steps are of; the folder of the pictures.
 * @param {string} options.workspace A folder of the project, of which a copy is opened.
 * @param {string} options.file What is open at the start.
 * @param {(folder: string) => Promise<{ addressOf: (file?: string) => string, stop: () => unknown }>} options.open
 * @param {(drive: Drive) => [string, () => Promise<void>][]} options.steps
 * @param {import('./workbench.mjs').BrowserOptions} [options.browser]
 */
export function drive({ name, workspace, file, open, steps, browser: browserOptions }) {
  const shots = path.join(results, `${name.replaceAll(' ', '-')}-shots`);
  fs.rmSync(shots, { recursive: true, force: true });
  fs.mkdirSync(shots, { recursive: true });
  return withWorkspace(
    async (folder) => {
      const host = await open(folder);
      try {
        const browser = await openBrowser(browserOptions);
        try {
          const { page } = browser;
          const until = createUntil(page, patience);
          const shoot = (title) => page.screenshot({ path: path.join(shots, `${title}.png`) });
          const visit = async (visited) => void (await page.goto(host.addressOf(visited)));
          await visit(file);
          return await inTurn(name, steps({ page, folder, until, shoot, visit }), { page, until, shoot });
        } finally {
          await browser.close();
        }
      } finally {
        await host.stop();
      }
    },
    path.join(root, workspace),
  );
}

async function inTurn(name, steps, { page, until, shoot }) {
  const tests = [];
  for (const [title, step] of steps) {
    const start = Date.now();
    const failure = await within(longestStep, step()).then(
      () => undefined,
      (error) => error,
    );
    const duration = Date.now() - start;
    const repeats = until.takeRepeats();
    const told = repeats === 0 ? [] : [`acted again: ${repeats}`];
    if (failure !== undefined) {
      told.push(failure.message, await whatIsSeen(page));
      await shoot(`failed-${tests.length + 1}`).catch(() => undefined);
      until.setPatience(patienceAfterFailure);
    }
    const message = told.length === 0 ? undefined : told.join('\n');
    tests.push({ outcome: failure === undefined ? 'passed' : 'failed', title: `${name}: ${title}`, duration, message });
  }
  return tests;
}
