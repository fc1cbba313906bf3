// Functions among the layers of a functional model: TensorFlow's, as Keras 2 writes them, and the operations of Keras 3.
import { describe, expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { summarise } from '../../server/src/features/summary.ts';

type Sizes = readonly (number | null)[];
type Settings = Readonly<Record<string, unknown>>;
const slice = (start: number | null, stop: number | null, step: number | null = null) => ({ start, stop, step });
const IMAGE = [8, 8, 4];

function outputsOf(layer: object, outputs: number, ...inputs: readonly Sizes[]) {
  const layers = [
    ...inputs.map((shape, at) => ({
      class_name: 'InputLayer',
      name: `in${at}`,
      config: { batch_input_shape: [null, ...shape] },
      inbound_nodes: [],
    })),
    { name: 'it', ...layer },
  ];
  const ends = {
    input_layers: inputs.map((_, at) => [`in${at}`, 0, 0]),
    output_layers: Array.from({ length: outputs }, (_, at) => ['it', 0, at]),
  };
  const analysis = analyse({
    path: 'model.json',
    text: JSON.stringify({ class_name: 'Functional', config: { name: 'm', layers, ...ends } }),
  });
  const [network] = analysis?.document.networks ?? [];
  if (analysis === undefined || network === undefined) throw new Error('not read');
  expect(analysis.findings.map(({ diagnostic }) => diagnostic.message)).toEqual([]);
  return summarise(network, new Map()).outputs.map(({ shape }) => shape?.slice(1));
}

describe('of TensorFlow', () => {
  it.each<[name: string, settings: Settings, input: Sizes, ...outputs: Sizes[]]>([
    ['math.reduce_mean', { axis: [1, 2], keepdims: true }, IMAGE, [1, 1, 4]],
    ['math.reduce_std', { axis: -1 }, IMAGE, [8, 8]],
    ['math.argmax', { axis: -1 }, IMAGE, [8, 8]],
    ['reshape', { shape: [-1, 8, 32] }, IMAGE, [8, 32]],
    ['expand_dims', { axis: 1 }, [6], [1, 6]],
    ['split', { num_or_size_splits: 2, axis: -1 }, IMAGE, [8, 8, 2], [8, 8, 2]],
    ['split', { num_or_size_splits: [1, 3], axis: -1 }, IMAGE, [8, 8, 1], [8, 8, 3]],
    ['unstack', { axis: 1 }, [2, 6], [6], [6]],
    ['tile', { multiples: [1, 2, 1] }, [5, 6], [10, 6]],
    ['pad', { paddings: [[0, 0], [1, 1], [2, 2], [0, 0]] }, IMAGE, [10, 12, 4]], // prettier-ignore
    ['image.resize', { size: [16, 12] }, IMAGE, [16, 12, 4]],
    ['nn.space_to_depth', { block_size: 2 }, IMAGE, [4, 4, 16]],
    ['nn.max_pool', { ksize: 2, strides: 2, padding: 'SAME' }, [7, 7, 4], [4, 4, 4]],
    ['one_hot', { depth: 5 }, [6], [6, 5]],
    ['__operators__.getitem', { slice_spec: [slice(null, null), -1] }, [5, 6], [6]],
    ['__operators__.getitem', { slice_spec: [slice(null, null), slice(1, 4), { class_name: '__ellipsis__' }] }, IMAGE, [3, 8, 4]],
    ['__operators__.getitem', { slice_spec: [{ class_name: '__ellipsis__' }, slice(-3, null, 2), null] }, [5, 6], [5, 2, 1]],
  ])('%s %j on %j gives %j', (name, settings, input, ...outputs) => {
    const className = name.endsWith('getitem') ? 'SlicingOpLambda' : 'TFOpLambda';
    const layer = { class_name: className, config: { function: name }, inbound_nodes: [['in0', 0, 0, settings]] };
    expect(outputsOf(layer, outputs.length, input)).toEqual(outputs);
  });
});

const tensor = (at: number) => ({ class_name: '__keras_tensor__', config: { keras_history: [`in${at}`, 0, 0] } });
const cut = (start: number | null, stop: number | null) => ({ class_name: '__slice__', config: slice(start, stop) });

describe('of Keras 3', () => {
  it.each<[name: string, settings: Settings, more: readonly unknown[], input: Sizes, ...outputs: Sizes[]]>([
    ['Reshape', { newshape: [-1, 16] }, [], IMAGE, [16]],
    ['Reshape', { newshape: [null, 256] }, [], IMAGE, [256]],
    ['GetItem', {}, [[cut(null, null), 0]], [5, 6], [6]],
    ['GetItem', {}, [[cut(null, null), null, cut(1, 3)]], [5], [1, 2]],
    ['Split', { indices_or_sections: [1, 3], axis: -1 }, [], IMAGE, [8, 8, 1], [8, 8, 2], [8, 8, 1]],
    ['Moveaxis', { source: 1, destination: -1 }, [], [2, 3, 4], [3, 4, 2]],
    ['Swapaxes', { axis1: 1, axis2: 2 }, [], [5, 6], [6, 5]],
    ['Repeat', { repeats: 3, axis: 1 }, [], [5, 6], [15, 6]],
    ['Take', { axis: 1 }, [[0, 2]], [5, 6], [2, 6]],
    ['DepthToSpace', { block_size: 2, data_format: 'channels_last' }, [], IMAGE, [16, 16, 1]],
    ['Greater', {}, [0], IMAGE, IMAGE],
    ['Add', {}, [{ class_name: '__numpy__', config: { value: [1, 1, 1, 1] } }], IMAGE, IMAGE],
    ['Normalize', { axis: -1, order: 2 }, [], IMAGE, IMAGE],
  ])('%s %j %j on %j gives %j', (name, config, more, input, ...outputs) => {
    const inbound = [{ args: [tensor(0), ...more], kwargs: {} }];
    const layer = { module: 'keras.src.ops.numpy', class_name: name, config, inbound_nodes: inbound };
    expect(outputsOf(layer, outputs.length, input)).toEqual(outputs);
  });

  it('of several tensors', () => {
    const layer = {
      module: 'keras.src.ops.numpy',
      class_name: 'Stack',
      config: { axis: 1 },
      inbound_nodes: [{ args: [[tensor(0), tensor(1)]], kwargs: {} }],
    };
    expect(outputsOf(layer, 1, IMAGE, IMAGE)).toEqual([[2, ...IMAGE]]);
    const einsum = {
      module: 'keras.src.ops.numpy',
      class_name: 'Einsum',
      config: { subscripts: 'bij,bjk->bik' },
      inbound_nodes: [{ args: [tensor(0), tensor(1)], kwargs: {} }],
    };
    expect(outputsOf(einsum, 1, [5, 6], [6, 7])).toEqual([[5, 7]]);
  });
});
