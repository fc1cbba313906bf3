// Keras models: the ways to write them, what is claimed, the mistakes that users make and the fixes for them.
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../../server/src/analysis/analyse.ts';
import { provenFixes } from '../../server/src/analysis/fixes.ts';
import { inlayHints } from '../../server/src/features/inlay-hints.ts';
import { hoverAt } from '../../server/src/features/hover/hover.ts';
import { summarise } from '../../server/src/features/summary.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

type Config = Readonly<Record<string, unknown>>;

function layer(className: string, config: Config): Config {
  return { class_name: className, config };
}

function sequential(...layers: readonly Config[]): string {
  return JSON.stringify({ class_name: 'Sequential', config: { name: 'm', layers } }, undefined, 1);
}

/** Layers with the names of what they are called on. */
function functional(
  layers: readonly (readonly [className: string, name: string, config: Config, from: readonly string[]])[],
  output: string,
): string {
  return JSON.stringify(
    {
      class_name: 'Functional',
      config: {
        name: 'm',
        layers: layers.map(([className, name, config, from]) => ({
          class_name: className,
          name,
          config: { name, ...config },
          inbound_nodes: from.length === 0 ? [] : [from.map((other) => [other, 0, 0, {}])],
        })),
        input_layers: layers.filter(([className]) => className === 'InputLayer').map(([, name]) => [name, 0, 0]),
        output_layers: [[output, 0, 0]],
      },
    },
    undefined,
    1,
  );
}

function read(text: string): Analysis {
  const analysis = analyse({ path: 'model.json', text });
  if (analysis === undefined) throw new Error('not claimed');
  return analysis;
}

const hints = (text: string) => inlayHints(read(text), { start: 0, end: text.length }).map(({ label }) => label);
const messages = (text: string) => read(text).findings.map(({ diagnostic }) => diagnostic.message.split('\n')[0]);

function fixed(text: string): readonly { readonly title: string; readonly after: string }[] {
  const analysis = read(text);
  const [finding] = analysis.findings;
  return finding === undefined ? [] : provenFixes(analysis, finding).map(({ title, edits }) => ({ title, after: applyEdits(text, edits) }));
}

describe('claims', () => {
  it.each([
    ['{"name": "a-package", "version": "1.0.0"}'],
    ['{"class_name": "HeNormal", "config": {"seed": null}}'],
    ['{"format": "graph-model", "modelTopology": {"node": [{"name": "a", "op": "Const"}]}}'],
    ['{"note": "class_name and config: \\"class_name\\"", "config": []}'],
    ['[1, 2, 3]'],
    [''],
  ])('not %s', (text) => {
    expect(analyse({ path: 'model.json', text })).toBeUndefined();
  });

  it('the envelopes of Keras and of TensorFlow.js, a string among them', () => {
    const model = { class_name: 'Sequential', config: [layer('Dense', { name: 'd', units: 3, batch_input_shape: [null, 4] })] };
    for (const whole of [
      model,
      { modelTopology: model },
      { modelTopology: { model_config: model } },
      { modelTopology: { model_config: JSON.stringify(model) } },
    ])
      expect(hints(JSON.stringify(whole))).toEqual(['[N, 3]']);
  });
});

