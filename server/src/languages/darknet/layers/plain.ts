// Sections without weights on one input: pools, resizes, softmax, losses, and those that hand their input on.
import type { Dimension } from '../../../dims/size.ts';
import { float, isList, type ArgumentValue } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { activate, blur, flatten, only, strides } from './convolution.ts';
import type { LayerReader, Lowered } from './reader.ts';

/** The padding is a total, by default the kernel less 1, of which the smaller half lies before. */
function pooled(reader: LayerReader, operator: 'MaxPool2d' | 'AvgPool2d', stride = strides(reader)): Tensor {
  const size = reader.integer('size', reader.integer('stride', 1));
  const padding = reader.integer('padding', size - 1);
  const before = Math.trunc(padding / 2);
  const steps = isList(stride[0]) ? stride[0] : [stride[0], stride[0]];
  const after = [2, 3].map((axis) => readPadding(reader.input.shape?.[axis], size, steps[axis - 2], before, padding - before));
  const [high = 0, wide = 0] = after;
  const isSymmetric = high === before && wide === before && before <= size / 2;
  const padded = isSymmetric
    ? reader.input
    : reader.apply('Pad', { pad: [[before, wide, before, high], 'padding'], value: [float(-Infinity)] });
  return reader.apply(operator, { kernel_size: [size, 'size'], stride, padding: [isSymmetric ? before : 0, 'padding'] }, [padded]);
}

/** As much of the padding behind the cells as a window reads: what is beyond the last one is left out. */
function readPadding(cells: Dimension, size: number, stride: ArgumentValue | undefined, before: number, after: number): number {
  if (typeof cells !== 'number' || typeof stride !== 'number' || stride < 1) return after;
  const unread = (cells + before + after - size) % stride;
  return unread >= 0 ? Math.max(after - unread, 0) : after;
}

export function maxpool(reader: LayerReader): Lowered {
  if (reader.dialect === 'AlexeyAB' && reader.integer('maxpool_depth', 0) !== 0) return maxpoolOfChannels(reader);
  const antialiasing = reader.dialect === 'AlexeyAB' ? reader.integer('antialiasing', 0) : 0;
  const output = pooled(reader, 'MaxPool2d', antialiasing === 0 ? strides(reader) : [1]);
  return { output, following: antialiasing === 0 ? output : blur(reader, output, antialiasing) };
}

/** The largest of every `out_channels`-th channel. */
function maxpoolOfChannels(reader: LayerReader): Lowered {
  const channels = reader.integer('out_channels', 1);
  reader.differ(reader.section.headerRange, `maxpool_depth=1 gives ${channels} channels to AlexeyAB's and is passed over by pjreddie's`);
  const { input } = reader;
  const depth = input.shape?.[1];
  if (typeof depth !== 'number' || channels < 1 || depth % channels !== 0) return only({ ...input, shape: undefined });
  const groups = reader.apply('Unflatten', { dim: [1], unflattened_size: [[depth / channels, channels]] });
  return only(reader.apply('Amax', { dim: [1] }, [groups]));
}

export function localAvgpool(reader: LayerReader): Lowered {
  return only(pooled(reader, 'AvgPool2d'));
}

export function avgpool(reader: LayerReader): Lowered {
  return only(reader.apply('AdaptiveAvgPool2d', { output_size: [1] }));
}

export function upsample(reader: LayerReader): Lowered {
  const stride = reader.integer('stride', 2);
  if (stride < 0) return only(reader.apply('AvgPool2d', { kernel_size: [-stride, 'stride'] }));
  return only(reader.apply('Upsample', { scale_factor: [stride, 'stride'] }));
}

export function reorg(reader: LayerReader): Lowered {
  const stride = reader.integer('stride', 1);
  const extra = reader.dialect === 'pjreddie' ? reader.integer('extra', 0) : 0;
  // A flat copy, with room for more numbers.
  if (extra > 0) return only(reader.apply('Pad', { pad: [[0, extra], 'extra'] }, [flatten(reader)]));
  return only(
    reader.integer('reverse', 0) !== 0
      ? reader.apply('PixelShuffle', { upscale_factor: [stride, 'stride'] })
      : reader.apply('PixelUnshuffle', { downscale_factor: [stride, 'stride'] }),
  );
}

export function crop(reader: LayerReader): Lowered {
  return only(reader.apply('CenterCrop', { size: [[reader.integer('crop_height', 1), reader.integer('crop_width', 1)], 'crop_height'] }));
}

export function dropout(reader: LayerReader): Lowered {
  return only(reader.apply('Dropout', { p: [float(Number.parseFloat(reader.text('probability', '.2')) || 0), 'probability'] }));
}

export function softmax(reader: LayerReader): Lowered {
  return only(reader.apply('Softmax', { dim: [1] }, [flatten(reader)]));
}

/** What comes out has no height and width. */
export function flat(reader: LayerReader): Lowered {
  return only(reader.apply('Identity', {}, [flatten(reader)]));
}

export function activation(reader: LayerReader): Lowered {
  return only(activate(reader, reader.apply('Identity', {}), 'linear'));
}

export function same(reader: LayerReader): Lowered {
  return only(reader.apply('Identity', {}));
}
