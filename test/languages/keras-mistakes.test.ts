// What users report of Keras models: each mistake is told once, at the value that is guilty, with the fixes that prove to help.
import { describe, expect, it } from 'vitest';
import { analyse, type Analysis } from '../../server/src/analysis/analyse.ts';
import { provenFixes } from '../../server/src/analysis/fixes.ts';
import { applyEdits } from '../../server/src/text/edit.ts';

type Config = Readonly<Record<string, unknown>>;
type Reference = string | readonly unknown[];
type Row = readonly [className: string, name: string, config: Config, from: readonly Reference[]];

const IMAGE = [null, 28, 28, 3];

function sequential(...layers: readonly (readonly [className: string, config: Config])[]): Config {
  return {
    class_name: 'Sequential',
    config: { name: 'm', layers: layers.map(([class_name, config]) => ({ class_name, config })) },
  };
}

/** Layers with what they are called on: the names of others, or references as the file has them. */
function functional(rows: readonly Row[], output: string, inputs = rows.filter(([name]) => name === 'InputLayer')): Config {
  const layers = rows.map(([class_name, name, config, from]) => ({
    class_name,
    name,
    config: { name, ...config },
    inbound_nodes: from.length === 0 ? [] : [from.map((other) => (typeof other === 'string' ? [other, 0, 0, {}] : other))],
  }));
  const ends = { input_layers: inputs.map(([, name]) => [name, 0, 0]), output_layers: [[output, 0, 0]] };
  return { class_name: 'Functional', config: { name: 'm', layers, ...ends } };
}

const input = (name: string, ...sizes: readonly (number | null)[]): Row => [
  'InputLayer',
  name,
  { batch_input_shape: [null, ...sizes] },
  [],
];
const tensorFlowJs = (model: Config): Config => ({
  format: 'layers-model',
  modelTopology: { keras_version: '2.15.0', model_config: model },
  weightsManifest: [],
});

interface Mistake {
  readonly model: Config;
  /** How the message begins. */
  readonly message: string;
  /** The text that is underlined. */
  readonly at: string;
  readonly fixes?: readonly string[];
}

const settings: Readonly<Record<string, Mistake>> = {
  'a number in quotes': {
    model: sequential(['Conv2D', { filters: '32', kernel_size: 3, batch_input_shape: IMAGE }]),
    message: 'filters is the text "32", and has to be a number.',
    at: '"32"',
    fixes: ['Change "32" to 32'],
  },
  'a list of numbers in quotes': {
    model: sequential(['Conv2D', { filters: 32, kernel_size: ['3', '5'], batch_input_shape: IMAGE }]),
    message: 'kernel_size is the text "3", and has to be a number.',
    at: '"3"',
    fixes: ['Change "3" to 3'],
  },
  'a part of a unit': {
    model: sequential(['Dense', { units: 10.5, batch_input_shape: [null, 4] }]),
    message: 'units has to be a whole number, and is 10.5.',
    at: '10.5',
  },
  'a padding in numbers': {
    model: sequential(['Conv2D', { filters: 3, kernel_size: 3, padding: 1, batch_input_shape: IMAGE }]),
    message: 'padding is "valid" or "same", and not 1.',
    at: '1',
    fixes: ['Change 1 to "same"'],
  },
  'strides for one axis of two': {
    model: sequential(['Conv2D', { filters: 3, kernel_size: 3, strides: [2], batch_input_shape: IMAGE }]),
    message: 'strides has 1 number, but Conv2D works on 2 axes.',
    at: '[2]',
    fixes: ['Change strides to [2, 2]'],
  },
  'a window for three axes of two': {
    model: sequential(['MaxPooling2D', { pool_size: [2, 2, 2], batch_input_shape: IMAGE }]),
    message: 'pool_size has 3 numbers, but MaxPooling2D works on 2 axes.',
    at: '[2,2,2]',
    fixes: ['Change pool_size to [2, 2]'],
  },
  'a factor of 0': {
    model: sequential(['UpSampling2D', { size: [0, 2], batch_input_shape: IMAGE }]),
    message: 'size has to be at least 1, and is 0.',
    at: '0',
  },
  'a way to merge that there is not': {
    model: functional([input('a', 4), input('b', 4), ['Merge', 'c', { mode: 'cat' }, ['a', 'b']]], 'c'),
    message: 'mode is "sum", "mul", "concat", "ave", "max", "dot" or "cos", and not "cat".',
    at: '"cat"',
  },
  'an axis that the input has not': {
    model: sequential(['BatchNormalization', { axis: 4, batch_input_shape: IMAGE }]),
    message: 'axis is 4, but the input has 4 axes: [N, 28, 28, 3].',
    at: '4',
    fixes: ['Change axis to -1'],
  },
  'axes that are counted from the batch': {
    model: sequential(['Permute', { dims: [0, 2, 1], batch_input_shape: [null, 5, 4] }]),
    message: 'dims [0, 2, 1] has to name each of the axes 1 to 2 once.',
    at: '[0,2,1]',
  },
};