describe('layers', () => {
  it('of Keras 1 and of Keras 3 come to the same', () => {
    const old = layer('Convolution2D', {
      nb_filter: 8,
      nb_row: 3,
      nb_col: 5,
      border_mode: 'same',
      subsample: [2, 2],
      dim_ordering: 'th',
      batch_input_shape: [null, 3, 9, 9],
    });
    const young = layer('Conv2D', {
      filters: 8,
      kernel_size: [3, 5],
      padding: 'same',
      strides: [2, 2],
      data_format: 'channels_first',
      batch_input_shape: [null, 3, 9, 9],
    });
    expect(hints(sequential(old))).toEqual(['[N, 8, 5, 5]']);
    expect(hints(sequential(young))).toEqual(['[N, 8, 5, 5]']);
  });

  it('called as Keras 3 writes it', () => {
    const tensor = (name: string) => ({
      class_name: '__keras_tensor__',
      config: { shape: [null, 4], dtype: 'float32', keras_history: [name, 0, 0] },
    });
    const text = JSON.stringify({
      module: 'keras',
      class_name: 'Functional',
      config: {
        name: 'm',
        layers: [
          { class_name: 'InputLayer', name: 'a', config: { batch_shape: [null, 4], name: 'a' }, inbound_nodes: [] },
          { class_name: 'Dense', name: 'd', config: { name: 'd', units: 4 }, inbound_nodes: [{ args: [tensor('a')], kwargs: {} }] },
          { class_name: 'Add', name: 's', config: { name: 's' }, inbound_nodes: [{ args: [[tensor('a'), tensor('d')]], kwargs: {} }] },
        ],
        input_layers: [['a', 0, 0]],
        output_layers: [['s', 0, 0]],
      },
    });
    expect(hints(text)).toEqual(['[N, 4]', '[N, 4]', '[N, 4]']);
  });

  it('that are open in size have symbols, and say which sizes fit', () => {
    const text = functional(
      [
        ['InputLayer', 'in', { batch_input_shape: [null, null, null, 3] }, []],
        ['MaxPooling2D', 'p', {}, ['in']],
        ['UpSampling2D', 'u', {}, ['p']],
        ['Concatenate', 'c', { axis: -1 }, ['u', 'in']],
      ],
      'c',
    );
    expect(messages(text)).toEqual([expect.stringMatching(/fits only for H = 0 mod 2, W = 0 mod 2/)]);
  });

  it('that are shared count their weights once', () => {
    const text = JSON.stringify({
      class_name: 'Model',
      config: {
        name: 'm',
        layers: [
          { class_name: 'InputLayer', name: 'a', config: { batch_input_shape: [null, 4] }, inbound_nodes: [] },
          { class_name: 'InputLayer', name: 'b', config: { batch_input_shape: [null, 4] }, inbound_nodes: [] },
          { class_name: 'Dense', name: 'd', config: { units: 5 }, inbound_nodes: [[['a', 0, 0, {}]], [['b', 0, 0, {}]]] },
          {
            class_name: 'Concatenate',
            name: 'c',
            config: {},
            inbound_nodes: [
              [
                ['d', 0, 0, {}],
                ['d', 1, 0, {}],
              ],
            ],
          },
        ],
        input_layers: [
          ['a', 0, 0],
          ['b', 0, 0],
        ],
        output_layers: [['c', 0, 0]],
      },
    });
    const [network] = read(text).document.networks;
    if (network === undefined) throw new Error('no network');
    expect(summarise(network, new Map()).totals.parameters).toBe(25);
    expect(hints(text)).toEqual(['[N, 4]', '[N, 4]', '[N, 5]', '[N, 10]']);
  });

  it('that are models themselves are worked out within', () => {
    const inner = {
      class_name: 'Sequential',
      name: 'inner',
      config: { name: 'inner', layers: [layer('Dense', { name: 'd', units: 7, batch_input_shape: [null, 4] })] },
    };
    const text = JSON.stringify({
      class_name: 'Model',
      config: {
        name: 'm',
        layers: [
          { class_name: 'InputLayer', name: 'a', config: { batch_input_shape: [null, 4] }, inbound_nodes: [] },
          { ...inner, inbound_nodes: [[['a', 0, 0, {}]]] },
        ],
        input_layers: [['a', 0, 0]],
        output_layers: [['inner', 1, 0]],
      },
    });
    expect(hints(text)).toContain('[N, 7]');
  });

  it('of another library keep silent, and what comes from them as well', () => {
    const text = sequential(
      layer('GarNet', { batch_input_shape: [null, 4] }),
      layer('Dense', { units: 3 }),
      layer('Conv2D', { filters: 1, kernel_size: 3 }),
    );
    expect(messages(text).filter((message) => !message?.includes('3 axes'))).toEqual(messages(text));
  });
});

