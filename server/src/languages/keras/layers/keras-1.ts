// Layers that only Keras 1 had: MaxoutDense, Highway, SReLU, ParametricSoftplus.
import { multiply } from '../../../dims/arithmetic.ts';
import { INFER, UNKNOWN } from '../../../network/argument.ts';
import { addWeights, apply, asWritten, input, type LayerRule } from '../layer-use.ts';
import { activate, cellsOf } from './activation.ts';

/** The largest of `nb_feature` dense layers. */
const maxoutDense: LayerRule = (use) => {
  const { config } = use;
  const [features, size] = [config.number('nb_feature') ?? 4, config.number('output_dim')];
  const all = apply(
    use,
    'Linear',
    { in_features: INFER, out_features: multiply(features, size) ?? UNKNOWN, bias: config.flag(true, 'bias') },
    asWritten(use, input(use)),
  );
  const parts = apply(use, 'Unflatten', { dim: -1, unflattened_size: [features, size ?? UNKNOWN] }, all);
  return [apply(use, 'Max', { dim: -2 }, parts)];
};

/** What a gate lets pass of a dense layer, and of the input the rest. */
const highway: LayerRule = (use) => {
  const tensor = asWritten(use, input(use));
  const settings = { in_features: INFER, out_features: tensor.shape?.at(-1) ?? UNKNOWN, bias: use.config.flag(true, 'bias') };
  const changed = activate(use, apply(use, 'Linear', settings, tensor));
  const gate = apply(use, 'Sigmoid', {}, apply(use, 'Linear', settings, tensor));
  const difference = apply(use, 'Sub', {}, changed, tensor);
  return [apply(use, 'Add', {}, tensor, apply(use, 'Mul', {}, gate, difference))];
};

/** Bent twice: four numbers for each cell, or for all along the axes that are shared. */
const srelu: LayerRule = (use) => {
  const tensor = asWritten(use, input(use));
  addWeights(use, 4, cellsOf(use, tensor) ?? UNKNOWN);
  return [apply(use, 'ReLU', {}, tensor)];
};

const parametricSoftplus: LayerRule = (use) => {
  const tensor = asWritten(use, input(use));
  addWeights(use, 2, cellsOf(use, tensor) ?? UNKNOWN);
  return [apply(use, 'Softplus', {}, tensor)];
};

export const keras1Layers: Readonly<Record<string, LayerRule>> = {
  MaxoutDense: maxoutDense,
  Highway: highway,
  SReLU: srelu,
  ParametricSoftplus: parametricSoftplus,
};
