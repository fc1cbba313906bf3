// Transposed convolution by its definition, 1-d to 3-d: each input cell adds its multiple of the kernel to a window of the output.
import { boolean } from '../operators/call.ts';
import type { Operator } from '../operators/operator.ts';
import { transposedConvolutions } from '../operators/transposed-convolution.ts';
import { groupsOf } from './convolution.ts';
import type { Kernel, KernelCall, KernelShapes, ParameterShape } from './kernel.ts';
import { elementCount, type TensorData } from './tensor-data.ts';
import { layOut, type WindowAxis } from './window-layout.ts';

export const transposedConvolutionKernels: readonly Kernel[] = transposedConvolutions.map((operator) => ({
  operator: operator.name,
  parameters: (call) => parameters(operator, call),
  run: (call) => [run(operator, call)],
}));

/** weight [Cin, Cout/groups, k...] and bias [Cout]. */
function parameters(operator: Operator, call: KernelShapes): readonly ParameterShape[] {
  const { arguments: from, inputShapes } = call;
  const { inputChannels, outputChannels, axes } = layOut(operator, call);
  const rank = operator.windows?.({ arguments: from, inputs: inputShapes })?.length ?? 0;
  const window = axes.slice(axes.length - rank);
  const groups = groupsOf(from);
  // An output cell lies in k / s windows on each axis.
  const overlap = elementCount(window.map(({ kernel, stride }) => kernel / stride));
  const weight: ParameterShape = {
    name: 'weight',
    shape: [inputChannels, outputChannels / groups, ...window.map(({ kernel }) => kernel)],
    start: { fanIn: Math.max((inputChannels / groups) * overlap, 1) },
  };
  return boolean(from, 'bias') === false ? [weight] : [weight, { name: 'bias', shape: [outputChannels], start: 'zeros' }];
}

function run(operator: Operator, call: KernelCall): TensorData {
  const { arguments: from, inputs, parameters: learned, outputShapes } = call;
  const { batch, inputChannels, outputChannels, axes } = layOut(operator, call);
  const input = inputs[0]?.data ?? new Float32Array();
  const weight = learned.get('weight')?.data ?? new Float32Array();
  const bias = learned.get('bias')?.data;
  const shape = outputShapes[0] ?? [];
  const output = new Float32Array(elementCount(shape));
  const groups = groupsOf(from);
  const [groupInputs, groupOutputs] = [inputChannels / groups, outputChannels / groups];
  const [inputCells, outputCells, taps] = [cellsOf(axes, 'input'), cellsOf(axes, 'output'), cellsOf(axes, 'kernel')];
  // Sums are float64: one channel of the output at a time, rounded when it is complete.
  const sums = new Float64Array(outputCells);
  for (let sample = 0; sample < batch; sample++) {
    for (let outputChannel = 0; outputChannel < outputChannels; outputChannel++) {
      call.progress?.((sample * outputChannels + outputChannel) / (batch * outputChannels));
      sums.fill(bias?.[outputChannel] ?? 0);
      const group = Math.floor(outputChannel / groupOutputs);
      for (let channel = group * groupInputs; channel < (group + 1) * groupInputs; channel++) {
        const firstCell = (sample * inputChannels + channel) * inputCells;
        const firstTap = (channel * groupOutputs + outputChannel - group * groupOutputs) * taps;
        spread(input, firstCell, weight, firstTap, axes, sums);
      }
      output.set(sums, (sample * outputChannels + outputChannel) * outputCells);
    }
  }
  return { shape, data: output };
}

function cellsOf(axes: readonly WindowAxis[], what: 'input' | 'output' | 'kernel'): number {
  return elementCount(axes.map((axis) => axis[what]));
}

/** Adds one channel of the input, times its kernel, to the sums of one channel of the output. */
function spread(
  input: Float32Array,
  firstCell: number,
  weight: Float32Array,
  firstTap: number,
  [depth, height, width]: readonly [WindowAxis, WindowAxis, WindowAxis],
  sums: Float64Array,
): void {
  let cell = firstCell;
  for (let z = 0; z < depth.input; z++) {
    for (let y = 0; y < height.input; y++) {
      for (let x = 0; x < width.input; x++) {
        const value = input[cell++] ?? 0;
        for (let kz = 0; kz < depth.kernel; kz++) {
          const toZ = target(depth, z, kz);
          if (toZ < 0 || toZ >= depth.output) continue;
          for (let ky = 0; ky < height.kernel; ky++) {
            const toY = target(height, y, ky);
            if (toY < 0 || toY >= height.output) continue;
            const row = (toZ * height.output + toY) * width.output;
            const taps = firstTap + (kz * height.kernel + ky) * width.kernel;
            for (let kx = 0; kx < width.kernel; kx++) {
              const toX = target(width, x, kx);
              if (toX < 0 || toX >= width.output) continue;
              sums[row + toX] = (sums[row + toX] ?? 0) + value * (weight[taps + kx] ?? 0);
            }
          }
        }
      }
    }
  }
}

/** The output cell to which a tap takes an input cell; it may lie in what the padding cuts off. */
function target({ stride, dilation, paddingStart }: WindowAxis, cell: number, tap: number): number {
  return cell * stride + tap * dilation - paddingStart;
}
