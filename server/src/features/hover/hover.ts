// Hovers: what is known of the word under the cursor.
import type { Analysis } from '../../analysis/analyse.ts';
import type { Range } from '../../text/range.ts';
import { argumentAt, nodeAt, referenceAt, rowAt } from '../locate.ts';
import { argumentHover, legalNow } from './argument.ts';
import { freeSizeHover } from './free-size.ts';
import { layerHover } from './layer.ts';
import { blockElsewhereText, referenceHover } from './reference.ts';
import { rowHover } from './row.ts';
import { scalesText } from './scales.ts';

export interface Hover {
  readonly range: Range;
  /** Markdown. */
  readonly text: string;
  /** Where the layer starts that it is about. */
  readonly layerAt?: number;
}

/** `docs` is the address of the rules' pages, for links. */
export function hoverAt(analysis: Analysis, offset: number, docs?: string): Hover | undefined {
  const row = rowAt(analysis, offset);
  if (row !== undefined) {
    const block = referenceAt(analysis, row.range.start)?.block;
    const scales = scalesText(analysis.document.networks, row.layer);
    const parts = [
      rowHover(row.network, row.layer, docs),
      scales === '' ? undefined : scales,
      block === undefined ? undefined : blockElsewhereText(block),
    ];
    return { range: row.range, text: parts.filter((part) => part !== undefined).join('\n\n---\n\n'), layerAt: row.range.start };
  }
  const layer = nodeAt(analysis, offset);
  if (layer !== undefined) {
    const { nameRange, callRange } = layer.node.source;
    return { range: nameRange, text: layerHover(layer, docs), layerAt: callRange.start };
  }
  const size = freeSizeHover(analysis, offset);
  if (size !== undefined) return size;
  const reference = referenceAt(analysis, offset);
  const argument = argumentAt(analysis, offset);
  const help = analysis.language.describe?.(analysis.source.text, offset, {
    path: analysis.source.path,
    modules: analysis.options.modules ?? [],
  });
  // Inside an argument the argument is what one asks about, in the words of its format; the name in it is said below.
  const parts = [
    argument === undefined ? help?.text : help === undefined ? argumentHover(argument) : [help.text, ...legalNow(argument)].join('\n\n'),
    reference === undefined ? undefined : referenceHover(analysis, reference),
  ];
  const text = parts.filter((part) => part !== undefined).join('\n\n---\n\n');
  const range = reference?.range ?? help?.range ?? argument?.range;
  return range === undefined || text === '' ? undefined : { range, text };
}
