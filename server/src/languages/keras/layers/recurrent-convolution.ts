// ConvLSTM1D to 3D: recurrent cells whose products are convolutions.
import { INFER, UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { apply, applyAll, applyUnsaid, asWritten, dataFormat, input, unknown, type LayerRule, type LayerUse } from '../layer-use.ts';
import { hasRank } from '../rank.ts';
import { hasBias, kernelOf, window } from './convolution.ts';
import { lastStep } from './recurrent.ts';

/** Input, forget, cell and output. */
const GATES = 4;

/** For each step, four convolutions of the input and four of the state, which keep the size of the state. */
const recurrentConvolution =
  (spatial: 1 | 2 | 3): LayerRule =>
  (use) => {
    const { config } = use;
    const sequence = asWritten(use, input(use));
    if (!hasRank(use, sequence, spatial + 3)) return [unknown(use)];
    const isLast = dataFormat(config) === 'channels_last';
    const move = (tensor: Tensor, order: readonly number[]) => (isLast ? apply(use, 'Permute', { dims: order }, tensor) : tensor);
    const axes = Array.from({ length: spatial }, (_, at) => at);
    const steps = move(apply(use, 'Flatten', { start_dim: 0, end_dim: 1 }, sequence), [0, spatial + 1, ...axes.map((at) => at + 1)]);
    const state = cell(use, spatial, steps);
    const back = move(state, [0, ...axes.map((at) => at + 2), 1]);
    const [batch, length] = (sequence.shape ?? []).map((size): ArgumentValue => size ?? UNKNOWN);
    const all = apply(use, 'Unflatten', { dim: 0, unflattened_size: [batch ?? UNKNOWN, length ?? UNKNOWN] }, back);
    const last = lastStep(use, all);
    const output = config.flag(false, 'return_sequences') ? all : last;
    return config.flag(false, 'return_state') ? [output, last, last] : [output];
  };

/** The gates of every step at once. */
function cell(use: LayerUse, spatial: 1 | 2 | 3, steps: Tensor): Tensor {
  const { config } = use;
  const written = config.setting(UNKNOWN, 'filters', 'nb_filter');
  const filters = typeof written.value === 'number' ? written.value : undefined;
  const gates = filters === undefined ? UNKNOWN : GATES * filters;
  const operator = `Conv${spatial}d`;
  const ofInput = apply(use, operator, { in_channels: INFER, out_channels: gates, ...window(use, spatial), bias: hasBias(config) }, steps);
  const part = (tensor: Tensor) => applyAll(use, 'Chunk', { chunks: GATES, dim: 1 }, [tensor]).outputs[0] ?? unknown(use);
  const settings = { in_channels: INFER, out_channels: gates, kernel_size: kernelOf(config, spatial), auto_pad: 'SAME_UPPER', bias: false };
  const ofState = apply(use, operator, settings, part(ofInput));
  const state = part(apply(use, 'Add', {}, ofInput, ofState));
  // Each step takes the state of the one before, which no operator says: sizes and weights are right, values are not worked out.
  return applyUnsaid(use, state.shape, 0, [state]);
}

export const recurrentConvolutions: Readonly<Record<string, LayerRule>> = {
  ConvLSTM1D: recurrentConvolution(1),
  ConvLSTM2D: recurrentConvolution(2),
  ConvLSTM3D: recurrentConvolution(3),
};