const inputs: Readonly<Record<string, Mistake>> = {
  'no channels': {
    model: sequential(['Conv2D', { filters: 4, kernel_size: 3, batch_input_shape: [null, 28, 28] }]),
    message: 'Conv2D takes 4 axes with the batch (height, width and channels), but its input has 3: [N, 28, 28].',
    at: '"Conv2D"',
    fixes: ['Change the input to [N, 28, 28, 1]'],
  },
  'no features at the steps': {
    model: sequential(['LSTM', { units: 4, batch_input_shape: [null, 10] }]),
    message: 'LSTM takes 3 axes with the batch (steps and features), but its input has 2: [N, 10].',
    at: '"LSTM"',
    fixes: ['Change the input to [N, 10, 1]'],
  },
  'no batch': {
    model: sequential(['Dense', { units: 3, batch_input_shape: [4] }]),
    message: 'Dense takes 2 axes with the batch, but its input has 1: [4].',
    at: '"Dense"',
    fixes: ['Change the input to [N, 4]'],
  },
  'the last step of a sequence where nothing is said of it': {
    model: sequential(['LSTM', { units: 4, batch_input_shape: [null, 10, 3] }], ['LSTM', { units: 4 }]),
    message: 'LSTM takes 3 axes with the batch (steps and features), but its input has 2: [N, 4].',
    at: '"LSTM"',
    fixes: ['Set return_sequences of lstm_0 to true'],
  },
  'what a Flatten has made flat': {
    model: sequential(['Flatten', { batch_input_shape: IMAGE }], ['GlobalAveragePooling2D', {}]),
    message:
      'GlobalAveragePooling2D takes 4 axes with the batch (height, width and channels), but its input has 2: [N, 2352].\nflatten_0 has made it flat',
    at: '"GlobalAveragePooling2D"',
  },
  'a size below 0': {
    model: sequential(['Dense', { units: 3, batch_input_shape: [-1, 4] }]),
    message: 'A size of the input is -1; it has to be a whole number, or null where it is to be free.',
    at: '-1',
    fixes: ['Change -1 to null'],
  },
  'a size in quotes': {
    model: sequential(['Dense', { units: 3, batch_input_shape: [null, '4'] }]),
    message: 'A size of the input is the text "4", and has to be a number.',
    at: '"4"',
    fixes: ['Change "4" to 4'],
  },
};

