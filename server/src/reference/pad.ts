// Pad, the padding modules and CenterCrop: cells added or taken off at the ends of axes.
import { isList } from '../network/argument.ts';
import { integers, number, string } from '../operators/call.ts';
import type { Arguments } from '../operators/operator.ts';
import { paddings } from '../operators/pad.ts';
import type { PaddingMode } from '../operators/padding-rules.ts';
import { readAxes } from '../operators/window-arguments.ts';
import { gather, offsetsOf, stridesOf } from './gather.ts';
import type { Kernel } from './kernel.ts';
import { inputAt, inputShapeAt, outputShapeAt } from './kernel-call.ts';
import { NO_SOURCE, paddedSources } from './padding-source.ts';
import { roundHalfToEven } from './special-functions.ts';
import type { TensorData } from './tensor-data.ts';

const MODES: Readonly<Record<string, PaddingMode>> = { Reflection: 'reflect', Replication: 'replicate', Circular: 'circular' };

export const paddingKernels: readonly Kernel[] = [
  ...paddings.map(({ name }): Kernel => {
    const moduleMode = MODES[name.replace(/Pad(\dd)?$/, '')] ?? 'constant';
    const spatial = Number(/(\d)d$/.exec(name)?.[1] ?? 0);
    return {
      operator: name,
      reads: 'copies',
      run: (call) => {
        const { arguments: from } = call;
        const mode = name === 'Pad' ? functionMode(from) : moduleMode;
        const amounts = name === 'Pad' ? (integers(from, 'pad') ?? []) : moduleAmounts(from, spatial);
        return [pad(inputAt(call), outputShapeAt(call), amounts, mode, number(from, 'value') ?? 0)];
      },
    };
  }),
  {
    operator: 'CenterCrop',
    reads: 'copies',
    run: (call) => {
      const shape = inputShapeAt(call);
      const [height, width] = readAxes(call.arguments, 'size', 2).map((wanted, at) =>
        cropAmounts(shape[shape.length - 2 + at] ?? 0, typeof wanted === 'number' ? wanted : 0),
      );
      return [pad(inputAt(call), outputShapeAt(call), [...(width ?? []), ...(height ?? [])], 'constant', 0)];
    },
  },
];

function functionMode(from: Arguments): PaddingMode {
  const mode = string(from, 'mode');
  return mode === 'reflect' || mode === 'replicate' || mode === 'circular' ? mode : 'constant';
}

function moduleAmounts(from: Arguments, spatial: number): readonly (number | undefined)[] {
  const written = integers(from, 'padding') ?? [];
  return isList(from.get('padding')) ? written : Array.from({ length: 2 * spatial }, () => written[0]);
}

/** torchvision's: a larger crop is padded, the smaller half first; a smaller one starts at the even one of two middles. */
function cropAmounts(size: number, wanted: number): readonly number[] {
  if (wanted > size) return [Math.floor((wanted - size) / 2), Math.ceil((wanted - size) / 2)];
  const start = roundHalfToEven((size - wanted) / 2);
  return [-start, start + wanted - size];
}

/** `amounts` names the last axis first, before and after. */
function pad(
  { shape, data }: TensorData,
  output: readonly number[],
  amounts: readonly (number | undefined)[],
  mode: PaddingMode,
  value: number,
): TensorData {
  const strides = stridesOf(shape);
  const offsets = offsetsOf(shape).map((own, axis) => {
    const at = 2 * (shape.length - 1 - axis);
    const [before, after] = [amounts[at], amounts[at + 1]];
    if (before === undefined || after === undefined) return own;
    const stride = strides[axis] ?? 1;
    return paddedSources(shape[axis] ?? 0, before, after, mode).map((source) => (source === NO_SOURCE ? NO_SOURCE : source * stride));
  });
  return { shape: output, data: gather(data, offsets, value) };
}
