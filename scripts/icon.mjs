// Renders images/icon.svg to the PNG that the marketplace wants. Run by hand when the drawing changes.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { openBrowser, root } from './editor/workbench.mjs';

const svg = fs.readFileSync(path.join(root, 'images/icon.svg'), 'utf8');
const browser = await openBrowser({ viewport: { width: 256, height: 256 } });
await browser.page.setContent(`<style>* { margin: 0 } body { background: transparent }</style>${svg}`);
await browser.page.screenshot({ path: path.join(root, 'images/icon.png'), omitBackground: true });
await browser.close();
