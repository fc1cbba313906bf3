// One call of a Keras layer while it is lowered: its settings, its inputs, and operators applied in its name.
import type { Dimension, Shape } from '../../dims/size.ts';
import type { ArgumentValue } from '../../network/argument.ts';
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Fault } from '../../network/fault.ts';
import { symbolsOf } from '../../dims/arithmetic.ts';
import { formatShape, formatSize } from '../../dims/format.ts';
import { writtenShape, type Frame, type Layer, type Node, type Tensor, type TextIdea } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { argumentNames } from './argument-names.ts';
import type { Config, Setting } from './config.ts';
import type { JsonNode } from './json.ts';
import type { KerasFormat, KerasLayer } from './tree.ts';

export interface LayerUse {
  readonly builder: NetworkBuilder;
  readonly format: KerasFormat;
  readonly layer: KerasLayer;
  readonly config: Config;
  readonly inputs: readonly Tensor[];
  readonly inputRanges: readonly Range[];
  /** Under which name of the call an input is handed over; undefined for one that goes by its place. */
  readonly argumentNames: readonly (string | undefined)[];
  /** What the call says besides its tensors: `{"axis": -1}`. */
  readonly callSettings: Config;
  /** What Keras 3 writes of the call in its order, tensors among it. */
  readonly callArguments: readonly JsonNode[];
  readonly frames: readonly Frame[];
  /** What the call is made of, in order: nodes, and the layers that a wrapper runs. */
  readonly children: Layer[];
  /** False for every call of a shared layer but its first. */
  readonly isFirstCall: boolean;
  /** The symbols that stand for a null of an input's shape. */
  readonly openSizes: ReadonlySet<string>;
  /** The layer in whose name a node was applied. */
  readonly layerOf: (node: Node) => KerasLayer | undefined;
  /** Calls a layer that is written within the settings of this one. */
  readonly callInner: (node: JsonNode, inputs: readonly Tensor[]) => readonly Tensor[];
  /** Says, once for each class, why no sizes come out; a sentence without its end. */
  readonly tellUnsized: (because: string) => void;
}

/** What a type of layer comes to: its outputs. Where they are not known, a tensor without a shape. */
export type LayerRule = (use: LayerUse) => readonly Tensor[];

export type Settings = Readonly<Record<string, ArgumentValue | Setting>>;

/** What a node has besides its operator and settings: trained numbers that the operator does not count, ideas for where it does not fit. */
interface More {
  readonly parameters?: Dimension;
  readonly ideas?: readonly TextIdea[];
}

export function applyAll(
  use: LayerUse,
  operator: string,
  settings: Settings,
  inputs: readonly Tensor[],
  { parameters, ideas = [] }: More = {},
): Node {
  const entries = Object.entries(settings).map(([name, value]) => [name, isSetting(value) ? value : { value }] as const);
  const { layer, builder, frames } = use;
  const node = builder.apply({
    operator,
    arguments: new Map(entries.map(([name, { value }]) => [name, value])),
    inputs,
    source: {
      nameRange: layer.classRange,
      label: layer.className,
      name: layer.name,
      argumentNames: argumentNames(
        layer.className,
        entries.flatMap(([name, { key }]) => (key === undefined ? [] : [[name, key] as const])),
      ),
      callRange: layer.range,
      range: layer.range,
      argumentRanges: new Map(entries.flatMap(([name, { range }]) => (range === undefined ? [] : [[name, range]]))),
      inputRanges: use.inputRanges,
      frames,
    },
    ...(!use.isFirstCall && { sharesParameters: true }),
    ...(parameters !== undefined && { parameters }),
    ideas: () => ideas,
  });
  use.children.push({
    label: operator,
    kind: 'operator',
    range: layer.range,
    node,
    inputs: node.inputs,
    outputs: node.outputs,
    children: [],
  });
  return node;
}

/** The first output of an operator applied to tensors. */
export function apply(use: LayerUse, operator: string, settings: Settings, ...inputs: readonly Tensor[]): Tensor {
  return applyAll(use, operator, settings, inputs).outputs[0] ?? unknown(use);
}

/**
 * A layer that no operator says: its output has these sizes, and it learns so many numbers. It is a node all the same, so that what it
 * takes is used, and a network with it is not run.
 */
export function applyUnsaid(use: LayerUse, shape: Shape, parameters: Dimension, inputs = use.inputs): Tensor {
  // Not the class alone: it may have the name of an operator of ours.
  const node = applyAll(use, `${use.layer.className} of Keras`, {}, inputs, { parameters });
  const [output = unknown(use)] = node.outputs;
  return { ...output, shape };
}

