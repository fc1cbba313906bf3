// Inlay hints: behind each line, the size that comes out of it.
import type { Analysis } from '../analysis/analyse.ts';
import { formatShape } from '../dims/format.ts';
import { writtenShape, type Layer, type Network } from '../network/network.ts';
import type { Range } from '../text/range.ts';
import { atSample } from './hover/sample.ts';
import { rowLabel } from './rows.ts';

export interface InlayHint {
  /** Where the line's statement ends. */
  readonly offset: number;
  readonly label: string;
  /** Markdown. */
  readonly tooltip: string;
}

/** The hints in a part of the text. A line of a block shows its first use, and says so where its uses differ. */
export function inlayHints({ document }: Analysis, within: Range): InlayHint[] {
  const byEnd = new Map<number, { labels: Set<string>; network: Network; layer: Layer }>();
  const collect = (network: Network, layers: readonly Layer[]) => {
    for (const layer of layers) {
      // A row stands for all that it unrolls to.
      if (layer.nameRange === undefined) collect(network, layer.children);
      const { start } = layer.range;
      // A layer that reaches over many lines has its hint where it says what it is.
      const { end } = layer.index === undefined ? (layer.nameRange ?? layer.range) : layer.range;
      if (layer.kind === 'group' || layer.kind === 'reference' || start > within.end || end < within.start) continue;
      const label =
        layer.index === undefined ? layer.outputs.map((tensor) => formatShape(writtenShape(tensor))).join(' ') : rowLabel(network, layer);
      const known = byEnd.get(end);
      if (known === undefined) byEnd.set(end, { labels: new Set([label]), network, layer });
      else known.labels.add(label);
    }
  };
  for (const network of document.networks) collect(network, network.layers);
  return [...byEnd].flatMap(([offset, { labels, network, layer }]) => {
    const [first = ''] = labels;
    // The number of a row says something even where its sizes are not known.
    if (first === '' || (layer.index === undefined && layer.outputs.every(({ shape }) => shape === undefined))) return [];
    const others = labels.size === 1 ? '' : ' …';
    const tooltip = `Output of ${layer.index === undefined ? '' : `layer ${layer.index}, `}\`${layer.label}\`${atSample(
      network,
      layer.outputs.map(writtenShape),
    )}`;
    return [
      {
        offset,
        label: `${first}${others}`,
        tooltip: others === '' ? tooltip : `${tooltip}\n\nThe first of ${labels.size} sizes that this line has in its uses.`,
      },
    ];
  });
}
