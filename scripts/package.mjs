// Makes shapelint.vsix, minified, and refuses one that lacks a file or carries too much.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const root = path.resolve(import.meta.dirname, '..');
const packagePath = path.join(root, process.argv[2] ?? 'shapelint.vsix');
const largest = 3_000_000;

/** Without these the extension would install and then not work: what the code opens, and all that the manifest names. */
const manifest = fs.readFileSync(path.join(root, 'package.json'), 'utf8');
const needed = [
  ...[...manifest.matchAll(/"\.\/([^"*]+\.\w+)"/g)].map(([, file]) => file),
  'dist/server.js',
  'dist/server-browser.js',
  'dist/reference-worker.js',
  'dist/cli.js',
  'docs/rules/channel-mismatch.md',
  'LICENSE',
];

execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs'), '--production'], { cwd: root, stdio: 'inherit' });
const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
const missing = needed.filter((file) => !files.includes(file));
const unwanted = files.filter((file) => /\.(ts|map|vsix)$|^(test|server|client|scripts|node_modules)\//.test(file));
if (missing.length > 0) throw new Error(`missing from the package: ${missing.join(', ')}`);
if (unwanted.length > 0) throw new Error(`not for the package: ${unwanted.join(', ')}`);
await createVSIX({ cwd: root, packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
const { size } = fs.statSync(packagePath);
if (size > largest) throw new Error(`${packagePath} has ${size} bytes, and ${largest} is the limit`);
console.log(`${path.relative(root, packagePath)}: ${files.length} files, ${Math.round(size / 1024)} kB`);
