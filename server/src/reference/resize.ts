// Upsample and Interpolate: each output cell is a weighted sum of input cells, with weights for each axis.
import { isList } from '../network/argument.ts';
import { boolean, string, toNumber } from '../operators/call.ts';
import type { Arguments } from '../operators/operator.ts';
import { adaptivePool } from './adaptive-pooling.ts';
import type { Kernel, KernelCall, KernelShapes } from './kernel.ts';
import { inputAt, outputShapeAt } from './kernel-call.ts';
import { weightedCells, type ResizeMode, type WeightedCells } from './resize-weights.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

const MODES: Readonly<Record<string, ResizeMode>> = {
  nearest: 'nearest',
  'nearest-exact': 'nearest-exact',
  linear: 'linear',
  bilinear: 'linear',
  trilinear: 'linear',
  bicubic: 'cubic',
};

export const resizeKernels: readonly Kernel[] = [
  { operator: 'Upsample', reads: readsNearest, run: (call) => [run(call, string(call.arguments, 'mode') ?? 'nearest')] },
  { operator: 'Interpolate', reads: readsNearest, run: (call) => [run(call, string(call.arguments, 'mode') ?? 'nearest')] },
  { operator: 'UpsamplingNearest2d', reads: 'copies', run: (call) => [run(call, 'nearest')] },
  // The only module whose corners are aligned without being asked.
  { operator: 'UpsamplingBilinear2d', run: (call) => [run(call, 'bilinear', true)] },
];

/** Of the other modes each cell is made of several. */
function readsNearest({ arguments: from }: KernelShapes): 'copies' | undefined {
  return (string(from, 'mode') ?? 'nearest').startsWith('nearest') ? 'copies' : undefined;
}

function run(call: KernelCall, name: string, alignCorners = boolean(call.arguments, 'align_corners') === true): TensorData {
  const input = inputAt(call);
  const shape = outputShapeAt(call);
  const mode = MODES[name];
  if (mode === undefined) return adaptivePool(input, shape, shape.length - 2, false);
  const antialias = boolean(call.arguments, 'antialias') === true;
  const axes = shape.slice(2).map((output, at) => {
    const size = input.shape[2 + at] ?? 1;
    return weightedCells(mode, { input: size, output, ratio: ratioOf(call.arguments, at, size, output), alignCorners, antialias });
  });
  return { shape, data: resize(input, shape, axes) };
}

/** The factor as it is written counts, and not the one that rounding the size has left, unless that is asked for. */
function ratioOf(from: Arguments, at: number, input: number, output: number): number {
  const written = from.get('scale_factor');
  const factor = toNumber(isList(written) ? written[at] : written);
  const isRecomputed = boolean(from, 'recompute_scale_factor') === true || (from.get('size') ?? null) !== null;
  return factor === undefined || factor <= 0 || isRecomputed ? input / output : 1 / factor;
}

const SAME: readonly WeightedCells[] = [{ cells: [0], weights: [1] }];

/** Images, planes of a batch and of channels, with the weighted cells of each output cell along each axis. */
export function resize(
  { shape: given, data }: TensorData,
  shape: readonly number[],
  axes: readonly (readonly WeightedCells[])[],
): Float32Array {
  const [width = SAME, height = SAME, depth = SAME] = [...axes].reverse();
  const [columns = 1, rows = 1, layers = 1] = given.slice(2).reverse();
  const output = new Float32Array(elementCount(shape));
  const planes = elementCount(shape.slice(0, 2));
  let cell = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (const z of depth) {
      for (const y of height) {
        for (const x of width) {
          let sum = 0;
          z.cells.forEach((fromZ, atZ) => {
            y.cells.forEach((fromY, atY) => {
              const weight = (z.weights[atZ] ?? 0) * (y.weights[atY] ?? 0);
              const row = ((plane * layers + fromZ) * rows + fromY) * columns;
              x.cells.forEach((fromX, atX) => (sum += weight * (x.weights[atX] ?? 0) * (data[row + fromX] ?? 0)));
            });
          });
          output[cell++] = sum;
        }
      }
    }
  }
  return output;
}
