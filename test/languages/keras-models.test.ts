// How layers of a Keras model are put together: models within models, calls with names and numbers, functions, and what is not known.
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../../server/src/analysis/analyse.ts';
import { provenFixes } from '../../server/src/analysis/fixes.ts';
import { summarise } from '../../server/src/features/summary.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

type Config = Readonly<Record<string, unknown>>;

interface LayerText {
  readonly class_name: string;
  readonly name: string;
  readonly config: Config;
  readonly inbound_nodes: unknown;
}

const layer = (className: string, name: string, config: Config, calls: unknown, more: Config = {}): LayerText => ({
  class_name: className,
  name,
  config: { name, ...config },
  inbound_nodes: calls,
  ...more,
});
const input = (name: string, ...shape: readonly (number | null)[]) =>
  layer('InputLayer', name, { batch_input_shape: [null, ...shape] }, []);
const on = (...names: readonly string[]) => [names.map((name) => [name, 0, 0, {}])];

function model(layers: readonly LayerText[], output: unknown, name = 'm'): Pick<LayerText, 'class_name' | 'config'> {
  const inputs = layers.filter(({ class_name: className }) => className === 'InputLayer').map((one) => [one.name, 0, 0]);
  return { class_name: 'Functional', config: { name, layers, input_layers: inputs, output_layers: [output] } };
}

function read(text: string): Analysis {
  const analysis = analyse({ path: 'model.json', text });
  if (analysis === undefined) throw new Error('not claimed');
  return analysis;
}

function faults({ findings }: Analysis): readonly string[] {
  return findings.map(({ diagnostic: { severity, code, message } }) => `${severity} ${code}: ${message.split('\n')[0] ?? ''}`);
}

/** Without faults: the shape that comes out last, and all parameters. */
function result(of: ReturnType<typeof model>): { readonly output: readonly unknown[]; readonly parameters: unknown } {
  const analysis = read(JSON.stringify(of));
  const [network] = analysis.document.networks;
  if (network === undefined) throw new Error('no network');
  expect(faults(analysis)).toEqual([]);
  const { outputs, totals } = summarise(network, new Map());
  return { output: outputs[0]?.shape ?? [], parameters: totals.parameters };
}

describe('models within models', () => {
  const conv = layer('Conv2D', 'c', { filters: 2, kernel_size: [3, 3] }, on('image'));
  const inner = model([input('image', 8, 8, 1), conv], ['c', 0, 0], 'inner');
  const called = (...calls: readonly unknown[]): LayerText => ({ ...inner, name: 'inner', inbound_nodes: calls });

  it.each([1, 0])('are called from call %i on: up to Keras 2 the call that made them counts', (first) => {
    const flat = layer('Flatten', 'f', {}, [[['inner', first, 0, {}]]]);
    expect(result(model([input('a', 8, 8, 1), called([['a', 0, 0, {}]]), flat], ['f', 0, 0]))).toEqual({
      output: ['N', 72],
      parameters: 20,
    });
  });

  it('are shared by several calls', () => {
    const both = layer('Subtract', 's', {}, [
      [
        ['inner', 1, 0, {}],
        ['inner', 2, 0, {}],
      ],
    ]);
    const twins = [input('a', 8, 8, 1), input('b', 8, 8, 1), called([['a', 0, 0, {}]], [['b', 0, 0, {}]]), both];
    expect(result(model(twins, ['s', 0, 0]))).toEqual({ output: ['N', 6, 6, 2], parameters: 20 });
  });

  it('are made for the size of their input', () => {
    const analysis = read(JSON.stringify(model([input('a', 9, 9, 1), called([['a', 0, 0, {}]])], ['inner', 1, 0])));
    expect(faults(analysis)).toEqual([
      'error claim-mismatch: `inner` is made for an input of [N, 8, 8, 1], but is called on [N, 9, 9, 1].',
    ]);
  });
});

