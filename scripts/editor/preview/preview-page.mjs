// What the tests of the preview look for: the workbench, the panel in its two frames, and the cells of its grids.
import { workbenchPage } from '../workbench-page.mjs';

/** @param {Pick<import('../drive.mjs').Drive, 'page' | 'until'>} drive */
export function previewPage({ page, until }) {
  const workbench = workbenchPage({ page, until });
  const preview = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  const cell = (grid, row, column) => preview.locator(`[data-grid=${grid}] [data-row="${row}"][data-column="${column}"]`);

  /** Waits until a cell of a grid has a number. */
  const reads = (grid, row, column, value, brief = {}) =>
    cell(grid, row, column)
      .filter({ hasText: new RegExp(`^${value}$`) })
      .waitFor({ ...brief, state: 'attached' });

  /** Waits until the panel shows this operator with this output. */
  const shows = async (operator, shape, brief = {}) => {
    await preview.locator(`h1[data-operator=${operator}]`).waitFor(brief);
    await preview.locator('[data-shape=output]', { hasText: shape }).waitFor(brief);
  };

  /** The number of runs that have been shown; `after` waits for the next one. */
  const after = async (action) => {
    const root = preview.locator('#page');
    const before = Number(await root.getAttribute('data-ready'));
    await action();
    await preview.locator(`#page:not([data-ready="${before}"])`).waitFor();
  };

  /** Presses keys on an element of the panel, from the first on. */
  const press = (element, keys, expected) =>
    until(async (brief) => {
      for (const key of keys) await element.press(key, brief);
    }, expected);

  /** Moves the slider of an argument to a value beside its own; one that is made anew meanwhile is moved again. */
  const slide = (argument, value, expected) => {
    const slider = preview.locator(`input[data-argument=${argument}]`);
    return until(async (brief) => {
      const at = Number(await slider.inputValue(brief));
      if (at !== value) await slider.press(at < value ? 'ArrowRight' : 'ArrowLeft', brief);
    }, expected);
  };

  return { ...workbench, preview, reads, shows, after, press, slide };
}
