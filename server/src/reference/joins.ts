// Cat and Stack: tensors side by side along an axis.
import type { Kernel } from './kernel.ts';
import { axisOf, outputShapeAt, wholeOf } from './kernel-call.ts';
import { elementCount, type TensorData } from './tensor-data.ts';

export const joinKernels: readonly Kernel[] = [
  {
    operator: 'Cat',
    reads: 'copies',
    run: (call) => {
      const shape = outputShapeAt(call);
      return [join(call.inputs, shape, axisOf(wholeOf(call.arguments, 'dim'), shape.length))];
    },
  },
  {
    operator: 'Stack',
    reads: 'copies',
    run: (call) => {
      const shape = outputShapeAt(call);
      return [join(call.inputs, shape, axisOf(wholeOf(call.arguments, 'dim'), shape.length))];
    },
  },
];

/** For each place before the axis, what each input has there lies in one piece. An input without cells adds nothing. */
function join(inputs: readonly TensorData[], shape: readonly number[], axis: number): TensorData {
  const output = new Float32Array(elementCount(shape));
  const places = elementCount(shape.slice(0, axis));
  let cell = 0;
  for (let place = 0; place < places; place++) {
    for (const { data } of inputs) {
      const piece = data.length / places;
      output.set(data.subarray(place * piece, (place + 1) * piece), cell);
      cell += piece;
    }
  }
  return { shape, data: output };
}
