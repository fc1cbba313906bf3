// Every layer of Keras on a small input: the shape that comes out, and how many parameters it has, by Keras' own rules.
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { summarise } from '../../server/src/features/summary.ts';

type Shape = readonly (number | null)[];
type Config = Readonly<Record<string, unknown>>;
type Row = readonly [className: string, config: Config, inputs: readonly Shape[], output: Shape, parameters: number];

const layer = (className: string, config: Config = {}) => ({ class_name: className, config });

/** A functional model of one layer, called on its inputs one after the other. */
function modelOf(className: string, config: Config, inputs: readonly Shape[]): string {
  const names = inputs.map((_, at) => `in${at}`);
  const layers = [
    ...inputs.map((shape, at) => ({
      class_name: 'InputLayer',
      name: `in${at}`,
      config: { batch_input_shape: [null, ...shape], name: `in${at}` },
      inbound_nodes: [],
    })),
    { class_name: className, name: 'it', config: { name: 'it', ...config }, inbound_nodes: [names.map((name) => [name, 0, 0, {}])] },
  ];
  const ends = { input_layers: names.map((name) => [name, 0, 0]), output_layers: [['it', 0, 0]] };
  return JSON.stringify({ class_name: 'Functional', config: { name: 'm', layers, ...ends } });
}

const image: Shape = [9, 8, 4];
const conv = { filters: 6, kernel_size: [3, 3] };

const convolutions: readonly Row[] = [
  ['Conv1D', { filters: 6, kernel_size: [3], strides: [2] }, [[9, 4]], [4, 6], 78],
  ['Conv1D', { filters: 6, kernel_size: [3], padding: 'causal', dilation_rate: [2] }, [[9, 4]], [9, 6], 78],
  ['Conv2D', { ...conv, padding: 'same', strides: [2, 2], groups: 2 }, [image], [5, 4, 6], 114],
  ['Conv3D', { filters: 6, kernel_size: [3, 3, 3], use_bias: false }, [[9, 8, 7, 4]], [7, 6, 5, 6], 648],
  ['Conv2DTranspose', { ...conv, strides: [2, 2] }, [image], [19, 17, 6], 222],
  ['Conv1DTranspose', { filters: 6, kernel_size: [2], strides: [3], padding: 'same' }, [[9, 4]], [27, 6], 54],
  ['Conv3DTranspose', { filters: 2, kernel_size: [2, 2, 2], strides: [2, 2, 2] }, [[3, 3, 3, 4]], [6, 6, 6, 2], 66],
  ['SeparableConv1D', { filters: 6, kernel_size: [3], depth_multiplier: 2 }, [[9, 4]], [7, 6], 78],
  ['SeparableConv2D', { ...conv, depth_multiplier: 2, padding: 'same' }, [image], [9, 8, 6], 126],
  ['DepthwiseConv1D', { kernel_size: [3], depth_multiplier: 2 }, [[9, 4]], [7, 8], 32],
  ['DepthwiseConv2D', { kernel_size: [3, 2], strides: [2, 2] }, [image], [4, 4, 4], 28],
  ['LocallyConnected1D', { filters: 6, kernel_size: [3] }, [[9, 4]], [7, 6], 7 * 6 * (3 * 4 + 1)],
  ['LocallyConnected2D', { ...conv, strides: [2, 1] }, [image], [4, 6, 6], 4 * 6 * 6 * (9 * 4 + 1)],
  ['LocallyConnected2D', { nb_filter: 2, nb_row: 3, nb_col: 3, dim_ordering: 'th' }, [[4, 9, 8]], [2, 7, 6], 7 * 6 * 2 * (9 * 4 + 1)],
  ['ConvLSTM1D', { filters: 6, kernel_size: [3] }, [[5, 9, 4]], [7, 6], 24 * (3 * 4 + 3 * 6 + 1)],
  ['ConvLSTM2D', { ...conv, strides: [2, 2] }, [[5, ...image]], [4, 3, 6], 24 * (9 * 4 + 9 * 6 + 1)],
  ['ConvLSTM2D', { ...conv, padding: 'same', return_sequences: true }, [[null, ...image]], [null, 9, 8, 6], 24 * (9 * 4 + 9 * 6 + 1)],
  ['ConvLSTM2D', { ...conv, data_format: 'channels_first', use_bias: false }, [[5, 4, 9, 8]], [6, 7, 6], 24 * (9 * 4 + 9 * 6)],
  ['ConvLSTM3D', { filters: 2, kernel_size: [3, 3, 3] }, [[5, 9, 8, 7, 4]], [7, 6, 5, 2], 8 * (27 * 4 + 27 * 2 + 1)],
  [
    'ConvLSTM2D',
    { nb_filter: 2, nb_row: 3, nb_col: 3, border_mode: 'same', dim_ordering: 'tf' },
    [[5, ...image]],
    [9, 8, 2],
    8 * (9 * 4 + 9 * 2 + 1),
  ],
  ['QConv2DBatchnorm', conv, [image], [7, 6, 6], 222 + 24],
  ['QuantConv2D', { ...conv, use_bias: false }, [image], [7, 6, 6], 216],
];

