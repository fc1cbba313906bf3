// What the drives see of the workbench and do in it, as often as it takes.
import assert from 'node:assert/strict';
import { holds } from './until.mjs';

/** @param {Pick<import('./drive.mjs').Drive, 'page' | 'until'>} drive */
export function workbenchPage({ page, until }) {
  const editor = page.locator('.editor-instance .monaco-editor').first();
  // The workbench writes spaces as no-break spaces.
  const line = (text) =>
    editor.locator('.view-line', { hasText: new RegExp(text.replace(/[()[\]{}=.+*?]/g, '\\$&').replaceAll(' ', '\\s')) }).first();
  const wordOf = (text, word) => line(text).locator('span span', { hasText: word }).first();
  const hover = page.locator('.monaco-hover:visible');
  /** The lens above a network. It comes last of all, and moves the lines below it. */
  const lens = editor.locator('.codelens-decoration a', { hasText: /^Preview$/ });

  /** Of the workbench's frame: nothing there has a hover. */
  const pointAway = () => page.mouse.move(1, 1);

  /**
   * The pointer rests on an element, or on what lies above it, until a hover shows what is expected. The editor asks for a hover when the
   * pointer moves, and not again when lines move below it, or when it had no answer: the pointer then goes away and comes again.
   */
  const pointAt = (element, expected) =>
    until(async (brief) => {
      await pointAway();
      await hover.first().waitFor({ ...brief, state: 'hidden' });
      const box = await element.boundingBox(brief);
      if (box !== null) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    }, expected);

  const leave = () => until(pointAway, (brief) => hover.first().waitFor({ ...brief, state: 'hidden' }));

  const click = (element, expected) => until((brief) => element.click(brief), expected);

  /** A word of the line is clicked, so that the cursor is on it. */
  const goTo = (text, word = 'Conv') =>
    click(
      wordOf(text, word),
      holds(page, async (brief) => {
        const boxes = [editor.locator('.active-line-number'), line(text)].map((shown) => shown.boundingBox(brief));
        const [cursor, wanted] = await Promise.all(boxes);
        assert.ok(cursor !== null && cursor.y === wanted?.y, `the cursor is not in the line ${text}`);
      }),
    );

  const quickInput = page.locator('.quick-input-widget:visible');
  const field = quickInput.locator('.quick-input-box input').first();
  const choiceOf = (text) => quickInput.locator('.monaco-list-row', { hasText: text }).first();

  /** Opens a list with a key, unless it is open, and chooses from it. */
  const choose = (keys, words, row, expected) =>
    until(async (brief) => {
      if (!(await quickInput.isVisible())) for (const key of keys) await page.keyboard.press(key);
      await field.fill(words, brief);
      await choiceOf(row).click(brief);
    }, expected);

  const command = (title, expected) => choose(['F1'], `>${title}`, title, expected);

  /** Opens a file of the folder by its name, in the group of the text, and not in that of the panel. */
  const openFile = (name) => choose(['Control+1', 'Control+p'], name, name, page.locator(`.tab.active[data-resource-name="${name}"]`));

  /** Answers the editor's dialog for a file. */
  const chooseFile = async (path) => {
    // It writes the folder into its field, and lists it, before it takes a path.
    await choiceOf('..').waitFor();
    await until(
      async (brief) => {
        await field.fill(path, brief);
        await choiceOf(path.slice(path.lastIndexOf('/') + 1)).click(brief);
      },
      (brief) => quickInput.waitFor({ ...brief, state: 'hidden' }),
    );
  };

  return { editor, line, wordOf, hover, lens, pointAt, leave, click, goTo, command, openFile, chooseFile };
}
