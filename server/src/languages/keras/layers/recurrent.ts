// Recurrent layers of Keras: LSTM, GRU and SimpleRNN, those of CuDNN, and RNN over cells.
import { UNKNOWN } from '../../../network/argument.ts';
import type { Node, Tensor } from '../../../network/network.ts';
import { readConfig, type Config, type Setting } from '../config.ts';
import { itemsOf, textOf, valueOf } from '../json.ts';
import { apply, applyAll, asWritten, hasFixedSize, input, unknown, type LayerRule, type LayerUse } from '../layer-use.ts';
import { hasRank } from '../rank.ts';

const OPERATORS: Readonly<Record<string, string>> = { LSTM: 'LSTM', GRU: 'GRU', SimpleRNN: 'RNN', CuDNNLSTM: 'LSTM', CuDNNGRU: 'GRU' };

export function isRecurrent(className: string): boolean {
  return OPERATORS[className] !== undefined;
}

const recurrent: LayerRule = (use) => {
  const sequence = asWritten(use, input(use));
  if (!hasRank(use, sequence, 3)) return [unknown(use)];
  const { outputs } = runCell(use, use.layer.className, use.config, sequence, false);
  const [all = unknown(use), ...states] = outputs;
  return wanted(use, all, directionsOf(use, states, 1));
};

/** One cell over all steps, in one direction or in both. */
export function runCell(use: LayerUse, className: string, config: Config, sequence: Tensor, isBidirectional: boolean): Node {
  const operator = OPERATORS[className] ?? 'LSTM';
  // Keras has one bias for each gate; a GRU that resets after the product, and all of CuDNN's, have two.
  const isTwofold = className.startsWith('CuDNN') || (operator === 'GRU' && config.flag(false, 'reset_after'));
  hasFixedSize(use, sequence.shape?.[2], 'the last size of its input');
  const settings = {
    input_size: { kind: 'infer' },
    hidden_size: config.setting(UNKNOWN, 'units', 'output_dim'),
    bias: config.flag(true, 'use_bias'),
    bias_vectors: isTwofold ? 2 : 1,
    ...(operator === 'GRU' ? { reset_after: isTwofold } : {}),
    batch_first: true,
    bidirectional: isBidirectional,
  } as const;
  return applyAll(use, operator, settings, [sequence]);
}

/** The sequence or its last step, and with `return_state` the states. */
function wanted(use: LayerUse, all: Tensor, states: readonly Tensor[]): readonly Tensor[] {
  const output = use.config.flag(false, 'return_sequences') ? all : lastStep(use, all);
  return use.config.flag(false, 'return_state') ? [output, ...states] : [output];
}

/** The last step; the setting that asks for it is where `return_sequences` says no. */
export function lastStep(use: LayerUse, sequence: Tensor, config = use.config): Tensor {
  const { range } = config.setting(false, 'return_sequences');
  const index: Setting = { value: -1, ...(range !== undefined && { range }) };
  return apply(use, 'Select', { dim: 1, index }, sequence);
}

/** The state has an axis for layers and directions, which Keras has not: all states of one direction stand before those of the other. */
export function directionsOf(use: LayerUse, states: readonly Tensor[], directions: 1 | 2): readonly Tensor[] {
  return Array.from({ length: directions }, (_, index) => states.map((state) => apply(use, 'Select', { dim: 0, index }, state))).flat();
}

/** RNN over a cell, or over several that are stacked. */
const overCells: LayerRule = (use) => {
  const cell = use.config.find('cell');
  const stacked = itemsOf(valueOf(valueOf(cell, 'config'), 'cells'));
  let sequence = asWritten(use, input(use));
  if (!hasRank(use, sequence, 3)) return [unknown(use)];
  const states: Tensor[] = [];
  for (const node of stacked.length > 0 ? stacked : cell === undefined ? [] : [cell]) {
    const className = textOf(valueOf(node, 'class_name'))?.replace(/Cell$/, '') ?? '';
    if (!isRecurrent(className)) return [unknown(use)];
    const [all = unknown(use), ...own] = runCell(use, className, readConfig(valueOf(node, 'config')), sequence, false).outputs;
    sequence = all;
    states.push(...directionsOf(use, own, 1));
  }
  return wanted(use, sequence, states);
};

export const recurrents: Readonly<Record<string, LayerRule>> = {
  ...Object.fromEntries(Object.keys(OPERATORS).map((name) => [name, recurrent])),
  RNN: overCells,
};
