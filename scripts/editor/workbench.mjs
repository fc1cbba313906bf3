// Starts VS Code's server on a free port of this machine, and opens its workbench in a browser.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { chromium, editorServer } from './host.mjs';

export const root = path.resolve(import.meta.dirname, '../..');

/** How long a server or a browser may take to start, on a machine with much to do. */
const longestStart = 180_000;

/** Nothing that asks, updates or phones home; what a test looks at is the same at every run. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'files.simpleDialog.enable': true,
  'editor.hover.delay': 100,
  'window.restoreWindows': 'none',
};

/** Below those that systems give to outgoing connections, which could take it before its server does. */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = net.createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/**
 * `vsix` is installed as a user would; `env` reaches the extension host.
 * @param {{ env?: NodeJS.ProcessEnv, settings?: Record<string, unknown>, vsix?: string, port?: number }} options
 */
export async function startServer({ env = {}, settings = {}, vsix, port: wished } = {}) {
  const { home, node } = editorServer();
  const port = wished ?? (await freePort());
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelint-editor-'));
  fs.mkdirSync(path.join(data, 'data/User'), { recursive: true });
  fs.writeFileSync(path.join(data, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  const main = 'lib/vscode/out/server-main.js';
  const folders = [
    '--accept-server-license-terms',
    '--server-data-dir',
    data,
    '--user-data-dir',
    path.join(data, 'data'),
    '--extensions-dir',
    path.join(data, 'extensions'),
  ];
  const log = fs.openSync(path.join(data, 'server.log'), 'w');
  /** @type {import('node:child_process').SpawnOptions} */
  const options = { cwd: home, stdio: ['ignore', log, log], env: { ...process.env, ...env, XDG_CONFIG_HOME: data, XDG_DATA_HOME: data } };
  if (vsix !== undefined) {
    const install = spawn(node, [main, '--install-extension', vsix, ...folders], options);
    const [status] = await once(install, 'exit');
    if (status !== 0) throw new Error(`installing ${vsix} failed:\n${fs.readFileSync(path.join(data, 'server.log'), 'utf8')}`);
  }
  const serving = [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--without-connection-token',
    '--telemetry-level',
    'off',
    '--disable-telemetry',
    '--disable-experiments',
    '--disable-workspace-trust',
    '--enable-smoke-test-driver',
  ];
  const child = spawn(node, [main, ...serving, ...folders], { ...options, detached: true });
  const url = `http://127.0.0.1:${port}/`;
  await answered(url, child, path.join(data, 'server.log'));
  return {
    url,
    port,
    async stop() {
      const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      // The whole group: the server has extension hosts and file watchers below it.
      kill(child.pid, 'SIGTERM');
      const timer = setTimeout(() => kill(child.pid, 'SIGKILL'), 5000);
      await gone;
      clearTimeout(timer);
      kill(child.pid, 'SIGKILL');
      fs.rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function kill(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}

/** Asks until the server answers: it says nowhere else that it listens. */
async function answered(url, child, log) {
  const end = Date.now() + longestStart;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the editor's server ended with ${child.exitCode}:\n${fs.readFileSync(log, 'utf8')}`);
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    if (Date.now() > end) throw new Error(`the editor's server did not answer:\n${fs.readFileSync(log, 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The address of a workbench with a folder open; `payload` as in VS Code's own web tests. */
export function workbenchUrl(server, folder, payload = {}) {
  return `${server.url}?${new URLSearchParams({ folder, payload: JSON.stringify(Object.entries(payload)) })}`;
}

export function remoteUri(server, file) {
  return `vscode-remote://127.0.0.1:${server.port}${file}`;
}

/**
 * What `drive` opens: VS Code's server with the packaged extension installed.
 * @param {{ vsix: string, settings: Record<string, unknown> }} options
 */
export function installedIn(options) {
  return async (folder) => {
    const server = await startServer(options);
    const addressOf = (file) =>
      workbenchUrl(server, folder, file === undefined ? {} : { openFile: remoteUri(server, path.join(folder, file)) });
    return { addressOf, stop: server.stop };
  };
}

/**
 * @typedef {object} BrowserOptions
 * @property {boolean} [headless]
 * @property {{ width: number, height: number } | null} [viewport]
 * @property {'reduce' | 'no-preference'} [reducedMotion]
 */

/** @param {BrowserOptions} options */
export async function openBrowser({ headless = true, viewport = { width: 1280, height: 800 }, reducedMotion } = {}) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelint-browser-'));
  // The web build shows panels from addresses of their own, whose service workers count as cookies of third parties.
  const preferences = { profile: { block_third_party_cookies: false, cookie_controls_mode: 0 } };
  fs.mkdirSync(path.join(profile, 'Default'));
  fs.writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  const context = await playwright.launchPersistentContext(profile, {
    viewport,
    reducedMotion,
    executablePath: chromium(),
    timeout: longestStart,
    headless,
    // Chromium's sandbox does not start for root, and CI containers run as root.
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    async close() {
      await context.close();
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
