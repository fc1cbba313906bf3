// Reduction, Caffe's layer: each piece of cells that lie one behind the other becomes one number.
import { string } from '../operators/call.ts';
import type { Kernel } from './kernel.ts';
import { axisOf, inputAt, outputShapeAt, realOf, wholeOf } from './kernel-call.ts';
import { elementCount } from './tensor-data.ts';

const TERMS: Readonly<Record<string, (value: number) => number>> = { asum: Math.abs, sumsq: (value) => value * value };

export const trailingReductionKernel: Kernel = {
  operator: 'Reduction',
  run: (call) => {
    const { shape, data } = inputAt(call);
    const { arguments: from } = call;
    const operation = string(from, 'operation') ?? 'sum';
    const termOf = TERMS[operation] ?? ((value: number) => value);
    const length = elementCount(shape.slice(axisOf(wholeOf(from, 'axis'), shape.length)));
    const factor = operation === 'mean' ? realOf(from, 'coeff') / length : realOf(from, 'coeff');
    const outputShape = outputShapeAt(call);
    const output = Float32Array.from({ length: elementCount(outputShape) }, (_, at) => {
      let sum = 0;
      for (let cell = at * length; cell < (at + 1) * length; cell++) sum += termOf(data[cell] ?? 0);
      return sum * factor;
    });
    return [{ shape: outputShape, data: output }];
  },
};