const pools: readonly Row[] = [
  ['MaxPooling1D', { pool_size: [2] }, [[9, 4]], [4, 4], 0],
  ['AveragePooling2D', { pool_size: [3, 3], strides: [2, 2], padding: 'same' }, [image], [5, 4, 4], 0],
  ['MaxPooling3D', { pool_size: [2, 2, 2] }, [[9, 8, 7, 4]], [4, 4, 3, 4], 0],
  ['GlobalMaxPooling1D', {}, [[9, 4]], [4], 0],
  ['GlobalAveragePooling2D', { keepdims: true }, [image], [1, 1, 4], 0],
  ['GlobalAveragePooling3D', { data_format: 'channels_first' }, [[4, 9, 8, 7]], [4], 0],
  ['AdaptiveAveragePooling2D', { output_size: [3, 2] }, [image], [3, 2, 4], 0],
  ['AdaptiveMaxPooling1D', { output_size: 3 }, [[9, 4]], [3, 4], 0],
];

const dense: readonly Row[] = [
  ['Dense', { units: 6 }, [[5, 4]], [5, 6], 30],
  ['EinsumDense', { equation: 'abc,cde->abde', output_shape: [null, 2, 3], bias_axes: 'de' }, [[5, 4]], [5, 2, 3], 30],
  ['EinsumDense', { equation: 'ab,bc->ac', output_shape: [6], bias_axes: 'c' }, [[4]], [6], 30],
  ['EinsumDense', { equation: 'abcd,cde->abe', output_shape: [null, 6], bias_axes: null }, [[5, 4, 3]], [5, 6], 72],
  ['EinsumDense', { equation: '...x,xy->...y', output_shape: [null, null, 7], bias_axes: 'y' }, [[5, 4, 3]], [5, 4, 7], 28],
  ['EinsumDense', { equation: 'abc,bd->adc', output_shape: [6, 4], bias_axes: 'c' }, [[5, 4]], [6, 4], 34],
  ['Embedding', { input_dim: 50, output_dim: 6 }, [[7]], [7, 6], 300],
  ['TimeDistributedDense', { output_dim: 6 }, [[5, 4]], [5, 6], 30],
  ['MaxoutDense', { output_dim: 6, nb_feature: 3 }, [[4]], [6], 3 * 30],
  ['Highway', { activation: 'relu' }, [[4]], [4], 40],
];

const lstm = (inputs: number, units: number) => 4 * units * (inputs + units + 1);
const cell = (className: string, units: number) => layer(className, { units });

