// MaxPool, AvgPool and LPPool, 1-d to 3-d: the largest value, the mean and the p-norm of each window.
import { boolean, integer, number } from '../operators/call.ts';
import type { Operator } from '../operators/operator.ts';
import { pools } from '../operators/pooling.ts';
import { foldWindows, LARGEST, type Folding, type SeenCells } from './fold-windows.ts';
import type { Kernel, KernelCall } from './kernel.ts';
import type { TensorData } from './tensor-data.ts';
import { layOut, type WindowAxis, type WindowLayout } from './window-layout.ts';

export const poolKernels: readonly Kernel[] = pools.map((operator) => ({
  operator: operator.name,
  run: (call) => [run(operator, call)],
}));

function run(operator: Operator, call: KernelCall): TensorData {
  const { inputs, outputShapes, progress } = call;
  const { axes } = layOut(operator, call);
  const [depth, height, width] = axes;
  const seen = [seenCells(depth), seenCells(height), seenCells(width)] as const;
  const input = inputs[0]?.data ?? new Float32Array();
  const sizes = [depth.input, height.input, width.input] as const;
  return foldWindows(input, sizes, seen, outputShapes[0] ?? [], foldingOf(operator.name, call, axes, seen), progress);
}

/** The cells of the input in each window: what lies in the padding, or beyond it, is not seen. */
function seenCells({ input, output, kernel, stride, dilation, paddingStart }: WindowAxis): SeenCells {
  return Array.from({ length: output }, (_, cell) => {
    const positions = Array.from({ length: kernel }, (__, tap) => cell * stride + tap * dilation - paddingStart);
    return positions.filter((position) => position >= 0 && position < input);
  });
}

function foldingOf(
  name: string,
  { arguments: from }: KernelCall,
  axes: WindowLayout['axes'],
  seen: readonly [SeenCells, SeenCells, SeenCells],
): Folding {
  if (name.startsWith('Max')) return LARGEST;
  // What the padding adds is counted up to its own end, where a last window of ceil_mode may reach further.
  const [depth, height, width] = axes.map(paddedCells);
  if (name.startsWith('LP')) {
    const power = number(from, 'norm_type') ?? 2;
    const window = axes.reduce((product, { kernel }) => product * kernel, 1);
    return {
      start: 0,
      step: (sum, value) => sum + value ** power,
      // PyTorch takes the mean and multiplies by the whole window, also where the window is cut off.
      finish: (sum, z, y, x) => ((sum / product(depth?.[z], height?.[y], width?.[x])) * window) ** (1 / power),
    };
  }
  const override = integer(from, 'divisor_override');
  const includesPadding = boolean(from, 'count_include_pad') !== false;
  const [seenDepth, seenHeight, seenWidth] = seen;
  return {
    start: 0,
    step: (sum, value) => sum + value,
    finish: (sum, z, y, x) => {
      const count = product(seenDepth[z]?.length, seenHeight[y]?.length, seenWidth[x]?.length);
      if (count === 0) return 0;
      return sum / (override ?? (includesPadding ? product(depth?.[z], height?.[y], width?.[x]) : count));
    },
  };
}

function product(depth = 1, height = 1, width = 1): number {
  return depth * height * width;
}

/** How many cells of the padded axis each window has. */
function paddedCells({ input, output, kernel, stride, paddingStart, paddingEnd }: WindowAxis): readonly number[] {
  return Array.from({ length: output }, (_, cell) => {
    const start = cell * stride - paddingStart;
    return Math.min(start + kernel, input + paddingEnd) - start;
  });
}
