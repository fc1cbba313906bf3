// LocallyConnected2d by its definition: weights [Cout, H', W', Cin, kh, kw] and bias [Cout, H', W'].
import { boolean } from '../operators/call.ts';
import { readGeometry } from '../operators/window-geometry.ts';
import type { Arguments } from '../operators/operator.ts';
import type { Kernel } from './kernel.ts';
import { inputAt, inputShapeAt, outputShapeAt, parameterOf } from './kernel-call.ts';
import { elementCount } from './tensor-data.ts';

interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

function axesOf(from: Arguments): readonly [Axis, Axis] {
  const [height, width] = readGeometry({ get: (name) => (name === 'dilation' ? 1 : from.get(name)) }, 2).map((axis) => ({
    kernel: Number(axis.kernel),
    stride: Number(axis.stride),
    padding: Number(axis.paddingStart),
  }));
  const none = { kernel: 0, stride: 1, padding: 0 };
  return [height ?? none, width ?? none];
}

export const locallyConnectedKernel: Kernel = {
  operator: 'LocallyConnected2d',
  parameters: (call) => {
    const [{ kernel: rows }, { kernel: columns }] = axesOf(call.arguments);
    const channels = inputShapeAt(call)[1] ?? 0;
    const cells = outputShapeAt(call).slice(1);
    const weight = { name: 'weight', shape: [...cells, channels, rows, columns], start: { fanIn: channels * rows * columns } };
    return boolean(call.arguments, 'bias') === false ? [weight] : [weight, { name: 'bias', shape: cells, start: 'zeros' }];
  },
  run: (call) => {
    const { data: input } = inputAt(call);
    const [, channels = 0, inputHeight = 0, inputWidth = 0] = inputShapeAt(call);
    const shape = outputShapeAt(call);
    const [, , outputHeight = 0, outputWidth = 0] = shape;
    const [height, width] = axesOf(call.arguments);
    const weight = parameterOf(call, 'weight');
    const bias = call.parameters.get('bias')?.data;
    const cells = elementCount(shape.slice(1));
    const taps = channels * height.kernel * width.kernel;
    const data = Float32Array.from({ length: elementCount(shape) }, (_, at) => {
      const [sample, cell] = [Math.floor(at / cells), at % cells];
      const top = (Math.floor(cell / outputWidth) % outputHeight) * height.stride - height.padding;
      const left = (cell % outputWidth) * width.stride - width.padding;
      let sum = bias?.[cell] ?? 0;
      for (let tap = 0; tap < taps; tap++) {
        const y = top + (Math.floor(tap / width.kernel) % height.kernel);
        const x = left + (tap % width.kernel);
        if (y < 0 || y >= inputHeight || x < 0 || x >= inputWidth) continue;
        const channel = Math.floor(tap / (width.kernel * height.kernel));
        const from = ((sample * channels + channel) * inputHeight + y) * inputWidth + x;
        sum += (input[from] ?? 0) * (weight[cell * taps + tap] ?? 0);
      }
      return sum;
    });
    return [{ shape, data }];
  },
};
