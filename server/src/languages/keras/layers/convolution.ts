// Convolutions of Keras: plain, depthwise, separable and transposed, with its own rules for padding and output padding.
import type { Dimension } from '../../../dims/size.ts';
import { INFER, isList, UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import type { Config, Setting } from '../config.ts';
import { apply, hasFixedSize, type LayerRule, type LayerUse, type Settings } from '../layer-use.ts';
import { onImage } from '../on-image.ts';
import { activate } from './activation.ts';

type Spatial = 1 | 2 | 3;

const convolution =
  (spatial: Spatial): LayerRule =>
  (use) =>
    onImage(use, spatial, (tensor, channels) => {
      const { config } = use;
      hasFixedSize(use, channels, CHANNELS);
      const filters = config.setting(UNKNOWN, 'filters', 'nb_filter');
      const settings = { in_channels: INFER, out_channels: filters, ...window(use, spatial), groups: config.setting(1, 'groups') };
      const padded = causal(use, tensor, spatial);
      return activate(use, apply(use, `Conv${spatial}d`, { ...settings, bias: hasBias(config) }, padded));
    });

const depthwise =
  (spatial: Spatial): LayerRule =>
  (use) =>
    onImage(use, spatial, (tensor, channels) => {
      hasFixedSize(use, channels, CHANNELS);
      const multiplier = use.config.number('depth_multiplier') ?? 1;
      const settings = { ...perChannel(channels, multiplier), ...window(use, spatial), bias: hasBias(use.config) };
      return activate(use, apply(use, `Conv${spatial}d`, settings, causal(use, tensor, spatial)));
    });

/** A depthwise convolution and one of a single cell behind it; the only bias is the second's. */
const separable =
  (spatial: Spatial): LayerRule =>
  (use) =>
    onImage(use, spatial, (tensor, channels) => {
      const { config } = use;
      hasFixedSize(use, channels, CHANNELS);
      const multiplier = config.number('depth_multiplier') ?? 1;
      const depth = apply(
        use,
        `Conv${spatial}d`,
        { ...perChannel(channels, multiplier), ...window(use, spatial), bias: false },
        causal(use, tensor, spatial),
      );
      const filters = config.setting(UNKNOWN, 'filters', 'nb_filter');
      const point = { in_channels: INFER, out_channels: filters, kernel_size: 1, bias: hasBias(config) };
      return activate(use, apply(use, `Conv${spatial}d`, point, depth));
    });

/**
 * Transposed: "valid" gives (n - 1)s + max(ke, s) cells, "same" gives ns; with output_padding a, which is below the stride, it is
 * (n - 1)s + ke + a without padding and (n - 1)s + ke mod 2 + a with "same", which is a padding of floor(ke / 2).
 */
const transposed =
  (spatial: Spatial): LayerRule =>
  (use) =>
    onImage(use, spatial, (tensor, channels) => {
      const { config } = use;
      hasFixedSize(use, channels, CHANNELS);
      const size = kernelOf(config, spatial);
      const strides = strideOf(config);
      const stride = axesOf(strides.value, spatial);
      const dilation = axesOf(config.setting(1, 'dilation_rate').value, spatial);
      const effective = Array.from(
        { length: spatial },
        (_, at) => (dilation?.[at] ?? NaN) * ((axesOf(size.value, spatial)?.[at] ?? NaN) - 1) + 1,
      );
      const isSame = paddingOf(config) === 'same';
      const written = config.setting(null, 'output_padding');
      const settings: Settings = {
        in_channels: INFER,
        out_channels: config.setting(UNKNOWN, 'filters', 'nb_filter'),
        kernel_size: size,
        stride: strides,
        dilation: config.setting(1, 'dilation_rate'),
        bias: hasBias(config),
        ...outputPaddingOf(written, isSame, effective, stride),
      };
      return activate(use, apply(use, `ConvTranspose${spatial}d`, settings, tensor));
    });

function outputPaddingOf(written: Setting, isSame: boolean, effective: readonly number[], stride: readonly number[] | undefined): Settings {
  const known = stride !== undefined && effective.every((size) => Number.isSafeInteger(size));
  if (written.value === null) {
    if (isSame) return { auto_pad: 'SAME_UPPER' };
    return { output_padding: known ? effective.map((size, at) => Math.max((stride[at] ?? 1) - size, 0)) : UNKNOWN };
  }
  return { output_padding: written, ...(isSame && { padding: known ? effective.map((size) => Math.floor(size / 2)) : UNKNOWN }) };
}

function perChannel(channels: Dimension, multiplier: number) {
  if (typeof channels !== 'number') return { in_channels: INFER, out_channels: UNKNOWN, groups: UNKNOWN };
  return { in_channels: INFER, out_channels: channels * multiplier, groups: channels };
}

const CHANNELS = 'the channels of its input';

/** Kernel, stride, dilation and padding, under the names of PyTorch. */
export function window(use: LayerUse, spatial: Spatial): Settings {
  const { config } = use;
  return {
    kernel_size: kernelOf(config, spatial),
    stride: strideOf(config),
    dilation: config.setting(1, 'dilation_rate', 'atrous_rate'),
    ...(paddingOf(config) === 'same' && { auto_pad: 'SAME_UPPER' }),
  };
}

export function strideOf(config: Config): Setting {
  return config.setting(1, 'strides', 'subsample', 'subsample_length');
}

/** Keras 1 writes each side of the kernel by itself. */
export function kernelOf(config: Config, spatial: Spatial): Setting {
  const names = spatial === 2 ? ['nb_row', 'nb_col'] : spatial === 3 ? ['kernel_dim1', 'kernel_dim2', 'kernel_dim3'] : [];
  const sides = names.map((name) => config.setting(UNKNOWN, name));
  // Two places are no place.
  return sides.length > 0 && sides.every(({ range }) => range !== undefined)
    ? { value: sides.map((side) => side.value) }
    : config.setting(UNKNOWN, 'kernel_size', 'filter_length');
}

/** The padding of "causal" stands before the sequence, so that no output sees what comes later. */
function causal(use: LayerUse, tensor: Tensor, spatial: Spatial): Tensor {
  const { config } = use;
  if (spatial !== 1 || paddingOf(config) !== 'causal') return tensor;
  const [kernel = NaN] = config.numbers('kernel_size', 'filter_length') ?? [];
  const [dilation = NaN] = config.numbers('dilation_rate', 'atrous_rate') ?? [1];
  const amount = dilation * (kernel - 1);
  return apply(use, 'ConstantPad1d', { padding: Number.isSafeInteger(amount) ? [amount, 0] : UNKNOWN, value: 0 }, tensor);
}

export function paddingOf(config: Config): string {
  return config.text('padding', 'border_mode') ?? 'valid';
}

/** One number for each axis, of one or a list of them; undefined where they are not known. */
export function axesOf(value: ArgumentValue, spatial: Spatial): readonly number[] | undefined {
  const parts = isList(value) ? value : [value];
  const axes = parts.length === 1 ? Array.from({ length: spatial }, () => parts[0]) : parts;
  return axes.every((part) => typeof part === 'number') ? axes : undefined;
}

export function hasBias(config: Config): boolean {
  return config.flag(true, 'use_bias', 'bias');
}

export const convolutions: Readonly<Record<string, LayerRule>> = {
  Conv1D: convolution(1),
  Convolution1D: convolution(1),
  AtrousConvolution1D: convolution(1),
  Conv2D: convolution(2),
  Convolution2D: convolution(2),
  AtrousConvolution2D: convolution(2),
  Conv3D: convolution(3),
  Convolution3D: convolution(3),
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
  SeparableConv1D: separable(1),
  SeparableConvolution1D: separable(1),
  SeparableConv2D: separable(2),
  SeparableConvolution2D: separable(2),
  Conv1DTranspose: transposed(1),
  Convolution1DTranspose: transposed(1),
  Conv2DTranspose: transposed(2),
  Convolution2DTranspose: transposed(2),
  Deconvolution2D: transposed(2),
  Conv3DTranspose: transposed(3),
  Convolution3DTranspose: transposed(3),
  Deconvolution3D: transposed(3),
};
