// Depthwise convolution with a window of 3 x 3 and stride 1: a few channels at a time, so that they stay in the caches of a core.
import type { WindowLayout } from '../window-layout.ts';
import { partCells, type Correlation } from './correlation.ts';
import { DEPTHWISE_KERNEL } from './kernels/depthwise.ts';
import type { Layer, LayerTensors } from './layer.ts';
import { layOutMemory, type Layout } from './layout.ts';
import type { Machine } from './machine.ts';
import { padChannels, scatter } from './move-cells.ts';

const FLOAT = 4;
const VECTOR_CELLS = 4;
const TAPS = DEPTHWISE_KERNEL ** 2;
/** About how many cells of the source are taken at a time: 128 KiB. */
const BLOCK_CELLS = 32_768;
const MOST_CHANNELS = 32;

export function isDepthwiseWindow([depth, height, width]: WindowLayout['axes']): boolean {
  const isSquare = [height, width].every(({ kernel, stride, dilation }) => kernel === DEPTHWISE_KERNEL && stride === 1 && dilation === 1);
  return isSquare && depth.kernel === 1 && depth.input === 1 && depth.output === 1;
}

/** As for a layer of one block of channels; the weights of a block, nine and the bias for each channel, lie behind it. */
export function layOutDepthwise(correlation: Correlation, channels: number, inputCells: number, outputCells: number): Layout {
  const block = Math.min(channels, MOST_CHANNELS, Math.max(1, Math.floor(BLOCK_CELLS / partCells(correlation.source))));
  const layout = layOutMemory(correlation, undefined, { groups: 1, inputs: block, outputs: block }, inputCells, outputCells);
  return { ...layout, bytes: layout.bytes + block * (TAPS + 1) * FLOAT };
}

/** The output. `base`: where the layer's own memory begins, which is reserved. */
export function runDepthwise(machine: Machine, layer: Layer, { input, weight, bias }: LayerTensors, base: number): Float32Array {
  const { correlation, channels, layout, batch, inputCells, outputCells } = layer;
  const { blockChannels, slotCells, sourceAt, rawAt } = layout;
  const [plane] = layout.planes;
  const memory = new Float32Array(machine.memory.buffer);
  const floatsAt = (at: number) => (base + at) / FLOAT;
  const output = new Float32Array(batch * channels.groups * outputCells);
  if (plane === undefined) return output;
  const weightsAt = layout.bytes - blockChannels * (TAPS + 1) * FLOAT;
  memory.fill(0, floatsAt(sourceAt), floatsAt(sourceAt) + slotCells);
  const inputPitch = correlation.source[2].cells * FLOAT;
  const { count: rows, pitch } = plane.runs;
  for (let sample = 0; sample < batch; sample++) {
    for (let first = 0; first < channels.groups; first += blockChannels) {
      const count = Math.min(blockChannels, channels.groups - first);
      const from = (sample * channels.groups + first) * inputCells;
      memory.set(input.subarray(from, from + count * inputCells), floatsAt(rawAt));
      if (rawAt !== sourceAt) padChannels(machine, layer, count, base, 1);
      for (let channel = 0; channel < count; channel++) {
        const own = floatsAt(weightsAt) + channel * (TAPS + 1);
        memory.set(weight.subarray((first + channel) * TAPS, (first + channel + 1) * TAPS), own);
        memory[own + TAPS] = bias?.[first + channel] ?? 0;
        const source = base + sourceAt + channel * layout.partCells * FLOAT;
        const target = base + plane.at + channel * plane.channelPitch;
        machine.functions.depthwise(source, inputPitch, own * FLOAT, target, rows, pitch / VECTOR_CELLS);
      }
      if (layout.isScattered) scatter(machine, layer, plane, count, base);
      const at = floatsAt(layout.outputAt);
      output.set(memory.subarray(at, at + count * outputCells), (sample * channels.groups + first) * outputCells);
    }
  }
  return output;
}
