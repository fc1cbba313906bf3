// EinsumDense: a linear layer whose axes are said by an equation, `abc,cde->abde`.
import { add, product } from '../../../dims/arithmetic.ts';
import type { Dimension } from '../../../dims/size.ts';
import { INFER, UNKNOWN } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { itemsOf } from '../json.ts';
import { addWeights, apply, applyUnsaid, asWritten, hasFixedSize, input, unknown, type LayerRule, type LayerUse } from '../layer-use.ts';
import { activate } from './activation.ts';

interface Equation {
  /** The letters of the input's axes, of the kernel's and of the output's. */
  readonly from: readonly string[];
  readonly kernel: readonly string[];
  readonly to: readonly string[];
}

/** Dots stand for as many axes as the input has more than letters, with digits for letters here. */
function readEquation(text: string, rank: number): Equation | undefined {
  const [, from, kernel, to] = /^([a-zA-Z.]+),([a-zA-Z]+)->([a-zA-Z.]+)$/.exec(text.replace(/\s/g, '')) ?? [];
  if (from === undefined || kernel === undefined || to === undefined) return undefined;
  const hidden = Array.from({ length: Math.max(rank - from.replace('...', '').length, 0) }, (_, at) => String(at)).join('');
  const letters = (side: string) => Array.from(side.replace('...', hidden));
  return letters(from).length === rank ? { from: letters(from), kernel: Array.from(kernel), to: letters(to) } : undefined;
}

/** Linear over the last axes of the input, where the equation says that; for any other one the sizes and weights alone. */
export const einsumDense: LayerRule = (use) => {
  const { config } = use;
  const tensor = asWritten(use, input(use));
  const { shape } = tensor;
  const equation = shape === undefined ? undefined : readEquation(config.text('equation') ?? '', shape.length);
  if (shape === undefined || equation === undefined) return [unknown(use)];
  const { from, kernel, to } = equation;
  const written = config.numbers('output_shape') ?? itemsOf(config.find('output_shape')).map((node): unknown => node.value);
  const sizeOf = (letter: string): Dimension => {
    const at = from.indexOf(letter);
    const asked = written[to.indexOf(letter) - (to.length - written.length)];
    return at >= 0 ? shape[at] : typeof asked === 'number' ? asked : undefined;
  };
  for (const letter of kernel) hasFixedSize(use, sizeOf(letter), 'the sizes that its kernel has');
  const summed = from.filter((letter) => kernel.includes(letter) && !to.includes(letter));
  const made = to.filter((letter) => kernel.includes(letter) && !from.includes(letter));
  const kept = from.slice(0, from.length - summed.length);
  const isLinear =
    summed.length > 0 &&
    summed.length + made.length === kernel.length &&
    [...kept, ...summed].join('') === from.join('') &&
    [...kept, ...made].join('') === to.join('');
  const bias = Array.from(config.text('bias_axes') ?? '');
  const hasPlainBias = isLinear && bias.length > 0 && bias.join('') === made.join('');
  const ofBias = bias.length === 0 ? 0 : product(bias.map(sizeOf));
  if (isLinear) {
    if (!hasPlainBias && ofBias !== 0) addWeights(use, ofBias ?? UNKNOWN);
    return [activate(use, linear(use, tensor, summed.length, made.map(sizeOf), hasPlainBias))];
  }
  return [applyUnsaid(use, to.map(sizeOf), add(product(kernel.map(sizeOf)), ofBias))];
};

function linear(use: LayerUse, tensor: Tensor, axes: number, sizes: readonly Dimension[], bias: boolean): Tensor {
  const flat = axes > 1 ? apply(use, 'Flatten', { start_dim: -axes }, tensor) : tensor;
  const output = apply(use, 'Linear', { in_features: INFER, out_features: product(sizes) ?? UNKNOWN, bias }, flat);
  return sizes.length === 1 ? output : apply(use, 'Unflatten', { dim: -1, unflattened_size: sizes.map((size) => size ?? UNKNOWN) }, output);
}
