// `npm start`: builds, shows what the linter says of the examples, and opens them in an editor.
import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Unavailable } from './editor/host.mjs';
import { openBrowser, remoteUri, root, startServer, workbenchUrl } from './editor/workbench.mjs';

const examples = path.join(root, 'examples');
const shown = path.join(examples, 'broken/concat-mismatch.nn');

node('scripts/build.mjs');
const clean = fs
  .readdirSync(examples)
  .filter((name) => name.includes('.'))
  .map((name) => `examples/${name}`);
heading('shapelint check examples/*.*');
node('dist/cli.js', 'check', ...clean);
heading('shapelint check examples/broken/concat-mismatch.nn');
node('dist/cli.js', 'check', 'examples/broken/concat-mismatch.nn');
heading('shapelint summary examples/lenet-5.nn');
node('dist/cli.js', 'summary', 'examples/lenet-5.nn');
heading('shapelint summary examples/small-detector.yaml --scale n');
node('dist/cli.js', 'summary', 'examples/small-detector.yaml', '--scale', 'n');
console.log();

if (process.env['CI'] === 'true') console.log('CI=true: no editor is opened. The build is in dist/.');
else if (!openDesktop()) await openHost().catch(explain);

/** A desktop VS Code, where `code` is on the path: a window of its own, with this build of the extension. */
function openDesktop() {
  const isThere = spawnSync('code', ['--version'], { shell: process.platform === 'win32', stdio: 'ignore' }).status === 0;
  if (!isThere) return false;
  console.log('Opening examples/ in VS Code with this build of Shapelint. Close the window when you are done.');
  return (
    spawnSync('code', [`--extensionDevelopmentPath=${root}`, examples, '--goto', shown], {
      shell: process.platform === 'win32',
      stdio: 'inherit',
    }).status === 0
  );
}

/** VS Code's server build, to be opened in a browser. Runs until it is stopped. */
async function openHost() {
  console.log('No `code` on the path: starting VS Code as a server on this machine.');
  const server = await startServer({
    port: process.env['PORT'] === undefined ? undefined : Number(process.env['PORT']),
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
  });
  const url = workbenchUrl(server, examples, { extensionDevelopmentPath: remoteUri(server, root), openFile: remoteUri(server, shown) });
  console.log(`\nOpen this address in a browser on this machine:\n\n  ${url}\n\nThe server runs until you press Ctrl+C.`);
  let browser;
  const stop = async () => {
    await browser?.close().catch(() => undefined);
    await server.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  if (process.env['DISPLAY'] !== undefined || process.platform === 'darwin') {
    // A browser that cannot be opened is no loss: the address is there.
    browser = await openBrowser({ headless: false, viewport: null }).catch(() => undefined);
    await browser?.page.goto(url);
  }
}

function explain(error) {
  if (!(error instanceof Unavailable)) throw error;
  console.log(`No editor to open: ${error.message}.\nInstall VS Code, then: npm run package && code --install-extension shapelint.vsix`);
}

function heading(text) {
  console.log(`\n$ ${text}`);
}

function node(...args) {
  spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}