describe('mistakes', () => {
  it('channels first for layers that have them last', () => {
    const conv = layer('Conv2D', {
      name: 'c',
      filters: 8,
      kernel_size: [3, 3],
      data_format: 'channels_last',
      batch_input_shape: [null, 1, 28, 28],
    });
    const text = sequential(conv, layer('Conv2D', { filters: 8, kernel_size: [3, 3] }));
    expect(messages(text)).toEqual([expect.stringMatching(/^The input \[N, 1, 28, 28\] looks like channels first/)]);
    const [fix] = fixed(text);
    expect(fix?.title).toBe('Change the input to [N, 28, 28, 1]');
    expect(messages(fix?.after ?? '')).toEqual([]);
  });

  it('an output padding that is not below the stride', () => {
    const up = layer('Conv2DTranspose', {
      filters: 2,
      kernel_size: [16, 16],
      strides: [8, 8],
      padding: 'same',
      output_padding: [8, 1],
      batch_input_shape: [null, 46, 62, 4],
    });
    const text = sequential(up);
    expect(messages(text)).toEqual(['output_padding=8 of Conv2DTranspose must be below 8 (height).']);
    expect(fixed(text).map(({ title }) => title)).toEqual(['Change output_padding to 7']);
  });

  it('a join behind a pool that lost a row', () => {
    const text = functional(
      [
        ['InputLayer', 'in', { batch_input_shape: [null, 358, 358, 1] }, []],
        ['MaxPooling2D', 'p1', {}, ['in']],
        ['MaxPooling2D', 'p2', {}, ['p1']],
        ['UpSampling2D', 'u', {}, ['p2']],
        ['Concatenate', 'cat', { axis: 3 }, ['u', 'p1']],
      ],
      'cat',
    );
    expect(messages(text)).toEqual(['Concatenate joins tensors that differ along the height: 178 and 179.']);
    expect(fixed(text).map(({ title }) => title)).toEqual([
      'Pad `u` to 179x179 before cat',
      'Crop `p1` to 178x178 before cat',
      'Change the input size 358 to 357',
      'Change the input size 358 to 360',
    ]);
  });

  it('an upsampling by another factor than the pool', () => {
    const text = functional(
      [
        ['InputLayer', 'in', { batch_input_shape: [null, 60, 60, 1] }, []],
        ['MaxPooling2D', 'p', { pool_size: [3, 3] }, ['in']],
        ['UpSampling2D', 'u', { size: [2, 2] }, ['p']],
        ['Add', 'sum', {}, ['u', 'in']],
      ],
      'sum',
    );
    expect(fixed(text).map(({ title }) => title)).toContain('Change size of u to (3, 3)');
  });

  it('a pool that leaves nothing, told where it is', () => {
    const text = sequential(
      layer('MaxPooling1D', { pool_size: 4, batch_input_shape: [null, 3, 2] }),
      layer('Conv1D', { filters: 2, kernel_size: 1 }),
    );
    expect(read(text).findings.map(({ diagnostic }) => diagnostic.code)).toEqual(['empty-output']);
  });

  it('a name that no layer has, and layers that wait for each other', () => {
    const text = functional(
      [
        ['InputLayer', 'a', { batch_input_shape: [null, 4] }, []],
        ['Dense', 'd', { units: 2 }, ['aa']],
      ],
      'd',
    );
    expect(messages(text)).toEqual(['No layer of this model is called `aa`. Did you mean `a`?']);
    expect(fixed(text).map(({ title }) => title)).toEqual(['Change `aa` to `a`']);
    const round = functional(
      [
        ['InputLayer', 'a', { batch_input_shape: [null, 4] }, []],
        ['Add', 'x', {}, ['a', 'y']],
        ['Dense', 'y', { units: 4 }, ['x']],
      ],
      'y',
    );
    expect(read(round).findings.map(({ diagnostic }) => diagnostic.code)).toEqual(['dependency-cycle']);
  });

  it.each<[string, string, object, RegExp, string | undefined]>([
    ['no filters', 'Conv2D', { kernel_size: 3 }, /^Conv2D needs `filters` in its config\./, undefined],
    ['no units', 'Dense', {}, /^Dense needs `units`/, undefined],
    ['filters below 1', 'Conv2D', { filters: -16, kernel_size: 3 }, /^filters has to be at least 1, and is -16\./, undefined],
    ['a kernel of 0', 'Conv2D', { filters: 4, kernel_size: [3, 0] }, /^kernel_size has to be at least 1, and is 0\./, undefined],
    [
      'a word that no padding is',
      'Conv2D',
      { filters: 4, kernel_size: 3, padding: 'sam' },
      /^padding is "valid" or "same", and not "sam"\./,
      'Change "sam" to "same"',
    ],
    [
      'a stride and a dilation',
      'Conv2D',
      { filters: 4, kernel_size: 3, strides: 2, dilation_rate: 2 },
      /^Keras takes strides above 1 or a dilation_rate above 1/,
      undefined,
    ],
  ])('%s, told once', (_, className, config, message, fix) => {
    const text = functional(
      [
        ['InputLayer', 'in', { batch_input_shape: [null, 8, 8, 3] }, []],
        [className, 'wrong', { ...config }, ['in']],
        ['Concatenate', 'behind', {}, ['wrong', 'in']],
      ],
      'behind',
    );
    expect(messages(text)).toEqual([expect.stringMatching(message)]);
    expect(fixed(text).map(({ title }) => title)).toEqual(fix === undefined ? [] : [fix]);
  });

  it('a join along another axis than the one that differs, or along none', () => {
    const joined = (axis: number) =>
      functional(
        [
          ['InputLayer', 'in', { batch_input_shape: [null, 8, 8, 3] }, []],
          ['Conv2D', 'c', { filters: 4, kernel_size: 1 }, ['in']],
          ['Concatenate', 'cat', { axis }, ['c', 'in']],
        ],
        'cat',
      );
    expect(fixed(joined(1)).map(({ title }) => title)).toEqual(['Change axis to -1', 'Change filters of c to 3']);
    expect(messages(joined(4))).toEqual(['axis is 4, but the inputs have 4 axes: -4 to 3.']);
    expect(fixed(joined(4)).map(({ title }) => title)).toEqual(['Change axis to -1']);
  });

  it('two layers of one name, and channels first where the layers have them last', () => {
    const twins = functional(
      [
        ['InputLayer', 'in', { batch_input_shape: [null, 4] }, []],
        ['Dense', 'd', { units: 4 }, ['in']],
        ['Dense', 'd', { units: 4 }, ['d']],
      ],
      'd',
    );
    expect(messages(twins)).toEqual(['Two layers of this model are called `d`.']);
    const first = functional(
      [
        ['InputLayer', 'in', { batch_input_shape: [null, 3, 64, 64] }, []],
        ['MaxPooling2D', 'p', {}, ['in']],
        ['UpSampling2D', 'u', {}, ['p']],
        ['Concatenate', 'cat', {}, ['u', 'in']],
      ],
      'cat',
    );
    expect(fixed(first).map(({ title }) => title)).toEqual(['Change the input to [N, 64, 64, 3]']);
  });

  it('JSON that ends too early, or is nested without end', () => {
    const text = sequential(layer('Dense', { units: 3, batch_input_shape: [null, 4] }));
    expect(read(text.slice(0, -3)).findings.map(({ diagnostic }) => diagnostic.code)).toEqual(['syntax']);
    expect(analyse({ path: 'm.json', text: `{"class_name": "Model", "config": ${'['.repeat(100_000)}` })).toBeUndefined();
  });
});

