// Sections with weights: [convolutional], [deconvolutional], [connected], [local], [batchnorm].
import { float } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import type { LayerReader, Lowered, Written } from './reader.ts';

const ACTIVATIONS: Readonly<Record<string, readonly [operator: string, written: Readonly<Record<string, Written>>]>> = {
  logistic: ['Sigmoid', {}],
  leaky: ['LeakyReLU', { negative_slope: [float(0.1)] }],
  relie: ['LeakyReLU', { negative_slope: [float(0.01)] }],
  relu: ['ReLU', {}],
  relu6: ['ReLU6', {}],
  tanh: ['Tanh', {}],
  elu: ['ELU', {}],
  selu: ['SELU', {}],
  gelu: ['GELU', {}],
  swish: ['SiLU', {}],
  mish: ['Mish', {}],
  hardtan: ['Hardtanh', {}],
};

/** The activation behind a layer. Those that no operator says keep the sizes and are left out. */
export function activate(reader: LayerReader, input: Tensor, otherwise: string): Tensor {
  const found = ACTIVATIONS[reader.text('activation', otherwise)];
  return found === undefined ? input : reader.apply(found[0], found[1], [input]);
}

/** Scales, biases, rolling means and variances: four numbers a channel are in the weights file. */
export function normalize(reader: LayerReader, input: Tensor, numbers = 4): Tensor {
  return reader.apply(
    input.shape?.length === 2 ? 'BatchNorm1d' : 'BatchNorm2d',
    { num_features: [{ kind: 'infer' }], parameters_per_channel: [numbers] },
    [input],
  );
}

export function only(output: Tensor): Lowered {
  return { output, following: output };
}

/** `pad=1` means half the kernel, whatever `padding` says. */
export function paddingOf(reader: LayerReader, size: number): readonly [cells: number, key: string] {
  return reader.integer('pad', 0) === 0 ? [reader.integer('padding', 0), 'padding'] : [Math.max(Math.trunc(size / 2), 0), 'pad'];
}

export function strides(reader: LayerReader): Written {
  const stride = reader.integer('stride', 1);
  if (reader.dialect === 'pjreddie') return [stride, 'stride'];
  const [x, y] = ['stride_x', 'stride_y'].map((key) => reader.integer(key, -1)).map((value) => (value < 1 ? stride : value));
  if (x !== stride || y !== stride)
    reader.differ(reader.place('stride_x', 'stride_y'), `stride_x and stride_y are passed over by pjreddie's, which moves by ${stride}`);
  return x === y ? [x ?? stride, 'stride'] : [[y ?? stride, x ?? stride], 'stride_x'];
}

/** The input and the padding for so many cells more on each axis; an odd number of them ends on one cell more than it begins with. */
function padBy(reader: LayerReader, cells: number, key: string, input = reader.input): readonly [Tensor, Written] {
  const before = Math.floor(cells / 2);
  if (cells % 2 === 0) return [input, [before, key]];
  const after = cells - before;
  return [reader.apply('Pad', { pad: [[before, after, before, after], key] }, [input]), [0]];
}

export function convolutional(reader: LayerReader): Lowered {
  const size = reader.integer('size', 1);
  const isAlexey = reader.dialect === 'AlexeyAB';
  const dilation = isAlexey && size !== 1 ? reader.integer('dilation', 1) : 1;
  const [padding, key] = paddingOf(reader, size);
  // Darknet's size of a dilated convolution is that of one without dilation.
  const [padded, paddingOfEach] = padBy(reader, 2 * padding + (dilation - 1) * (size - 1), key);
  if (dilation !== 1) reader.differ(reader.place('dilation'), `dilation=${dilation} is passed over by pjreddie's`);
  const antialiasing = isAlexey ? reader.integer('antialiasing', 0) : 0;
  const hasNorm = reader.integer('batch_normalize', 0) !== 0 || (isAlexey && reader.integer('cbn', 0) !== 0);
  const written: Readonly<Record<string, Written>> = {
    in_channels: [{ kind: 'infer' }],
    out_channels: [reader.count('filters', 1), 'filters'],
    kernel_size: [size, 'size'],
    stride: antialiasing === 0 ? strides(reader) : [1],
    padding: paddingOfEach,
    dilation: [dilation, 'dilation'],
    groups: [reader.integer('groups', 1), 'groups'],
    bias: [!hasNorm],
  };
  const convolved = reader.apply('Conv2d', written, [padded]);
  const output = activate(reader, hasNorm ? normalize(reader, convolved) : convolved, 'logistic');
  return { output, following: antialiasing === 0 ? output : blur(reader, output, antialiasing) };
}

/** Antialiasing moves the stride into a blur of each channel, with fixed weights. */
export function blur(reader: LayerReader, input: Tensor, antialiasing: number): Tensor {
  reader.differ(reader.place('antialiasing'), `antialiasing=${antialiasing} is passed over by pjreddie's`);
  const size = antialiasing === 2 ? 2 : 3;
  return reader.apply('AvgPool2d', { kernel_size: [size], stride: strides(reader), padding: [antialiasing === 2 ? 0 : 1] }, [input]);
}

export function deconvolutional(reader: LayerReader): Lowered {
  const size = reader.integer('size', 1);
  const hasNorm = reader.integer('batch_normalize', 0) !== 0;
  const output = reader.apply('ConvTranspose2d', {
    in_channels: [{ kind: 'infer' }],
    out_channels: [reader.count('filters', 1), 'filters'],
    kernel_size: [size, 'size'],
    stride: [reader.integer('stride', 1), 'stride'],
    padding: paddingOf(reader, size),
    bias: [!hasNorm],
  });
  return only(activate(reader, hasNorm ? normalize(reader, output) : output, 'logistic'));
}

export function linear(reader: LayerReader, input: Tensor, features: Written, key = 'batch_normalize'): Tensor {
  const hasNorm = reader.integer(key, 0) !== 0;
  const output = reader.apply('Linear', { in_features: [{ kind: 'infer' }], out_features: features, bias: [!hasNorm] }, [input]);
  return hasNorm ? normalize(reader, output) : output;
}

export function flatten(reader: LayerReader, input = reader.input): Tensor {
  return input.shape?.length === 2 ? input : reader.apply('Flatten', {}, [input]);
}

/** An image of 1x1 cells comes out, so that a convolution may follow. */
export function connected(reader: LayerReader): Lowered {
  const features = reader.count('output', 1);
  const output = activate(reader, linear(reader, flatten(reader), [features, 'output']), 'logistic');
  return only(reader.apply('Unflatten', { dim: [1], unflattened_size: [[features, 1, 1]] }, [output]));
}

/** pjreddie's keeps no biases of a norm that is a layer of its own. */
export function batchnorm(reader: LayerReader): Lowered {
  return only(normalize(reader, reader.input, reader.dialect === 'pjreddie' ? 3 : 4));
}

/** `pad` means that the size is that of a kernel of one cell. */
export function local(reader: LayerReader): Lowered {
  const size = reader.integer('size', 1);
  const [input, padding] = padBy(reader, reader.integer('pad', 0) === 0 ? 0 : size - 1, 'pad');
  const written: Readonly<Record<string, Written>> = {
    in_channels: [{ kind: 'infer' }],
    out_channels: [reader.count('filters', 1), 'filters'],
    kernel_size: [size, 'size'],
    stride: [reader.integer('stride', 1), 'stride'],
    padding,
  };
  const output = reader.apply('LocallyConnected2d', written, [input]);
  return only(activate(reader, output, 'logistic'));
}
