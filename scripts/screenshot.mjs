// Takes images/screenshot.png for the README: the packaged extension, in the real editor, on an example. Run by hand after `npm run package`.
import * as path from 'node:path';
import { withWorkspace } from './editor/suite.mjs';
import { createUntil } from './editor/until.mjs';
import { openBrowser, remoteUri, root, startServer, workbenchUrl } from './editor/workbench.mjs';
import { workbenchPage } from './editor/workbench-page.mjs';

const file = process.argv[2] ?? 'concat-mismatch.nn';
const target = path.resolve(root, process.argv[3] ?? 'images/screenshot.png');
const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.activityBar.location': 'hidden',
  'editor.fontSize': 14,
  'editor.minimap.enabled': false,
  // Below, where it hides no line of the network.
  'editor.hover.above': false,
  'editor.scrollbar.horizontal': 'hidden',
  'breadcrumbs.enabled': false,
};

const server = await startServer({ vsix: path.join(root, 'shapelint.vsix'), settings });
const browser = await openBrowser({ viewport: { width: 1000, height: 600 } });
try {
  await withWorkspace(
    async (folder) => {
      const { page } = browser;
      const until = createUntil(page, 45_000);
      const { hover, lens, pointAt } = workbenchPage({ page, until });
      await page.goto(workbenchUrl(server, folder, { openFile: remoteUri(server, path.join(folder, file)) }));
      const squiggle = page.locator('.squiggly-error').first();
      await squiggle.waitFor({ state: 'attached' });
      await lens.first().waitFor();
      // The side bar says nothing here.
      await page.keyboard.press('Control+b');
      await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
      await pointAt(squiggle, hover.filter({ hasText: 'Quick Fix' }).first());
      await page.screenshot({ path: target });
    },
    path.join(root, 'examples/broken'),
  );
} finally {
  await browser.close();
  await server.stop();
}