const sizes: Readonly<Record<string, Mistake>> = {
  'a new shape with other cells': {
    model: sequential(
      ['Dense', { units: 1568, batch_input_shape: [null, 100] }],
      ['Reshape', { target_shape: [1, 7, 128] }],
      ['Conv2D', { filters: 3, kernel_size: 3 }],
    ),
    message: 'target_shape [1, 7, 128] holds 896 cells, but the input has 1568 behind the batch: [N, 1568].',
    at: '[1,7,128]',
    fixes: [],
  },
  'a new shape with too many channels': {
    model: sequential(['Dense', { units: 1568, batch_input_shape: [null, 100] }], ['Reshape', { target_shape: [7, 7, 128] }]),
    message: 'target_shape [7, 7, 128] holds 6272 cells, but the input has 1568 behind the batch: [N, 1568].',
    at: '[7,7,128]',
    fixes: ['Change target_shape to [7, 7, 32]', 'Change units of dense_0 to 6272'],
  },
  'a kernel on what the pools have left': {
    model: sequential(
      ['Conv2D', { filters: 4, kernel_size: 3, batch_input_shape: [null, 4, 4, 1] }],
      ['MaxPooling2D', { pool_size: 2 }],
      ['Conv2D', { filters: 4, kernel_size: 3 }],
    ),
    message: 'Conv2D has a kernel of 3 but its input has a height of 1.',
    at: '3',
    fixes: ['Change padding to "same"', 'Change kernel_size to 1', 'Change the input size 4 to 8'],
  },
  'a crop of all rows': {
    model: sequential([
      'Cropping2D',
      {
        cropping: [
          [14, 14],
          [1, 1],
        ],
        batch_input_shape: IMAGE,
      },
    ]),
    message: 'Cropping2D leaves nothing of the height, which has 28.',
    at: '[[14,14],[1,1]]',
  },
  'a pool of more steps than there are': {
    model: sequential(['MaxPooling1D', { pool_size: 4, batch_input_shape: [null, 3, 2] }]),
    message: 'MaxPooling1D leaves nothing of the length, which has 3.',
    at: '"MaxPooling1D"',
  },
  'gates of another number than the channels': {
    model: functional(
      [
        input('a', 8, 8, 4),
        ['GlobalAveragePooling2D', 'g', {}, ['a']],
        ['Dense', 'd', { units: 3 }, ['g']],
        ['Multiply', 's', {}, ['a', 'd']],
      ],
      's',
    ),
    message: 'Multiply combines tensors that differ along the channels: 4 and 3.',
    at: '"d"',
    fixes: ['Change units of d to 4'],
  },
  'products of axes that are not as long': {
    model: functional([input('a', 8, 5), input('b', 8), ['Dot', 'c', { axes: [2, 1] }, ['a', 'b']]], 'c'),
    message: 'Dot sums over axis 2 of `a`, which has 5, and axis 1 of `b`, which has 8.',
    at: '[2,1]',
    fixes: ['Change axes to [1, 1]'],
  },
  'products over an axis that there is not': {
    model: functional([input('a', 8), input('b', 8), ['Dot', 'c', { axes: 2 }, ['a', 'b']]], 'c'),
    message: 'axes has 2, but the axes behind the batch of `a` are 1 to 1: [N, 8].',
    at: '2',
    fixes: ['Change axes to [1, 1]'],
  },
  'a join of one tensor': {
    model: functional([input('a', 4), ['Concatenate', 'c', {}, ['a']]], 'c'),
    message: 'Concatenate joins tensors, but is called on one alone.',
    at: '"Concatenate"',
  },
  'a difference of three': {
    model: functional([input('a', 4), input('b', 4), input('c', 4), ['Subtract', 's', {}, ['a', 'b', 'c']]], 's'),
    message: 'Subtract takes two tensors, but is called on 3.',
    at: '"Subtract"',
  },
};

const shared = (size: number): Config => ({
  class_name: 'Functional',
  config: {
    name: 'm',
    layers: [
      { class_name: 'InputLayer', name: 'a', config: { batch_input_shape: [null, 4] }, inbound_nodes: [] },
      { class_name: 'InputLayer', name: 'b', config: { batch_input_shape: [null, size] }, inbound_nodes: [] },
      { class_name: 'Dense', name: 'd', config: { units: 3 }, inbound_nodes: [[['a', 0, 0, {}]], [['b', 0, 0, {}]]] },
    ],
    input_layers: [
      ['a', 0, 0],
      ['b', 0, 0],
    ],
    output_layers: [
      ['d', 0, 0],
      ['d', 1, 0],
    ],
  },
});