describe('calls', () => {
  it('hand tensors over by name, in Keras 2 and in Keras 3', () => {
    const attention = { num_heads: 2, key_dim: 3, use_bias: false };
    const keras2 = layer('MultiHeadAttention', 'm', attention, [[['q', 0, 0, { key: ['k', 0, 0], value: ['v', 0, 0], axes: [1, 2] }]]]);
    const tensor = (name: string) => ({ class_name: '__keras_tensor__', config: { shape: [null, 5, 4], keras_history: [name, 0, 0] } });
    const keras3 = layer('MultiHeadAttention', 'm', attention, [
      { args: [tensor('q')], kwargs: { key: tensor('k'), value: tensor('v'), attention_mask: tensor('mask') } },
    ]);
    const inputs = [input('q', 6, 4), input('k', 5, 3), input('v', 5, 2)];
    const expected = { output: ['N', 6, 4], parameters: 6 * (4 + 3 + 2 + 4) };
    expect(result(model([...inputs, keras2], ['m', 0, 0]))).toEqual(expected);
    const masked = read(JSON.stringify(model([...inputs, input('mask', 6, 5), keras3], ['m', 0, 0])));
    expect(summarise(masked.document.networks[0] ?? never(), new Map()).totals.parameters).toBe(expected.parameters);
  });

  it('may hand over a number in the place of a tensor', () => {
    const scaled = layer('TFOpLambda', 's', { function: 'math.multiply' }, [['_CONSTANT_VALUE', -1, 2, { y: ['a', 0, 0] }]]);
    expect(result(model([input('a', 4), scaled], ['s', 0, 0])).output).toEqual(['N', 4]);
  });

  it('of functions have sizes', () => {
    const sum = layer('TFOpLambda', 's', { function: 'math.add' }, [['a', 0, 0, { y: ['b', 0, 0] }]]);
    const mean = layer('TFOpLambda', 'm', { function: 'math.reduce_mean' }, [['s', 0, 0, { axis: [1], keepdims: false }]]);
    expect(result(model([input('a', 6, 4), input('b', 1, 4), sum, mean], ['m', 0, 0])).output).toEqual(['N', 4]);
    const ops = { module: 'keras.src.ops.numpy' };
    const turned = layer('Transpose', 't', { axes: [0, 2, 1] }, on('a'), ops);
    const joined = layer('Concatenate', 'j', { axis: 1 }, on('t', 't'), ops);
    expect(result(model([input('a', 6, 4), turned, joined], ['j', 0, 0])).output).toEqual(['N', 8, 6]);
  });
});

function never(): never {
  throw new Error('no network');
}

describe('what is not known', () => {
  const dense = layer('Dense', 'd', { units: 3 }, on('x'));

  it('is told once for each class, and is no error', () => {
    const layers = ['x', 'y', 'z'].map((name, at) => layer('GarNet', name, {}, on(['a', 'x', 'y'][at] ?? 'a')));
    expect(faults(read(JSON.stringify(model([input('a', 4), ...layers, dense], ['d', 0, 0]))))).toEqual([
      "information unknown-module: The layer `GarNet` is none of Keras' own, so that sizes are not worked out from here on.",
    ]);
  });

  it('has the name of its package', () => {
    const custom = layer('Dense', 'x', { units: 2 }, on('a'), { module: 'my.layers', registered_name: 'my>Dense' });
    expect(faults(read(JSON.stringify(model([input('a', 4), custom, dense], ['d', 0, 0]))))).toEqual([
      "information unknown-module: The layer `Dense` (my>Dense) is none of Keras' own, so that sizes are not worked out from here on.",
    ]);
  });

  it('may be misspelt', () => {
    const text = JSON.stringify(model([input('a', 8, 8, 1), layer('Conv2d', 'x', { filters: 2, kernel_size: 3 }, on('a'))], ['x', 0, 0]));
    const analysis = read(text);
    const [finding] = analysis.findings;
    const [fix] = finding === undefined ? [] : provenFixes(analysis, finding);
    expect(fix?.title).toBe('Change `Conv2d` to `Conv2D`');
    expect(faults(read(applyEdits(text, fix?.edits ?? [])))).toEqual([]);
  });

  it('may be a function of Python', () => {
    expect(faults(read(JSON.stringify(model([input('a', 4), layer('Lambda', 'x', {}, on('a')), dense], ['d', 0, 0]))))).toEqual([
      'information unknown-module: `Lambda` runs a function of Python, so that sizes are not worked out from here on.',
    ]);
  });
});

