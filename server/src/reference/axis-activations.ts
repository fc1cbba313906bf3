// Activations that look along an axis: Softmax and its kin, GLU, PReLU.
import { integer } from '../operators/call.ts';
import type { Kernel, KernelShapes } from './kernel.ts';
import { axisOf, inputAt, inputShapeAt, outputShapeAt, parameterOf, realOf, wholeOf } from './kernel-call.ts';
import { evenOffsets, gather, offsetsOf, stridesOf } from './gather.ts';
import { mapLanes } from './lanes.ts';
import { readsAlong, readsSameCell } from './reads.ts';
import { sigmoid } from './special-functions.ts';

export const axisActivationKernels: readonly Kernel[] = [
  along('Softmax', softmaxAxis, (lane) => softmax(lane)),
  along(
    'Softmax2d',
    (call) => inputShapeAt(call).length - 3,
    (lane) => softmax(lane),
  ),
  along('Softmin', softmaxAxis, (lane) => {
    lane.forEach((value, at) => (lane[at] = -value));
    softmax(lane);
  }),
  along('LogSoftmax', softmaxAxis, (lane) => {
    const largest = lane.reduce((most, value) => Math.max(most, value), -Infinity);
    const logarithm = Math.log(lane.reduce((sum, value) => sum + Math.exp(value - largest), 0)) + largest;
    lane.forEach((value, at) => (lane[at] = value - logarithm));
  }),
  {
    operator: 'GLU',
    run: (call) => {
      const { shape, data } = inputAt(call);
      const output = outputShapeAt(call);
      const axis = axisOf(wholeOf(call.arguments, 'dim'), shape.length);
      const [stride, half] = [stridesOf(shape)[axis] ?? 1, output[axis] ?? 0];
      const part = (start: number) => gather(data, offsetsOf(shape).with(axis, evenOffsets(half, stride, start)));
      const gates = part(half);
      return [{ shape: output, data: part(0).map((value, at) => value * sigmoid(gates[at] ?? 0)) }];
    },
  },
  {
    operator: 'PReLU',
    reads: readsSameCell,
    parameters: ({ arguments: from, inputShapes: [shape = []] }) => {
      const count = integer(from, 'num_parameters') ?? (shape.length > 1 ? (shape[1] ?? 1) : 1);
      return [{ name: 'weight', shape: [count], start: { constant: realOf(from, 'init') } }];
    },
    run: (call) => {
      const { shape, data } = inputAt(call);
      const slopes = parameterOf(call, 'weight');
      const stride = stridesOf(shape)[1] ?? 1;
      const slopeAt = (at: number) => slopes[Math.floor(at / stride) % slopes.length] ?? 0;
      return [{ shape, data: data.map((value, at) => (value > 0 ? value : value * slopeAt(at))) }];
    },
  },
];

function along(operator: string, axis: (call: KernelShapes) => number, change: (lane: Float64Array) => void): Kernel {
  return { operator, reads: readsAlong((call) => [axis(call)]), run: (call) => [mapLanes(inputAt(call), axis(call), change)] };
}

/** Without a dim PyTorch takes axis 0 of 0, 1 or 3 axes, and else axis 1. */
function softmaxAxis({ arguments: from, inputShapes: [shape = []] }: KernelShapes): number {
  const implied = [0, 1, 3].includes(shape.length) ? 0 : 1;
  return axisOf(integer(from, 'dim') ?? implied, shape.length);
}

/** Makes the values a distribution. The largest is taken off first, so that nothing overflows. */
export function softmax(values: Float64Array): void {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  let sum = 0;
  values.forEach((value, at) => {
    const weight = Math.exp(value - largest);
    values[at] = weight;
    sum += weight;
  });
  values.forEach((weight, at) => (values[at] = weight / sum));
}