export function unknown({ builder, layer }: LayerUse): Tensor {
  return builder.input(layer.name, undefined, layer.classRange);
}

export function report(
  { builder, layer, frames }: LayerUse,
  fault: Fault,
  range: Range = layer.classRange,
  ideas: readonly TextIdea[] = [],
): void {
  builder.report({ fault, range, frames, ideas });
}

/** Weights that the output's shape does not tell: their number is that of the cells of these sizes. */
export function addWeights(use: LayerUse, ...sizes: readonly ArgumentValue[]): void {
  apply(use, 'Parameter', { size: sizes });
}

/** The only input; where a layer is called on nothing, a tensor of which nothing is known. */
export function input(use: LayerUse): Tensor {
  return use.inputs[0] ?? unknown(use);
}

/**
 * Keras writes the channels of a tensor last unless told otherwise, and our operators have them first. A tensor of `layout`
 * channels_last has been moved: its shape has the channels first, and is shown with them last.
 */
export function channelsFirst(use: LayerUse, tensor: Tensor, rank: number): Tensor {
  if (tensor.layout === 'channels_last') return tensor;
  const order = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, at) => at + 1)];
  return { ...alsoCalled(tensor, apply(use, 'Permute', { dims: order }, tensor)), layout: 'channels_last' };
}

/** The tensor with its axes in the order in which the file means them. */
export function asWritten(use: LayerUse, tensor: Tensor): Tensor {
  if (tensor.layout !== 'channels_last') return tensor;
  const rank = tensor.shape?.length;
  if (rank === undefined) return unknown(use);
  const order = [0, ...Array.from({ length: rank - 2 }, (_, at) => at + 2), 1];
  return alsoCalled(tensor, apply(use, 'Permute', { dims: order }, tensor));
}

/** What is the same tensor to the file keeps its name and place. */
function alsoCalled({ label, range }: Tensor, moved: Tensor): Tensor {
  return { ...moved, label, range };
}

/** The tensor in the same layout as another, for operators that go cell by cell. */
export function alike(use: LayerUse, tensor: Tensor, other: Tensor): Tensor {
  if (tensor.layout === other.layout) return tensor;
  return other.layout === 'channels_last' && tensor.shape !== undefined
    ? channelsFirst(use, tensor, tensor.shape.length)
    : asWritten(use, tensor);
}

/** An axis, counted from the front with the channels first, of which a layer leaves no cell. */
export function reportEmpty(use: LayerUse, tensor: Tensor, axis: number, range = use.layer.classRange): void {
  const shape = tensor.shape ?? [];
  const names = ['length', 'height', 'width'].slice(shape.length === 3 ? 0 : 1);
  const name = shape.length === 5 ? ['depth', 'height', 'width'][axis - 2] : names[axis - 2];
  const message =
    `${use.layer.className} leaves nothing of the ${name ?? 'axis'}, which has ${formatSize(shape[axis])}.\n` +
    `The input is ${formatShape(writtenShape(tensor))}; a larger input, or less in ${use.layer.className}, leaves at least 1.`;
  const fault = { code: 'empty-output', reason: 'output-too-small', axis: axis - shape.length, input: shape[axis], output: 0 } as const;
  use.builder.report({ fault, range, frames: use.frames, words: { message, related: [] } });
}

/** What a `null` leaves open is no size for weights: Keras refuses to build a layer there. */
export function hasFixedSize(use: LayerUse, size: Dimension, what: string): void {
  if (size === undefined || typeof size === 'number' || ![...symbolsOf(size)].some((name) => use.openSizes.has(name))) return;
  const before = use.inputs[0]?.producer?.source;
  const isFlat = before?.label === 'Flatten';
  const message =
    `${use.layer.className} needs ${what} as a number, but it is ${formatSize(size)}, which a null in the shape of the input leaves open.\n` +
    `The layer has weights for it. Write a number for the null${isFlat ? ', or take GlobalAveragePooling2D in place of Flatten' : ''}.`;
  const ideas = isFlat
    ? [{ title: 'Change `Flatten` to `GlobalAveragePooling2D`', edits: [{ range: before.nameRange, newText: '"GlobalAveragePooling2D"' }] }]
    : [];
  report(use, { code: 'argument-range', reason: 'expression', message }, use.layer.classRange, ideas);
}

/** `dim_ordering` "th" is Keras 1 for channels first. */
export function dataFormat(config: Config): 'channels_first' | 'channels_last' {
  const written = config.text('data_format', 'dim_ordering');
  return written === 'channels_first' || written === 'th' ? 'channels_first' : 'channels_last';
}

function isSetting(value: ArgumentValue | Setting): value is Setting {
  return typeof value === 'object' && value !== null && 'value' in value && !('kind' in value);
}