const wiring: Readonly<Record<string, Mistake>> = {
  'states in a Sequential': {
    model: sequential(['LSTM', { units: 4, return_state: true, batch_input_shape: [null, 5, 3] }], ['Dense', { units: 2 }]),
    message: '`lstm_0` gives 3 tensors, but the layers of a Sequential hand on one.',
    at: 'true',
    fixes: ['Change return_state to false'],
  },
  'both directions in a Sequential': {
    model: sequential([
      'Bidirectional',
      { layer: { class_name: 'GRU', config: { units: 4 } }, merge_mode: null, batch_input_shape: [null, 5, 3] },
    ]),
    message: '`bidirectional_0` gives 2 tensors, but the layers of a Sequential hand on one.',
    at: 'null',
    fixes: ['Change merge_mode to "concat"'],
  },
  'a layer that is called on nothing': {
    model: functional([input('a', 4), ['Dense', 'd', { units: 3 }, []]], 'd', [input('a', 4)]),
    message: '`d` is called on nothing: its inbound_nodes are empty, but its result is used.',
    at: '"d"',
  },
  'a call that there is not': {
    model: functional([input('a', 4), ['Dense', 'd', { units: 3 }, ['a']], ['Dense', 'e', { units: 3 }, [['d', 1, 0, {}]]]], 'e'),
    message: '`d` is called once, so that its only call has the number 0, and not 1.',
    at: '1',
    fixes: ['Change it to 0'],
  },
  'an output that there is not': {
    model: functional([input('a', 4), ['Dense', 'd', { units: 3 }, ['a']], ['Dense', 'e', { units: 3 }, [['d', 0, 2, {}]]]], 'e'),
    message: '`d` has one output, number 0, and not 2.',
    at: '2',
    fixes: ['Change it to 0'],
  },
  'an input that is not listed': {
    model: functional([input('a', 4), input('b', 4), ['Add', 's', {}, ['a', 'b']]], 's', [input('a', 4)]),
    message: "The outputs depend on `b`, which is not among the model's input_layers.",
    at: '"b"',
    fixes: ['Add `b` to input_layers'],
  },
  'an input that there is not': {
    model: functional([input('first', 4), ['Dense', 'd', { units: 3 }, ['first']]], 'd', [input('frist', 4)]),
    message: 'No layer of this model is called `frist`. Did you mean `first`?',
    at: 'frist',
    fixes: ['Change `frist` to `first`'],
  },
  'weights for another size': {
    model: shared(5),
    message: '`d` has weights for [N, 4] from its first call, but is called here on [N, 5].',
    at: '"b"',
  },
};

const inTensorFlowJs: Readonly<Record<string, Mistake>> = {
  'the shape as Keras 3 writes it': {
    model: tensorFlowJs(sequential(['InputLayer', { name: 'i', batch_shape: [null, 4] }], ['Dense', { units: 3 }])),
    message: 'TensorFlow.js reads the shape of an input from `batch_input_shape`; Keras 3 writes `batch_shape`.',
    at: '"batch_shape"',
    fixes: ['Change `batch_shape` to `batch_input_shape`'],
  },
  'no shape': {
    model: tensorFlowJs(sequential(['Dense', { name: 'd', units: 3 }])),
    message: 'The first layer of a Sequential needs its shape for TensorFlow.js: `d` has no `batch_input_shape`.',
    at: '"Dense"',
  },
  'a Flatten of what is flat': {
    model: tensorFlowJs(sequential(['Flatten', { batch_input_shape: [null, 4] }])),
    message: 'Flatten takes 3 axes or more, but its input has 2: [N, 4].',
    at: '"Flatten"',
  },
  'calls as Keras 3 writes them': {
    model: tensorFlowJs({
      class_name: 'Functional',
      config: {
        name: 'm',
        layers: [
          { class_name: 'InputLayer', name: 'a', config: { batch_shape: [null, 4] }, inbound_nodes: [] },
          {
            class_name: 'Dense',
            name: 'd',
            config: { units: 3 },
            inbound_nodes: [
              { args: [{ class_name: '__keras_tensor__', config: { shape: [null, 4], keras_history: ['a', 0, 0] } }], kwargs: {} },
            ],
          },
        ],
        input_layers: [['a', 0, 0]],
        output_layers: [['d', 0, 0]],
      },
    }),
    message: 'TensorFlow.js cannot read this call: it is written as Keras 3 does, with args and kwargs.',
    at: '{"args":[{"class_name":"__keras_tensor__","config":{"shape":[null,4],"keras_history":["a",0,0]}}],"kwargs":{}}',
  },
};

