// Pools of Keras: windows, and whole axes at once.
import { UNKNOWN } from '../../../network/argument.ts';
import { apply, reportEmpty, unknown, type LayerRule } from '../layer-use.ts';
import { onImage } from '../on-image.ts';
import { paddingOf } from './convolution.ts';

type Spatial = 1 | 2 | 3;

const pool =
  (kind: 'Max' | 'Avg', spatial: Spatial): LayerRule =>
  (use) =>
    onImage(use, spatial, (tensor) => {
      const { config } = use;
      const size =
        config.find('pool_size', 'pool_length') === undefined ? { value: 2 } : config.setting(UNKNOWN, 'pool_size', 'pool_length');
      const settings = {
        kernel_size: size,
        stride: config.setting(size.value, 'strides', 'stride'),
        ...(paddingOf(config) === 'same' && { auto_pad: 'SAME_UPPER' }),
        // The cells of the padding are no part of Keras' mean.
        ...(kind === 'Avg' && { count_include_pad: false }),
      };
      const output = apply(use, `${kind}Pool${spatial}d`, settings, tensor);
      const length = output.shape?.[2];
      // PyTorch lets a sequence of no cells pass here when it does not train; Keras makes it and fails a layer later.
      if (spatial !== 1 || length !== 0) return output;
      reportEmpty(use, tensor, 2);
      return unknown(use);
    });

/** The channels of the whole image; with `keepdims` its axes stay, with size 1. */
const globalPool =
  (kind: 'Max' | 'Avg', spatial: Spatial): LayerRule =>
  (use) => {
    const pooled = onImage(use, spatial, (tensor) => apply(use, `Adaptive${kind}Pool${spatial}d`, { output_size: 1 }, tensor));
    if (use.config.flag(false, 'keepdims')) return pooled;
    return pooled.map((tensor) => apply(use, 'Flatten', {}, tensor));
  };

/** As many windows as the output has cells, which may overlap. */
const adaptivePool =
  (kind: 'Max' | 'Avg', spatial: Spatial): LayerRule =>
  (use) =>
    onImage(use, spatial, (tensor) =>
      apply(use, `Adaptive${kind}Pool${spatial}d`, { output_size: use.config.setting(UNKNOWN, 'output_size') }, tensor),
    );

const SPATIAL = [1, 2, 3] as const;

export const pools: Readonly<Record<string, LayerRule>> = Object.fromEntries(
  SPATIAL.flatMap((spatial) => [
    [`MaxPooling${spatial}D`, pool('Max', spatial)],
    [`MaxPool${spatial}D`, pool('Max', spatial)],
    [`AveragePooling${spatial}D`, pool('Avg', spatial)],
    [`AvgPool${spatial}D`, pool('Avg', spatial)],
    [`AdaptiveMaxPooling${spatial}D`, adaptivePool('Max', spatial)],
    [`AdaptiveAveragePooling${spatial}D`, adaptivePool('Avg', spatial)],
    [`GlobalMaxPooling${spatial}D`, globalPool('Max', spatial)],
    [`GlobalMaxPool${spatial}D`, globalPool('Max', spatial)],
    [`GlobalAveragePooling${spatial}D`, globalPool('Avg', spatial)],
    [`GlobalAvgPool${spatial}D`, globalPool('Avg', spatial)],
  ]),
);