const recurrents: readonly Row[] = [
  ['LSTM', { units: 5 }, [[7, 3]], [5], lstm(3, 5)],
  ['LSTM', { output_dim: 5, return_sequences: true }, [[null, 3]], [null, 5], lstm(3, 5)],
  ['GRU', { units: 5, reset_after: true }, [[7, 3]], [5], 3 * 5 * (3 + 5 + 2)],
  ['GRU', { units: 5, reset_after: false }, [[7, 3]], [5], 3 * 5 * (3 + 5 + 1)],
  ['SimpleRNN', { units: 5, use_bias: false }, [[7, 3]], [5], 40],
  ['CuDNNLSTM', { units: 5 }, [[7, 3]], [5], 4 * 5 * (3 + 5 + 2)],
  ['RNN', { cell: cell('LSTMCell', 5) }, [[7, 3]], [5], lstm(3, 5)],
  [
    'RNN',
    { cell: layer('StackedRNNCells', { cells: [cell('LSTMCell', 5), cell('SimpleRNNCell', 4)] }), return_sequences: true },
    [[7, 3]],
    [7, 4],
    lstm(3, 5) + 4 * (5 + 4 + 1),
  ],
  [
    'Bidirectional',
    { layer: layer('LSTM', { units: 5, return_sequences: true }), merge_mode: 'concat' },
    [[7, 3]],
    [7, 10],
    2 * lstm(3, 5),
  ],
  ['Bidirectional', { layer: layer('LSTM', { units: 5 }), merge_mode: 'ave' }, [[7, 3]], [5], 2 * lstm(3, 5)],
  ['Bidirectional', { layer: layer('ConvLSTM2D', conv) }, [[5, ...image]], [7, 6, 12], 48 * (9 * 4 + 9 * 6 + 1)],
  ['Bidirectional', { layer: layer('RNN', { cell: cell('SimpleRNNCell', 4) }) }, [[7, 3]], [8], 2 * 4 * 8],
  ['TimeDistributed', { layer: layer('Dense', { units: 5 }) }, [[7, 3]], [7, 5], 20],
  ['TimeDistributed', { layer: layer('Conv2D', conv) }, [[null, ...image]], [null, 7, 6, 6], 222],
  ['TimeDistributed', { layer: layer('Conv2D', { ...conv, data_format: 'channels_first' }) }, [[5, 4, 9, 8]], [5, 6, 7, 6], 222],
  ['TimeDistributed', { layer: layer('Flatten') }, [[5, ...image]], [5, 288], 0],
  [
    'TimeDistributed',
    {
      layer: layer('Sequential', {
        name: 's',
        layers: [layer('Conv2D', { ...conv, batch_input_shape: [null, ...image] }), layer('Flatten'), layer('Dense', { units: 3 })],
      }),
    },
    [[5, ...image]],
    [5, 3],
    222 + 3 * (252 + 1),
  ],
];

const norms: readonly Row[] = [
  ['BatchNormalization', { axis: [3] }, [image], image, 16],
  ['BatchNormalization', { axis: 1 }, [image], image, 36],
  ['BatchNormalization', { axis: 2, scale: false }, [image], image, 24],
  ['BatchNormalizationV1', { axis: [1] }, [[6]], [6], 24],
  ['LayerNormalization', { axis: [-1] }, [image], image, 8],
  ['LayerNormalization', { axis: [2, 3] }, [image], image, 64],
  ['LayerNormalization', { axis: [1] }, [image], image, 18],
  ['LayerNormalization', { axis: [-1], center: false }, [image], image, 4],
  ['LayerNormalization', { axis: [-1], scale: false }, [image], image, 4],
  ['RMSNormalization', { axis: -1 }, [image], image, 4],
  ['GroupNormalization', { groups: 2 }, [image], image, 8],
  ['GroupNormalization', { groups: -1, axis: 1, scale: false }, [image], image, 9],
  ['UnitNormalization', { axis: [-1] }, [image], image, 0],
  ['SpectralNormalization', { layer: layer('Conv2D', conv), power_iterations: 1 }, [image], [7, 6, 6], 222 + 6],
  ['Normalization', { axis: [-1], mean: null, variance: null }, [[6, 4]], [6, 4], 9],
  ['Normalization', { axis: null, mean: null, variance: null }, [[6, 4]], [6, 4], 3],
  ['Normalization', { axis: [-1], mean: [1, 2, 3, 4], variance: [1, 1, 1, 1] }, [[6, 4]], [6, 4], 0],
];

const activations: readonly Row[] = [
  ['ReLU', { max_value: 6, negative_slope: 0, threshold: 0 }, [image], image, 0],
  ['LeakyReLU', { alpha: 0.3 }, [image], image, 0],
  ['ThresholdedReLU', { theta: 1 }, [image], image, 0],
  ['PReLU', { shared_axes: [1, 2] }, [image], image, 4],
  ['PReLU', {}, [image], image, 288],
  ['SReLU', { shared_axes: [1, 2] }, [image], image, 16],
  ['ParametricSoftplus', {}, [[6]], [6], 12],
  ['Softmax', { axis: 1 }, [image], image, 0],
  ['Activation', { activation: 'celu' }, [image], image, 0],
];

