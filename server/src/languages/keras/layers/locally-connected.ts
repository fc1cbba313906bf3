// LocallyConnected1D and 2D: convolutions with kernels of their own at every cell.
import { INFER, UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { apply, hasFixedSize, type LayerRule, type LayerUse } from '../layer-use.ts';
import { onImage } from '../on-image.ts';
import { activate } from './activation.ts';
import { axesOf, hasBias, kernelOf, paddingOf, strideOf } from './convolution.ts';

function applyLocally(use: LayerUse, tensor: Tensor, kernel: ArgumentValue, stride: ArgumentValue, padding: ArgumentValue): Tensor {
  const { config } = use;
  tensor.shape?.slice(1).forEach((size) => hasFixedSize(use, size, 'the size of its input'));
  return apply(
    use,
    'LocallyConnected2d',
    {
      in_channels: INFER,
      out_channels: config.setting(UNKNOWN, 'filters', 'nb_filter'),
      kernel_size: kernel,
      stride,
      padding,
      bias: hasBias(config),
    },
    tensor,
  );
}

/** "same" needs as many cells before as behind: what is else is not known. */
function evenPadding(use: LayerUse, spatial: 1 | 2): ArgumentValue {
  if (paddingOf(use.config) !== 'same') return 0;
  const kernel = axesOf(kernelOf(use.config, spatial).value, spatial);
  const isPlain = axesOf(strideOf(use.config).value, spatial)?.every((stride) => stride === 1) === true;
  const sides = kernel?.map((size) => (size - 1) / 2);
  return isPlain && sides?.every(Number.isInteger) === true ? sides : UNKNOWN;
}

const sequence: LayerRule = (use) =>
  onImage(use, 1, (tensor) => {
    const { config } = use;
    const one = (value: ArgumentValue) => axesOf(value, 1)?.[0] ?? UNKNOWN;
    const padding = evenPadding(use, 1);
    const wide = apply(use, 'Unsqueeze', { dim: 2 }, tensor);
    const made = applyLocally(
      use,
      wide,
      [1, one(kernelOf(config, 1).value)],
      [1, one(strideOf(config).value)],
      [0, typeof padding === 'number' ? padding : one(padding)],
    );
    return activate(use, apply(use, 'Squeeze', { dim: 2 }, made));
  });

const image: LayerRule = (use) =>
  onImage(use, 2, (tensor) => {
    const { config } = use;
    const stride = strideOf(config).value;
    return activate(use, applyLocally(use, tensor, kernelOf(config, 2).value, stride, evenPadding(use, 2)));
  });

export const locallyConnected: Readonly<Record<string, LayerRule>> = { LocallyConnected1D: sequence, LocallyConnected2D: image };
