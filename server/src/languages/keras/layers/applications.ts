// Layers that keras.applications, and networks that are copied from it, bring along.
import { float, UNKNOWN } from '../../../network/argument.ts';
import { alike, apply, asWritten, input, unknown, type LayerRule } from '../layer-use.ts';
import { cellwise, kept } from './activation.ts';

/** ConvNeXt's: one learnt factor for each channel. */
const layerScale: LayerRule = (use) => {
  const tensor = asWritten(use, input(use));
  const factors = apply(use, 'Parameter', { size: [use.config.number('projection_dim') ?? tensor.shape?.at(-1) ?? UNKNOWN] });
  return [apply(use, 'Mul', {}, tensor, factors)];
};

/** InceptionResNetV2's: a branch times a number, on what it leaves from. */
const scaledBranch: LayerRule = (use) => {
  const [trunk, branch] = use.inputs;
  if (trunk === undefined || branch === undefined) return [unknown(use)];
  const scaled = kept(branch, apply(use, 'Power', { scale: float(use.config.number('scale') ?? 1) }, branch));
  return [kept(trunk, apply(use, 'Add', {}, trunk, alike(use, scaled, trunk)))];
};

export const applicationLayers: Readonly<Record<string, LayerRule>> = {
  LayerScale: layerScale,
  CustomScaleLayer: scaledBranch,
  // A dropout of whole branches or of channels, which does nothing when it does not train.
  StochasticDepth: cellwise('Identity'),
  FixedDropout: cellwise('Identity'),
};