function read(text: string): Analysis {
  const analysis = analyse({ path: 'model.json', text });
  if (analysis === undefined) throw new Error('not claimed');
  return analysis;
}

const errorsOf = ({ findings }: Analysis) => findings.filter(({ diagnostic: { severity } }) => severity === 'error');
const errors = (text: string) => errorsOf(read(text));

describe.each(Object.entries({ settings, inputs, sizes, wiring, inTensorFlowJs }))('%s', (_, mistakes) => {
  it.each(Object.entries(mistakes))('%s', (__, { model, message, at, fixes = [] }) => {
    const text = JSON.stringify(model);
    const analysis = read(text);
    const [finding, ...more] = errorsOf(analysis);
    if (finding === undefined) throw new Error('nothing is told');
    expect(more).toEqual([]);
    const { diagnostic } = finding;
    expect(diagnostic.message.slice(0, message.length)).toBe(message);
    expect(text.slice(diagnostic.range.start, diagnostic.range.end)).toBe(at);
    const proven = provenFixes(analysis, finding);
    expect(proven.map(({ title }) => title)).toEqual(fixes);
    for (const { edits } of proven) expect(errors(applyEdits(text, edits))).toEqual([]);
  });
});

it('looks for a fix no further than a kernel of a billion reaches', () => {
  const rows: readonly Row[] = [
    input('a', 8, 8, 2),
    ['Conv2D', 'c', { filters: 2, kernel_size: [3, 1e9], padding: 'same', strides: 2 }, ['a']],
    ['Add', 's', {}, ['a', 'c']],
  ];
  const [finding] = errors(JSON.stringify(functional(rows, 's')));
  expect(finding?.ideas().length).toBeLessThan(100);
});

describe('no mistake', () => {
  it.each([
    [
      'a Flatten of what is flat, for Keras of TensorFlow',
      { ...sequential(['Flatten', { batch_input_shape: [null, 4] }]), keras_version: '2.2.4-tf' },
    ],
    [
      'one tensor in a join, for Keras of TensorFlow',
      { ...functional([input('a', 4), ['Add', 's', {}, ['a']]], 's'), keras_version: '2.9.0' },
    ],
    [
      'a stride with a dilation, channel by channel',
      sequential(['DepthwiseConv2D', { kernel_size: 3, strides: 2, dilation_rate: 2, batch_input_shape: IMAGE }]),
    ],
    ['a shared layer on inputs of one size', shared(4)],
    [
      'a layer that is called on nothing and that nothing takes',
      functional([input('a', 4), ['Dense', 'd', { units: 3 }, []]], 'a', [input('a', 4)]),
    ],
    [
      'tuples that say that they are',
      sequential([
        'Conv2D',
        {
          filters: 2,
          kernel_size: { class_name: '__tuple__', items: [3, 3] },
          batch_input_shape: { class_name: 'TensorShape', items: IMAGE },
        },
      ]),
    ],
  ])('%s', (_, model) => {
    expect(errors(JSON.stringify(model)).map(({ diagnostic }) => diagnostic.message)).toEqual([]);
  });
});
