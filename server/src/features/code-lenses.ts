// Code lenses: above each network, which sizes fit and what it costs.
import { substitute } from '../dims/arithmetic.ts';
import type { Analysis } from '../analysis/analyse.ts';
import type { Network } from '../network/network.ts';
import { axisWindowsOf } from '../operators/of-node.ts';
import type { Range } from '../text/range.ts';
import { totalCost } from './cost.ts';
import { formatCount } from './count.ts';
import { fittingSymbols, jointConditions } from './fitting-sizes.ts';
import { sampleSizes } from './summary.ts';

export interface CodeLens {
  readonly range: Range;
  readonly title: string;
}

/** A place to open the preview from. */
export interface PreviewLens {
  readonly range: Range;
  /** Where the layer starts that is shown first. */
  readonly layerAt: number;
}

export function codeLenses({ document }: Analysis): CodeLens[] {
  return document.networks.map((network) => ({ range: network.nameRange, title: lensTitle(network) })).filter(({ title }) => title !== '');
}

/** One above each network, for its first layer with a window, else for its first one. Scales of one file share a lens. */
export function previewLenses({ document }: Analysis): PreviewLens[] {
  const seen = new Set<number>();
  return document.networks.flatMap(({ nameRange, nodes }): PreviewLens[] => {
    const first = nodes.find((node) => axisWindowsOf(node) !== undefined) ?? nodes[0];
    if (first === undefined || seen.has(nameRange.start)) return [];
    seen.add(nameRange.start);
    const { frames, callRange } = first.source;
    return [{ range: nameRange, layerAt: (frames[0]?.callRange ?? callRange).start }];
  });
}

/** `fits: H = 0 mod 32, W = 0 mod 32 · 7.8 M parameters · 4.1 G MACs at 224x224`. */
function lensTitle(network: Network): string {
  const { parameters, macs } = totalCost(network.nodes);
  const samples = sampleSizes(network);
  const numbers = substitute(macs, samples);
  const input = network.inputs[0]?.shape?.slice(2).map((size) => substitute(size, samples)) ?? [];
  const place = input.length > 0 && input.every((size) => typeof size === 'number') ? ` at ${input.join('x')}` : '';
  const parts = [
    fitsText(network),
    typeof parameters === 'number' ? `${formatCount(parameters)} parameters` : '',
    typeof numbers === 'number' && numbers > 0 ? `${formatCount(numbers)} MACs${place}` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function fitsText(network: Network): string {
  const { pairs, unproven } = jointConditions(network);
  const narrowed = fittingSymbols(network).filter(({ summary }) => summary.residues.length < summary.modulus || summary.minimum > 1);
  const pairWords = pairs.map(({ names }) => `${names.join(' and ')} in pairs`);
  const words = [...narrowed.map((symbol) => symbol.words), ...pairWords];
  const open = unproven.length > 0 ? `, ${unproven.length} ${unproven.length === 1 ? 'condition' : 'conditions'} unproven` : '';
  return words.length === 0 && open === '' ? '' : `fits: ${words.length === 0 ? 'any size' : words.join(', ')}${open}`;
}
