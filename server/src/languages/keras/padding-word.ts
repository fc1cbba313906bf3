// Keras has words for paddings, and no numbers: which word means so many cells on each side of a layer's input.
import { isConcrete } from '../../dims/size.ts';
import type { ArgumentValue } from '../../network/argument.ts';
import type { Node } from '../../network/network.ts';
import { axesOf } from './layers/convolution.ts';

/** `value` is a number or a tuple of them. Undefined where no word of Keras' pads like that, both sides alike. */
export function paddingWord({ operator, arguments: written, inputs, source }: Node, value: string): 'valid' | 'same' | undefined {
  const kind = /^(Conv|MaxPool|AvgPool)([123])d$/.exec(operator);
  const spatial = Number(kind?.[2] ?? 0);
  // The second convolution of a separable one has no padding of its own.
  const isSecond = written.get('kernel_size') === 1 && source.label?.includes('Separable') === true;
  if (spatial < 1 || isSecond) return undefined;
  const numbers = /^\(?[\d, ]+\)?$/.test(value) ? (value.match(/\d+/g) ?? []).map(Number) : [];
  const sides = axesOf(numbers, spatial as 1 | 2 | 3);
  if (sides?.length !== spatial) return undefined;
  if (sides.every((side) => side === 0)) return 'valid';
  const each = (name: string, absent: ArgumentValue) => axesOf(written.get(name) ?? absent, spatial as 1 | 2 | 3);
  const [kernel, dilation] = [each('kernel_size', null), each('dilation', 1)];
  const stride = each('stride', kind?.[1] === 'Conv' ? 1 : (written.get('kernel_size') ?? null));
  const isSame = sides.every((side, axis) => {
    const [k, d, s] = [kernel?.[axis] ?? NaN, dilation?.[axis] ?? NaN, stride?.[axis] ?? NaN];
    const reach = d * (k - 1) + 1;
    const size = inputs[0]?.shape?.[axis + 2];
    // What "same" pads in all: with a stride it depends on the size.
    const all = s === 1 ? reach - 1 : isConcrete(size) ? Math.max((Math.ceil(size / s) - 1) * s + reach - size, 0) : NaN;
    return all === 2 * side;
  });
  return isSame ? 'same' : undefined;
}
