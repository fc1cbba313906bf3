// Entry of the suite for an extension host in a browser's worker. VS Code calls `run`.
import 'mocha/mocha.js';
import { registerTests } from './tests.ts';
import { report } from './report.ts';

export async function run(): Promise<void> {
  mocha.setup({ ui: 'tdd', timeout: 20_000, reporter: 'spec' });
  registerTests();
  await report(mocha.run(), console.log);
}
