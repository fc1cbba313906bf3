// What a run of a Keras model computes: the numbers of its layers reach the operators, and what no operator says is not run.
import { expect, it } from 'vitest';
import { analyse } from '../../server/src/analysis/analyse.ts';

type Settings = Readonly<Record<string, unknown>>;

/** The operators of a model of one layer, with the arguments that are numbers. */
function operatorsOf(className: string, config: Settings, extra: Settings = {}) {
  const layer = { class_name: className, config: { name: 'it', batch_input_shape: [null, 4, 4, 3], ...config } };
  const text = JSON.stringify({ class_name: 'Sequential', config: { name: 'm', layers: [layer] }, ...extra });
  return nodesOf(text);
}

function nodesOf(text: string) {
  const nodes = analyse({ path: 'model.json', text })?.document.networks[0]?.nodes ?? [];
  return nodes
    .filter(({ operator }) => operator !== 'Permute')
    .map((node) => {
      const numbers = [...node.arguments].flatMap(([name, value]) =>
        typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'float' ? [[name, value.value] as const] : [],
      );
      return [node.operator, Object.fromEntries(numbers)];
    });
}

it.each<[name: string, className: string, config: Settings, extra: Settings, operators: unknown]>([
  ['a factor and an offset', 'Rescaling', { scale: 0.5, offset: -1 }, {}, [['Power', { scale: 0.5, shift: -1 }]]],
  ['the number against division by 0', 'BatchNormalization', { epsilon: 0.01 }, {}, [['BatchNorm2d', { eps: 0.01 }]]],
  ['its default', 'LayerNormalization', {}, {}, [['LayerNorm', { eps: 0.001 }]]],
  ['hard_sigmoid of Keras 3', 'Activation', { activation: 'hard_sigmoid' }, { module: 'keras' }, [['Hardsigmoid', {}]]],
  [
    'hard_sigmoid up to Keras 2',
    'Activation',
    { activation: 'hard_sigmoid' },
    { keras_version: '2.9.0' },
    [
      ['Power', { scale: 0.2, shift: 0.5 }],
      ['Hardtanh', { min_val: 0, max_val: 1 }],
    ],
  ],
])('%s', (_, className, config, extra, operators) => {
  expect(operatorsOf(className, config, extra)).toEqual(operators);
});

it.each<[written: string, operator: string, args: readonly unknown[], settings: Settings]>([
  ['x + 2', 'Add', ['x', 2], { shift: 2 }],
  ['2 - x', 'Subtract', [2, 'x'], { scale: -1, shift: 2 }],
  ['x - 2', 'Subtract', ['x', 2], { shift: -2 }],
  ['x / 4', 'TrueDivide', ['x', 4], { scale: 0.25 }],
])('%s', (_, className, args, settings) => {
  const tensor = { class_name: '__keras_tensor__', config: { shape: [null, 4], keras_history: ['in', 0, 0] } };
  const inbound = [{ args: args.map((part) => (part === 'x' ? tensor : part)), kwargs: {} }];
  const layers = [
    { class_name: 'InputLayer', name: 'in', config: { batch_shape: [null, 4] }, inbound_nodes: [] },
    { module: 'keras.src.ops.numpy', class_name: className, name: 'it', config: {}, inbound_nodes: inbound },
  ];
  const ends = { input_layers: [['in', 0, 0]], output_layers: [['it', 0, 0]] };
  expect(nodesOf(JSON.stringify({ class_name: 'Functional', config: { name: 'm', layers, ...ends } }))).toEqual([['Power', settings]]);
});

it('no values of recurrent convolutions', () => {
  const config = { filters: 2, kernel_size: 3, batch_input_shape: [null, 5, 9, 8, 4] };
  expect(operatorsOf('ConvLSTM2D', config).map(([operator]) => operator)).toContain('ConvLSTM2D of Keras');
});
