// One use of a convolution or a transposed convolution, planned: what to run, in which order, and how much memory it takes.
import { elementCount } from '../tensor-data.ts';
import type { WindowLayout } from '../window-layout.ts';
import { planConvolution, planTransposedConvolution, type Correlation } from './correlation.ts';
import { planDepthwise, type DepthwiseLayer } from './depthwise.ts';
import { layOutMemory, type Layout } from './layout.ts';
import { planPairs } from './pairs.ts';
import { convolutionOrder, transposedOrder, type LayerCounts } from './weights.ts';

/** A layer whose output channels see several input channels. */
export interface DenseLayer extends LayerCounts {
  /** `pairs`: by the two-tap algorithm. */
  readonly kind: 'general' | 'pairs';
  readonly correlation: Correlation;
  readonly layout: Layout;
}

export type Layer = DenseLayer | DepthwiseLayer;
export type LayerKind = 'convolution' | 'transposed';

export function planLayer(kind: LayerKind, window: WindowLayout, groups: number): Layer {
  const { batch, axes, inputChannels, outputChannels } = window;
  const cells = (what: 'input' | 'output' | 'kernel') => elementCount(axes.map((axis) => axis[what]));
  const channels = { groups, inputs: inputChannels / groups, outputs: outputChannels / groups };
  const isTransposed = kind === 'transposed';
  const planned = isTransposed ? planTransposedConvolution(window) : planConvolution(window);
  const counts: LayerCounts = {
    channels,
    weightOrder: (isTransposed ? transposedOrder : convolutionOrder)(channels, cells('kernel')),
    batch,
    inputCells: cells('input'),
    outputCells: cells('output'),
  };
  // A transposed window is written the other way round, so that its taps lie elsewhere.
  if (channels.inputs === 1) return planDepthwise(planned, axes, counts, !isTransposed);
  const pairs = isTransposed ? planPairs(planned, channels.inputs) : undefined;
  const correlation = pairs?.correlation ?? planned;
  const layout = layOutMemory(correlation, pairs, axes, counts);
  return { ...counts, kind: pairs === undefined ? 'general' : 'pairs', correlation, layout };
}
