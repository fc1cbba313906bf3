// Chunk, Split, TensorSplit, Unbind, Slice and Select: parts of an axis.
import { isList } from '../network/argument.ts';
import { dimension, integers } from '../operators/call.ts';
import type { Kernel, KernelCall } from './kernel.ts';
import { axisOf, inputAt, outputShapeAt, wholeOf } from './kernel-call.ts';
import { evenOffsets, gather, offsetsOf, stridesOf } from './gather.ts';
import type { TensorData } from './tensor-data.ts';

/** TensorSplit's number of parts, or where they begin. */
const PLACES = 'indices_or_sections';

export const partKernels: readonly Kernel[] = [
  { operator: 'Chunk', reads: 'copies', run: neighbours },
  { operator: 'Split', reads: 'copies', run: neighbours },
  { operator: 'TensorSplit', reads: 'copies', run: (call) => (isList(call.arguments.get(PLACES)) ? partsAt(call) : neighbours(call)) },
  {
    operator: 'Unbind',
    reads: 'copies',
    run: (call) => call.outputShapes.map((shape, at) => part(call, shape, at, 1, 1)),
  },
  {
    operator: 'Select',
    reads: 'copies',
    run: (call) => {
      const { shape } = inputAt(call);
      const index = wholeOf(call.arguments, 'index');
      const size = shape[axisOf(wholeOf(call.arguments, 'dim'), shape.length)] ?? 0;
      return [part(call, outputShapeAt(call), index < 0 ? index + size : index, 1, 1)];
    },
  },
  {
    operator: 'Slice',
    reads: 'copies',
    run: (call) => {
      const { shape } = inputAt(call);
      const axis = axisOf(wholeOf(call.arguments, 'dim'), shape.length);
      const size = shape[axis] ?? 0;
      const written = dimension(call.arguments, 'start');
      const start = typeof written === 'number' ? written : 0;
      const output = outputShapeAt(call);
      const first = start < 0 ? Math.max(start + size, 0) : start;
      return [part(call, output, first, output[axis] ?? 0, wholeOf(call.arguments, 'step'))];
    },
  },
];

/** Parts that lie side by side, as long as the output shapes say. */
function neighbours(call: KernelCall): readonly TensorData[] {
  let start = 0;
  return call.outputShapes.map((shape) => {
    const count = shape[axisOf(wholeOf(call.arguments, 'dim'), shape.length)] ?? 0;
    const taken = part(call, shape, start, count, 1);
    start += count;
    return taken;
  });
}

/** Parts that begin at given places, which count from the end where they are negative and need not rise. */
function partsAt(call: KernelCall): readonly TensorData[] {
  const { shape } = inputAt(call);
  const axis = axisOf(wholeOf(call.arguments, 'dim'), shape.length);
  const places = (integers(call.arguments, PLACES) ?? []).map((place = 0) => (place < 0 ? Math.max(place + (shape[axis] ?? 0), 0) : place));
  return call.outputShapes.map((output, at) => part(call, output, at === 0 ? 0 : (places[at - 1] ?? 0), output[axis] ?? 0, 1));
}

/** `count` cells of the axis `dim`, from `start` on, each `step`-th. */
function part(call: KernelCall, shape: readonly number[], start: number, count: number, step: number): TensorData {
  const input = inputAt(call);
  const axis = axisOf(wholeOf(call.arguments, 'dim'), input.shape.length);
  const stride = stridesOf(input.shape)[axis] ?? 1;
  const taken = evenOffsets(count, stride * step).map((offset) => offset + start * stride);
  return { shape, data: gather(input.data, offsetsOf(input.shape).with(axis, taken)) };
}
