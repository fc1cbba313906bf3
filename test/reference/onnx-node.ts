// A node test of ONNX, as the oracle has them, and its attributes and inputs typed.
import { runOperator, tensor, type Json } from './run-operator.ts';
import type { TensorData } from '../../server/src/reference/tensor-data.ts';

export interface OnnxTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly (number | boolean)[];
}

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** null where an optional input is left out. */
  readonly inputs: readonly (OnnxTensor | null)[];
  readonly outputs: readonly OnnxTensor[];
}

export function inputTensor(node: OnnxNode, at: number): TensorData | undefined {
  const found = node.inputs[at] ?? undefined;
  return found === undefined ? undefined : tensor(found.shape, found.data.map(Number));
}

/** An input that has to be there. */
export function given(node: OnnxNode, at = 0): TensorData {
  const found = inputTensor(node, at);
  if (found === undefined) throw new Error(`${node.name}: no input ${at}`);
  return found;
}

/** The numbers of an input that describes a shape or axes; undefined where it is left out. */
export function inputNumbers(node: OnnxNode, at: number): readonly number[] | undefined {
  return node.inputs[at]?.data.map(Number);
}

export function attributeNumber(node: OnnxNode, name: string, fallback: number): number {
  const value = node.attributes[name];
  return typeof value === 'number' ? value : fallback;
}

export function attributeString(node: OnnxNode, name: string, fallback: string): string {
  const value = node.attributes[name];
  return typeof value === 'string' ? value : fallback;
}

export function attributeNumbers(node: OnnxNode, name: string): readonly number[] | undefined {
  const value = node.attributes[name];
  return Array.isArray(value) ? value.map(Number) : undefined;
}

/** The first output of one of our operators. */
export function apply(
  operator: string,
  args: Readonly<Record<string, Json>>,
  inputs: readonly TensorData[],
  parameters: Readonly<Record<string, TensorData>> = {},
): TensorData {
  const [first] = runOperator(operator, args, inputs, parameters);
  if (first === undefined) throw new Error(`${operator} has no output`);
  return first;
}

export function scalar(value: number): TensorData {
  return tensor([], [value]);
}

export function resolve(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
