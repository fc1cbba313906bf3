// Functions that stand among the layers of a functional model: TensorFlow's, as `x + y` leaves them there, and the ops of Keras 3.
import { float, UNKNOWN, type ArgumentValue } from '../../../network/argument.ts';
import type { Tensor } from '../../../network/network.ts';
import { apply, applyUnsaid, asWritten, input, unknown, type LayerRule, type LayerUse, type Settings } from '../layer-use.ts';
import type { KerasLayer } from '../tree.ts';
import { readConfig } from '../config.ts';
import { itemsOf } from '../json.ts';
import { cellwise, kept as alsoMoved } from './activation.ts';
import { functionShapes, numbersOf } from './function-shapes.ts';
import { concat } from './merge.ts';

const TENSORFLOW = new Set(['TFOpLambda', 'SlicingOpLambda', 'TensorFlowOpLayer']);

/** The rule of a layer that is a function; undefined for one that is none. */
export function operationRule(layer: KerasLayer): LayerRule | undefined {
  const name = functionOf(layer);
  if (name === undefined) return undefined;
  return operations.get(name) ?? sizedFunction(name) ?? unsizedFunction(name);
}

/** A function whose sizes alone are known. */
function sizedFunction(name: string): LayerRule | undefined {
  const shapesOf = functionShapes(name);
  if (shapesOf === undefined) return undefined;
  return (use) => {
    const shapes = shapesOf(use);
    if (shapes === undefined && input(use).shape !== undefined) return unsizedFunction(name)(use);
    const output = applyUnsaid(use, undefined, 0);
    return (shapes ?? [undefined]).map((shape) => ({ ...output, shape }));
  };
}

const unsizedFunction =
  (name: string): LayerRule =>
  (use) => {
    use.tellUnsized(`What the function \`${name}\` does to sizes is not known`);
    return [applyUnsaid(use, undefined, 0)];
  };

/** Whether the class is a function's, whatever layers are called alike. */
export function isOperation(layer: KerasLayer): boolean {
  return functionOf(layer) !== undefined;
}

/** `add` of `tf.math.add` and of keras.ops' Add. */
function functionOf({ className, module, config }: KerasLayer): string | undefined {
  if (TENSORFLOW.has(className)) {
    const path = readConfig(config).text('function') ?? '';
    return path.slice(path.lastIndexOf('.') + 1).replace(/^reduce_/, '');
  }
  if (module === undefined || !/^keras(\.src)?\.ops\./.test(module)) return undefined;
  return className.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}

const unchanged = cellwise('Identity');

/** The sizes stay, and what becomes of the values is not worked out. */
const sameSizes: LayerRule = (use) => {
  const tensor = input(use);
  return [alsoMoved(tensor, applyUnsaid(use, tensor.shape, 0))];
};

/** Two tensors as they are broadcast, or one and a number. */
const pair =
  (operator: string): LayerRule =>
  (use) => {
    const [left, right] = use.inputs.map((tensor) => asWritten(use, tensor));
    if (left === undefined || right === undefined) return withNumber(use, operator);
    return [apply(use, operator, {}, left, right)];
  };

/** A tensor and a number, in the order in which they are written. */
const withNumber = (use: LayerUse, operator: string): readonly Tensor[] => {
  const [first, second] = use.callArguments.map(({ value }): unknown => value);
  const isFirst = typeof first === 'number';
  const number = isFirst ? first : typeof second === 'number' ? second : use.callSettings.number('y');
  const settings = number === undefined ? undefined : affine(operator, number, isFirst);
  const tensor = input(use);
  if (settings === undefined) return [alsoMoved(tensor, applyUnsaid(use, tensor.shape, 0))];
  return cellwise('Power', () => settings)(use);
};

/** Undefined for what is no multiple of the tensor and a number. */
function affine(operator: string, number: number, isFirst: boolean): Settings | undefined {
  if (operator === 'Add') return { shift: float(number) };
  if (operator === 'Mul') return { scale: float(number) };
  if (operator === 'Sub') return isFirst ? { scale: float(-1), shift: float(number) } : { shift: float(-number) };
  return operator === 'Div' && !isFirst && number !== 0 ? { scale: float(1 / number) } : undefined;
}

