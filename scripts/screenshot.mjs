// Takes images/screenshot.png for the README: the packaged extension, in the real editor, on an example. Run by hand after `npm run package`.
import * as path from 'node:path';
import { withWorkspace } from './editor/suite.mjs';
import { openBrowser, remoteUri, root, startServer, workbenchUrl } from './editor/workbench.mjs';

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
      page.setDefaultTimeout(45_000);
      await page.goto(workbenchUrl(server, folder, { openFile: remoteUri(server, path.join(folder, file)) }));
      await page.locator('.squiggly-error').first().waitFor({ state: 'attached' });
      // The side bar says nothing here.
      await page.keyboard.press('Control+b');
      await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
      const squiggle = await page.locator('.squiggly-error').first().boundingBox();
      await page.mouse.move(squiggle.x + squiggle.width / 2, squiggle.y + squiggle.height / 2);
      await page
        .locator('.monaco-hover:visible', { hasText: /Quick Fix/ })
        .first()
        .waitFor();
      await page.screenshot({ path: target });
    },
    path.join(root, 'examples/broken'),
  );
} finally {
  await browser.close();
  await server.stop();
}
