// A row at every scale of its file: what comes out, and how much it learns.
import { formatSize } from '../../dims/format.ts';
import type { Layer, Network } from '../../network/network.ts';
import { addCosts, costOfLayers } from '../cost.ts';
import { countOf } from './layer.ts';
import { sampleOf, sampleShape } from './sample.ts';

/** A table with a line for each scale; empty where the file has one network of the row alone. */
export function scalesText(networks: readonly Network[], row: Layer): string {
  const rows = networks.flatMap((network) => {
    const layer = row.index === undefined ? undefined : network.layers[row.index];
    return layer?.nameRange?.start === row.nameRange?.start && layer !== undefined ? [{ network, layer }] : [];
  });
  if (rows.length < 2) return '';
  const lines = rows.map(({ network, layer }) => {
    const sizes = layer.outputs.slice(0, 4).map(({ shape }) => (sampleShape(network, shape) ?? []).slice(1).map(formatSize).join('x'));
    const { parameters } = costOfLayers([layer]).get(layer) ?? addCosts([]);
    const more = layer.outputs.length > 4 ? ', …' : '';
    return `| ${network.name} | ${sizes.join(', ')}${more} | ${countOf(sampleOf(network, parameters)) ?? '?'} |`;
  });
  return ['| scale | output | parameters |', '|---|---|---|', ...lines].join('\n');
}
