// What TensorFlow.js cannot load of a model that Keras has written: it reads what Keras 2 writes, and knows fewer layers.
import type { Problem } from '../../network/network.ts';
import { rangeOf, untupled, valueOf, type JsonNode } from './json.ts';
import { knownClasses } from './layers/registry.ts';
import type { KerasLayer, KerasModel } from './tree.ts';

type Found = Omit<Problem, 'frames'>;

const AXES = ['1D', '2D', '3D'];

/** The layers of TensorFlow.js 4. */
const LAYERS: ReadonlySet<string> = new Set([
  ...['Activation', 'Dense', 'Dropout', 'Embedding', 'Flatten', 'InputLayer', 'Masking', 'Permute', 'RepeatVector', 'Reshape'],
  ...['ELU', 'LeakyReLU', 'PReLU', 'ReLU', 'Softmax', 'ThresholdedReLU', 'AlphaDropout', 'GaussianDropout', 'GaussianNoise'],
  ...['Add', 'Average', 'Concatenate', 'Dot', 'Maximum', 'Minimum', 'Multiply', 'BatchNormalization', 'LayerNormalization'],
  ...['Bidirectional', 'TimeDistributed', 'RNN', 'GRU', 'LSTM', 'SimpleRNN', 'ConvLSTM2D', 'SpatialDropout1D', 'SeparableConv2D'],
  ...['Conv1D', 'Conv2D', 'Conv2DTranspose', 'Conv3D', 'Conv3DTranspose', 'DepthwiseConv2D', 'Cropping2D', 'UpSampling2D', 'ZeroPadding2D'],
  ...['GlobalAveragePooling', 'GlobalMaxPooling'].flatMap((name) => AXES.slice(0, 2).map((axes) => name + axes)),
  ...['AveragePooling', 'MaxPooling'].flatMap((name) => AXES.map((axes) => name + axes)),
  ...['CategoryEncoding', 'CenterCrop', 'RandomWidth', 'Rescaling', 'Resizing', 'Sequential', 'Model', 'Functional'],
]);

/** One for each kind of thing, at its first place. */
export function tensorFlowJsProblems(model: KerasModel): readonly Found[] {
  const layers = [...allLayers(model)];
  const call = layers.flatMap(({ calls }) => calls).find(({ isKeras3 }) => isKeras3 === true);
  if (call !== undefined) return [keras3CallProblem(call.range)];
  const names = new Set<string>();
  const isNew = ({ className }: KerasLayer) => !names.has(className) && names.add(className).size > 0;
  const missing = layers.filter(({ className }) => !LAYERS.has(className) && knownClasses.includes(className)).filter(isNew);
  const shapes = layers.flatMap(({ className, config }) => (className === 'InputLayer' ? shapeProblem(config) : []));
  return [...shapes.slice(0, 1), ...noShapeProblem(model), ...missing.map(missingLayerProblem)];
}

function* allLayers({ layers }: KerasModel): Generator<KerasLayer> {
  for (const layer of layers) {
    yield layer;
    if (layer.model !== undefined) yield* allLayers(layer.model);
  }
}

function keras3CallProblem(range: KerasLayer['range']): Found {
  const message =
    'TensorFlow.js cannot read this call: it is written as Keras 3 does, with args and kwargs.\n' +
    'Loading stops with "Corrupted configuration, expected array for nodeData". Convert the model with Keras 2 (the package tf_keras, and TF_USE_LEGACY_KERAS=1), or to a graph model.';
  return { fault: { code: 'syntax', reason: 'json', message }, range };
}

/** Keras 3 calls the shape of an input otherwise. */
function shapeProblem(config: JsonNode | undefined): Found[] {
  const property = config?.children?.find(({ children }) => children?.[0]?.value === 'batch_shape');
  const [key] = property?.children ?? [];
  if (key === undefined || valueOf(config, 'batch_input_shape') !== undefined) return [];
  const message =
    'TensorFlow.js reads the shape of an input from `batch_input_shape`; Keras 3 writes `batch_shape`.\n' +
    'Loading stops with "An InputLayer should be passed either a `batchInputShape` or an `inputShape`".';
  const range = rangeOf(key);
  const ideas = [{ title: 'Change `batch_shape` to `batch_input_shape`', edits: [{ range, newText: '"batch_input_shape"' }] }];
  return [{ fault: { code: 'argument-range', reason: 'expression', message }, range, ideas }];
}

/** Python waits for the first data where a Sequential has no shape; TensorFlow.js does not. */
function noShapeProblem({ kind, layers: [first] }: KerasModel): Found[] {
  if (kind !== 'sequential' || first === undefined || first.model !== undefined) return [];
  const keys = ['batch_input_shape', 'input_shape', 'batch_shape', ...(first.className === 'Embedding' ? ['input_dim'] : [])];
  if (keys.some((key) => untupled(valueOf(first.config, key)) !== undefined)) return [];
  const message =
    `The first layer of a Sequential needs its shape for TensorFlow.js: \`${first.name}\` has no \`batch_input_shape\`.\n` +
    'Write it into its config, as in "batch_input_shape": [null, 28, 28, 1].';
  return [
    {
      fault: { code: 'missing-argument', reason: 'missing', argument: 'batch_input_shape' },
      range: first.classRange,
      words: { message, related: [] },
    },
  ];
}

function missingLayerProblem({ className, classRange }: KerasLayer): Found {
  const message =
    `TensorFlow.js has no layer \`${className}\`: it loads the model only where the page registers a class of that name.\n` +
    'Else loading stops with "Unknown layer". Leave the layer out before the model is converted, or convert to a graph model.';
  const fault = { code: 'unknown-module', reason: 'unknown', name: className, dialect: 'TensorFlow.js', known: [] } as const;
  return { fault, range: { start: classRange.start + 1, end: classRange.end - 1 }, words: { message, related: [] } };
}
