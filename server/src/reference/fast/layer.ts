// One use of a convolution or a transposed convolution, planned: what to run, in which order, and how much memory it takes.
import { elementCount } from '../tensor-data.ts';
import type { WindowLayout } from '../window-layout.ts';
import { planConvolution, planTransposedConvolution, type Correlation, type PerAxis } from './correlation.ts';
import { layOutMemory, type Layout } from './layout.ts';
import { convolutionOrder, transposedOrder, type ChannelCounts, type WeightOrder } from './weights.ts';

export interface Layer {
  readonly correlation: Correlation;
  readonly channels: ChannelCounts;
  readonly weightOrder: WeightOrder;
  readonly layout: Layout;
  readonly batch: number;
  /** Cells of one channel. */
  readonly inputCells: number;
  readonly outputCells: number;
  readonly outputAxes: PerAxis<number>;
}

export function planLayer(kind: 'convolution' | 'transposed', window: WindowLayout, groups: number): Layer {
  const { batch, axes, inputChannels, outputChannels } = window;
  const [depth, height, width] = axes;
  const cells = (what: 'input' | 'output' | 'kernel') => elementCount(axes.map((axis) => axis[what]));
  const channels = { groups, inputs: inputChannels / groups, outputs: outputChannels / groups };
  const isTransposed = kind === 'transposed';
  const correlation = isTransposed ? planTransposedConvolution(window) : planConvolution(window);
  return {
    correlation,
    channels,
    weightOrder: (isTransposed ? transposedOrder : convolutionOrder)(channels, cells('kernel')),
    layout: layOutMemory(correlation, channels, cells('input'), cells('output')),
    batch,
    inputCells: cells('input'),
    outputCells: cells('output'),
    outputAxes: [depth.output, height.output, width.output],
  };
}
