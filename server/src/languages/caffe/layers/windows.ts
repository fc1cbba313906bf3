// Convolution, Deconvolution, Pooling and Im2col, with sizes for all axes, for height and width, or one by one.
import { multiply, product } from '../../../dims/arithmetic.ts';
import type { Dimension } from '../../../dims/size.ts';
import { INFER, isList, isSize, UNKNOWN } from '../../../network/argument.ts';
import { convolutionSize } from '../../../operators/axis-size.ts';
import { booleanNamed, integerNamed, messageNamed, wordNamed, type Written } from '../fields.ts';
import { poolNames, poolWords } from '../argument-names.ts';
import type { Message } from '../text-format/tree.ts';
import { operator, rankOf, tensors, type CaffeLayer, type LayerRule } from './layer-rule.ts';
import { reportMissing } from './required.ts';
import { readWindow } from './window-fields.ts';

/** `group` as written; the layers that go channel by channel have as many groups as outputs unless they say otherwise. */
function groupsOf(layer: CaffeLayer, parameters: Message | undefined, outputs: Written | undefined, depthwise: boolean) {
  const written = integerNamed(parameters, 'group', layer.report, 1);
  return written ?? (depthwise && outputs !== undefined ? outputs.value : undefined);
}

/** How many axes behind the channels have windows; undefined where the layer says that there are none, or too many. */
function spatialOf(layer: CaffeLayer, parameters: Message | undefined, kernel: Written | undefined): number | undefined {
  const axis = integerNamed(parameters, 'axis', layer.report)?.value ?? 1;
  const rank = rankOf(layer);
  const channels = typeof axis !== 'number' ? undefined : axis < 0 ? (rank === undefined ? axis + 4 : axis + rank) : axis;
  const counted = isList(kernel?.value) ? kernel.value.length : 2;
  const spatial = rank === undefined ? counted : rank - 2;
  // Operators have the batch and the channels in front.
  return channels === 1 && spatial >= 1 && spatial <= 3 ? spatial : undefined;
}

const OUTPUTS = 'It is the number of filters, and of the channels that come out.';

/** What keeps the number of channels. */
function channelsOf({ inputs: [input] }: CaffeLayer): string[] {
  const channels = input?.shape?.[1];
  return typeof channels === 'number' ? [String(channels)] : [];
}

function convolution(transposed: boolean, depthwise = false): LayerRule {
  return (layer) => {
    const { message, report } = layer;
    const parameters = messageNamed(message, 'convolution_param');
    const { kernel, stride, pad, dilation } = readWindow(layer, parameters, 'convolution_param');
    const outputs = integerNamed(parameters, 'num_output', report, 1);
    if (outputs === undefined) reportMissing(layer, 'convolution_param', 'num_output', OUTPUTS, ...channelsOf(layer), '64');
    const spatial = spatialOf(layer, parameters, kernel);
    if (spatial === undefined) return tensors(undefined);
    return operator(`${transposed ? 'ConvTranspose' : 'Conv'}${spatial}d`, {
      in_channels: INFER,
      out_channels: outputs ?? UNKNOWN,
      kernel_size: kernel ?? UNKNOWN,
      stride,
      padding: pad,
      dilation,
      groups: groupsOf(layer, parameters, outputs, depthwise),
      bias: booleanNamed(parameters, 'bias_term'),
    });
  };
}

const pooling: LayerRule = (layer) => {
  const parameters = messageNamed(layer.message, 'pooling_param');
  const method = wordNamed(parameters, 'pool')?.value ?? 'MAX';
  const kind = method === 'MAX' || method === '0' ? 'Max' : 'Avg';
  const { kernel, stride, pad } = readWindow(layer, parameters, 'pooling_param');
  if (booleanNamed(parameters, 'global_pooling')?.value === true) return operator(`Adaptive${kind}Pool2d`, { output_size: 1 });
  const padded = isList(pad?.value) ? pad.value : [pad?.value ?? 0];
  const round = wordNamed(parameters, 'round_mode');
  const ceil = booleanNamed(parameters, 'ceil_mode');
  const words = ceil === undefined ? { argumentNames: poolNames, valueWords: poolWords } : undefined;
  const sizes = operator(`${kind}Pool2d`, {
    kernel_size: kernel ?? UNKNOWN,
    padding: pad,
    ceil_mode: round === undefined ? (ceil ?? true) : { ...round, value: round.value !== 'FLOOR' && round.value !== '1' },
    keep_last: padded.every((cells) => cells === 0),
    padding_below: 'kernel',
    stride: stride ?? 1,
  });
  const pool = { ...sizes, ...(words !== undefined && { words }) };
  // In training a value is drawn, and in tests each is weighted by itself.
  return method === 'STOCHASTIC' || method === '2' ? { ...pool, otherValues: 'STOCHASTIC pooling' } : pool;
};

/** The cells of each window beside each other, as channels. */
const im2col: LayerRule = (layer) => {
  const { inputs } = layer;
  const shape = inputs[0]?.shape;
  const { kernel, stride, pad, dilation } = readWindow(layer, messageNamed(layer.message, 'convolution_param'), 'convolution_param');
  if (shape === undefined || shape.length < 3) return tensors(undefined);
  const at = (written: Written | undefined, axis: number, otherwise: Dimension): Dimension => {
    if (written === undefined) return otherwise;
    const value = isList(written.value) ? written.value[axis] : written.value;
    return isSize(value) ? value : undefined;
  };
  const axes = shape.slice(2).map((_, axis) => ({
    kernel: at(kernel, axis, undefined),
    stride: at(stride, axis, 1),
    dilation: at(dilation, axis, 1),
    paddingStart: at(pad, axis, 0),
    paddingEnd: at(pad, axis, 0),
  }));
  const cells = product(axes.map((axis) => axis.kernel));
  return tensors([shape[0], multiply(shape[1], cells), ...axes.map((axis, index) => convolutionSize(shape[index + 2], axis))]);
};

export const windows: Readonly<Record<string, LayerRule>> = {
  Convolution: convolution(false),
  ConvolutionDepthwise: convolution(false, true),
  DepthwiseConvolution: convolution(false, true),
  Deconvolution: convolution(true),
  Pooling: pooling,
  Im2col: im2col,
};
