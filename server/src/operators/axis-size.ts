// The arithmetic of one axis (Dumoulin & Visin, arXiv 1603.07285), written once for 1-d to 3-d operators.
import { add, ceilDivide, floorDivide, multiply, subtract } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';

/** How a window moves over one axis. */
export interface AxisGeometry {
  readonly kernel: Dimension;
  readonly stride: Dimension;
  readonly dilation: Dimension;
  readonly paddingStart: Dimension;
  readonly paddingEnd: Dimension;
}

/** ke = d(k - 1) + 1: how many cells a dilated kernel reaches over. */
export function effectiveKernel(kernel: Dimension, dilation: Dimension): Dimension {
  return add(multiply(dilation, subtract(kernel, 1)), 1);
}

/** i + pa + pb. */
export function paddedSize(input: Dimension, { paddingStart, paddingEnd }: AxisGeometry): Dimension {
  return add(input, add(paddingStart, paddingEnd));
}

/** Convolution: o = floor((i + pa + pb - ke) / s) + 1. */
export function convolutionSize(input: Dimension, axis: AxisGeometry): Dimension {
  const room = subtract(paddedSize(input, axis), effectiveKernel(axis.kernel, axis.dilation));
  return add(floorDivide(room, axis.stride), 1);
}

/**
 * Pooling: as convolution; with `ceilMode` the ceiling, less one where the last window would start in the padding at the
 * end: o = min(ceil((i + pa + pb - ke) / s) + 1, ceil((i + pa) / s)). The second term is never the smaller one by more
 * than 1, since a padding is at most half of its kernel.
 */
export function poolingSize(input: Dimension, axis: AxisGeometry, ceilMode: boolean): Dimension {
  if (!ceilMode) return convolutionSize(input, axis);
  const room = subtract(paddedSize(input, axis), effectiveKernel(axis.kernel, axis.dilation));
  const unclipped = add(ceilDivide(room, axis.stride), 1);
  const clip = ceilDivide(add(input, axis.paddingStart), axis.stride);
  if (typeof unclipped === 'number' && typeof clip === 'number') return unclipped > clip ? unclipped - 1 : unclipped;
  // Both are floors of i plus a number over s: the smaller of them is the floor with the smaller number.
  const stride = axis.stride;
  const ceilRoom = subtract(add(room, multiply(2, stride)), 1);
  const ceilClip = subtract(add(add(input, axis.paddingStart), stride), 1);
  const difference = subtract(ceilRoom, ceilClip);
  if (typeof difference !== 'number') return undefined;
  return floorDivide(difference <= 0 ? ceilRoom : ceilClip, stride);
}

/** Transposed convolution: o' = s(i' - 1) + ke - pa - pb + a. */
export function transposedSize(input: Dimension, axis: AxisGeometry, outputPadding: Dimension): Dimension {
  const full = add(multiply(axis.stride, subtract(input, 1)), effectiveKernel(axis.kernel, axis.dilation));
  return add(subtract(full, add(axis.paddingStart, axis.paddingEnd)), outputPadding);
}
