// `npm test`: builds, runs every kind of test, and ends with one line that counts them all.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Unavailable, editorServer } from './editor/host.mjs';

const root = path.resolve(import.meta.dirname, '..');
const results = path.join(root, 'test-results');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const isCi = process.env['CI'] === 'true';

/** Each runner answers with its tests: `{ outcome: 'passed' | 'failed' | 'skipped', title, message? }`. */
const runners = { unit: runUnit, grammar: runGrammar, editor: runEditor };

if (only !== undefined && !(only in runners)) {
  console.error(`--only ${only}: there is ${Object.keys(runners).join(', ')}`);
  process.exit(2);
}
fs.mkdirSync(path.join(results, 'editor'), { recursive: true });
run(process.execPath, [path.join(root, 'scripts/build.mjs')]);

const tests = [];
for (const [name, runner] of Object.entries(runners)) {
  if (only !== undefined && only !== name) continue;
  console.log(`\n== ${name} tests${elapsed()}`);
  tests.push(...(await runner()));
}
const count = (outcome) => tests.filter((test) => test.outcome === outcome).length;
const failed = count('failed');
if (failed > 0) console.log('\n== failed');
for (const { outcome, title, message } of tests) if (outcome === 'failed') console.log(`✗ ${title}\n${indented(message)}`);
console.log(`\n${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`);
process.exitCode = failed > 0 || count('passed') === 0 ? 1 : 0;

/** Unit, property and protocol tests. */
function runUnit() {
  const output = path.join(results, 'vitest.json');
  fs.rmSync(output, { force: true });
  const { status } = run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`]);
  const report = fs.existsSync(output) ? JSON.parse(fs.readFileSync(output, 'utf8')) : { testResults: [] };
  const found = report.testResults.flatMap(({ name, status: fileStatus, message, assertionResults }) => {
    const inFile = assertionResults.map(({ fullName, status: outcome, failureMessages }) => ({
      outcome: outcome === 'passed' || outcome === 'failed' ? outcome : 'skipped',
      title: fullName,
      message: failureMessages.join('\n'),
    }));
    // A file that does not load has no tests to count, and is a failure all the same.
    const isBroken = fileStatus === 'failed' && !inFile.some(({ outcome }) => outcome === 'failed');
    return isBroken ? [...inFile, { outcome: 'failed', title: `${path.relative(root, name)} loads`, message }] : inFile;
  });
  if (status !== 0 && !found.some(({ outcome }) => outcome === 'failed')) found.push({ outcome: 'failed', title: 'vitest ended well' });
  return found;
}

/** One test for each file: its assertions stand in comments below the lines. */
function runGrammar() {
  const ours = fs.readdirSync(path.join(root, 'syntaxes')).map((file) => path.join('syntaxes', file));
  const check = (file, grammars) => {
    const { status } = run(bin('vscode-tmgrammar-test'), [...grammars.flatMap((grammar) => ['--grammar', grammar]), file]);
    return { outcome: status === 0 ? 'passed' : 'failed', title: file };
  };
  return fs.readdirSync(path.join(root, 'test/grammar')).map((name) => {
    const file = path.join('test/grammar', name);
    if (!name.endsWith('.yaml')) return check(file, ours);
    // Our calls are injected into the grammar of YAML that comes with the editor.
    return whereThereIsAnEditor(file, () => check(file, [...ours, ...yamlGrammars()]));
  });
}

function yamlGrammars() {
  const folder = path.join(editorServer().vscode, 'extensions/yaml/syntaxes');
  return fs.readdirSync(folder).map((file) => path.join(folder, file));
}

function whereThereIsAnEditor(title, test) {
  try {
    return test();
  } catch (error) {
    return unavailable(title, error);
  }
}

/** The suite in an extension host, the same in a browser's worker, and the workbench driven as by a person. */
async function runEditor() {
  const { runNodeSuite, runBrowserSuite } = await import('./editor/suite.mjs');
  const { runUi } = await import('./editor/ui.mjs');
  const { runPreviewUi, runPreviewWebUi } = await import('./editor/ui-preview.mjs');
  const vsix = path.join(results, 'editor/shapelint.vsix');
  /** @type {[string, () => Promise<object[]>][]} */
  const kinds = [
    ['in a real VS Code', runNodeSuite],
    ['in a browser, without a server', runBrowserSuite],
    [
      'the packaged extension, driven as by a person',
      () => {
        run(process.execPath, [path.join(root, 'scripts/package.mjs'), path.relative(root, vsix)]);
        return runUi(vsix);
      },
    ],
    ['the preview of the packaged extension', () => runPreviewUi(vsix)],
    ['the preview in a browser, without a server', runPreviewWebUi],
  ];
  const found = [];
  for (const [title, runKind] of kinds) {
    console.log(`\n-- ${title}${elapsed()}`);
    const tests = await runKind().catch((error) => [unavailable(title, error)]);
    for (const { outcome, title: name, message, duration } of tests) {
      console.log(
        `  ${outcome === 'passed' ? '✓' : outcome === 'failed' ? '✗' : '-'} ${name}${duration === undefined ? '' : ` (${duration} ms)`}`,
      );
      if (message !== undefined) console.log(indented(message));
    }
    found.push(...tests);
  }
  return found;
}

/** Without an editor a test is skipped, and says so; CI must have one. Any other error is a failure everywhere. */
function unavailable(title, error) {
  const outcome = error instanceof Unavailable && !isCi ? 'skipped' : 'failed';
  return {
    outcome,
    title,
    message: error instanceof Unavailable ? `no editor to test in: ${error.message}` : (error.stack ?? String(error)),
  };
}

/** Where the time goes: of a slow machine one has the log alone. */
function elapsed() {
  return ` (at ${Math.round(performance.now() / 1000)} s)`;
}

function indented(text = '') {
  return text.replace(/^/gm, '    ');
}

function bin(name) {
  return path.join(root, 'node_modules/.bin', name);
}

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error !== undefined) throw result.error;
  return result;
}
