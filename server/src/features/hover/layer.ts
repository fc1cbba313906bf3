// The hover of a layer: its sizes, the arithmetic behind them, what the guide calls it, and what it costs.
import { formatShape, formatSize } from '../../dims/format.ts';
import { isConcrete, type Dimension, type Shape } from '../../dims/size.ts';
import { receptiveFields } from '../../inference/receptive-field.ts';
import type { Network, Node } from '../../network/network.ts';
import { createCall } from '../../operators/call.ts';
import { operators } from '../../operators/registry.ts';
import { costOf, type NodeCost } from '../cost.ts';
import { formatBytes, formatCount } from '../count.ts';
import type { PlacedNode } from '../locate.ts';
import { sampleOf, sampleShape, sampleWords } from './sample.ts';
import { windowText } from './window.ts';

export function layerHover({ node, network, uses }: PlacedNode): string {
  const operator = operators.get(node.operator);
  const inputs = node.inputs.map(({ shape }) => shape);
  const outputs = node.outputs.map(({ shape }) => shape);
  const windows = operator?.windows?.(createCall(operator, node.arguments, inputs));
  const lines = [
    `**${node.operator}**${operator === undefined ? '' : ` · ${operator.summary}`}`,
    sizesText(inputs, outputs, network),
    windows === undefined ? '' : windowText(node, network, windows),
    costText(costOf(node), network),
    fieldText(node, network),
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
  const [parameters, macs, activations] = [cost.parameters, cost.macs, cost.activations].map((size) => sampleOf(network, size));
  const parts = [
    parameters === 0 ? '' : `${countOf(parameters)} parameters`,
    macs === 0 ? '' : `${countOf(macs)} MACs`,
    isConcrete(activations) ? `${formatBytes(activations * 4)} of activations (float32)` : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function countOf(size: Dimension): string {
  return isConcrete(size) ? formatCount(size) : formatSize(size);
}

function fieldText(node: Node, network: Network): string {
  const fields = receptiveFields(network).get(node);
  if (fields === undefined || fields.length === 0) return '';
  const list = (values: readonly number[]) => values.map((value) => Number(value.toFixed(3))).join(' x ');
  return `Receptive field ${list(fields.map(({ size }) => size))} · jump ${list(fields.map(({ jump }) => jump))} · offset ${list(fields.map(({ offset }) => offset))}`;
}
