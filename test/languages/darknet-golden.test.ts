// Every layer of the Darknet files with recorded answers: sizes and parameters as both dialects give them, in a table.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { formatShape, formatSize } from '../../server/src/dims/format.ts';
import { costOfLayers } from '../../server/src/features/cost.ts';

const SHARED = new URL('../../../shared/', import.meta.url);
const GOLDEN = new URL('golden/darknet/', SHARED);

interface GoldenLayer {
  readonly index: number;
  readonly type: string;
  readonly output: readonly number[];
  readonly outputs: number;
  readonly params: number;
}
interface GoldenRun {
  readonly tool: 'AlexeyAB' | 'pjreddie';
  readonly layers?: readonly GoldenLayer[];
  readonly messages?: readonly string[];
  readonly error?: unknown;
}

/** What is not compared, each with its reason. */
const EXCEPTIONS: readonly { readonly reason: string; readonly applies: (layer: GoldenLayer, run: GoldenRun) => boolean }[] = [
  {
    reason: 'a section that pjreddie does not know: no sizes, and the layers behind it read the ones before',
    applies: ({ type }, { tool }) => tool === 'pjreddie' && UNKNOWN_TO_PJREDDIE.has(type),
  },
];
const UNKNOWN_TO_PJREDDIE = new Set(['gaussian_yolo', 'scale_channels', 'sam', 'local_avgpool', 'reorg3d', 'contrastive']);
/** The recording counts the weights of single layers alone: 0 stands for those of recurrent layers and of norms. */
const UNCOUNTED = new Set(['rnn', 'gru', 'lstm', 'crnn', 'batchnorm']);

describe.skipIf(!existsSync(GOLDEN))('Darknet files', () => {
  const files = existsSync(GOLDEN)
    ? readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.json'))
        .sort()
    : [];

  it('have the unused options that Darknet names', () => {
    const wrong: string[] = [];
    for (const path of files) {
      const { file, runs } = JSON.parse(readFileSync(new URL(path, GOLDEN), 'utf8')) as { file: string; runs: GoldenRun[] };
      const text = readFileSync(new URL(`corpus/darknet/${path.replace(/\.json$/, '')}`, SHARED), 'utf8');
      // A run that broke off has not read all sections.
      for (const { tool, messages = [] } of runs.filter((run) => run.error === undefined)) {
        const findings = analyse({ path: file, text: `${text}\n# shapelint: dialect[${tool}]\n` })?.findings ?? [];
        const ours = findings
          .filter(
            ({ diagnostic: { code, message } }) =>
              code === 'unused-option' && message.includes('"Unused field"') && !message.startsWith('[net]'),
          )
          .map(({ diagnostic: { range } }) => text.slice(range.start, range.end));
        const theirs = messages.flatMap((message) => /^Unused field: '(\S+) =/.exec(message)?.[1] ?? []);
        const difference = [...new Set(ours)].filter((key) => !theirs.includes(key)).map((key) => `+${key}`);
        const missing = theirs.filter((key) => !ours.includes(key)).map((key) => `-${key}`);
        if (difference.length + missing.length > 0) wrong.push(`${path} ${tool}: ${[...difference, ...missing].join(' ')}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('agree in every layer that is supported', () => {
    const totals = new Map<string, { layers: number; sizes: number; parameters: number; exceptions: number }>();
    const wrong: string[] = [];
    for (const path of files) {
      const { file, runs } = JSON.parse(readFileSync(new URL(path, GOLDEN), 'utf8')) as { file: string; runs: GoldenRun[] };
      const text = readFileSync(new URL(`corpus/darknet/${path.replace(/\.json$/, '')}`, SHARED), 'utf8');
      for (const run of runs) {
        const network = analyse({ path: file, text: `${text}\n# shapelint: dialect[${run.tool}]\n` })?.document.networks[0];
        const costs = costOfLayers(network?.layers ?? []);
        for (const golden of run.layers ?? []) {
          const total = totals.get(run.tool) ?? { layers: 0, sizes: 0, parameters: 0, exceptions: 0 };
          totals.set(run.tool, total);
          if (EXCEPTIONS.some(({ applies }) => applies(golden, run))) {
            total.exceptions++;
            continue;
          }
          total.layers++;
          const layer = network?.layers[golden.index];
          const shape = layer?.outputs[0]?.shape?.slice(1);
          // Layers without an image have no height and width, but a number of outputs.
          const expected = golden.output.every((size) => size === 0) ? [golden.outputs] : golden.output;
          const elements = shape?.reduce<number>((product, size) => product * Number(size), 1);
          const isSize = expected.length === 1 ? elements === expected[0] : JSON.stringify(shape) === JSON.stringify(expected);
          const parameters = layer === undefined ? undefined : costs.get(layer)?.parameters;
          const isCounted = UNCOUNTED.has(golden.type) || parameters === golden.params;
          if (isSize) total.sizes++;
          if (isCounted) total.parameters++;
          if (!isSize || !isCounted)
            wrong.push(
              `${path} ${run.tool} ${golden.index} ${golden.type}: ${formatShape(shape)} ${formatSize(parameters)}, not ${String(expected)} ${golden.params}`,
            );
        }
      }
    }
    console.table(Object.fromEntries(totals));
    expect(wrong.slice(0, 40)).toEqual([]);
    expect(totals.get('AlexeyAB')?.layers).toBeGreaterThan(6_000);
  });
});
