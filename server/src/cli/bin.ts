// The `shapelint` command itself: arguments, streams and the exit code of this process.
import { join } from 'node:path';
import { run } from './main.ts';
import { terminalStyle } from './style.ts';

// A reader that has seen enough, as `| head` has, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  style: terminalStyle(process.stdout.isTTY, process.env),
  docs: join(__dirname, '..', 'docs', 'rules'),
});
