// The summary of networks: every layer with its sizes and costs, as data for the command line.
import { substitute } from '../dims/arithmetic.ts';
import { formatSize } from '../dims/format.ts';
import type { Dimension, Shape } from '../dims/size.ts';
import { receptiveFields, type AxisField } from '../inference/receptive-field.ts';
import { writtenShape, type Layer, type Network, type Node, type Tensor } from '../network/network.ts';
import type { Range } from '../text/range.ts';
import { addCosts, costOfLayers, totalCost } from './cost.ts';

/** A size as JSON has it: an integer, a size expression, or null where unknown. */
export type JsonSize = number | string | null;
export type JsonShape = readonly JsonSize[] | null;

export interface LayerSummary {
  readonly name: string | null;
  /** The number of the row in an indexed format, else the place among its neighbours. */
  readonly index: number;
  /** Whether `index` is the row of an indexed format. */
  readonly isRow: boolean;
  readonly operator: string;
  readonly range: Range;
  readonly inputs: readonly JsonShape[];
  readonly outputs: readonly JsonShape[];
  readonly parameters: JsonSize;
  readonly macs: JsonSize;
  readonly receptiveField: readonly number[];
  readonly children: readonly LayerSummary[];
}

export interface NetworkSummary {
  readonly name: string;
  readonly inputs: readonly { readonly name: string; readonly shape: JsonShape }[];
  readonly layers: readonly LayerSummary[];
  readonly outputs: readonly { readonly name: string; readonly shape: JsonShape }[];
  readonly totals: { readonly layers: number; readonly parameters: JsonSize; readonly macs: JsonSize; readonly activations: JsonSize };
}

/** `sizes` puts numbers for symbols; a symbol that it does not name stays. */
export function summarise(network: Network, sizes: ReadonlyMap<string, number>): NetworkSummary {
  const fields = receptiveFields(network);
  const size = (dimension: Dimension): JsonSize => toJson(substitute(dimension, sizes));
  const shapeOf = (shape: Shape): JsonShape => (shape === undefined ? null : shape.map(size));
  const shapesOf = (tensors: readonly Tensor[]): JsonShape[] => tensors.map((tensor) => shapeOf(writtenShape(tensor)));
  const costs = costOfLayers(network.layers);
  const layer = (from: Layer, index: number): LayerSummary => {
    const cost = costs.get(from) ?? addCosts([]);
    return {
      name: from.name ?? null,
      index: from.index ?? index,
      isRow: from.index !== undefined,
      operator: from.label,
      range: from.range,
      inputs: shapesOf(from.inputs),
      outputs: shapesOf(from.outputs),
      parameters: size(cost.parameters),
      macs: size(cost.macs),
      receptiveField: fieldOf(fields, from),
      children: from.children.map(layer),
    };
  };
  const totals = totalCost(network.nodes);
  return {
    name: network.name,
    inputs: network.inputs.map((tensor) => ({ name: tensor.label, shape: shapeOf(writtenShape(tensor)) })),
    layers: network.layers.map(layer),
    outputs: network.outputs.map(({ name, tensor }) => ({ name, shape: shapeOf(writtenShape(tensor)) })),
    totals: {
      layers: network.nodes.length,
      parameters: size(totals.parameters),
      macs: size(totals.macs),
      activations: size(totals.activations),
    },
  };
}

/** Numbers for symbols: the samples, and 1 for a batch without one. Other symbols without a sample stay symbols. */
export function sampleSizes(network: Network): ReadonlyMap<string, number> {
  const batches = new Set(network.inputs.flatMap(({ shape }) => (shape === undefined || shape.length < 2 ? [] : [formatSize(shape[0])])));
  return new Map(
    network.symbols.flatMap(({ name, sample }) => {
      const size = sample ?? (batches.has(name) ? 1 : undefined);
      return size === undefined ? [] : [[name, size] as const];
    }),
  );
}

function fieldOf(fields: ReadonlyMap<Node, readonly AxisField[]>, layer: Layer): number[] {
  const node = layer.node ?? layer.outputs[0]?.producer;
  return (node === undefined ? [] : (fields.get(node) ?? [])).map(({ size }) => size);
}

function toJson(dimension: Dimension): JsonSize {
  if (dimension === undefined) return null;
  return typeof dimension === 'number' ? dimension : formatSize(dimension);
}
