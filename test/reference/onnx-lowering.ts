// Which of our operators make what an operator of ONNX makes: for each a function that runs them, or says why none can.
import { runOperator, tensor, type Json } from './run-operator.ts';
import {
  apply,
  attributeNumber,
  attributeNumbers,
  attributeString,
  given,
  inputNumbers,
  inputTensor,
  resolve,
  scalar,
  type OnnxNode,
} from './onnx-node.ts';
import { resize } from './onnx-resize.ts';
import { convolution, fold, pool, transposedConvolution } from './onnx-windows.ts';
import { elementCount, type TensorData } from '../../server/src/reference/tensor-data.ts';

/** The outputs, or why PyTorch's operators have none. Outputs that ours do not give are left out at the end. */
type Lowering = (node: OnnxNode) => TensorData | readonly TensorData[] | string;

const same =
  (operator: string, args: (node: OnnxNode) => Readonly<Record<string, Json>> = () => ({})): Lowering =>
  (node) =>
    apply(
      operator,
      args(node),
      node.inputs.map((_, at) => given(node, at)),
    );

const inTurn =
  (operator: string): Lowering =>
  (node) =>
    node.inputs.map((_, at) => given(node, at)).reduce((left, right) => apply(operator, {}, [left, right]));

/** The input, with what a whole number or an absent input says of the axes. */
function axesOf(node: OnnxNode, at: number): readonly number[] {
  const rank = given(node).shape.length;
  return (inputNumbers(node, at) ?? []).map((axis) => resolve(axis, rank));
}

function gather(node: OnnxNode): TensorData {
  const axis = attributeNumber(node, 'axis', 0);
  const data = given(node);
  const order = [axis, ...data.shape.map((_, at) => at).filter((at) => at !== axis)];
  const first = apply('Permute', { dims: order }, [data]);
  const [count = 0, ...rest] = first.shape;
  const indices = given(node, 1);
  const positive = { ...indices, data: indices.data.map((index) => resolve(index, count)) };
  const width = elementCount(rest);
  const weight = apply('Reshape', { shape: [count, width] }, [first]);
  const vectors = apply('Embedding', { num_embeddings: count, embedding_dim: width }, [positive], { weight });
  const shaped = apply('Reshape', { shape: [...indices.shape, ...rest] }, [vectors]);
  // The indices' axes go to where the axis was.
  const [own, before] = [indices.shape.length, axis];
  const back = [
    ...Array.from({ length: before }, (_, at) => own + at),
    ...Array.from({ length: own }, (_, at) => at),
    ...Array.from({ length: rest.length - before }, (_, at) => own + before + at),
  ];
  return apply('Permute', { dims: back }, [shaped]);
}

function gemm(node: OnnxNode): TensorData {
  const side = (at: number, name: string) =>
    attributeNumber(node, name, 0) === 1 ? apply('Transpose', { dim0: 0, dim1: 1 }, [given(node, at)]) : given(node, at);
  const product = apply('MatMul', {}, [side(0, 'transA'), side(1, 'transB')]);
  const scaled = apply('Mul', {}, [product, scalar(attributeNumber(node, 'alpha', 1))]);
  const added = inputTensor(node, 2);
  return added === undefined ? scaled : apply('Add', {}, [scaled, apply('Mul', {}, [added, scalar(attributeNumber(node, 'beta', 1))])]);
}

function centerCropPad(node: OnnxNode): TensorData | string {
  const wanted = inputNumbers(node, 1) ?? [];
  const rank = given(node).shape.length;
  const axes = (attributeNumbers(node, 'axes') ?? wanted.map((_, at) => at)).map((axis) => resolve(axis, rank));
  let image = given(node);
  for (const [at, axis] of axes.entries()) {
    const [size, crop] = [image.shape[axis] ?? 0, wanted[at] ?? 0];
    if (size > crop && (size - crop) % 4 === 3) return "torchvision's middle is the even one of two";
    const swapped = apply('Transpose', { dim0: axis, dim1: -1 }, [image]);
    const cropped = apply('CenterCrop', { size: [swapped.shape.at(-2) ?? 1, crop] }, [swapped]);
    image = apply('Transpose', { dim0: axis, dim1: -1 }, [cropped]);
  }
  return image;
}

const PAD_MODES: Readonly<Record<string, string>> = { constant: 'constant', edge: 'replicate', reflect: 'reflect', wrap: 'circular' };