const reduction =
  (operator: string): LayerRule =>
  (use) => {
    const { callSettings, config } = use;
    const dim: ArgumentValue = numbersOf(use, 'axis') ?? null;
    const keepdim = callSettings.flag(config.flag(false, 'keepdims'), 'keepdims');
    return [apply(use, operator, { dim, keepdim }, asWritten(use, input(use)))];
  };

const reshape: LayerRule = (use) => {
  const names = ['shape', 'newshape', 'target_shape'];
  const written = use.callSettings.find(...names) ?? use.config.find(...names);
  // A first null is the batch.
  const parts = itemsOf(written).map((part, axis): unknown => (axis === 0 && part.type === 'null' ? -1 : part.value));
  const shape = parts.length > 0 && parts.every((part) => typeof part === 'number') ? parts : undefined;
  const tensor = asWritten(use, input(use));
  if (shape === undefined) return [unknown(use)];
  // A first -1 is the batch.
  const [first, ...others] = shape;
  const sizes = first === -1 && !others.includes(-1) ? [tensor.shape?.[0] ?? UNKNOWN, ...others] : shape;
  const isWhole = tensor.shape?.slice(1).every((size) => typeof size === 'number') === true;
  return [apply(use, 'Reshape', { shape: isWhole ? shape : sizes }, tensor)];
};

const transpose: LayerRule = (use) => {
  const order = numbersOf(use, 'perm', 'axes');
  return order === undefined ? [unknown(use)] : [apply(use, 'Permute', { dims: order }, asWritten(use, input(use)))];
};

const oneAxis =
  (operator: 'Unsqueeze' | 'Squeeze'): LayerRule =>
  (use) => {
    const [axis] = numbersOf(use, 'axis') ?? [];
    return axis === undefined ? [unknown(use)] : [apply(use, operator, { dim: axis }, asWritten(use, input(use)))];
  };

const matmul: LayerRule = (use) => {
  const [left, right] = use.inputs.map((tensor) => asWritten(use, tensor));
  if (left === undefined || right === undefined) return [unknown(use)];
  const turned = (tensor: Tensor, name: string) =>
    use.callSettings.flag(false, name) ? apply(use, 'Transpose', { dim0: -2, dim1: -1 }, tensor) : tensor;
  return [apply(use, 'MatMul', {}, turned(left, 'transpose_a'), turned(right, 'transpose_b'))];
};

const CELLWISE: Readonly<Record<string, string>> = {
  relu: 'ReLU',
  relu6: 'ReLU6',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  silu: 'SiLU',
  swish: 'SiLU',
  gelu: 'GELU',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  rsqrt: 'Rsqrt',
  square: 'Square',
  abs: 'Abs',
  absolute: 'Abs',
  negative: 'Neg',
};

const UNCHANGED = ['cast', 'identity', 'stop_gradient'];
const SAME_SIZES = ['clip', 'clip_by_value', 'l2_normalize', 'softmax', 'pow', 'power', 'normalize', 'floor', 'round'];
const PAIRS: Readonly<Record<string, string>> = {
  add: 'Add',
  subtract: 'Sub',
  sub: 'Sub',
  multiply: 'Mul',
  mul: 'Mul',
  divide: 'Div',
  truediv: 'Div',
  true_divide: 'Div',
  maximum: 'Maximum',
  minimum: 'Minimum',
};
const REDUCTIONS: Readonly<Record<string, string>> = { mean: 'Mean', sum: 'Sum', max: 'Amax', min: 'Amin' };

const operations: ReadonlyMap<string, LayerRule> = new Map(
  Object.entries({
    ...Object.fromEntries(Object.entries(CELLWISE).map(([name, operator]) => [name, cellwise(operator)])),
    ...Object.fromEntries(UNCHANGED.map((name) => [name, unchanged])),
    ...Object.fromEntries(SAME_SIZES.map((name) => [name, sameSizes])),
    ...Object.fromEntries(Object.entries(PAIRS).map(([name, operator]) => [name, pair(operator)])),
    ...Object.fromEntries(Object.entries(REDUCTIONS).map(([name, operator]) => [name, reduction(operator)])),
    concat: (use) => concat(use, numbersOf(use, 'axis')?.[0] ?? -1),
    concatenate: (use) => concat(use, numbersOf(use, 'axis')?.[0] ?? -1),
    reshape,
    transpose,
    expand_dims: oneAxis('Unsqueeze'),
    squeeze: oneAxis('Squeeze'),
    matmul,
  }),
);
