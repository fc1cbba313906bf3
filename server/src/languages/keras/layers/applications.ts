// Layers that keras.applications, and networks that are copied from it, bring along.
import { UNKNOWN } from '../../../network/argument.ts';
import { apply, asWritten, input, type LayerRule } from '../layer-use.ts';
import { cellwise } from './activation.ts';
import { merges } from './merge.ts';

/** ConvNeXt's: one learnt factor for each channel. */
const layerScale: LayerRule = (use) => {
  const tensor = asWritten(use, input(use));
  const factors = apply(use, 'Parameter', { size: [use.config.number('projection_dim') ?? tensor.shape?.at(-1) ?? UNKNOWN] });
  return [apply(use, 'Mul', {}, tensor, factors)];
};

export const applicationLayers: Readonly<Record<string, LayerRule>> = {
  LayerScale: layerScale,
  // InceptionResNetV2's: a branch times a number, on what it leaves from.
  ...(merges['Add'] !== undefined && { CustomScaleLayer: merges['Add'] }),
  // A dropout of whole branches or of channels, which does nothing when it does not train.
  StochasticDepth: cellwise('Identity'),
  FixedDropout: cellwise('Identity'),
};
