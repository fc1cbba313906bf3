// Scale and Bias, Caffe's layers: a factor or an offset for each cell of some axes, learned or from a second tensor.
import { boolean } from '../operators/call.ts';
import type { Kernel, KernelCall, KernelShapes, ParameterShape } from './kernel.ts';
import { axisOf, inputAt, inputShapeAt, wholeOf } from './kernel-call.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

export const scaleShiftKernels: readonly Kernel[] = [
  {
    operator: 'Scale',
    parameters: (call) => [
      ...own(call, 'weight', 'ones'),
      ...(boolean(call.arguments, 'bias') === true ? [{ name: 'bias', shape: valuesShape(call), start: 'zeros' } as const] : []),
    ],
    run: (call) => {
      const factors = inputsOrParameter(call, 'weight');
      const offsets = call.parameters.get('bias')?.data;
      return [overAxes(call, (value, at) => value * (factors[at] ?? 1) + (offsets?.[at] ?? 0))];
    },
  },
  {
    operator: 'Bias',
    parameters: (call) => own(call, 'bias', 'zeros'),
    run: (call) => {
      const offsets = inputsOrParameter(call, 'bias');
      return [overAxes(call, (value, at) => value + (offsets[at] ?? 0))];
    },
  },
];

/** What is learned where no second input has it. */
function own(call: KernelShapes, name: string, start: 'ones' | 'zeros'): readonly ParameterShape[] {
  return call.inputShapes.length > 1 ? [] : [{ name, shape: valuesShape(call), start }];
}

function inputsOrParameter(call: KernelCall, name: string): Float32Array {
  return call.inputs.length > 1 ? inputAt(call, 1).data : (call.parameters.get(name)?.data ?? new Float32Array());
}

/** The first axis with values of its own. */
function firstAxis(call: KernelShapes): number {
  return axisOf(wholeOf(call.arguments, 'axis'), inputShapeAt(call).length);
}

function valuesShape(call: KernelShapes): readonly number[] {
  if (call.inputShapes.length > 1) return inputShapeAt(call, 1);
  const count = wholeOf(call.arguments, 'num_axes');
  const first = firstAxis(call);
  return inputShapeAt(call).slice(first, count < 0 ? undefined : first + count);
}

/** Each cell with the number of its value: values run over their axes and are repeated along all others. */
function overAxes(call: KernelCall, change: (value: number, at: number) => number): TensorData {
  const { shape, data } = inputAt(call);
  const values = valuesShape(call);
  const count = elementCount(values);
  // A single value has no axis, and is the same everywhere.
  const behind = values.length === 0 ? 1 : elementCount(shape.slice(firstAxis(call) + values.length));
  return { shape, data: data.map((value, at) => change(value, Math.floor(at / behind) % count)) };
}
