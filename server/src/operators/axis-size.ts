// The arithmetic of one axis (Dumoulin & Visin, arXiv 1603.07285), written once for 1-d to 3-d operators.
import { add, floorDivide, minimum, multiply, subtract } from '../dims/arithmetic.ts';
import type { Dimension } from '../dims/size.ts';

/** How a window moves over one axis. */
export interface AxisGeometry {
  readonly kernel: Dimension;
  readonly stride: Dimension;
  readonly dilation: Dimension;
  readonly paddingStart: Dimension;
  readonly paddingEnd: Dimension;
  /** Whether pooling that rounds up keeps a last window that starts behind the input, as Caffe does without padding. */
  readonly keepsLast?: boolean;
}

/** ke = d(k - 1) + 1: how many cells a dilated kernel reaches over. */
export function effectiveKernel(kernel: Dimension, dilation: Dimension): Dimension {
  return add(multiply(dilation, subtract(kernel, 1)), 1);
}

/** i + pa + pb. */
export function paddedSize(input: Dimension, { paddingStart, paddingEnd }: AxisGeometry): Dimension {
  return add(add(input, paddingStart), paddingEnd);
}

/** Convolution: o = floor((i + pa + pb - ke) / s) + 1. */
export function convolutionSize(input: Dimension, axis: AxisGeometry): Dimension {
  return windowCount(paddedSize(input, axis), axis);
}

/** How many windows fit into an axis that is padded already. */
export function windowCount(padded: Dimension, { kernel, stride, dilation }: AxisGeometry): Dimension {
  return add(floorDivide(subtract(padded, effectiveKernel(kernel, dilation)), stride), 1);
}

/**
 * Pooling: as convolution; with `ceilMode` the ceiling c = ceil((i + pa + pb - ke) / s) + 1, less one where the last window
 * would start in the padding at the end, (c - 1)s >= i + pa. That is min(c, ceil((i + pa) / s)): a padding is at most half
 * of the kernel, so pb <= ke, so c - 1 <= ceil((i + pa) / s), so one less is always enough. Both ceilings are floors of
 * i and a number over s, and the smaller of the two is the floor with the smaller number. Where that last window is kept it
 * is c itself.
 */
export function poolingSize(input: Dimension, axis: AxisGeometry, ceilMode: boolean): Dimension {
  if (!ceilMode) return convolutionSize(input, axis);
  const { kernel, stride, dilation, paddingStart, paddingEnd } = axis;
  const roundUp = subtract(stride, 1);
  const room = add(add(subtract(paddingEnd, effectiveKernel(kernel, dilation)), stride), roundUp);
  const slack = add(paddingStart, axis.keepsLast === true ? room : minimum(room, roundUp));
  return floorDivide(add(input, slack), stride);
}

/** Transposed convolution: o' = s(i' - 1) + ke - pa - pb + a. */
export function transposedSize(input: Dimension, axis: AxisGeometry, outputPadding: Dimension): Dimension {
  const full = add(multiply(axis.stride, subtract(input, 1)), effectiveKernel(axis.kernel, axis.dilation));
  return add(subtract(subtract(full, axis.paddingStart), axis.paddingEnd), outputPadding);
}

/** False where the geometry is known to be at fault: nothing can be said of the size that it gives. */
export function isLegal({ kernel, stride, dilation, paddingStart, paddingEnd }: AxisGeometry): boolean {
  return isAtLeast(kernel, 1) && isAtLeast(stride, 1) && isAtLeast(dilation, 1) && isAtLeast(paddingStart, 0) && isAtLeast(paddingEnd, 0);
}

function isAtLeast(size: Dimension, least: number): boolean {
  return typeof size !== 'number' || size >= least;
}
