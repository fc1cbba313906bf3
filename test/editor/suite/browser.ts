// Entry of the suite for an extension host in a browser's worker. VS Code calls `run`.
import 'mocha/mocha.js';
import { longestTest } from './editor.ts';
import { registerTests } from './tests.ts';
import { report } from './report.ts';

export async function run(): Promise<void> {
  mocha.setup({ ui: 'tdd', timeout: longestTest, reporter: 'spec' });
  registerTests();
  await report(mocha.run(), console.log);
}
