// Layers around another layer: TimeDistributed, Bidirectional, SpectralNormalization, Pipeline.
import { UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { readConfig, type Config } from '../config.ts';
import { itemsOf, textOf, valueOf, type JsonNode } from '../json.ts';
import { apply, applyAll, applyUnsaid, asWritten, input, unknown, type LayerRule, type LayerUse } from '../layer-use.ts';
import { hasRank } from '../rank.ts';
import { kept } from './activation.ts';
import { directionsOf, isRecurrent, lastStep, runCell } from './recurrent.ts';

/** The layer at every step: batch and steps are one axis meanwhile. */
const timeDistributed: LayerRule = (use) => {
  const inner = use.config.find('layer');
  const sequence = asWritten(use, input(use));
  if (inner === undefined || sequence.shape === undefined) return [unknown(use)];
  const steps = apply(use, 'Flatten', { start_dim: 0, end_dim: 1 }, sequence);
  const [batch, length] = sequence.shape.map((size): ArgumentValue => size ?? UNKNOWN);
  return use.callInner(inner, [steps]).map((output) => {
    const written = asWritten(use, output);
    return apply(use, 'Unflatten', { dim: 0, unflattened_size: [batch ?? UNKNOWN, length ?? UNKNOWN] }, written);
  });
};

const bidirectional: LayerRule = (use) => {
  const inner = use.config.find('layer', 'forward_layer');
  if (inner === undefined) return [unknown(use)];
  const className =
    textOf(valueOf(inner, 'class_name'))
      ?.replace(/V2$/, '')
      .replace(/^Q(?=[A-Z])/, '') ?? '';
  const config = readConfig(valueOf(inner, 'config'));
  return isRecurrent(className) ? bothDirections(use, className, config) : twice(use, inner);
};

function bothDirections(use: LayerUse, className: string, config: Config): readonly Tensor[] {
  const sequence = asWritten(use, input(use));
  if (!hasRank(use, sequence, 3)) return [unknown(use)];
  const [all = unknown(use), ...states] = runCell(use, className, config, sequence, true).outputs;
  const output = config.flag(false, 'return_sequences') ? all : lastStep(use, all, config);
  const own = config.flag(false, 'return_state') ? directionsOf(use, states, 2) : [];
  const mode = mergeMode(use);
  if (mode === 'concat') return [output, ...own];
  // Both directions stand side by side.
  const parts = applyAll(use, 'Chunk', { chunks: 2, dim: -1 }, [output]).outputs.slice(0, 2);
  return [...(mode === undefined ? parts : [apply(use, JOINS[mode] ?? 'Add', {}, ...parts)]), ...own];
}

const JOINS: Readonly<Record<string, string>> = { sum: 'Add', ave: 'Add', mul: 'Mul' };

/** What is not an LSTM, GRU or plain RNN is called once for each direction. */
function twice(use: LayerUse, inner: JsonNode): readonly Tensor[] {
  const [ahead = unknown(use), ...states] = use.callInner(inner, use.inputs);
  const [back = unknown(use), ...otherStates] = use.callInner(use.config.find('backward_layer') ?? inner, use.inputs);
  const mode = mergeMode(use);
  const parts = [ahead, back].map((tensor) => asWritten(use, tensor));
  const joined =
    mode === undefined
      ? parts
      : [mode === 'concat' ? apply(use, 'Cat', { dim: -1 }, ...parts) : apply(use, JOINS[mode] ?? 'Add', {}, ...parts)];
  return [...joined, ...states, ...otherStates];
}

/** Undefined for null: both directions are outputs of their own. */
function mergeMode({ config }: LayerUse): string | undefined {
  return valueOf(config.node, 'merge_mode')?.type === 'null' ? undefined : (config.text('merge_mode') ?? 'concat');
}

/** Beside the weights of its layer it keeps one number for each output of the kernel. */
const spectralNormalization: LayerRule = (use) => {
  const inner = use.config.find('layer');
  if (inner === undefined) return [unknown(use)];
  const [output = unknown(use)] = use.callInner(inner, use.inputs);
  const numbers = readConfig(valueOf(inner, 'config')).number('filters', 'units', 'output_dim');
  return [kept(output, applyUnsaid(use, output.shape, numbers, [output]))];
};

/** One layer behind the other. */
const pipeline: LayerRule = (use) =>
  itemsOf(use.config.find('layers')).reduce<readonly Tensor[]>((tensors, layer) => use.callInner(layer, tensors), [input(use)]);

export const wrappers: Readonly<Record<string, LayerRule>> = {
  TimeDistributed: timeDistributed,
  Bidirectional: bidirectional,
  SpectralNormalization: spectralNormalization,
  Pipeline: pipeline,
};
