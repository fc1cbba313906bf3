// Runs a benchmark of bench/: by default bench.ts. What is shipped is built first, where the benchmark is of that: not that of convolutions.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import * as esbuild from 'esbuild';

const name = process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? 'bench';
if (name !== 'convolution' && !process.argv.includes('--no-build'))
  execFileSync(process.execPath, ['scripts/build.mjs', '--production'], { stdio: 'inherit' });
// Beside its source, so that the paths in it hold and packages are found.
const outfile = `bench/${name}.bundle.mjs`;
try {
  await esbuild.build({
    entryPoints: [existsSync(`bench/${name}.ts`) ? `bench/${name}.ts` : `bench/${name}.mjs`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    packages: 'external',
    logLevel: 'warning',
  });
  // Node 20 has relaxed SIMD behind a flag; later ones, and VS Code, have it without.
  const flags = process.argv.includes('--relaxed') ? ['--experimental-wasm-relaxed-simd'] : [];
  const options = process.argv.slice(2).filter((argument) => argument !== name);
  execFileSync(process.execPath, [...flags, outfile, ...options], { stdio: 'inherit' });
} finally {
  rmSync(outfile, { force: true });
}
