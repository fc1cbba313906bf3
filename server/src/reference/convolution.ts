// Convolution by its definition, 1-d to 3-d: each output cell is the sum of a window of the input times a kernel.
import { boolean, integer, string } from '../operators/call.ts';
import { convolutions } from '../operators/convolution.ts';
import type { Arguments, Operator } from '../operators/operator.ts';
import type { PaddingMode } from '../operators/padding-rules.ts';
import type { Kernel, KernelCall, KernelShapes, ParameterShape } from './kernel.ts';
import { elementCount, type TensorData } from './tensor-data.ts';
import { layOut, tapsOf } from './window-layout.ts';

export const convolutionKernels: readonly Kernel[] = convolutions.map((operator) => ({
  operator: operator.name,
  parameters: (call) => parameters(operator, call),
  run: (call) => [run(operator, call)],
}));

/** weight [Cout, Cin/groups, k...] and bias [Cout]. */
function parameters(operator: Operator, call: KernelShapes): readonly ParameterShape[] {
  const { arguments: from, inputShapes } = call;
  const { inputChannels, outputChannels, axes } = layOut(operator, call);
  const rank = operator.windows?.({ arguments: from, inputs: inputShapes })?.length ?? 0;
  const window = axes.slice(axes.length - rank).map(({ kernel }) => kernel);
  const groupChannels = inputChannels / groupsOf(from);
  const weight: ParameterShape = {
    name: 'weight',
    shape: [outputChannels, groupChannels, ...window],
    start: { fanIn: groupChannels * elementCount(window) },
  };
  return boolean(from, 'bias') === false ? [weight] : [weight, { name: 'bias', shape: [outputChannels], start: 'zeros' }];
}

export function groupsOf(from: Arguments): number {
  return integer(from, 'groups') ?? 1;
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
  const [depth, height, width] = axes;
  const mode = modeOf(from);
  const [depthTaps, heightTaps, widthTaps] = [tapsOf(depth, mode), tapsOf(height, mode), tapsOf(width, mode)];
  let cell = 0;
  for (let sample = 0; sample < batch; sample++) {
    for (let outputChannel = 0; outputChannel < outputChannels; outputChannel++) {
      call.progress?.((sample * outputChannels + outputChannel) / (batch * outputChannels));
      const firstChannel = Math.floor(outputChannel / groupOutputs) * groupInputs;
      for (let z = 0; z < depth.output; z++) {
        for (let y = 0; y < height.output; y++) {
          for (let x = 0; x < width.output; x++) {
            let sum = bias?.[outputChannel] ?? 0;
            let tap = outputChannel * groupInputs * depth.kernel * height.kernel * width.kernel;
            for (let channel = 0; channel < groupInputs; channel++) {
              const plane = (sample * inputChannels + firstChannel + channel) * depth.input;
              for (let kz = 0; kz < depth.kernel; kz++) {
                const fromZ = depthTaps[z * depth.kernel + kz] ?? 0;
                for (let ky = 0; ky < height.kernel; ky++) {
                  const fromY = heightTaps[y * height.kernel + ky] ?? 0;
                  if (fromZ < 0 || fromY < 0) {
                    tap += width.kernel;
                    continue;
                  }
                  const row = ((plane + fromZ) * height.input + fromY) * width.input;
                  for (let kx = 0; kx < width.kernel; kx++, tap++) {
                    const fromX = widthTaps[x * width.kernel + kx] ?? 0;
                    if (fromX >= 0) sum += (input[row + fromX] ?? 0) * (weight[tap] ?? 0);
                  }
                }
              }
            }
            output[cell++] = sum;
          }
        }
      }
    }
  }
  return { shape, data: output };
}

/** What the padding of a convolution is filled with; its zeros are the constant of Pad. */
function modeOf(from: Arguments): PaddingMode {
  const mode = string(from, 'padding_mode');
  return mode === 'reflect' || mode === 'replicate' || mode === 'circular' ? mode : 'constant';
}
