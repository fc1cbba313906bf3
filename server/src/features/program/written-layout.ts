// Tensors in the layout of the file: a Keras model has its channels last, where programs have them first.
import type { Network, Tensor } from '../../network/network.ts';
import { gather, stridesOf, evenOffsets } from '../../reference/gather.ts';
import type { TensorData } from '../../reference/tensor-data.ts';

/** Tensors as the file has them, by the names of the network's inputs, as its program takes them. */
export function toProgramLayout({ inputs }: Network, tensors: ReadonlyMap<string, TensorData>): ReadonlyMap<string, TensorData> {
  return mapTensors(tensors, new Map(inputs.map((input) => [input.label, input])), (tensor) =>
    permuted(tensor, channelsFirst(tensor.shape)),
  );
}

/** What a program gave, by the names of the network's outputs, as the file has it. */
export function toWrittenLayout({ outputs }: Network, tensors: ReadonlyMap<string, TensorData>): ReadonlyMap<string, TensorData> {
  return mapTensors(tensors, new Map(outputs.map(({ name, tensor }) => [name, tensor])), (tensor) =>
    permuted(tensor, channelsLast(tensor.shape)),
  );
}

/** The shape of an input's tensor as the program has it. */
export function programShape({ layout }: Tensor, shape: readonly number[]): readonly number[] {
  return layout === 'channels_last' ? channelsFirst(shape).map((axis) => shape[axis] ?? 1) : shape;
}

function mapTensors(
  tensors: ReadonlyMap<string, TensorData>,
  places: ReadonlyMap<string, Tensor>,
  change: (tensor: TensorData) => TensorData,
): ReadonlyMap<string, TensorData> {
  return new Map([...tensors].map(([name, tensor]) => [name, places.get(name)?.layout === 'channels_last' ? change(tensor) : tensor]));
}

/** The axes in the order in which they come out. */
function channelsFirst(shape: readonly number[]): readonly number[] {
  const axes = shape.map((_, axis) => axis);
  return [...axes.slice(0, 1), ...axes.slice(1).slice(-1), ...axes.slice(1, -1)];
}

function channelsLast(shape: readonly number[]): readonly number[] {
  const axes = shape.map((_, axis) => axis);
  return [...axes.slice(0, 1), ...axes.slice(2), ...axes.slice(1, 2)];
}

function permuted({ shape, data }: TensorData, order: readonly number[]): TensorData {
  const strides = stridesOf(shape);
  const sizes = order.map((axis) => shape[axis] ?? 1);
  return {
    shape: sizes,
    data: gather(
      data,
      order.map((axis, at) => evenOffsets(sizes[at] ?? 1, strides[axis] ?? 1)),
    ),
  };
}
