// Concrete sizes beside symbolic ones: what shapes are at the samples of a network's symbols.
import { substitute, symbolsOf } from '../../dims/arithmetic.ts';
import { formatShape } from '../../dims/format.ts';
import type { Dimension, Shape } from '../../dims/size.ts';
import type { Network } from '../../network/network.ts';
import { sampleSizes } from '../summary.ts';

export function sampleShape(network: Network, shape: Shape): Shape {
  const sizes = sampleSizes(network);
  return shape?.map((size) => substitute(size, sizes));
}

export function sampleOf(network: Network, size: Dimension): Dimension {
  return substitute(size, sampleSizes(network));
}

/** `, at N=1, H=224: [1, 3, 224, 224]`, or nothing where the shapes have no symbols or no sample is given. */
export function atSample(network: Network, shapes: readonly Shape[]): string {
  const words = sampleWords(network, shapes);
  return words === '' ? '' : `, at ${words}: ${shapes.map((shape) => `\`${formatShape(sampleShape(network, shape))}\``).join(', ')}`;
}

/** The samples of the symbols that occur in the shapes; empty where none of the network's symbols has one. */
export function sampleWords(network: Network, shapes: readonly Shape[]): string {
  if (network.symbols.every(({ sample }) => sample === undefined)) return '';
  const used = new Set<string>();
  for (const shape of shapes) shape?.forEach((size) => symbolsOf(size, used));
  return [...sampleSizes(network)]
    .filter(([name]) => used.has(name))
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
