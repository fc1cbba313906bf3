// One use of a convolution or a transposed convolution, planned: what to run, in which order, and how much memory it takes.
import { elementCount } from '../tensor-data.ts';
import type { WindowLayout } from '../window-layout.ts';
import { isDepthwiseWindow, layOutDepthwise } from './depthwise.ts';
import { planConvolution, planTransposedConvolution, type Correlation, type PerAxis } from './correlation.ts';
import { layOutMemory, type Layout } from './layout.ts';
import { planPairs } from './pairs.ts';
import { convolutionOrder, transposedOrder, type ChannelCounts, type WeightOrder } from './weights.ts';

/** What a layer is given to run on. All in C order, the batch first. */
export interface LayerTensors {
  readonly input: Float32Array;
  /** Must not change from one run to the next: it is packed once. */
  readonly weight: Float32Array;
  readonly bias: Float32Array | undefined;
}

export interface Layer {
  /** `pairs`: by the two-tap algorithm. */
  readonly kind: 'general' | 'pairs' | 'depthwise';
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

export type LayerKind = 'convolution' | 'transposed';

export function planLayer(kind: LayerKind, window: WindowLayout, groups: number): Layer {
  const { batch, axes, inputChannels, outputChannels } = window;
  const [depth, height, width] = axes;
  const cells = (what: 'input' | 'output' | 'kernel') => elementCount(axes.map((axis) => axis[what]));
  const channels = { groups, inputs: inputChannels / groups, outputs: outputChannels / groups };
  const isTransposed = kind === 'transposed';
  const planned = isTransposed ? planTransposedConvolution(window) : planConvolution(window);
  const common = {
    channels,
    weightOrder: (isTransposed ? transposedOrder : convolutionOrder)(channels, cells('kernel')),
    batch,
    inputCells: cells('input'),
    outputCells: cells('output'),
    outputAxes: [depth.output, height.output, width.output] as const,
  };
  if (!isTransposed && channels.inputs === 1 && channels.outputs === 1 && isDepthwiseWindow(axes)) {
    return {
      ...common,
      kind: 'depthwise',
      correlation: planned,
      layout: layOutDepthwise(planned, groups, common.inputCells, common.outputCells),
    };
  }
  const pairs = isTransposed ? planPairs(planned) : undefined;
  const correlation = pairs?.correlation ?? planned;
  const layout = layOutMemory(correlation, pairs?.combined, channels, common.inputCells, common.outputCells);
  return { ...common, kind: pairs === undefined ? 'general' : 'pairs', correlation, layout };
}
