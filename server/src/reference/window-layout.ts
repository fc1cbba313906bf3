// How windows lie in an input, in numbers: 1-d and 2-d laid out as 3-d, so that convolutions and pools are written once.
import type { Dimension } from '../dims/size.ts';
import type { AxisGeometry } from '../operators/axis-size.ts';
import type { Operator } from '../operators/operator.ts';
import type { PaddingMode } from '../operators/padding-rules.ts';
import type { KernelShapes } from './kernel.ts';
import { sourceIndex } from './padding-source.ts';

/** One axis: the sizes of input and output, and the window that moves over one of them. */
export interface WindowAxis {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly paddingStart: number;
  readonly paddingEnd: number;
}

export interface WindowLayout {
  /** 1 for an input without a batch. */
  readonly batch: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Depth, height and width; what an operator does not have is an axis of 1 under a window of 1. */
  readonly axes: readonly [depth: WindowAxis, height: WindowAxis, width: WindowAxis];
}

const NO_AXIS: WindowAxis = { input: 1, output: 1, kernel: 1, stride: 1, dilation: 1, paddingStart: 0, paddingEnd: 0 };

/** The layout of one use of an operator with windows, by the operator's own reading of its arguments. */
export function layOut(operator: Operator, { arguments: from, inputShapes, outputShapes }: KernelShapes): WindowLayout {
  const windows = operator.windows?.({ arguments: from, inputs: inputShapes }) ?? [];
  const input = inputShapes[0] ?? [];
  const output = outputShapes[0] ?? [];
  const first = input.length - windows.length;
  const axes = windows.map((window, at) => toAxis(window, input[first + at] ?? 1, output[first + at] ?? 1));
  const [width = NO_AXIS, height = NO_AXIS, depth = NO_AXIS] = axes.reverse();
  return {
    batch: first > 1 ? (input[0] ?? 1) : 1,
    inputChannels: input[first - 1] ?? 1,
    outputChannels: output[first - 1] ?? 1,
    axes: [depth, height, width],
  };
}

/** The geometry of an axis in numbers. */
export function toAxis(geometry: AxisGeometry, input: number, output: number): WindowAxis {
  const { kernel, stride, dilation, paddingStart, paddingEnd } = geometry;
  return {
    input,
    output,
    kernel: toNumber(kernel, 1),
    stride: toNumber(stride, 1),
    dilation: toNumber(dilation, 1),
    paddingStart: toNumber(paddingStart, 0),
    paddingEnd: toNumber(paddingEnd, 0),
  };
}

/** Nothing is open in a call that has passed the checks with numbers for all sizes; the fallback is for the types alone. */
function toNumber(size: Dimension, fallback: number): number {
  return typeof size === 'number' ? size : fallback;
}

/**
 * The input cell that each tap of the kernel sees from each output cell of an axis, tap by tap:
 * `taps[output * kernel + tap]`, negative where that is padding without a source.
 */
export function tapsOf({ input, output, kernel, stride, dilation, paddingStart }: WindowAxis, mode: PaddingMode): Int32Array {
  const taps = new Int32Array(output * kernel);
  for (let cell = 0; cell < output; cell++) {
    for (let tap = 0; tap < kernel; tap++) {
      taps[cell * kernel + tap] = sourceIndex(cell * stride + tap * dilation - paddingStart, input, mode);
    }
  }
  return taps;
}
