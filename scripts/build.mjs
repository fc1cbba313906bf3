// Bundles what is shipped into dist/: the extension and its server, each for Node and for a browser, and the command line.
import * as esbuild from 'esbuild';

const isWatching = process.argv.includes('--watch');
const isProduction = process.argv.includes('--production');

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  format: 'cjs',
  target: 'es2022',
  sourcemap: !isProduction,
  minify: isProduction,
  legalComments: 'none',
  logLevel: 'warning',
  outdir: 'dist',
};
/** @type {esbuild.BuildOptions} */
const node = { ...common, platform: 'node', target: 'node20', mainFields: ['module', 'main'] };
/** @type {esbuild.BuildOptions} */
const browser = {
  ...common,
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  conditions: ['browser'],
  define: { global: 'globalThis' },
};
const shebang = { js: '#!/usr/bin/env node' };

/** The worker of the server in a browser, as text: see server/src/lsp/start-worker-browser.ts. In watch mode it stays as it is at the start. */
const worker = await esbuild.build({
  ...browser,
  format: 'iife',
  sourcemap: false,
  minify: true,
  write: false,
  entryPoints: ['server/src/reference/worker-browser.ts'],
});

/** @type {esbuild.BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: { client: 'client/src/node/main.ts' }, external: ['vscode'] },
  { ...node, entryPoints: { server: 'server/src/lsp/main-node.ts', cli: 'server/src/cli/bin.ts' }, banner: shebang },
  { ...browser, entryPoints: { 'client-browser': 'client/src/browser/main.ts' }, external: ['vscode'] },
  { ...browser, format: 'iife', entryPoints: { preview: 'client/src/preview/page/main.ts' } },
  { ...browser, entryPoints: { preview: 'client/src/preview/page/styles/preview.css' } },
  { ...node, entryPoints: { 'reference-worker': 'server/src/reference/worker-node.ts' } },
  {
    ...browser,
    format: 'iife',
    entryPoints: { 'server-browser': 'server/src/lsp/main-browser.ts' },
    define: { ...browser.define, REFERENCE_WORKER: JSON.stringify(worker.outputFiles[0]?.text) },
  },
];

if (isWatching) {
  await Promise.all(bundles.map(async (options) => (await esbuild.context({ ...options, logLevel: 'info' })).watch()));
  console.log('Watching. Stop with Ctrl+C.');
} else {
  await Promise.all(bundles.map((options) => esbuild.build(options)));
}
