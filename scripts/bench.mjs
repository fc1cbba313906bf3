// Builds the server and runs bench/bench.ts against it.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import * as esbuild from 'esbuild';

if (!process.argv.includes('--no-build')) execFileSync(process.execPath, ['scripts/build.mjs', '--production'], { stdio: 'inherit' });
// Beside bench.ts, so that the paths in it hold and packages are found.
const outfile = 'bench/bench.bundle.mjs';
try {
  await esbuild.build({
    entryPoints: ['bench/bench.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    packages: 'external',
    logLevel: 'warning',
  });
  execFileSync(process.execPath, [outfile], { stdio: 'inherit' });
} finally {
  rmSync(outfile, { force: true });
}
