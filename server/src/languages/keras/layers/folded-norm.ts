// QKeras' layers that hold a batch norm: a convolution or a dense layer, and the four numbers a channel of the norm behind it.
import { UNKNOWN } from '../../../network/argument.ts';
import type { LayerRule } from '../layer-use.ts';
import { addWeights } from '../layer-use.ts';
import { convolutions } from './convolution.ts';
import { denseLayers } from './dense.ts';

const withNorm =
  (rule: LayerRule | undefined): LayerRule =>
  (use) => {
    const outputs = rule?.(use) ?? [];
    const channels = outputs[0]?.layout === 'channels_last' ? outputs[0].shape?.[1] : outputs[0]?.shape?.at(-1);
    addWeights(use, 4, channels ?? UNKNOWN);
    return outputs;
  };

export const foldedNorms: Readonly<Record<string, LayerRule>> = {
  QConv2DBatchnorm: withNorm(convolutions['Conv2D']),
  QDepthwiseConv2DBatchnorm: withNorm(convolutions['DepthwiseConv2D']),
  QDenseBatchnorm: withNorm(denseLayers['Dense']),
};