const merges: readonly Row[] = [
  ['Add', {}, [image, image], image, 0],
  ['Multiply', {}, [image, [1, 1, 4]], image, 0],
  ['Add', {}, [image, [4]], image, 0],
  ['Subtract', {}, [[4], image], image, 0],
  ['Average', {}, [image, image, image], image, 0],
  ['Concatenate', { axis: 1 }, [image, [2, 8, 4]], [11, 8, 4], 0],
  ['Dot', { axes: 1, normalize: false }, [[4], [4]], [1], 0],
  [
    'Dot',
    { axes: -1 },
    [
      [6, 4],
      [5, 4],
    ],
    [6, 5],
    0,
  ],
  [
    'Dot',
    { axes: [2, 1] },
    [
      [6, 4],
      [4, 5],
    ],
    [6, 5],
    0,
  ],
  ['Dot', { axes: [2, 1] }, [[6, 4], [4]], [6], 0],
  ['Dot', { axes: [3, 1] }, [image, [4, 3]], [9, 8, 3], 0],
  ['Merge', { mode: 'dot', dot_axes: [1, 1] }, [[4], [4]], [1], 0],
  ['Merge', { mode: 'concat', concat_axis: -1 }, [image, [9, 8, 3]], [9, 8, 7], 0],
];

const attentions: readonly Row[] = [
  [
    'MultiHeadAttention',
    { num_heads: 2, key_dim: 7 },
    [
      [6, 4],
      [5, 3],
    ],
    [6, 4],
    2 * 7 * (4 + 1) + 2 * 2 * 7 * (3 + 1) + 4 * (14 + 1),
  ],
  [
    'MultiHeadAttention',
    { num_heads: 2, key_dim: 7, value_dim: 3, output_shape: [9], use_bias: false },
    [
      [6, 4],
      [5, 3],
      [5, 2],
    ],
    [6, 9],
    14 * 4 + 6 * 3 + 14 * 2 + 9 * 6,
  ],
  [
    'MultiHeadAttention',
    { num_heads: 2, key_dim: 7, attention_axes: null },
    [
      [6, 5, 4],
      [6, 5, 4],
    ],
    [6, 5, 4],
    3 * 14 * 5 + 4 * 15,
  ],
  [
    'MultiHeadAttention',
    { num_heads: 2, key_dim: 7, attention_axes: [2] },
    [
      [6, 5, 4],
      [6, 5, 4],
    ],
    [6, 5, 4],
    3 * 14 * 5 + 4 * 15,
  ],
  [
    'GroupedQueryAttention',
    { head_dim: 3, num_query_heads: 4, num_key_value_heads: 2 },
    [
      [6, 8],
      [5, 8],
    ],
    [6, 8],
    12 * 9 + 2 * 6 * 9 + 8 * 13,
  ],
  [
    'Attention',
    { use_scale: true, score_mode: 'dot' },
    [
      [6, 4],
      [5, 4],
    ],
    [6, 4],
    1,
  ],
  [
    'Attention',
    {},
    [
      [6, 4],
      [5, 3],
      [5, 4],
    ],
    [6, 3],
    0,
  ],
  [
    'AdditiveAttention',
    { use_scale: true },
    [
      [6, 4],
      [5, 4],
    ],
    [6, 4],
    4,
  ],
];

const shapes: readonly Row[] = [
  ['Flatten', {}, [image], [288], 0],
  ['Reshape', { target_shape: [-1, 4] }, [image], [72, 4], 0],
  ['Permute', { dims: [2, 1, 3] }, [image], [8, 9, 4], 0],
  ['RepeatVector', { n: 3 }, [[4]], [3, 4], 0],
  ['ZeroPadding1D', { padding: [1, 3] }, [[9, 4]], [13, 4], 0],
  [
    'ZeroPadding2D',
    {
      padding: [
        [1, 2],
        [3, 4],
      ],
    },
    [image],
    [12, 15, 4],
    0,
  ],
  ['ZeroPadding2D', { padding: [1, 2, 3, 4], dim_ordering: 'tf' }, [image], [12, 15, 4], 0],
  ['ZeroPadding2D', { padding: { top_pad: 1, left_pad: 3 }, dim_ordering: 'tf' }, [image], [10, 11, 4], 0],
  [
    'ZeroPadding3D',
    {
      padding: [
        [1, 1],
        [0, 0],
        [2, 2],
      ],
    },
    [[9, 8, 7, 4]],
    [11, 8, 11, 4],
    0,
  ],
  ['Cropping1D', { cropping: [1, 1] }, [[9, 4]], [7, 4], 0],
  [
    'Cropping2D',
    {
      cropping: [
        [1, 2],
        [0, 3],
      ],
    },
    [image],
    [6, 5, 4],
    0,
  ],
  ['UpSampling1D', { size: 2 }, [[9, 4]], [18, 4], 0],
  ['UpSampling2D', { size: [2, 3], interpolation: 'bilinear', data_format: 'channels_first' }, [[3, 8, 6]], [3, 16, 18], 0],
  ['UpSampling3D', { size: [2, 2, 2] }, [[9, 8, 7, 4]], [18, 16, 14, 4], 0],
  ['Lambda', { output_shape: [7, 3] }, [[7, 3]], [7, 3], 0],
  ...[
    'Dropout',
    'GaussianDropout',
    'GaussianNoise',
    'AlphaDropout',
    'ActivityRegularization',
    'Masking',
    'Identity',
    'SpatialDropout2D',
  ].map((name): Row => [name, { rate: 0.1 }, [image], image, 0]),
];

