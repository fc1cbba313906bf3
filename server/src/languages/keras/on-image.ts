// Layers on images: their input with the channels first, as operators take it.
import type { Dimension } from '../../dims/size.ts';
import type { Tensor } from '../../network/network.ts';
import { asWritten, channelsFirst, dataFormat, input, unknown, type LayerUse } from './layer-use.ts';
import { hasRank } from './rank.ts';

/**
 * Hands a layer on images of `spatial` axes its input with the channels first, and gives back what comes out in the layout of
 * the file. A tensor with another number of axes is refused, as in Keras.
 */
export function onImage(use: LayerUse, spatial: number, body: (tensor: Tensor, channels: Dimension) => Tensor): readonly Tensor[] {
  const given = input(use);
  const rank = spatial + 2;
  if (!hasRank(use, given, rank)) return [unknown(use)];
  const isFirst = dataFormat(use.config) === 'channels_first';
  const tensor = isFirst ? asWritten(use, given) : channelsFirst(use, given, rank);
  const output = body(tensor, tensor.shape?.[1]);
  return [isFirst ? output : { ...output, layout: 'channels_last' }];
}
