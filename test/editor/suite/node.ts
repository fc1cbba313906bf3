// Entry of the suite for an extension host under Node. VS Code calls `run`.
import { appendFileSync } from 'node:fs';
import { longestTest } from './editor.ts';
import { registerTests } from './tests.ts';
import { report } from './report.ts';

export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', timeout: longestTest, reporter: 'spec' });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  registerTests();
  await report(mocha.run(), write);
}

/** A desktop's launcher names a file; in the workbench the console reaches the launcher. */
function write(line: string): void {
  const log = process.env['SHAPELINT_TEST_LOG'];
  if (log === undefined) console.log(line);
  else appendFileSync(log, `${line}\n`);
}
