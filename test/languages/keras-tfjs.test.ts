// Keras layers one by one: sizes as TensorFlow.js computes them, for rules of padding, strides, dilation and transposed windows.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { writtenShape } from '../../server/src/network/network.ts';

const ORACLE = join(import.meta.dirname, '..', '..', '..', 'shared', 'oracle', 'tfjs-shapes.jsonl');

interface Row {
  readonly op: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly input: readonly number[];
  readonly output: readonly number[] | null;
  readonly run: readonly number[] | null;
  readonly run_error?: string;
}

const rows = existsSync(ORACLE)
  ? readFileSync(ORACLE, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row)
  : [];

/** `maxPooling2d` as `MaxPooling2D`. */
function className(op: string): string {
  return (op.charAt(0).toUpperCase() + op.slice(1)).replace(/(\d)d/, '$1D');
}

/** `kernelSize` as `kernel_size`. */
function pythonKey(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** TensorFlow.js reads no dilation_rate here, and no data_format of one-dimensional pools, where Keras does. */
function ignoresSetting({ op, args }: Row): boolean {
  const { dilationRate = 1, dataFormat } = args;
  if (op.includes('Pooling1d')) return dataFormat === 'channelsFirst';
  return /depthwise|Transpose/.test(op) && [dilationRate].flat().some((rate) => rate !== 1);
}

function modelOf({ op, args, input }: Row): string {
  const settings = Object.fromEntries(
    Object.entries(args).map(([key, value]) => [pythonKey(key), value === 'channelsFirst' ? 'channels_first' : value]),
  );
  const config = { name: 'layer', batch_input_shape: input, ...settings };
  return JSON.stringify({ class_name: 'Sequential', config: { name: 'm', layers: [{ class_name: className(op), config }] } });
}

describe.skipIf(rows.length === 0)('layers of TensorFlow.js', () => {
  it('have the sizes that a run gives, and an error where it gives none', () => {
    const wrong: string[] = [];
    let agreed = 0;
    const comparable = rows.filter((row) => !ignoresSetting(row));
    for (const row of comparable) {
      const analysis = analyse({ path: 'm.json', text: modelOf(row) });
      const output = analysis?.document.networks[0]?.outputs[0]?.tensor;
      const isRefused = analysis?.findings.some(({ diagnostic }) => diagnostic.severity === 'error') === true;
      const shape = output === undefined ? undefined : writtenShape(output);
      // A size of 0 or less, which TensorFlow.js lets pass, is an error at the layer that makes it.
      const isLegal = row.run?.every((size) => size > 0) === true;
      // A run of a sequence with the channels first gives them last, against what the layer says of itself.
      const expected = row.op === 'conv1d' && row.args['dataFormat'] === 'channelsFirst' ? row.output : row.run;
      if (isLegal === !isRefused && (!isLegal || JSON.stringify(shape) === JSON.stringify(expected))) agreed++;
      else
        wrong.push(
          `${JSON.stringify(row)} ours ${isRefused ? (analysis.findings.find(({ diagnostic }) => diagnostic.severity === 'error')?.diagnostic.message ?? '') : JSON.stringify(shape)}`,
        );
    }
    console.log(
      `tfjs: ${agreed} of ${comparable.length} rows, ${rows.length - comparable.length} with a setting that TensorFlow.js ignores`,
    );
    expect(wrong.slice(0, 20)).toEqual([]);
  });
});
