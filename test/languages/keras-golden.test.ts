// Keras files: sizes and parameters of every layer as TensorFlow.js has them, and a table of the agreement.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { summarise } from '../../server/src/features/summary.ts';

const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared');
const GOLDEN = join(SHARED, 'golden', 'keras');
const CORPUS = join(SHARED, 'corpus', 'keras');

/** What is not compared, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  GarNet: 'a layer of a library of its own (distance-weighted graphs), whose sizes its code alone knows',
  GarNetStack: 'as GarNet',
};

interface GoldenLayer {
  readonly name: string;
  readonly type: string;
  readonly output: unknown;
  readonly params: number;
}

interface Golden {
  readonly error?: unknown;
  readonly error_after_shim?: string;
  readonly params_total?: number;
  readonly layers?: readonly GoldenLayer[];
}

const files = existsSync(GOLDEN)
  ? readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .sort()
  : [];

/** Our symbols for what Keras writes as null. */
function withNulls(shape: unknown): unknown {
  return Array.isArray(shape) ? shape.map((size) => (typeof size === 'string' ? null : (size as unknown))) : shape;
}

describe.skipIf(files.length === 0)('Keras golden files', () => {
  const table = { files: 0, layers: 0, sizes: 0, parameters: 0, graphs: 0, exceptions: 0 };

  it.each(files)('%s', (file) => {
    const golden = JSON.parse(readFileSync(join(GOLDEN, file), 'utf8')) as Golden;
    const path = join(CORPUS, file.replace(/\.json$/, ''));
    const analysis = analyse({ path, text: readFileSync(path, 'utf8') });
    if (golden.layers === undefined) {
      const unknown = /Unknown layer: (\w+)/.exec(golden.error_after_shim ?? '')?.[1];
      if (unknown === undefined) {
        // A graph of TensorFlow's is not claimed.
        expect(analysis).toBeUndefined();
        table.graphs++;
        return;
      }
      expect(EXCEPTIONS).toHaveProperty(unknown);
      expect(analysis?.findings.filter(({ diagnostic }) => diagnostic.severity === 'error')).toEqual([]);
      table.exceptions++;
      return;
    }
    const [network] = analysis?.document.networks ?? [];
    if (analysis === undefined || network === undefined) throw new Error('not read');
    expect(
      analysis.findings.filter(({ diagnostic }) => diagnostic.severity === 'error').map(({ diagnostic }) => diagnostic.message),
    ).toEqual([]);
    const { layers, totals } = summarise(network, new Map());
    const ours = layers.map(({ name, outputs, parameters }) => ({ name, output: withNulls(outputs[0]), params: parameters }));
    const theirs = golden.layers.map(({ name, output, params }) => ({ name, output, params }));
    expect(ours).toEqual(theirs);
    expect(totals.parameters).toBe(golden.params_total);
    table.files++;
    table.layers += theirs.length;
    table.sizes += theirs.length;
    table.parameters += theirs.length;
  });

  it('agrees on all that is supported', () => {
    console.log(
      `keras: ${table.files} files, ${table.layers} layers, sizes ${table.sizes}, parameters ${table.parameters}; ` +
        `${table.graphs} graph models not claimed, ${table.exceptions} files with layers of other libraries (${Object.keys(EXCEPTIONS).join(', ')})`,
    );
    expect(table.files + table.graphs + table.exceptions).toBe(files.length);
  });
});
