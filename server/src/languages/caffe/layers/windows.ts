// Convolution, Deconvolution and Pooling, with sizes for all axes, for height and width, or one by one.
import { INFER } from '../../../network/argument.ts';
import { booleanNamed, integerNamed, integersNamed, messageNamed, wordNamed, type Report, type Written } from '../fields.ts';
import type { Message } from '../text-format/tree.ts';
import { joined, LayerArguments, operator, rankOf, tensors, type CaffeLayer, type LayerRule } from './layer-rule.ts';

function axes(parameters: Message | undefined, all: string, each: string, least: number, report: Report): Written | undefined {
  const [height, width] = [`${each}_h`, `${each}_w`].map((name) => integerNamed(parameters, name, report, least));
  if (height !== undefined && width !== undefined) return joined([height, width]);
  const written = integersNamed(parameters, all, report, least);
  // One axis alone is named: the other has its default.
  if (written.length === 0 && (height ?? width) !== undefined) {
    const one = height ?? width;
    const other = all === 'pad' ? 0 : 1;
    return one === undefined ? undefined : { ...one, value: height === undefined ? [other, one.value] : [one.value, other] };
  }
  return joined(written);
}

function convolution(transposed: boolean, depthwise = false): LayerRule {
  return (layer) => {
    const { message, report } = layer;
    const parameters = messageNamed(message, 'convolution_param');
    const kernel = axes(parameters, 'kernel_size', 'kernel', 1, report);
    const rank = rankOf(layer);
    const counted = Array.isArray(kernel?.value) ? kernel.value.length : 2;
    const spatial = rank === undefined ? counted : rank - 2;
    const axis = integerNamed(parameters, 'axis', report);
    if ((axis !== undefined && axis.value !== 1 && axis.value !== -3) || spatial < 1 || spatial > 3) return tensors(undefined);
    const outputs = integerNamed(parameters, 'num_output', report, 1);
    const given = new LayerArguments()
      .mean('in_channels', INFER)
      .put('out_channels', outputs)
      .put('kernel_size', kernel)
      .put('stride', axes(parameters, 'stride', 'stride', 1, report))
      .put('padding', axes(parameters, 'pad', 'pad', 0, report))
      .put('dilation', joined(integersNamed(parameters, 'dilation', report, 1)))
      .put('groups', integerNamed(parameters, 'group', report, 1))
      .put('bias', booleanNamed(parameters, 'bias_term'));
    if (depthwise && !given.values.has('groups') && outputs !== undefined) given.mean('groups', outputs.value);
    return operator(`${transposed ? 'ConvTranspose' : 'Conv'}${spatial}d`, given);
  };
}

function pooling(layer: CaffeLayer): ReturnType<LayerRule> {
  const { message, report } = layer;
  const parameters = messageNamed(message, 'pooling_param');
  const method = wordNamed(parameters, 'pool')?.value ?? 'MAX';
  const kind = method === 'MAX' || method === '0' ? 'Max' : 'Avg';
  if (booleanNamed(parameters, 'global_pooling')?.value === true)
    return operator(`Adaptive${kind}Pool2d`, new LayerArguments().mean('output_size', 1));
  const padding = axes(parameters, 'pad', 'pad', 0, report);
  const isPadded = padding !== undefined && JSON.stringify(padding.value) !== '0' && JSON.stringify(padding.value) !== '[0,0]';
  const round = wordNamed(parameters, 'round_mode');
  const ceil = booleanNamed(parameters, 'ceil_mode');
  const given = new LayerArguments()
    .put('kernel_size', axes(parameters, 'kernel_size', 'kernel', 1, report))
    .put('padding', padding)
    .mean('ceil_mode', true)
    .put('ceil_mode', ceil)
    .mean('keep_last', !isPadded)
    .mean('padding_below', 'kernel');
  if (round !== undefined) given.put('ceil_mode', { ...round, value: round.value !== 'FLOOR' && round.value !== '1' });
  const stride = axes(parameters, 'stride', 'stride', 1, report);
  if (stride === undefined) given.mean('stride', 1);
  else given.put('stride', stride);
  return operator(`${kind}Pool2d`, given);
}

export const windows: Readonly<Record<string, LayerRule>> = {
  Convolution: convolution(false),
  ConvolutionDepthwise: convolution(false, true),
  DepthwiseConvolution: convolution(false, true),
  Deconvolution: convolution(true),
  Pooling: pooling,
};
