// One call of a Keras layer while it is lowered: its settings, its inputs, and operators applied in its name.
import type { Dimension } from '../../dims/size.ts';
import type { ArgumentValue } from '../../network/argument.ts';
import type { NetworkBuilder } from '../../network/builder.ts';
import type { Fault } from '../../network/fault.ts';
import { writtenShape, type Frame, type Node, type Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { argumentNames } from './argument-names.ts';
import type { Config, Setting } from './config.ts';
import type { KerasLayer } from './tree.ts';

export interface LayerUse {
  readonly builder: NetworkBuilder;
  readonly layer: KerasLayer;
  readonly config: Config;
  readonly inputs: readonly Tensor[];
  readonly inputRanges: readonly Range[];
  readonly frames: readonly Frame[];
  /** The nodes that the call is made of, in order. */
  readonly nodes: Node[];
  /** False for every call of a shared layer but its first. */
  readonly isFirstCall: boolean;
}

/** What a type of layer comes to: its outputs. Where they are not known, a tensor without a shape. */
export type LayerRule = (use: LayerUse) => readonly Tensor[];

export type Settings = Readonly<Record<string, ArgumentValue | Setting>>;

export function applyAll(use: LayerUse, operator: string, settings: Settings, inputs: readonly Tensor[]): Node {
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
  });
  use.nodes.push(node);
  return node;
}

/** The first output of an operator applied to tensors. */
export function apply(use: LayerUse, operator: string, settings: Settings, ...inputs: readonly Tensor[]): Tensor {
  return applyAll(use, operator, settings, inputs).outputs[0] ?? unknown(use);
}

export function unknown({ builder, layer }: LayerUse): Tensor {
  return builder.input(layer.name, undefined, layer.classRange);
}

export function report({ builder, layer, frames }: LayerUse, fault: Fault, range: Range = layer.classRange): void {
  builder.report({ fault, range, frames });
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
  if (given.shape !== undefined && given.shape.length !== rank) {
    report(use, {
      code: 'rank-mismatch',
      reason: 'bad-rank',
      input: 0,
      shape: writtenShape(given),
      expected: `${rank} axes with the batch`,
    });
    return [unknown(use)];
  }
  const isFirst = dataFormat(use.config) === 'channels_first';
  const tensor = isFirst ? asWritten(use, given) : channelsFirst(use, given, rank);
  const output = body(tensor, tensor.shape?.[1]);
  return [isFirst ? output : { ...output, layout: 'channels_last' }];
}

/** `dim_ordering` "th" is Keras 1 for channels first. */
export function dataFormat(config: Config): 'channels_first' | 'channels_last' {
  const written = config.text('data_format', 'dim_ordering');
  return written === 'channels_first' || written === 'th' ? 'channels_first' : 'channels_last';
}

function isSetting(value: ArgumentValue | Setting): value is Setting {
  return typeof value === 'object' && value !== null && 'value' in value && !('kind' in value);
}
