// The outline: networks and blocks with the layers that have names.
import type { Analysis } from '../analysis/analyse.ts';
import { formatShape } from '../dims/format.ts';
import { writtenShape, type Layer, type Network } from '../network/network.ts';
import type { Range } from '../text/range.ts';
import { rowLabel } from './rows.ts';

export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'network' | 'block' | 'layer';
  readonly range: Range;
  readonly nameRange: Range;
  readonly children: readonly OutlineItem[];
}

export function outline({ document }: Analysis): OutlineItem[] {
  const networks = document.networks.map((network): OutlineItem => {
    const { name, range, nameRange } = network;
    const children = network.layers.map((layer): OutlineItem => ({
      name: layer.name === undefined ? layer.label : `${layer.name} = ${layer.label}`,
      detail: detailOf(network, layer),
      kind: 'layer',
      range: layer.range,
      nameRange: layer.nameRange ?? layer.range,
      children: [],
    }));
    return { name, detail: 'net', kind: 'network', range, nameRange, children };
  });
  const blocks = document.blocks.map(({ name, range, nameRange, parameters }): OutlineItem => ({
    name,
    detail: `block(${parameters.join(', ')})`,
    kind: 'block',
    range,
    nameRange,
    children: [],
  }));
  return [...networks, ...blocks].sort((a, b) => a.range.start - b.range.start);
}

function detailOf(network: Network, layer: Layer): string {
  return layer.index === undefined ? layer.outputs.map((tensor) => formatShape(writtenShape(tensor))).join(' ') : rowLabel(network, layer);
}
