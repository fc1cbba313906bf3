// PixelShuffle, PixelUnshuffle and ChannelShuffle: axes taken apart, put into another order and made one again.
import type { Kernel } from './kernel.ts';
import { inputAt, outputShapeAt, wholeOf } from './kernel-call.ts';
import { gather, offsetsOf } from './gather.ts';
import { elementCount } from './tensor-data.ts';

export const shuffleKernels: readonly Kernel[] = [
  {
    operator: 'PixelShuffle',
    reads: 'copies',
    run: (call) => {
      const factor = wholeOf(call.arguments, 'upscale_factor');
      const [planes, height, width] = planesOf(inputAt(call).shape);
      // Channels are (channel, row in the cell, column in the cell).
      return [
        {
          shape: outputShapeAt(call),
          data: reorder(inputAt(call).data, [planes / factor ** 2, factor, factor, height, width], [0, 3, 1, 4, 2]),
        },
      ];
    },
  },
  {
    operator: 'PixelUnshuffle',
    reads: 'copies',
    run: (call) => {
      const factor = wholeOf(call.arguments, 'downscale_factor');
      const [planes, height, width] = planesOf(inputAt(call).shape);
      const apart = [planes, height / factor, factor, width / factor, factor];
      return [{ shape: outputShapeAt(call), data: reorder(inputAt(call).data, apart, [0, 2, 4, 1, 3]) }];
    },
  },
  {
    operator: 'ChannelShuffle',
    reads: 'copies',
    run: (call) => {
      const { shape, data } = inputAt(call);
      const groups = wholeOf(call.arguments, 'groups');
      const [batch = 1, channels = 1] = shape;
      return [{ shape, data: reorder(data, [batch, groups, channels / groups, elementCount(shape.slice(2))], [0, 2, 1, 3]) }];
    },
  },
];

/** Batch and channels as one number, for these never mix across channels but in whole groups. */
function planesOf(shape: readonly number[]): readonly [planes: number, height: number, width: number] {
  return [elementCount(shape.slice(0, -2)), shape.at(-2) ?? 1, shape.at(-1) ?? 1];
}

function reorder(data: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const own = offsetsOf(shape);
  return gather(
    data,
    order.map((axis) => own[axis] ?? []),
  );
}
