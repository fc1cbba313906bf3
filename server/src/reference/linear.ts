// Linear and Bilinear: products of the last axis with learned weights.
import { boolean, integer } from '../operators/call.ts';
import type { Kernel, KernelShapes, ParameterShape, Progress } from './kernel.ts';
import { axisOf, inputAt, inputShapeAt, outputShapeAt, parameterOf, wholeOf } from './kernel-call.ts';
import type { Arguments } from '../operators/operator.ts';
import { elementCount } from './tensor-data.ts';

export const linearKernels: readonly Kernel[] = [
  linear('Linear'),
  linear('LazyLinear'),
  {
    operator: 'Bilinear',
    parameters: (call) => {
      const [first, second] = [inputShapeAt(call, 0).at(-1) ?? 0, inputShapeAt(call, 1).at(-1) ?? 0];
      const out = wholeOf(call.arguments, 'out_features');
      return [{ name: 'weight', shape: [out, first, second], start: { fanIn: first * second } }, ...biasOf(call.arguments, out)];
    },
    run: (call) => {
      const [left, right] = [inputAt(call, 0), inputAt(call, 1)];
      const [first, second] = [left.shape.at(-1) ?? 0, right.shape.at(-1) ?? 0];
      const shape = outputShapeAt(call);
      const out = shape.at(-1) ?? 0;
      const weight = parameterOf(call, 'weight');
      const bias = call.parameters.get('bias')?.data;
      const rows = left.data.length / first;
      const data = Float32Array.from({ length: rows * out }, (_, at) => {
        const [row, feature] = [Math.floor(at / out), at % out];
        let sum = bias?.[feature] ?? 0;
        for (let i = 0; i < first; i++) {
          for (let j = 0; j < second; j++) {
            const product = (left.data[row * first + i] ?? 0) * (right.data[row * second + j] ?? 0);
            sum += product * (weight[(feature * first + i) * second + j] ?? 0);
          }
        }
        return sum;
      });
      return [{ shape, data }];
    },
  },
];

function linear(operator: string): Kernel {
  return {
    operator,
    reads: (call) => {
      const { length } = inputShapeAt(call);
      const first = axisOf(integer(call.arguments, 'start_dim') ?? -1, length);
      return inputShapeAt(call).map((_, axis) => (axis < first ? axis : null));
    },
    parameters: (call) => {
      const features = featuresOf(call);
      const out = integer(call.arguments, 'out_features') ?? 0;
      return [{ name: 'weight', shape: [out, features], start: { fanIn: features } }, ...biasOf(call.arguments, out)];
    },
    run: (call) => {
      const { data } = inputAt(call);
      const features = featuresOf(call);
      const shape = outputShapeAt(call);
      const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
      return [
        { shape, data: project(data, rows, features, parameterOf(call, 'weight'), call.parameters.get('bias')?.data, call.progress) },
      ];
    },
  };
}

/** The last axis, or all from start_dim on, as in Caffe. */
function featuresOf(call: KernelShapes): number {
  const shape = inputShapeAt(call);
  return elementCount(shape.slice(axisOf(integer(call.arguments, 'start_dim') ?? -1, shape.length)));
}

function biasOf(from: Arguments, features: number): readonly ParameterShape[] {
  return boolean(from, 'bias') === false ? [] : [{ name: 'bias', shape: [features], start: 'zeros' }];
}

/** x W^T + b for each of `rows` rows of `features` numbers; W has a row for each output feature. */
export function project(
  data: Float32Array,
  rows: number,
  features: number,
  weight: Float32Array,
  bias?: Float32Array,
  progress?: Progress,
): Float32Array {
  const out = features === 0 ? (bias?.length ?? 0) : weight.length / features;
  const output = new Float32Array(rows * out);
  for (let row = 0; row < rows; row++) {
    for (let feature = 0; feature < out; feature++) {
      let sum = bias?.[feature] ?? 0;
      for (let at = 0; at < features; at++) sum += (data[row * features + at] ?? 0) * (weight[feature * features + at] ?? 0);
      output[row * out + feature] = sum;
      progress?.((row * out + feature + 1) / output.length);
    }
  }
  return output;
}