describe('a setting that is not written yet', () => {
  const strideOf = (config: string) => {
    const text = `{"class_name": "Sequential", "config": {"name": "m", "layers": [{"class_name": "Conv2D", "config": ${config}}]}}`;
    const analysis = read(text);
    const node = analysis.document.networks[0]?.nodes.find(({ operator }) => operator === 'Conv2d');
    const edits = node === undefined ? undefined : analysis.language.setArgument(text, node, 'stride', '(2, 1)');
    return edits === undefined ? undefined : applyEdits(text, edits).slice(text.indexOf(config), -4);
  };

  it.each([
    [
      '{ "filters": 4, "kernel_size": 3, "batch_input_shape": [null, 8, 8, 1] }',
      '{ "filters": 4, "kernel_size": 3, "batch_input_shape": [null, 8, 8, 1], "strides": [2, 1] }',
    ],
    [
      '{"filters":4,"kernel_size":3,"batch_input_shape":[null,8,8,1]}',
      '{"filters":4,"kernel_size":3,"batch_input_shape":[null,8,8,1],"strides":[2, 1]}',
    ],
    [
      '{\n  "kernel_size": 3,\n  "batch_input_shape": [null, 8, 8, 1],\n  "filters": 4\n}',
      '{\n  "kernel_size": 3,\n  "batch_input_shape": [null, 8, 8, 1],\n  "filters": 4,\n  "strides": [2, 1]\n}',
    ],
    [
      '{"filters": 4, "strides": null, "kernel_size": 3, "batch_input_shape": [null, 8, 8, 1]}',
      '{"filters": 4, "strides": [2, 1], "kernel_size": 3, "batch_input_shape": [null, 8, 8, 1]}',
    ],
  ])('is put into %j as its author writes', (before, after) => {
    expect(strideOf(before)).toBe(after);
  });
});

