// A sample for an input of a network: a pattern, or an image or an array that is brought to its shape.
import type { SampleRequest } from '../../protocol/preview.ts';
import type { Sample } from '../../reference/samples.ts';
import { elementCount, type TensorData } from '../../reference/tensor-data.ts';

/** A ramp that counts its cells is read more easily than one of fractions, while the numbers are short. */
const LONGEST_COUNT = 100;

/** `given` is the image or the array, where one was chosen. */
export function sampleFor(shape: readonly number[], { kind, seed }: SampleRequest, given: TensorData | undefined): TensorData | Sample {
  if (given !== undefined) return fitted(given, shape);
  const cells = elementCount(shape.length > 2 ? shape.slice(2) : shape.slice(-1));
  if (kind !== 'ramp' || cells > LONGEST_COUNT) return { kind: kind === 'file' || kind === 'image' ? 'ramp' : kind, seed };
  return { shape, data: Float32Array.from({ length: elementCount(shape) }, (_, at) => at % Math.max(cells, 1)) };
}

/** As it is where the numbers are as many; else its last two axes are scaled, and its channels are repeated. */
function fitted({ shape: from, data }: TensorData, shape: readonly number[]): TensorData {
  const result = new Float32Array(elementCount(shape));
  if (data.length === result.length) return { shape, data };
  const [height, width] = [shape.length > 1 ? (shape[shape.length - 2] ?? 1) : 1, shape[shape.length - 1] ?? 1];
  const [rows, columns] = [from.length > 1 ? (from[from.length - 2] ?? 1) : 1, from[from.length - 1] ?? 1];
  const planes = Math.max(Math.floor(data.length / Math.max(rows * columns, 1)), 1);
  const channels = shape.length > 2 ? (shape[shape.length - 3] ?? 1) : 1;
  const isGrey = channels === 1 && planes === 3;
  for (let at = 0; at < result.length; at++) {
    const column = at % width;
    const row = Math.floor(at / width) % height;
    const map = Math.floor(at / (width * height));
    const source = Math.floor((row * rows) / height) * columns + Math.floor((column * columns) / width);
    const plane = (which: number) => data[which * rows * columns + source] ?? 0;
    result[at] = isGrey ? 0.299 * plane(0) + 0.587 * plane(1) + 0.114 * plane(2) : plane((map % channels) % planes);
  }
  return { shape, data: result };
}
