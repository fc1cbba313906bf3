// Rows of indexed formats, as their authors count and write them: `#9 · 512x20x20`.
import { formatSize } from '../dims/format.ts';
import type { Shape } from '../dims/size.ts';
import { writtenShape, type Layer, type Network } from '../network/network.ts';
import { sampleShape } from './hover/sample.ts';

/** `#9 · 512x20x20`: the number and the sizes at the samples, without the batch, which these formats leave out. */
export function rowLabel(network: Network, { index, outputs }: Layer): string {
  const sizes = outputs.map((tensor) => withoutBatch(sampleShape(network, writtenShape(tensor)))).filter((size) => size !== '');
  return [`#${index ?? 0}`, sizes.join(' ')].filter((part) => part !== '').join(' · ');
}

/** `512x20x20`; a size that stays symbolic stands in brackets where it is no single word. Empty where the rank is not known. */
function withoutBatch(shape: Shape): string {
  if (shape === undefined) return '';
  return shape
    .slice(1)
    .map(formatSize)
    .map((size) => (/^[\w?]+$/.test(size) ? size : `(${size})`))
    .join('x');
}
