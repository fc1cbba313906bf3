// The outline: networks and blocks with the layers that have names.
import type { Analysis } from '../analysis/analyse.ts';
import { formatShape } from '../dims/format.ts';
import type { Range } from '../text/range.ts';

export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'network' | 'block' | 'layer';
  readonly range: Range;
  readonly nameRange: Range;
  readonly children: readonly OutlineItem[];
}

export function outline({ document }: Analysis): OutlineItem[] {
  const networks = document.networks.map(({ name, range, nameRange, layers }): OutlineItem => {
    const children = layers.map((layer): OutlineItem => {
      const detail = layer.outputs.map(({ shape }) => formatShape(shape)).join(' ');
      return {
        name: layer.name === undefined ? layer.label : `${layer.name} = ${layer.label}`,
        detail,
        kind: 'layer',
        range: layer.range,
        nameRange: layer.range,
        children: [],
      };
    });
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