const preprocessing: readonly Row[] = [
  ['Rescaling', { scale: 0.1, offset: 0 }, [image], image, 0],
  ['Resizing', { height: 6, width: 5, interpolation: 'bilinear' }, [[null, null, 4]], [6, 5, 4], 0],
  ['CenterCrop', { height: 6, width: 5 }, [image], [6, 5, 4], 0],
  ['RandomCrop', { height: 6, width: 5 }, [image], [6, 5, 4], 0],
  ['RandomHeight', { factor: 0.1 }, [image], [null, 8, 4], 0],
  ['RandomWidth', { factor: 0.1 }, [image], [9, null, 4], 0],
  ['MelSpectrogram', { num_mel_bins: 80, sequence_stride: 128, fft_length: 2048 }, [[16000]], [80, 126], 0],
  ['CategoryEncoding', { num_tokens: 7, output_mode: 'multi_hot' }, [[3]], [7], 0],
  ['CategoryEncoding', { num_tokens: 7, output_mode: 'one_hot' }, [[3]], [3, 7], 0],
  ['CategoryEncoding', { num_tokens: 7, output_mode: 'one_hot' }, [[1]], [7], 0],
  ['Discretization', { bin_boundaries: [0, 1], output_mode: 'one_hot' }, [[1]], [3], 0],
  ['Hashing', { num_bins: 5 }, [[3]], [3], 0],
  ['HashedCrossing', { num_bins: 5, output_mode: 'one_hot' }, [[1], [1]], [5], 0],
  ['StringLookup', { vocabulary: ['a', 'b'], num_oov_indices: 1, output_mode: 'int' }, [[3]], [3], 0],
  ['IntegerLookup', { vocabulary: [1, 2, 3], num_oov_indices: 1, output_mode: 'multi_hot' }, [[3]], [4], 0],
  ['TextVectorization', { output_mode: 'int', output_sequence_length: 10 }, [[1]], [10], 0],
  ['RandAugment', {}, [image], image, 0],
  ['Pipeline', { layers: [layer('Rescaling', { scale: 1 }), layer('Resizing', { height: 6, width: 5 })] }, [image], [6, 5, 4], 0],
];

const families = { convolutions, pools, dense, recurrents, norms, activations, merges, attentions, shapes, preprocessing };

function read(className: string, config: Config, inputs: readonly Shape[]) {
  const analysis = analyse({ path: 'model.json', text: modelOf(className, config, inputs) });
  const [network] = analysis?.document.networks ?? [];
  if (analysis === undefined || network === undefined) throw new Error('not read');
  return { analysis, network };
}

describe.each(Object.entries(families))('%s', (_, rows) => {
  it.each(rows)('%s %j on %j gives %j with %d parameters', (className, config, inputs, output, parameters) => {
    const { analysis, network } = read(className, config, inputs);
    // What is said of good style is not what is tested here.
    const faults = analysis.findings.filter(({ diagnostic: { code } }) => !['checkerboard', 'dropped-border'].includes(code));
    expect(faults.map(({ diagnostic }) => diagnostic.message)).toEqual([]);
    const { outputs, totals } = summarise(network, new Map());
    const [shape = []] = outputs.map(({ shape: sizes }) => (sizes ?? []).map((size) => (typeof size === 'number' ? size : null)));
    expect({ output: shape, parameters: totals.parameters }).toEqual({ output: [null, ...output], parameters });
  });
});
