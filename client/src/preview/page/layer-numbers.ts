// The numbers of a layer, as the server sends them: some channels of its input and output, and of its kernels.
import type { LayerValues } from '../../../../server/src/protocol/preview.ts';
import { at, decodeTensor, type Tensor } from './tensor.ts';

export interface LayerNumbers {
  /** `[channels, planes, rows, columns]`, from `firstInput` on. */
  readonly input: Tensor;
  readonly firstInput: number;
  readonly inputChannels: number;
  readonly output: Tensor;
  readonly firstOutput: number;
  readonly outputChannels: number;
  /** Absent for a pool. */
  readonly weight: KernelNumbers | undefined;
  /** One for each channel of `output`. */
  readonly bias: Tensor | undefined;
}

/** `[output channels, channels of a group, planes, rows, columns]`, from `firstOutput` and, in the group, `firstInput` on. */
export interface KernelNumbers {
  readonly tensor: Tensor;
  readonly firstOutput: number;
  readonly firstInput: number;
}

export function numbersOf({ input, output, weight, bias }: LayerValues): LayerNumbers | undefined {
  if (input === null) return undefined;
  return {
    input: decodeTensor(input.maps),
    firstInput: input.first,
    inputChannels: input.channels,
    output: decodeTensor(output.maps),
    firstOutput: output.first,
    outputChannels: output.channels,
    weight: weight === null ? undefined : { ...weight, tensor: decodeTensor(weight.tensor) },
    bias: bias === null ? undefined : decodeTensor(bias),
  };
}

export function hasInput({ input, firstInput }: LayerNumbers, channel: number): boolean {
  return channel >= firstInput && channel < firstInput + (input.shape[0] ?? 0);
}

export function hasOutput({ output, firstOutput }: LayerNumbers, channel: number): boolean {
  return channel >= firstOutput && channel < firstOutput + (output.shape[0] ?? 0);
}

/** Whether the kernel is here between an output channel and a channel of its group. */
export function hasKernel({ weight }: LayerNumbers, output: number, inGroup: number): boolean {
  if (weight === undefined) return true;
  const [outputs = 0, inputs = 0] = weight.tensor.shape;
  const [o, i] = [output - weight.firstOutput, inGroup - weight.firstInput];
  return o >= 0 && o < outputs && i >= 0 && i < inputs;
}

/** NaN for what is not here. */
export function inputAt({ input, firstInput }: LayerNumbers, channel: number, ...place: readonly number[]): number {
  return at(input, channel - firstInput, ...place);
}

export function outputAt({ output, firstOutput }: LayerNumbers, channel: number, ...place: readonly number[]): number {
  return at(output, channel - firstOutput, ...place);
}