function pad(node: OnnxNode): TensorData {
  const { shape } = given(node);
  const pads = inputNumbers(node, 1) ?? [];
  const axes = node.inputs[3] === undefined || node.inputs[3] === null ? shape.map((_, axis) => axis) : axesOf(node, 3);
  const amounts = shape.flatMap((_, fromLast) => {
    const at = axes.indexOf(shape.length - 1 - fromLast);
    return at < 0 ? [0, 0] : [pads[at] ?? 0, pads[at + axes.length] ?? 0];
  });
  const mode = PAD_MODES[attributeString(node, 'mode', 'constant')] ?? '';
  const value = inputNumbers(node, 2)?.[0] ?? 0;
  // The other modes take the spatial axes alone, and batch and channels are not padded in any test.
  return apply('Pad', mode === 'constant' ? { pad: amounts, mode, value } : { pad: amounts.slice(0, -4), mode }, [given(node)]);
}

function slice(node: OnnxNode): TensorData | string {
  const [starts = [], ends = [], axes, steps] = [1, 2, 3, 4].map((at) => inputNumbers(node, at));
  let part = given(node);
  for (const [at, start] of starts.entries()) {
    const step = steps?.[at] ?? 1;
    if (step < 0) return 'PyTorch has no negative steps';
    part = apply('Slice', { dim: axes?.[at] ?? at, start, end: ends[at] ?? 0, step }, [part]);
  }
  return part;
}

function split(node: OnnxNode): readonly TensorData[] {
  const dim = attributeNumber(node, 'axis', 0);
  const sizes = inputNumbers(node, 1);
  if (sizes !== undefined) return runOperator('Split', { split_size_or_sections: sizes, dim }, [given(node)]);
  return runOperator('Chunk', { chunks: node.outputs.length, dim }, [given(node)]);
}

/** ONNX's order of the channels is that of PixelShuffle in mode CRD alone. */
function depthToSpace(node: OnnxNode): TensorData {
  const block = attributeNumber(node, 'blocksize', 1);
  if (attributeString(node, 'mode', 'DCR') === 'CRD') return apply('PixelShuffle', { upscale_factor: block }, [given(node)]);
  const [batch = 1, channels = 1, height = 1, width = 1] = given(node).shape;
  const apart = apply('Reshape', { shape: [batch, block, block, channels / block ** 2, height, width] }, [given(node)]);
  const ordered = apply('Permute', { dims: [0, 3, 4, 1, 5, 2] }, [apart]);
  return apply('Reshape', { shape: [batch, channels / block ** 2, height * block, width * block] }, [ordered]);
}

function spaceToDepth(node: OnnxNode): TensorData {
  const block = attributeNumber(node, 'blocksize', 1);
  const [batch = 1, channels = 1, height = 1, width = 1] = given(node).shape;
  const apart = apply('Reshape', { shape: [batch, channels, height / block, block, width / block, block] }, [given(node)]);
  const ordered = apply('Permute', { dims: [0, 3, 5, 1, 2, 4] }, [apart]);
  return apply('Reshape', { shape: [batch, channels * block ** 2, height / block, width / block] }, [ordered]);
}

function layerNormalization(node: OnnxNode): TensorData {
  const [input, weight, bias] = [given(node), given(node, 1), given(node, 2)];
  const axis = resolve(attributeNumber(node, 'axis', -1), input.shape.length);
  const args = { normalized_shape: input.shape.slice(axis), eps: attributeNumber(node, 'epsilon', 1e-5) };
  return apply('LayerNorm', args, [input], { weight, bias });
}

function reshape(node: OnnxNode): TensorData {
  const { shape } = given(node);
  const keepsZero = attributeNumber(node, 'allowzero', 0) === 1;
  const sizes = (inputNumbers(node, 1) ?? []).map((size, at) => (size === 0 && !keepsZero ? (shape[at] ?? 0) : size));
  return apply('Reshape', { shape: sizes }, [given(node)]);
}

const eps = (node: OnnxNode) => attributeNumber(node, 'epsilon', 1e-5);
const channels = (node: OnnxNode) => given(node).shape[1] ?? 0;
const NONE: Lowering = () => 'no operator of ours';

