// The hover of a layer: its sizes, the arithmetic behind them, what the guide calls it, and what it costs.
import { multiply, symbolsOf } from '../../dims/arithmetic.ts';
import { isEqual } from '../../dims/compare.ts';
import { formatShape, formatSize } from '../../dims/format.ts';
import { isConcrete, type Dimension, type Shape } from '../../dims/size.ts';
import { receptiveFields } from '../../inference/receptive-field.ts';
import type { Network, Node } from '../../network/network.ts';
import { axisWindowsOf } from '../../operators/of-node.ts';
import { operators } from '../../operators/registry.ts';
import { costOf, type NodeCost } from '../cost.ts';
import { formatBytes, formatCount } from '../count.ts';
import type { PlacedNode } from '../locate.ts';
import { sampleSizes } from '../summary.ts';
import { sampleOf, sampleShape, sampleWords } from './sample.ts';
import { windowText } from './window.ts';

/** `docs` is the address of the rules' pages, beside which the guide's relationships have theirs. */
export function layerHover({ node, network, uses }: PlacedNode, docs?: string): string {
  const operator = operators.get(node.operator);
  const inputs = node.inputs.map(({ shape }) => shape);
  const outputs = node.outputs.map(({ shape }) => shape);
  const windows = axisWindowsOf(node);
  const lines = [
    `**${node.operator}**${operator === undefined ? '' : ` · ${operator.summary}`}`,
    sizesText(inputs, outputs, network),
    windows === undefined ? '' : windowText(node, network, windows, docs),
    costText(costOf(node), network),
    fieldText(node, network, windows?.length),
    uses > 1 ? `*The first of ${uses} uses of this line.*` : '',
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

/** `[N, 3, H, W]` → `[N, 64, H, W]`, and the same at the samples. */
export function sizesText(inputs: readonly Shape[], outputs: readonly Shape[], network: Network): string {
  const words = sampleWords(network, [...inputs, ...outputs]);
  const sizes = (shapes: readonly Shape[]) => shapes.slice(0, 4).map(formatShape).join(', ') + (shapes.length > 4 ? ', …' : '');
  const concrete = (shapes: readonly Shape[]) => sizes(shapes.map((shape) => sampleShape(network, shape)));
  return `\`${sizes(inputs)}\` → \`${sizes(outputs)}\`${words === '' ? '' : `  \nat ${words}: \`${concrete(inputs)}\` → \`${concrete(outputs)}\``}`;
}

/** Parameters, multiply-accumulates and activation memory, at the samples. */
export function costText(cost: NodeCost, network: Network): string {
  const counted = [
    { size: cost.parameters, text: countOf(sampleOf(network, cost.parameters)), noun: 'parameters' },
    { size: cost.macs, text: countOf(sampleOf(network, cost.macs)), noun: 'MACs' },
    { size: cost.activations, text: bytesOf(multiply(sampleOf(network, cost.activations), 4)), noun: 'of activations (float32)' },
  ].filter(({ size, text }) => text !== undefined && isEqual(size, 0) !== true);
  if (counted.length === 0) return '';
  return (
    counted.map(({ text, noun }) => `${text ?? ''} ${noun}`).join(' · ') +
    batchText(
      counted.map(({ size }) => size),
      network,
    )
  );
}

/** Where no sample is given the sizes stay symbolic, but costs are those of a batch of 1. */
function batchText(sizes: readonly Dimension[], network: Network): string {
  if (network.symbols.some(({ sample }) => sample !== undefined)) return '';
  const used = new Set<string>();
  for (const size of sizes) symbolsOf(size, used);
  const words = [...sampleSizes(network)].filter(([name]) => used.has(name)).map(([name, value]) => `${name}=${value}`);
  return words.length === 0 ? '' : `, at ${words.join(', ')}`;
}

/** Longer expressions say less than they take room. */
const LONGEST_COUNT = 60;

export function countOf(size: Dimension): string | undefined {
  if (size === undefined) return undefined;
  if (isConcrete(size)) return formatCount(size);
  const text = formatSize(size);
  return text.length > LONGEST_COUNT ? undefined : `\`${text}\``;
}

function bytesOf(size: Dimension): string | undefined {
  if (isConcrete(size)) return formatBytes(size);
  const count = countOf(size);
  return count === undefined ? undefined : `${count} B`;
}

/** Without a batch the axes are not those of an image, and nothing is said. */
export function fieldText(node: Node, network: Network, axes: number | undefined): string {
  const fields = receptiveFields(network).get(node);
  if (fields === undefined || fields.length === 0 || fields.length !== (axes ?? fields.length)) return '';
  const words = (values: readonly number[]) => values.map((value) => String(Number(value.toFixed(3))));
  const list = (values: readonly number[]) => (new Set(words(values)).size === 1 ? (words(values)[0] ?? '') : words(values).join(' x '));
  return `receptive field ${words(fields.map(({ size }) => size)).join(' x ')} · jump ${list(fields.map(({ jump }) => jump))} · offset ${list(fields.map(({ offset }) => offset))}`;
}