describe('layers with weights', () => {
  it('need sizes that no null leaves open', () => {
    const layers = [
      input('a', null, null, 3),
      layer('Conv2D', 'c', { filters: 4, kernel_size: [3, 3] }, on('a')),
      layer('Flatten', 'f', {}, on('c')),
      layer('Dense', 'd', { units: 2 }, on('f')),
    ];
    const text = JSON.stringify(model(layers, ['d', 0, 0]));
    const analysis = read(text);
    expect(faults(analysis)).toEqual([expect.stringMatching(/^error argument-range: Dense needs the last size of its input as a number/)]);
    const [finding] = analysis.findings;
    const [fix] = finding === undefined ? [] : provenFixes(analysis, finding);
    expect(fix?.title).toBe('Change `Flatten` to `GlobalAveragePooling2D`');
  });

  it('of sequences need all steps of the layer before', () => {
    const layers = [
      input('a', 7, 3),
      layer('LSTM', 'one', { units: 4, return_sequences: false }, on('a')),
      layer('LSTM', 'two', { units: 4 }, on('one')),
    ];
    const text = JSON.stringify(model(layers, ['two', 0, 0]));
    const analysis = read(text);
    expect(faults(analysis)).toEqual([
      'error rank-mismatch: LSTM takes 3 axes with the batch (steps and features), but its input has 2: [N, 4].',
    ]);
    const [finding] = analysis.findings;
    expect(finding === undefined ? [] : provenFixes(analysis, finding).map(({ title }) => title)).toEqual([
      'Change return_sequences to true',
    ]);
  });
});

describe('joins of maps of unlike sizes', () => {
  const pool = (name: string, from: string) => layer('MaxPooling2D', name, { pool_size: [2, 2] }, on(from));
  const layers = [
    input('a', 30, 31, 1),
    pool('p', 'a'),
    layer('UpSampling2D', 'u', { size: [2, 2] }, on('p')),
    layer('Concatenate', 'c', { axis: -1 }, on('u', 'a')),
  ];

  it.each([undefined, 2])('are mended by a layer of Keras in front of them (indentation %s)', (indent) => {
    const text = JSON.stringify(model(layers, ['c', 0, 0]), undefined, indent);
    const analysis = read(text);
    expect(faults(analysis).map((fault) => fault.split(':')[0])).toEqual(['error concat-mismatch']);
    const [finding] = analysis.findings;
    const fixes = finding === undefined ? [] : provenFixes(analysis, finding);
    const titles = fixes.map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining([expect.stringMatching(/^Pad `u` /), expect.stringMatching(/^Crop `a` /)]));
    const padded: unknown = JSON.parse(applyEdits(text, fixes.find(({ title }) => title.startsWith('Pad'))?.edits ?? []));
    expect(padded).toHaveProperty(
      'config.layers[3]',
      layer(
        'ZeroPadding2D',
        'padded_u',
        {
          padding: [
            [0, 0],
            [0, 1],
          ],
          data_format: 'channels_last',
        },
        on('u'),
      ),
    );
    expect(padded).toHaveProperty('config.layers[4].inbound_nodes', on('padded_u', 'a'));
  });

  it('take the tensor that Keras 3 writes', () => {
    const tensor = (name: string, ...shape: readonly number[]) => ({
      class_name: '__keras_tensor__',
      config: { shape: [null, ...shape], dtype: 'float32', keras_history: [name, 0, 0] },
    });
    const join = layer('Concatenate', 'c', { axis: -1 }, [{ args: [[tensor('u', 30, 30, 1), tensor('a', 30, 31, 1)]], kwargs: {} }]);
    const text = JSON.stringify(model([...layers.slice(0, 3), join], ['c', 0, 0]));
    const analysis = read(text);
    const [finding] = analysis.findings;
    const fix = (finding === undefined ? [] : provenFixes(analysis, finding)).find(({ title }) => title.startsWith('Pad'));
    expect(fix).toBeDefined();
    expect(faults(read(applyEdits(text, fix?.edits ?? []))).filter((fault) => fault.startsWith('error'))).toEqual([]);
  });
});
