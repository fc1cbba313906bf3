// Tensors as the panel shows them: maps of channels, within a bound on what is sent.
import type { EncodedTensor, KernelTensor, MapTensor, ShownParts } from '../../protocol/preview.ts';
import type { WindowDescription } from '../../protocol/preview-window.ts';
import { elementCount, type TensorData } from '../../reference/tensor-data.ts';

/** As many numbers of one tensor are sent: a map of 1024 x 1024, or 64 of 128 x 128. */
const MOST_NUMBERS = 2 ** 20;

/** The first item of the batch as `[channels, planes, rows, columns]`, `wanted` among the channels; undefined where one channel alone is too large. `spatial` is the number of axes of a window. */
export function mapsOf(tensor: TensorData, spatial: number | undefined, wanted: number): MapTensor | undefined {
  const { shape, layout, data } = laidOut(tensor, spatial);
  const [channels = 1, ...axes] = shape;
  const size = elementCount(axes);
  if (size > MOST_NUMBERS) return undefined;
  const [first, count] = blockWith(wanted, Math.floor(MOST_NUMBERS / Math.max(size, 1)), channels);
  return { channels, first, layout, maps: encode([count, ...axes], data.subarray(first * size, (first + count) * size)) };
}

/** Of `all` things at most `most`, but one at least, with `wanted` among them: where they start, and how many there are. Neighbours come in the same block. */
function blockWith(wanted: number, most: number, all: number): readonly [number, number] {
  const count = Math.min(Math.max(most, 1), all);
  const at = Math.min(Math.max(wanted, 0), all - 1);
  return [Math.min(Math.floor(at / count) * count, all - count), count];
}

function laidOut(
  { shape, data }: TensorData,
  spatial: number | undefined,
): { shape: readonly number[]; layout: MapTensor['layout']; data: Float32Array } {
  const axes = spatial ?? (shape.length >= 4 ? shape.length - 2 : 0);
  if (axes > 0 && axes <= 3) {
    const own = shape.slice(shape.length - axes);
    const channels = shape[shape.length - axes - 1] ?? 1;
    const padded = [...Array.from({ length: 3 - axes }, () => 1), ...own];
    return {
      shape: [channels, ...padded],
      layout: axes === 1 ? 'sequence' : 'image',
      data: data.subarray(0, channels * elementCount(own)),
    };
  }
  // Features: the last two axes are rows and columns; a single long row is wrapped so that it can be seen.
  const [rows = 1, columns = 1] = shape.length >= 3 ? shape.slice(-2) : [1, shape[shape.length - 1] ?? 1];
  if (rows > 1 || columns <= ROW) return { shape: [1, 1, rows, columns], layout: 'features', data: data.subarray(0, rows * columns) };
  const wrapped = Math.ceil(columns / ROW);
  const filled = new Float32Array(wrapped * ROW).fill(NaN);
  filled.set(data.subarray(0, columns));
  return { shape: [1, 1, wrapped, ROW], layout: 'features', data: filled };
}

const ROW = 32;

/** Kernels in the order of a convolution, also where the layer is a transposed one; the kernel between the two channels that are shown is among them. */
export function kernelsOf(
  weight: TensorData,
  { kind, groups, axes }: WindowDescription,
  channels: number,
  { inputChannel, outputChannel }: ShownParts,
): KernelTensor {
  const kernel = weight.shape.slice(2);
  const cells = Math.max(elementCount(kernel), 1);
  const isTransposed = kind === 'transposed';
  const perGroup = isTransposed ? Math.floor((weight.shape[0] ?? 1) / groups) : (weight.shape[1] ?? 1);
  const outputsPerGroup = Math.max(Math.floor(channels / groups), 1);
  const [firstInput, inputs] = blockWith(inputChannel % Math.max(perGroup, 1), Math.floor(MOST_NUMBERS / cells), perGroup);
  const [firstOutput, outputs] = blockWith(outputChannel, Math.floor(MOST_NUMBERS / Math.max(inputs * cells, 1)), channels);
  const data = new Float32Array(outputs * inputs * cells);
  for (let output = 0; output < outputs; output++) {
    const channel = firstOutput + output;
    const group = Math.floor(channel / outputsPerGroup);
    for (let input = 0; input < inputs; input++) {
      const from = firstInput + input;
      const start = isTransposed
        ? ((group * perGroup + from) * (weight.shape[1] ?? 1) + (channel % outputsPerGroup)) * cells
        : (channel * (weight.shape[1] ?? 1) + from) * cells;
      data.set(weight.data.subarray(start, start + cells), (output * inputs + input) * cells);
    }
  }
  const padded = [...Array.from({ length: 3 - axes.length }, () => 1), ...kernel];
  return { firstOutput, firstInput, tensor: encode([outputs, inputs, ...padded], data) };
}

export function biasOf({ data }: TensorData, { first, maps }: MapTensor): EncodedTensor {
  const count = maps.shape[0] ?? 0;
  return encode([count], data.subarray(first, first + count));
}

const SIDE = 44;

/** The mean over all channels of the first item, at most 44 cells on each side. */
export function thumbnailOf(tensor: TensorData): EncodedTensor {
  const { shape, data } = laidOut(tensor, undefined);
  const [channels = 1, planes = 1, rows = 1, columns = 1] = shape;
  const [height, width] = [Math.min(rows, SIDE), Math.min(columns, SIDE)];
  const result = new Float32Array(height * width);
  const plane = Math.floor(planes / 2);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = Math.floor((row * rows) / height) * columns + Math.floor((column * columns) / width);
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += data[(channel * planes + plane) * rows * columns + at] ?? 0;
      result[row * width + column] = sum / Math.max(channels, 1);
    }
  }
  return encode([height, width], result);
}

const BLOCK = 0x8000;

function encode(shape: readonly number[], data: Float32Array): EncodedTensor {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const parts: string[] = [];
  // A call takes no more arguments than fit on the stack.
  for (let at = 0; at < bytes.length; at += BLOCK) parts.push(String.fromCharCode(...bytes.subarray(at, at + BLOCK)));
  return { shape, data: btoa(parts.join('')) };
}

/** Undefined where the text or the shape is none. */
export function decode({ shape, data }: EncodedTensor): TensorData | undefined {
  try {
    const text = atob(data);
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const numbers = new Float32Array(bytes.buffer, 0, bytes.length >> 2);
    return elementCount(shape) === numbers.length ? { shape, data: numbers } : undefined;
  } catch {
    return undefined;
  }
}
