// Measures what an author feels: the time from an edit to its diagnostics through the built server, and inference beside its peers.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { analyse, LONGEST_TEXT } from '../server/src/analysis/analyse.ts';
import { createNetworkBuilder } from '../server/src/inference/builder.ts';
import { lowerTree } from '../server/src/languages/nn/lower.ts';
import { parseNetworkText } from '../server/src/languages/nn/parse.ts';
import { languageOf } from '../server/src/languages/registry.ts';
import { ServerClient } from '../test/server-client.ts';
import { chain, texts, yamlChain } from './texts.ts';

const root = new URL('../', import.meta.url);
const PEERS = new URL('../shared/oracle/bench-infer.json', root);

const quantile = (times: readonly number[], part: number) =>
  [...times].sort((a, b) => a - b)[Math.min(Math.floor(times.length * part), times.length - 1)] ?? NaN;
const ms = (time: number) => time.toFixed(time < 10 ? 2 : 1).padStart(9);

function timed(runs: number, work: () => unknown): number[] {
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

async function editToDiagnostics(): Promise<void> {
  console.log('\nEdit to diagnostics, through the server over stdio (ms)\n  layers    median       p95  per layer (us)');
  for (const layers of [50, 500, 5_000, 10_000]) {
    const client = new ServerClient();
    await client.start();
    const uri = 'file:///bench.nn';
    await client.open(uri, chain(layers));
    const line = Math.floor(layers / 2) + 2;
    const times: number[] = [];
    for (let version = 2; version < (layers < 1_000 ? 60 : 30); version++) {
      const start = performance.now();
      // The number of channels in the middle goes wrong, and right again.
      await client.change(uri, version, [
        { range: { start: { line, character: 11 }, end: { line, character: 13 } }, text: version % 2 === 0 ? '17' : '16' },
      ]);
      times.push(performance.now() - start);
    }
    await client.stop();
    const median = quantile(times.slice(5), 0.5);
    console.log(`${String(layers).padStart(8)} ${ms(median)} ${ms(quantile(times.slice(5), 0.95))} ${ms((median * 1000) / layers)}`);
  }
}

function formats(): void {
  console.log(
    '\nEvery language in this process (ms): the first analysis, then the median and the p95 of later ones; at the length limit, the first',
  );
  for (const { path, text } of texts) {
    for (const layers of [30, 500, 5_000]) {
      const written = text(layers);
      const times = timed(layers < 1_000 ? 40 : 12, () => analyse({ path, text: written }));
      const [first = NaN, ...later] = times;
      const warm = later.slice(later.length >> 1);
      console.log(
        `${path.padStart(16)} ${String(layers).padStart(6)} layers ${ms(first)} ${ms(quantile(warm, 0.5))} ${ms(quantile(warm, 0.95))}`,
      );
    }
    // As many layers as just fit.
    const each = (text(2_000).length - text(1_000).length) / 1_000;
    const longest = text(Math.floor((languageOf(path, text(10))?.longestText ?? LONGEST_TEXT) / each) - 10);
    const [time = NaN] = timed(1, () => analyse({ path, text: longest }));
    console.log(`${path.padStart(16)} ${String(longest.length).padStart(9)} characters ${ms(time)}`);
  }
}

interface Peer {
  readonly tool: string;
  readonly model: string;
  readonly ms_min: number;
}

function inference(): void {
  const peers = existsSync(PEERS) ? (JSON.parse(readFileSync(PEERS, 'utf8')) as Peer[]) : [];
  const resnet = fileURLToPath(new URL('examples/resnet-50.nn', root));
  const models: readonly (readonly [string, string])[] = [
    ...(existsSync(resnet) ? [['resnet50', readFileSync(resnet, 'utf8')] as const] : []),
    ['chain1000', chain(1_000)],
    ['chain10000', chain(10_000)],
  ];
  console.log('\nWhole networks in this process, best of 7 (ms): text to diagnostics, of which parsing, and lowering with inference');
  for (const [model, text] of models) {
    const total = Math.min(...timed(7, () => analyse({ path: 'a.nn', text })));
    const parsing = Math.min(...timed(7, () => parseNetworkText(text)));
    const tree = parseNetworkText(text);
    const lowering = Math.min(...timed(7, () => lowerTree(text, tree, createNetworkBuilder)));
    console.log(`${model.padStart(12)} ${ms(total)} ${ms(parsing)} ${ms(lowering)}`);
    for (const peer of peers.filter((other) => other.model === model))
      console.log(`${' '.repeat(12)} ${ms(peer.ms_min)}  recorded: ${peer.tool}`);
  }
  console.log('\nThe YAML form, best of 7 (ms): text to diagnostics, and the YAML parser alone');
  for (const layers of [50, 500, 5_000]) {
    const text = yamlChain(layers);
    console.log(
      `${String(layers).padStart(12)} ${ms(Math.min(...timed(7, () => analyse({ path: 'a.nn.yaml', text }))))} ${ms(Math.min(...timed(7, () => parseYaml(text) as unknown)))}`,
    );
  }
}

async function coldStart(): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    const client = new ServerClient();
    await client.start();
    await client.open('file:///cold.nn', chain(50));
    times.push(performance.now() - start);
    await client.stop();
  }
  const node = timed(5, () => execFileSync(process.execPath, ['-e', '0']));
  console.log(
    `\nCold start to first diagnostics: ${quantile(times, 0.5).toFixed(0)} ms (median of 5); of Node that does nothing: ${quantile(node, 0.5).toFixed(0)} ms`,
  );
}

async function memory(): Promise<void> {
  const client = new ServerClient();
  await client.start();
  for (let file = 0; file < 50; file++) await client.open(`file:///open-${file}.nn`, chain(100 + file));
  const { pid } = client.process;
  const kilobytes =
    process.platform === 'win32' || pid === undefined
      ? NaN
      : Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
  console.log(`Memory with 50 open files of 100 to 149 layers: ${(kilobytes / 1024).toFixed(0)} MB`);
  await client.stop();
}

await editToDiagnostics();
inference();
formats();
await coldStart();
await memory();
