// Sizes that a file keeps: behind a layer that is not known they are read from it, as long as they are still true.
import { expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { summarise } from '../../server/src/features/summary.ts';

/** `Own` makes [N, 7, 6] of [N, 9, 4], as the file says. */
const keras3 = (length: number) => ({
  module: 'keras',
  class_name: 'Functional',
  config: {
    name: 'm',
    layers: [
      { class_name: 'InputLayer', name: 'in', config: { batch_shape: [null, length, 4] }, inbound_nodes: [] },
      { module: 'mine', class_name: 'Own', name: 'own', config: {}, inbound_nodes: [{ args: [tensor('in', [null, 9, 4])], kwargs: {} }] },
      { class_name: 'LSTM', name: 'lstm', config: { units: 5 }, inbound_nodes: [{ args: [tensor('own', [null, 7, 6])], kwargs: {} }] },
    ],
    input_layers: [['in', 0, 0]],
    output_layers: [['lstm', 0, 0]],
  },
});

function tensor(name: string, shape: readonly (number | null)[]) {
  return { class_name: '__keras_tensor__', config: { shape, dtype: 'float32', keras_history: [name, 0, 0] } };
}

/** As Keras 2.13 keeps for which sizes a layer was built. */
const keras2 = {
  class_name: 'Sequential',
  config: {
    name: 'm',
    layers: [
      { class_name: 'InputLayer', config: { name: 'in', batch_input_shape: [null, 9, 4] } },
      { module: 'mine', class_name: 'Own', config: { name: 'own' }, build_config: { input_shape: [null, 9, 4] } },
      { class_name: 'LSTM', config: { name: 'lstm', units: 5 }, build_config: { input_shape: [null, 7, 6] } },
    ],
  },
};

function read(model: object) {
  const analysis = analyse({ path: 'model.json', text: JSON.stringify(model) });
  const [network] = analysis?.document.networks ?? [];
  if (analysis === undefined || network === undefined) throw new Error('not read');
  const { layers } = summarise(network, new Map());
  return {
    outputs: layers.map(({ outputs }) => outputs[0]),
    parameters: layers.at(-1)?.parameters,
    told: analysis.findings.map(({ diagnostic }) => diagnostic.message.split('\n')[0]),
  };
}

it.each([
  ['Keras 3', keras3(9)],
  ['Keras 2.13', keras2],
])('%s', (_, model) => {
  const { outputs, parameters, told } = read(model);
  expect(outputs).toEqual([
    ['N', 9, 4],
    ['N', 7, 6],
    ['N', 5],
  ]);
  expect(parameters).toBe(4 * 5 * (6 + 5 + 1));
  expect(told).toEqual([expect.stringMatching(/that it gives \[N, 7, 6\] is taken from the file/)]);
});

it('not where the layer is called on other sizes than then', () => {
  expect(read(keras3(11)).outputs).toEqual([['N', 11, 4], null, null]);
});