export const lowerings: Readonly<Record<string, Lowering>> = {
  Add: inTurn('Add'),
  Sum: inTurn('Add'),
  Sub: same('Sub'),
  Mul: same('Mul'),
  Div: same('Div'),
  MatMul: same('MatMul'),
  Gemm: gemm,
  Relu: same('ReLU'),
  Sigmoid: same('Sigmoid'),
  Tanh: same('Tanh'),
  HardSwish: same('Hardswish'),
  Elu: same('ELU', (node) => ({ alpha: attributeNumber(node, 'alpha', 1) })),
  LeakyRelu: same('LeakyReLU', (node) => ({ negative_slope: attributeNumber(node, 'alpha', 0.01) })),
  Identity: same('Identity'),
  Softmax: same('Softmax', (node) => ({ dim: attributeNumber(node, 'axis', -1) })),
  Concat: same('Cat', (node) => ({ dim: attributeNumber(node, 'axis', 0) })),
  LRN: same('LocalResponseNorm', (node) => ({
    size: attributeNumber(node, 'size', 1),
    alpha: attributeNumber(node, 'alpha', 1e-4),
    beta: attributeNumber(node, 'beta', 0.75),
    k: attributeNumber(node, 'bias', 1),
  })),
  Transpose: same('Permute', (node) => ({
    dims:
      attributeNumbers(node, 'perm') ??
      given(node)
        .shape.map((_, axis) => axis)
        .reverse(),
  })),
  GlobalAveragePool: same('AdaptiveAvgPool2d', () => ({ output_size: 1 })),
  GlobalMaxPool: same('AdaptiveMaxPool2d', () => ({ output_size: 1 })),
  HardSigmoid: (node) => {
    const line = apply('Mul', {}, [given(node), scalar(attributeNumber(node, 'alpha', 0.2))]);
    return apply('Clamp', { min: 0, max: 1 }, [apply('Add', {}, [line, scalar(attributeNumber(node, 'beta', 0.5))])]);
  },
  PRelu: (node) => {
    const negative = apply('Minimum', {}, [given(node), scalar(0)]);
    return apply('Add', {}, [apply('ReLU', {}, [given(node)]), apply('Mul', {}, [negative, given(node, 1)])]);
  },
  Clip: (node) => {
    const [min, max] = [inputNumbers(node, 1)?.[0] ?? null, inputNumbers(node, 2)?.[0] ?? null];
    return apply('Clamp', { min, max }, [given(node)]);
  },
  Dropout: (node) => (node.inputs[2]?.data[0] === true ? 'training' : apply('Dropout', {}, [given(node)])),
  Conv: convolution,
  ConvTranspose: transposedConvolution,
  MaxPool: (node) => pool(node, 'Max'),
  AveragePool: (node) => pool(node, 'Avg'),
  LpPool: (node) => pool(node, 'LP'),
  Col2Im: fold,
  BatchNormalization: (node) => {
    if (attributeNumber(node, 'training_mode', 0) === 1) return 'training';
    const [weight, bias, mean, variance] = [given(node, 1), given(node, 2), given(node, 3), given(node, 4)];
    const learned = { weight, bias, running_mean: mean, running_var: variance };
    return apply(`BatchNorm${given(node).shape.length - 2}d`, { num_features: channels(node), eps: eps(node) }, [given(node)], learned);
  },
  InstanceNormalization: (node) => {
    const args = { num_features: channels(node), eps: eps(node), affine: true };
    return apply('InstanceNorm2d', args, [given(node)], { weight: given(node, 1), bias: given(node, 2) });
  },
  GroupNormalization: (node) => {
    const args = { num_groups: attributeNumber(node, 'num_groups', 1), num_channels: channels(node), eps: eps(node) };
    return apply('GroupNorm', args, [given(node)], { weight: given(node, 1), bias: given(node, 2) });
  },
  LayerNormalization: layerNormalization,
  ReduceMean: (node) => apply('Mean', { dim: axesOf(node, 1), keepdim: attributeNumber(node, 'keepdims', 1) === 1 }, [given(node)]),
  Reshape: reshape,
  Flatten: (node) => {
    const { shape } = given(node);
    const axis = resolve(attributeNumber(node, 'axis', 1), shape.length);
    return apply('Reshape', { shape: [elementCount(shape.slice(0, axis)), -1] }, [given(node)]);
  },
  Squeeze: (node) => apply('Squeeze', { dim: axesOf(node, 1) }, [given(node)]),
  Unsqueeze: (node) => {
    const rank = node.outputs[0]?.shape.length ?? 0;
    const axes = (inputNumbers(node, 1) ?? []).map((axis) => resolve(axis, rank)).sort((left, right) => left - right);
    return axes.reduce((input, dim) => apply('Unsqueeze', { dim }, [input]), given(node));
  },
  Expand: (node) => apply('Expand', { sizes: node.outputs[0]?.shape ?? [] }, [given(node)]),
  Gather: gather,
  Slice: slice,
  Split: split,
  Pad: pad,
  CenterCropPad: centerCropPad,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Resize: resize,
  Upsample: (node) => apply('Upsample', { scale_factor: (inputNumbers(node, 1) ?? []).slice(2), mode: 'nearest' }, [given(node)]),
  Constant: (node) => {
    const { shape = [], data = [] } = node.outputs[0] ?? {};
    return apply('Parameter', { size: shape }, [], { '': tensor(shape, data.map(Number)) });
  },
  DeformConv: NONE,
  MaxUnpool: NONE,
  ConvInteger: NONE,
  QLinearConv: NONE,
  Shape: NONE,
};
