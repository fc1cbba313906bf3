// Runs test/editor/suite inside an extension host, and answers with what each test came to.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { desktopEditor } from './host.mjs';
import { whatIsSeen } from './seen.mjs';
import { serveWebWorkbench } from './web-workbench.mjs';
import { openBrowser, remoteUri, root, startServer, workbenchUrl } from './workbench.mjs';

const prefix = 'SHAPELINT_TEST ';
/** A minute on a machine with nothing else to do. */
const longest = Number(process.env['SHAPELINT_EDITOR_TIMEOUT'] ?? 600_000);
export const results = path.join(root, 'test-results/editor');

/** A copy of the test's workspace that it may change, gone when `use` is done. */
export async function withWorkspace(use, source = path.join(root, 'test/editor/workspace')) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelint-workspace-'));
  fs.cpSync(source, folder, { recursive: true });
  try {
    return await use(folder);
  } finally {
    // A file watcher of the editor may still be in it.
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** `kind` is `node` for a server in a process of its own, `browser` for one in a Web Worker. */
async function buildSuite(kind) {
  const outfile = path.join(results, `suite-${kind}.js`);
  /** @type {import('esbuild').BuildOptions} */
  const common = { bundle: true, format: 'cjs', target: 'es2022', sourcemap: 'inline', logLevel: 'warning', outfile, external: ['vscode'] };
  const entryPoints = [path.join(root, `test/editor/suite/${kind}.ts`)];
  if (kind === 'node') await esbuild.build({ ...common, entryPoints, platform: 'node', external: ['vscode', 'mocha'] });
  else {
    // Mocha's browser build sets `module.exports` to itself: the suite's own are set last.
    /** @type {import('esbuild').BuildOptions} */
    const exports = { format: 'iife', globalName: 'shapelintSuite', footer: { js: 'module.exports = shapelintSuite;' } };
    await esbuild.build({ ...common, ...exports, entryPoints, platform: 'browser', define: { global: 'globalThis' } });
  }
  return outfile;
}

/** Collects the lines of JSON that the suite writes on its console. */
function collector() {
  const tests = [];
  let ended = false;
  return {
    /** True where the text was the suite's. */
    take(text) {
      const at = text.indexOf(prefix);
      if (at < 0) return false;
      // A console of the browser may put %c and styles around a line.
      const event = JSON.parse(text.slice(at + prefix.length, text.lastIndexOf('}') + 1));
      if (event.outcome === 'ended') ended = true;
      else tests.push(event);
      return true;
    },
    /** `seen` is what was to be seen of it at the last, where that is known. */
    finish(seen = '') {
      if (!ended)
        tests.push({
          outcome: 'failed',
          title: 'the suite ran to its end',
          message: ['the extension host died, or the suite did not start', seen].join('\n'),
        });
      else if (!tests.some(({ outcome }) => outcome === 'passed'))
        tests.push({ outcome: 'failed', title: 'the suite has tests', message: 'nothing passed' });
      return tests;
    },
  };
}

/** The suite in a desktop VS Code where there is one, else in VS Code's server. */
export async function runNodeSuite() {
  const executable = await desktopEditor();
  return executable === undefined ? runInWorkbench() : runOnDesktop(executable);
}

async function runOnDesktop(vscodeExecutablePath) {
  const { runTests } = await import('@vscode/test-electron');
  const extensionTestsPath = await buildSuite('node');
  const log = path.join(results, 'desktop.jsonl');
  fs.rmSync(log, { force: true });
  const collected = collector();
  await withWorkspace(async (folder) => {
    const profile = path.join(folder, '..', `${path.basename(folder)}-profile`);
    const launchArgs = [
      folder,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--disable-telemetry',
      '--skip-welcome',
      '--user-data-dir',
      profile,
    ];
    // A failing test rejects too; what failed is in the log.
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath,
      extensionTestsEnv: { SHAPELINT_TEST_LOG: log },
      launchArgs,
    }).catch(() => undefined);
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  if (fs.existsSync(log)) fs.readFileSync(log, 'utf8').split('\n').filter(Boolean).forEach(collected.take);
  return collected.finish();
}

/** The suite in VS Code's server, its workbench in a browser. */
async function runInWorkbench() {
  const extensionTestsPath = await buildSuite('node');
  const server = await startServer();
  try {
    return await withWorkspace((folder) => {
      const payload = { extensionDevelopmentPath: remoteUri(server, root), extensionTestsPath: remoteUri(server, extensionTestsPath) };
      return runInPage('node', workbenchUrl(server, folder, payload));
    });
  } finally {
    await server.stop();
  }
}

/** The suite in the browser's own extension host, with the language server in a Web Worker and no server behind it. */
export async function runBrowserSuite() {
  const extensionTestsPath = await buildSuite('browser');
  return withWorkspace(async (folderPath) => {
    const host = await serveWebWorkbench({ folderPath, extensionTestsPath });
    try {
      return await runInPage('browser', host.url);
    } finally {
      host.stop();
    }
  });
}

/** Opens a workbench that runs the suite by itself, and reads its console until it ends. */
async function runInPage(name, url) {
  const collected = collector();
  const log = fs.createWriteStream(path.join(results, `${name}.log`));
  const browser = await openBrowser();
  try {
    const { page } = browser;
    page.setDefaultTimeout(longest);
    let timer;
    const ended = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`the editor did not end within ${longest / 1000} s`)), longest);
      page.on('crash', () => reject(new Error('the page of the workbench crashed')));
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    const lines = [];
    const note = (line) => {
      lines.push(line);
      log.write(`${line}\n`);
    };
    await page.exposeFunction('codeAutomationLog', (type, args) => {
      const text = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
      collected.take(text);
      note(`${type} ${text}`);
    });
    page.on('console', (message) => note(`console ${message.type()} ${message.text()}`));
    page.on('pageerror', (error) => note(`page error ${error.message}`));
    try {
      await Promise.all([ended, page.goto(url)]);
      return collected.finish();
    } catch (error) {
      await page.screenshot({ path: path.join(results, `${name}-failure.png`) }).catch(() => undefined);
      return collected.finish([error.message, await whatIsSeen(page), 'the end of its console:', ...lines.slice(-20)].join('\n'));
    } finally {
      clearTimeout(timer);
    }
  } finally {
    log.end();
    await browser.close();
  }
}
