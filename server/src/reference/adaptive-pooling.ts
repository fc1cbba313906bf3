// AdaptiveAvgPool and AdaptiveMaxPool: window o of an axis reaches from floor(o i / o') to ceil((o + 1) i / o'), without padding.
import { adaptivePools } from '../operators/adaptive-pooling.ts';
import { foldWindows, LARGEST, type SeenCells } from './fold-windows.ts';
import type { Kernel, Progress } from './kernel.ts';
import { inputAt, outputShapeAt } from './kernel-call.ts';
import type { TensorData } from './tensor-data.ts';

export const adaptivePoolKernels: readonly Kernel[] = adaptivePools.map(({ name }) => {
  const spatial = Number(/(\d)d$/.exec(name)?.[1] ?? 0);
  const isMax = name.includes('Max');
  return { operator: name, run: (call) => [adaptivePool(inputAt(call), outputShapeAt(call), spatial, isMax, call.progress)] };
});

/** Pools the last `spatial` axes to the sizes that `shape` has there; Upsample's mode "area" is the mean. */
export function adaptivePool(
  { shape: given, data }: TensorData,
  shape: readonly number[],
  spatial: number,
  isMax: boolean,
  progress?: Progress,
): TensorData {
  const sizes = lastThree(given, spatial);
  const wanted = lastThree(shape, spatial);
  const [depth, height, width] = [seenCells(sizes[0], wanted[0]), seenCells(sizes[1], wanted[1]), seenCells(sizes[2], wanted[2])];
  const count = (seen: SeenCells, place: number) => seen[place]?.length ?? 0;
  const mean = {
    start: 0,
    step: (sum: number, value: number) => sum + value,
    finish: (sum: number, z: number, y: number, x: number) => sum / (count(depth, z) * count(height, y) * count(width, x)),
  };
  return foldWindows(data, sizes, [depth, height, width], shape, isMax ? LARGEST : mean, progress);
}

/** The sizes of the last axes as three, with 1 for what is not there. */
function lastThree(shape: readonly number[], spatial: number): readonly [depth: number, height: number, width: number] {
  const [width = 1, height = 1, depth = 1] = shape.slice(shape.length - spatial).reverse();
  return [depth, height, width];
}

function seenCells(size: number, wanted: number): SeenCells {
  return Array.from({ length: wanted }, (_, place) => {
    const start = Math.floor((place * size) / wanted);
    return Array.from({ length: Math.ceil(((place + 1) * size) / wanted) - start }, (__, at) => start + at);
  });
}
