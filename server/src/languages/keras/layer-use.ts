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
import type { KerasLayer } from './tree.ts';

export interface LayerUse {
  readonly builder: NetworkBuilder;
  readonly layer: KerasLayer;
  readonly config: Config;
  readonly inputs: readonly Tensor[];
  readonly inputRanges: readonly Range[];
  /** Under which name of the call an input is handed over; undefined for one that goes by its place. */
  readonly argumentNames: readonly (string | undefined)[];
  /** What the call says besides its tensors: `{"axis": -1}`. */
  readonly callSettings: Config;
  readonly frames: readonly Frame[];
  /** What the call is made of, in order: nodes, and the layers that a wrapper runs. */
  readonly children: Layer[];
  /** False for every call of a shared layer but its first. */
  readonly isFirstCall: boolean;
  /** The symbols that stand for a null of an input's shape. */
  readonly openSizes: ReadonlySet<string>;
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
      argumentNames,
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
  const node = applyAll(use, use.layer.className, {}, inputs, { parameters });
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
  return { ...apply(use, 'Permute', { dims: order }, tensor), layout: 'channels_last' };
}

/** The tensor with its axes in the order in which the file means them. */
export function asWritten(use: LayerUse, tensor: Tensor): Tensor {
  if (tensor.layout !== 'channels_last') return tensor;
  const rank = tensor.shape?.length;
  if (rank === undefined) return unknown(use);
  const order = [0, ...Array.from({ length: rank - 2 }, (_, at) => at + 2), 1];
  return apply(use, 'Permute', { dims: order }, tensor);
}

/** The tensor in the same layout as another, for operators that go cell by cell. */
export function alike(use: LayerUse, tensor: Tensor, other: Tensor): Tensor {
  if (tensor.layout === other.layout) return tensor;
  return other.layout === 'channels_last' && tensor.shape !== undefined
    ? channelsFirst(use, tensor, tensor.shape.length)
    : asWritten(use, tensor);
}

/**
 * Hands a layer on images of `spatial` axes its input with the channels first, and gives back what comes out in the layout of
 * the file. A tensor with another number of axes is refused, as in Keras.
 */
export function onImage(use: LayerUse, spatial: number, body: (tensor: Tensor, channels: Dimension) => Tensor): readonly Tensor[] {
  const given = input(use);
  const rank = spatial + 2;
  if (!hasRank(use, given, rank)) return [unknown(use)];
  const isFirst = dataFormat(use.config) === 'channels_first';
  const tensor = isFirst ? asWritten(use, given) : channelsFirst(use, given, rank);
  const output = body(tensor, tensor.shape?.[1]);
  return [isFirst ? output : { ...output, layout: 'channels_last' }];
}

/** Tells where a tensor has another number of axes than the layer takes, the batch included. */
export function hasRank(use: LayerUse, tensor: Tensor, rank: number): boolean {
  if (tensor.shape === undefined || tensor.shape.length === rank) return true;
  const shape = writtenShape(tensor);
  const { className } = use.layer;
  const message = `${className} takes ${rank} axes with the batch, but its input has ${tensor.shape.length}: ${formatShape(shape)}.`;
  use.builder.report({
    fault: { code: 'rank-mismatch', reason: 'bad-rank', input: 0, shape, expected: `${rank} axes with the batch` },
    range: use.layer.classRange,
    frames: use.frames,
    words: { message, related: [] },
    ideas: rankIdeas(use, rank),
  });
  return false;
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

/** The last step of a sequence where all of them are wanted: what the layer before gives is one setting away. */
function rankIdeas({ inputs: [given] }: LayerUse, rank: number): TextIdea[] {
  const select = given?.producer;
  const range = select?.operator === 'Select' ? select.source.argumentRanges.get('index') : undefined;
  return range !== undefined && given?.shape?.length === rank - 1
    ? [{ title: 'Change return_sequences to true', edits: [{ range, newText: 'true' }] }]
    : [];
}

function isSetting(value: ArgumentValue | Setting): value is Setting {
  return typeof value === 'object' && value !== null && 'value' in value && !('kind' in value);
}
