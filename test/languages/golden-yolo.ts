// Compares the rows of our networks with sizes and parameters that the frameworks' own parsers recorded.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { summarise } from '../../server/src/features/summary.ts';

const shared = new URL('../../../shared/', import.meta.url);
export const hasGolden = existsSync(new URL('golden/yolov5', shared));

interface GoldenLayer {
  readonly index: number;
  readonly module?: string;
  readonly params?: number;
  readonly output?: unknown;
}

interface GoldenRun {
  readonly scale: string | null;
  readonly input: readonly number[];
  readonly error?: unknown;
  readonly layers: readonly GoldenLayer[];
}

export interface Difference {
  readonly file: string;
  readonly scale: string;
  readonly index: number;
  readonly module: string;
  readonly text: string;
}

export interface Agreement {
  files: number;
  layers: number;
  sizes: number;
  parameters: number;
  readonly differences: Difference[];
}

export function compareFormat(format: string): Agreement {
  const found: Agreement = { files: 0, layers: 0, sizes: 0, parameters: 0, differences: [] };
  const folder = new URL(`golden/${format}/`, shared);
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!entry.endsWith('.json')) continue;
    found.files++;
    const path = `${format}/${entry.slice(0, -'.json'.length)}`;
    const text = readFileSync(new URL(`corpus/${path}`, shared), 'utf8');
    const { runs } = JSON.parse(readFileSync(new URL(entry, folder), 'utf8')) as { runs: GoldenRun[] };
    const networks = analyse({ path, text })?.document.networks ?? [];
    for (const run of runs) {
      const [, height = 0, width = 0] = run.input;
      const network = networks.find(({ name }) => name === run.scale) ?? networks[0];
      const image = { N: 1, H: height, W: width };
      const layers = network === undefined ? [] : summarise(network, new Map(Object.entries(image))).layers;
      for (const golden of run.layers) {
        const { index, module = '', params } = golden;
        // What its own framework could not build has none.
        if (params === undefined) continue;
        found.layers++;
        const layer = layers[index];
        const sizes = JSON.stringify(layer?.outputs.map((shape) => shape?.slice(1)) ?? null);
        const wanted = JSON.stringify(leavesOf(golden.output));
        const differ = (text: string) => found.differences.push({ file: path, scale: run.scale ?? '', index, module, text });
        if (sizes === wanted) found.sizes++;
        else differ(`${sizes} is ${wanted}`);
        if (layer?.parameters === params) found.parameters++;
        else differ(`${String(layer?.parameters)} parameters are ${params}`);
      }
    }
  }
  return found;
}

/** Every shape in an answer, in its order. */
function leavesOf(output: unknown): number[][] {
  if (Array.isArray(output)) return output.every((item) => typeof item === 'number') ? [output] : output.flatMap(leavesOf);
  return typeof output === 'object' && output !== null ? Object.values(output).flatMap(leavesOf) : [];
}