describe('a padding in numbers', () => {
  it.each<[padding: string, className: string, config: Config, word: string | undefined]>([
    ['1', 'Conv2D', { filters: 4, kernel_size: 3 }, '"padding":"same"'],
    ['(1, 2)', 'Conv2D', { filters: 4, kernel_size: [3, 5], padding: 'valid' }, '"padding":"same"'],
    ['2', 'Conv2D', { filters: 4, kernel_size: 3, dilation_rate: 2 }, '"padding":"same"'],
    ['0', 'Conv2D', { filters: 4, kernel_size: 3, padding: 'same' }, '"padding":"valid"'],
    ['1', 'Convolution2D', { nb_filter: 4, nb_row: 3, nb_col: 3, border_mode: 'valid' }, '"border_mode":"same"'],
    ['0', 'MaxPooling2D', { pool_size: 3, padding: 'same' }, '"padding":"valid"'],
    // More than "same" pads, fewer cells on one side than on the other, and what "same" pads of 8 cells with a stride of 2.
    ['2', 'Conv2D', { filters: 4, kernel_size: 3 }, undefined],
    ['1', 'Conv2D', { filters: 4, kernel_size: 2 }, undefined],
    ['1', 'Conv2D', { filters: 4, kernel_size: 3, strides: 2 }, undefined],
    ['1', 'Conv2D', { filters: 4, kernel_size: 4, strides: 2 }, '"padding":"same"'],
  ])('of %s in %s %j', (padding, className, config, word) => {
    const text = JSON.stringify(JSON.parse(sequential(layer(className, { batch_input_shape: [null, 8, 8, 1], ...config }))));
    const analysis = read(text);
    const node = analysis.document.networks[0]?.nodes.find(({ operator }) => /^(?:Conv|MaxPool)2d$/.test(operator));
    const edits = node === undefined ? undefined : analysis.language.setArgument(text, node, 'padding', padding);
    if (word === undefined) expect(edits).toBeUndefined();
    else expect(edits && applyEdits(text, edits)).toContain(word);
  });
});

it('hovers tell of a layer in the order of the file', () => {
  const text = sequential(
    layer('Conv2D', { name: 'c', filters: 8, kernel_size: [3, 3], padding: 'same', batch_input_shape: [null, 8, 8, 3] }),
  );
  const hover = hoverAt(read(text), text.indexOf('Conv2D') + 2);
  expect(hover?.text).toContain('`[N, 8, 8, 3]` → `[N, 8, 8, 8]`');
  expect(hover?.text).toContain('224 parameters');
});
