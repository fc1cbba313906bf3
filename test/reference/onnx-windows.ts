// Convolutions and pools of ONNX in the words of our operators.
import type { TensorData } from '../../server/src/reference/tensor-data.ts';
import { apply, attributeNumber, attributeNumbers, attributeString, given, inputTensor, type OnnxNode } from './onnx-node.ts';

interface Windows {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function windowsOf(node: OnnxNode, kernel: readonly number[]): Windows {
  const each = (name: string) => attributeNumbers(node, name) ?? kernel.map(() => 1);
  const [stride, dilation] = [each('strides'), each('dilations')];
  const pads = attributeNumbers(node, 'pads') ?? kernel.flatMap(() => [0, 0]);
  const auto = attributeString(node, 'auto_pad', 'NOTSET');
  const base = { kernel, stride, dilation };
  if (!auto.startsWith('SAME')) return { ...base, before: pads.slice(0, kernel.length), after: pads.slice(kernel.length) };
  const sizes = given(node).shape.slice(2);
  const totals = kernel.map((size, at) => {
    const [step, input] = [stride[at] ?? 1, sizes[at] ?? 1];
    return Math.max((Math.ceil(input / step) - 1) * step + (size - 1) * (dilation[at] ?? 1) + 1 - input, 0);
  });
  const [less, more] = [totals.map((total) => Math.floor(total / 2)), totals.map((total) => Math.ceil(total / 2))];
  return auto === 'SAME_UPPER' ? { ...base, before: less, after: more } : { ...base, before: more, after: less };
}

function padded(input: TensorData, { before, after }: Windows, value = 0): TensorData {
  const pad = before.map((amount, at) => [amount, after[at] ?? 0]).reverse();
  return apply('Pad', { pad: pad.flat(), value }, [input]);
}

export function convolution(node: OnnxNode): TensorData {
  const [input, weight, bias] = [given(node), given(node, 1), inputTensor(node, 2)];
  const windows = windowsOf(node, weight.shape.slice(2));
  const args = {
    in_channels: input.shape[1] ?? 0,
    out_channels: weight.shape[0] ?? 0,
    kernel_size: windows.kernel,
    stride: windows.stride,
    dilation: windows.dilation,
    groups: attributeNumber(node, 'group', 1),
    bias: bias !== undefined,
  };
  const isEven = windows.before.every((amount, at) => amount === windows.after[at]);
  const learned = { weight, ...(bias === undefined ? {} : { bias }) };
  const name = `Conv${windows.kernel.length}d`;
  return isEven
    ? apply(name, { ...args, padding: windows.before }, [input], learned)
    : apply(name, args, [padded(input, windows)], learned);
}

export function transposedConvolution(node: OnnxNode): TensorData | string {
  const [input, weight] = [given(node), given(node, 1)];
  const kernel = weight.shape.slice(2);
  const groups = attributeNumber(node, 'group', 1);
  const pads = attributeNumbers(node, 'pads') ?? kernel.flatMap(() => [0, 0]);
  const outputSize = attributeNumbers(node, 'output_shape');
  const auto = attributeString(node, 'auto_pad', 'NOTSET');
  const args = {
    in_channels: input.shape[1] ?? 0,
    out_channels: (weight.shape[1] ?? 0) * groups,
    kernel_size: kernel,
    stride: attributeNumbers(node, 'strides') ?? 1,
    dilation: attributeNumbers(node, 'dilations') ?? 1,
    padding: pads.slice(0, kernel.length),
    output_padding: attributeNumbers(node, 'output_padding') ?? 0,
    groups,
    bias: false,
    ...(auto === 'SAME_UPPER' ? { auto_pad: auto } : {}),
    ...(outputSize === undefined ? {} : { output_size: outputSize }),
  };
  return apply(`ConvTranspose${kernel.length}d`, args, [input], { weight });
}

/** Padding of more than half the kernel, or of two unlike ends, is no pool of PyTorch's: it is padded first. */
function isOwnPadding({ kernel, before, after }: Windows): boolean {
  return before.every((amount, at) => amount === after[at] && amount <= Math.floor((kernel[at] ?? 1) / 2));
}

export function pool(node: OnnxNode, kind: 'Max' | 'Avg' | 'LP'): TensorData | string {
  const kernel = attributeNumbers(node, 'kernel_shape') ?? [];
  const windows = windowsOf(node, kernel);
  const name = `${kind}Pool${kernel.length}d`;
  const input = given(node);
  const isCeil = attributeNumber(node, 'ceil_mode', 0) === 1;
  const args = { kernel_size: kernel, stride: windows.stride, ceil_mode: isCeil };
  if (kind !== 'Max' && windows.dilation.some((size) => size !== 1)) return 'PyTorch has no dilation there';
  // PyTorch leaves the sign of values as it is.
  if (kind === 'LP')
    return apply(name, { ...args, norm_type: attributeNumber(node, 'p', 2) }, [apply('Abs', {}, [padded(input, windows)])]);
  if (kind === 'Max') {
    const dilated = { ...args, dilation: windows.dilation };
    if (isOwnPadding(windows)) return apply(name, { ...dilated, padding: windows.before }, [input]);
    return apply(name, dilated, [padded(input, windows, -Infinity)]);
  }
  const isCounted = attributeNumber(node, 'count_include_pad', 0) === 1;
  if (isOwnPadding(windows)) return apply(name, { ...args, padding: windows.before, count_include_pad: isCounted }, [input]);
  const mean = (cells: TensorData) => apply(name, args, [padded(cells, windows)]);
  if (isCounted) return mean(input);
  // The mean of the cells alone: that with the padding over the part of the window that is no padding.
  return apply('Div', {}, [mean(input), mean({ shape: input.shape, data: input.data.map(() => 1) })]);
}

/** Col2Im is Fold, for images alone. */
export function fold(node: OnnxNode): TensorData | string {
  const [image, block] = [given(node, 1), given(node, 2)].map(({ data }) => [...data]);
  if (image?.length !== 2 || block === undefined) return 'PyTorch has it in 2-d alone';
  const pads = attributeNumbers(node, 'pads') ?? [0, 0, 0, 0];
  const args = {
    output_size: image,
    kernel_size: block,
    dilation: attributeNumbers(node, 'dilations') ?? 1,
    padding: pads.slice(0, 2),
    stride: attributeNumbers(node, 'strides') ?? 1,
  };
  return apply('Fold', args, [given(node)]);
}
