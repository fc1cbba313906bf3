// PriorBox of SSD: corners of boxes in parts of the image, and as many variances behind them.
import { boolean } from '../operators/call.ts';
import { aspectRatios, numbersOf } from '../operators/prior-box.ts';
import type { Kernel, KernelCall } from './kernel.ts';
import { inputShapeAt, outputShapeAt, realOf } from './kernel-call.ts';
import { elementCount } from './tensor-data.ts';

export const priorBoxKernel: Kernel = {
  operator: 'PriorBox',
  run: (call) => {
    const { arguments: from } = call;
    const [, , rows = 0, columns = 0] = inputShapeAt(call);
    const [, , imageRows = 0, imageColumns = 0] = inputShapeAt(call, 1);
    const [height = imageRows, width = numbersOf(from, 'img_size')[0] ?? imageColumns] = numbersOf(from, 'img_size');
    const [stepDown = height / rows, stepAcross = numbersOf(from, 'step')[0] ?? width / columns] = numbersOf(from, 'step');
    const offset = realOf(from, 'offset');
    const clip = boolean(from, 'clip') === true ? (value: number) => Math.min(Math.max(value, 0), 1) : (value: number) => value;
    const shape = outputShapeAt(call);
    const output = new Float32Array(elementCount(shape));
    const boxes = boxSizes(call);
    let at = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const [x, y] = [(column + offset) * stepAcross, (row + offset) * stepDown];
        for (const [across, down] of boxes) {
          output[at++] = clip((x - across / 2) / width);
          output[at++] = clip((y - down / 2) / height);
          output[at++] = clip((x + across / 2) / width);
          output[at++] = clip((y + down / 2) / height);
        }
      }
    }
    const variance = numbersOf(from, 'variance');
    for (let next = at; next < output.length; next++) output[next] = variance[next % variance.length] ?? 0.1;
    return [{ shape, data: output }];
  },
};

/** Width and height of the boxes of a cell, in the order in which they come out. */
function boxSizes({ arguments: from }: KernelCall): readonly (readonly [across: number, down: number])[] {
  const large = numbersOf(from, 'max_sizes');
  const ratios = (aspectRatios(from) ?? []).slice(1);
  return numbersOf(from, 'min_sizes').flatMap((small, at) => {
    const between = Math.sqrt(small * (large[at] ?? Number.NaN));
    return [
      [small, small] as const,
      ...(large[at] === undefined ? [] : [[between, between] as const]),
      ...ratios.map((ratio) => [small * Math.sqrt(ratio), small / Math.sqrt(ratio)] as const),
    ];
  });
}
