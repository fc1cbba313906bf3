// Recurrent layers of Keras, and the wrappers that run a layer in both directions or at each step.
import { UNKNOWN } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { readConfig, type Config } from '../config.ts';
import { textOf, valueOf } from '../json.ts';
import { applyAll, asWritten, apply, input, unknown, type LayerRule, type LayerUse } from '../layer-use.ts';

const OPERATORS: Readonly<Record<string, string>> = { LSTM: 'LSTM', GRU: 'GRU', SimpleRNN: 'RNN', CuDNNLSTM: 'LSTM', CuDNNGRU: 'GRU' };

const recurrent: LayerRule = (use) => run(use, use.layer.className, use.config, false);

function run(use: LayerUse, className: string, config: Config, isBidirectional: boolean): readonly Tensor[] {
  const operator = OPERATORS[className];
  if (operator === undefined) return [unknown(use)];
  // Keras has one bias for each gate; a GRU that resets after the product, and all of CuDNN's, have two.
  const isTwofold = className.startsWith('CuDNN') || (operator === 'GRU' && config.flag(false, 'reset_after'));
  const node = applyAll(
    use,
    operator,
    {
      input_size: { kind: 'infer' },
      hidden_size: config.setting(UNKNOWN, 'units', 'output_dim'),
      bias: config.flag(true, 'use_bias'),
      bias_vectors: isTwofold ? 2 : 1,
      batch_first: true,
      bidirectional: isBidirectional,
    },
    [asWritten(use, input(use))],
  );
  const [sequence = unknown(use), ...states] = node.outputs;
  const output = config.flag(false, 'return_sequences') ? sequence : apply(use, 'Select', { dim: 1, index: -1 }, sequence);
  // The state has an axis for layers and directions, which Keras has not.
  const own =
    config.flag(false, 'return_state') && !isBidirectional ? states.map((state) => apply(use, 'Select', { dim: 0, index: 0 }, state)) : [];
  return [output, ...own];
}

const bidirectional: LayerRule = (use) => {
  const inner = use.config.find('layer');
  const className = textOf(valueOf(inner, 'class_name')) ?? '';
  const [output = unknown(use)] = run(use, className, readConfig(valueOf(inner, 'config')), true);
  if ((use.config.text('merge_mode') ?? 'concat') === 'concat') return [output];
  // Both directions are added, multiplied or averaged: half of what stands side by side.
  const parts = applyAll(use, 'Chunk', { chunks: 2, dim: -1 }, [output]).outputs;
  return [apply(use, 'Add', {}, ...parts.slice(0, 2))];
};

export const recurrents: Readonly<Record<string, LayerRule>> = {
  ...Object.fromEntries(Object.keys(OPERATORS).map((name) => [name, recurrent])),
  Bidirectional: bidirectional,
};
