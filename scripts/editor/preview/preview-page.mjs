// What the tests of the preview look for: the editor, the panel in its two frames, and the cells of its grids.

/** @param {import('playwright-core').Page} page */
export function previewPage(page) {
  const editor = page.locator('.editor-instance .monaco-editor').first();
  const preview = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const cell = (grid, row, column) => preview.locator(`[data-grid=${grid}] [data-row="${row}"][data-column="${column}"]`);
  // The workbench writes spaces as no-break spaces.
  const line = (text) =>
    editor.locator('.view-line', { hasText: new RegExp(text.replace(/[()[\]{}=.+*?]/g, '\\$&').replaceAll(' ', '\\s')) });

  /** Waits until a cell of a grid has a number. */
  const reads = (grid, row, column, value) =>
    cell(grid, row, column)
      .filter({ hasText: new RegExp(`^${value}$`) })
      .waitFor({ state: 'attached' });

  /** A word of the line is clicked, so that the cursor is on it. */
  const goTo = (text, word = 'Conv') => line(text).first().locator('span span').filter({ hasText: word }).first().click();

  /** Waits until the panel shows this operator with this output. */
  const shows = async (operator, shape) => {
    await preview.locator(`h1[data-operator=${operator}]`).waitFor();
    await preview.locator('[data-shape=output]', { hasText: shape }).waitFor();
  };

  /** Opens a file of the folder by its name. */
  const openFile = async (name) => {
    const field = page.locator('.quick-input-widget:visible .quick-input-box input');
    // A key that comes while the focus leaves the panel's frame is lost: it is pressed until it is heard.
    for (let attempt = 0; attempt < 10 && !(await field.isVisible()); attempt++) {
      // In the group of the text, and not in that of the panel.
      await page.keyboard.press('Control+1');
      await page.keyboard.press('Control+p');
      await field.waitFor({ timeout: 4_000 }).catch(() => undefined);
    }
    await field.fill(name);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
    await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  };

  /** Answers the editor's dialog for a file. */
  const chooseFile = async (path) => {
    const dialog = page.locator('.quick-input-widget:visible');
    const row = (text) => dialog.locator('.monaco-list-row', { hasText: text }).first();
    // It writes the folder into its field, and lists it, before it takes a path.
    await row('..').waitFor();
    await dialog.locator('.quick-input-box input').first().fill(path);
    await row(path.slice(path.lastIndexOf('/') + 1)).waitFor();
    await page.keyboard.press('Enter');
  };

  /** The number of runs that have been shown; `after` waits for the next one. */
  const after = async (action) => {
    const root = preview.locator('#page');
    const before = Number(await root.getAttribute('data-ready'));
    await action();
    await preview.locator(`#page:not([data-ready="${before}"])`).waitFor();
  };

  return { editor, preview, cell, line, reads, goTo, shows, openFile, chooseFile, after };
}
