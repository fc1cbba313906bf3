// Tells in words what a workbench shows, for a log that has no pictures.
import { within } from './until.mjs';

const parts = {
  'the line of the cursor': '.editor-instance .active-line-number',
  hovers: '.monaco-hover',
  notifications: '.notification-toast',
  dialogs: '.monaco-dialog-box',
  'quick input': '.quick-input-widget',
  'code actions': '.action-widget',
  tabs: '.tab',
  'status bar': '.part.statusbar',
};
const mostCharacters = 2_000;

/** @param {import('playwright-core').Page} page */
export async function whatIsSeen(page) {
  const told = await briefly(() => page.evaluate(inWorkbench, parts));
  // The frame of an extension's panel knows the editor's theme.
  const inPanel = () => (document.body.dataset['vscodeThemeKind'] === undefined ? undefined : document.body.innerText);
  const frames = await Promise.all(page.frames().map((frame) => briefly(() => frame.evaluate(inPanel))));
  const panels = frames.filter((text) => text !== undefined).map((text) => `a panel: ${text.replace(/\s*\n\s*/g, ' | ')}`);
  return ['what the workbench showed:', told, ...panels].map((text) => text.slice(0, mostCharacters)).join('\n');
}

/** A page that hangs or is gone says so. */
function briefly(ask) {
  return within(10_000, ask()).catch((error) => `(${error.message})`);
}

/** In the page. */
function inWorkbench(selectors) {
  const textOf = (element) => element.innerText.replaceAll('\u00a0', ' ').replace(/\s*\n\s*/g, ' | ');
  const isVisible = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
  const found = Object.entries(selectors).flatMap(([name, selector]) => {
    const texts = [...document.querySelectorAll(selector)].filter(isVisible).map(textOf);
    return texts.length === 0 ? [] : [`${name}: ${texts.join(' / ')}`];
  });
  const focus = document.activeElement;
  const lines = [...document.querySelectorAll('.editor-instance .view-line')]
    .map((line) => ({ top: line.getBoundingClientRect().top, text: textOf(line) }))
    .sort((a, b) => a.top - b.top);
  return [
    ...found,
    `focus: ${focus === null ? 'nowhere' : `${focus.tagName.toLowerCase()}.${[...focus.classList].join('.')}`}`,
    'text:',
    ...lines.map(({ top, text }) => `  ${Math.round(top)}: ${text}`),
  ].join('\n');
}
