// Caffe files of the corpus: every layer's sizes and parameters, compared with those worked out for them, as a table for each repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../../server/src/analysis/analyse.ts';
import { formatSize } from '../../server/src/dims/format.ts';
import { costOf } from '../../server/src/features/cost.ts';
import type { Layer, Network } from '../../server/src/network/network.ts';
import { createLineIndex, positionAt } from '../../server/src/text/line-index.ts';

const SHARED = new URL('../../../shared/', import.meta.url);
const GOLDEN = new URL('golden/caffe/', SHARED);
const CORPUS = new URL('corpus/', SHARED);
const isThere = existsSync(GOLDEN);

/** Layers whose sizes the recorded answers have and a file cannot say, each with its reason. */
const EXCEPTIONS: readonly { readonly type: RegExp; readonly reason: string }[] = [
  { type: /^ImageSegData$/, reason: 'Its label is an image, [N, 1, H, W]; the recorded answers have a list of numbers in its place.' },
];

interface GoldenLayer {
  readonly name: string;
  readonly type: string;
  readonly line: number;
  readonly output: Readonly<Record<string, readonly (number | null)[] | null>>;
  readonly params?: number;
}

interface GoldenFile {
  readonly file: string;
  readonly runs: readonly {
    readonly phase: string;
    readonly layers: readonly GoldenLayer[];
    readonly errors?: readonly { readonly kind: string; readonly layer: string }[];
  }[];
}

const goldens: readonly GoldenFile[] = isThere
  ? readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.json'))
      .sort()
      .map((path) => JSON.parse(readFileSync(new URL(path, GOLDEN), 'utf8')) as GoldenFile)
  : [];

function analysisOf({ file }: GoldenFile): Analysis | undefined {
  return analyse({ path: file, text: readFileSync(new URL(file, CORPUS), 'utf8') });
}

function networkOf(analysis: Analysis, phase: string): Network | undefined {
  const { networks } = analysis.document;
  return networks.find(({ name }) => name.endsWith(`(${phase})`)) ?? (networks.length === 1 ? networks[0] : undefined);
}

/** What differs; a size that is recorded as unknown may be anything. */
function differences(layer: Layer | undefined, expected: GoldenLayer): string[] {
  if (layer === undefined) return ['is missing'];
  const found: string[] = [];
  Object.entries(expected.output).forEach(([top, shape]) => {
    const own = layer.outputs.find(({ label }) => label === top)?.shape;
    const fits = shape === null || (own?.length === shape.length && shape.every((size, axis) => size === null || size === own[axis]));
    if (!fits) found.push(`${top} is ${JSON.stringify(own?.map((size) => size ?? null))}, not ${JSON.stringify(shape)}`);
  });
  const parameters = layer.node === undefined ? 0 : costOf(layer.node).parameters;
  if (expected.params !== undefined && parameters !== expected.params)
    found.push(`${formatSize(parameters)} parameters, not ${expected.params}`);
  return found;
}

describe.skipIf(!isThere)('Caffe: sizes and parameters of the corpus', () => {
  it('agree for every layer that is not an exception', () => {
    const table = new Map<string, { layers: number; agree: number; excepted: number }>();
    const wrong: string[] = [];
    for (const golden of goldens) {
      const row = table.get(golden.file.split('/')[1] ?? '') ?? { layers: 0, agree: 0, excepted: 0 };
      table.set(golden.file.split('/')[1] ?? '', row);
      const analysis = analysisOf(golden);
      const lines = createLineIndex(analysis?.source.text ?? '');
      for (const run of golden.runs) {
        const network =
          analysis === undefined ? undefined : networkOf(analysis, run.phase.startsWith('TRAIN+') ? 'TRAIN and TEST' : run.phase);
        // A phase that nothing feeds is not one of the file's; of a layer that takes what nobody makes the record has no sizes.
        if (network === undefined && (analysis?.document.networks.length ?? 0) > 0) {
          if (run.errors?.some(({ kind }) => kind === 'unknown-bottom') !== true) wrong.push(`${golden.file} ${run.phase} is not read`);
          continue;
        }
        const byLine = new Map((network?.layers ?? []).map((layer) => [positionAt(lines, layer.range.start).line + 1, layer]));
        for (const expected of run.layers) {
          row.layers++;
          const found = differences(byLine.get(expected.line), expected);
          if (found.length === 0) row.agree++;
          else if (EXCEPTIONS.some(({ type }) => type.test(expected.type))) row.excepted++;
          else wrong.push(`${golden.file}:${expected.line} ${run.phase} ${expected.type} ${expected.name}: ${found.join('; ')}`);
        }
      }
    }
    console.table(Object.fromEntries(table));
    expect(wrong).toEqual([]);
  });

  it('has no false error', () => {
    const errors = goldens.flatMap((golden) =>
      (analysisOf(golden)?.findings ?? [])
        .filter(({ diagnostic }) => diagnostic.severity === 'error')
        .map(({ diagnostic }) => `${golden.file}@${diagnostic.range.start} ${diagnostic.code}: ${diagnostic.message.split('\n')[0] ?? ''}`),
    );
    expect(errors).toEqual([]);
  });

  it('claims every network and no solver', () => {
    const claimed = (file: string) => analyse({ path: file, text: readFileSync(new URL(file, CORPUS), 'utf8') }) !== undefined;
    const solvers = readdirSync(new URL('caffe-solver/', CORPUS), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.prototxt'),
    );
    expect(solvers.filter((path) => claimed(`caffe-solver/${path}`))).toEqual([]);
    expect(
      goldens.filter(({ file, runs }) => claimed(file) !== runs.some(({ layers }) => layers.length > 0)).map(({ file }) => file),
    ).toEqual([]);
  });
});
