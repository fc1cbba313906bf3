// Solves for the argument of a window that gives a wanted size: it tries values and lets the operator itself judge.
import { isEqual } from '../dims/compare.ts';
import { isConcrete, type Dimension } from '../dims/size.ts';
import type { ArgumentValue } from '../network/argument.ts';
import type { Node, Tensor } from '../network/network.ts';
import { createCall } from '../operators/call.ts';
import type { AxisWindow } from '../operators/operator.ts';
import { operators } from '../operators/registry.ts';
import type { FixIdea } from './rule.ts';
import { formatValue } from './words.ts';

/** No value above this is tried: a larger padding would hardly be meant. */
const LARGEST = 64;

/** A size that an axis, counted from the end, should have. */
export type Wanted = ReadonlyMap<number, Dimension>;

/** Fixes that give `tensor` the wanted sizes by the padding or output padding of the window that made its sizes. */
export function sizeFixes(tensor: Tensor | undefined, wanted: Wanted): FixIdea[] {
  const node = windowBehind(tensor);
  if (node === undefined) return [];
  return (['output_padding', 'padding'] as const).flatMap((name) => {
    const value = solve(node, name, wanted);
    if (value === undefined) return [];
    const text = formatValue(value);
    return [{ title: `Change ${name} of ${node.operator} to ${text}`, changes: [{ kind: 'argument', node, name, value: text }] }];
  });
}

/** The nearest node up the chain that has a window, past nodes that keep the spatial sizes. */
function windowBehind(tensor: Tensor | undefined): Node | undefined {
  let at = tensor;
  for (let step = 0; step < 50; step++) {
    const node = at?.producer;
    if (node === undefined) return undefined;
    const operator = operators.get(node.operator);
    if (operator?.windows !== undefined) {
      const windows = operator.windows(createCall(operator, node.arguments, [node.inputs[0]?.shape]));
      // A window of one cell that does not move keeps every size: the cause lies before it.
      const keeps = windows?.every(({ kernel, stride, paddingStart }) => kernel === 1 && stride === 1 && paddingStart === 0) ?? false;
      if (!keeps) return node;
    } else if (!keepsSpace(node)) return undefined;
    at = node.inputs[0];
  }
  return undefined;
}

function keepsSpace(node: Node): boolean {
  const [before, after] = [node.inputs[0]?.shape, node.outputs[0]?.shape];
  return before !== undefined && after !== undefined && before.length === after.length && before.slice(2).every((size, at) => isEqual(size, after[at + 2]) !== false);
}

/** One value for all axes where one will do, else a tuple; undefined where no value gives what is wanted. */
function solve(node: Node, name: string, wanted: Wanted): ArgumentValue | undefined {
  const operator = operators.get(node.operator);
  const spatial = Number(/([123])d$/.exec(node.operator)?.[1] ?? 0);
  if (operator === undefined || spatial === 0 || !operator.parameters.some((parameter) => parameter.name === name)) return undefined;
  const shapes = node.inputs.map(({ shape }) => shape);
  const targets = Array.from({ length: spatial }, (_, at) => {
    const fromEnd = at - spatial;
    const shape = node.outputs[0]?.shape;
    return wanted.has(fromEnd) ? wanted.get(fromEnd) : shape?.[shape.length + fromEnd];
  });
  const windows = operator.windows?.(createCall(operator, node.arguments, shapes));
  const fitting = targets.map((target, at): number[] => {
    if (target === undefined) return [];
    const fits: number[] = [];
    const largest = name === 'padding' ? largestPadding(windows?.[at]) : LARGEST;
    for (let value = 0; value <= largest; value++) {
      const values = new Map(node.arguments).set(name, Array.from({ length: spatial }, () => value));
      const [output] = operator.infer(createCall(operator, values, shapes)).outputs;
      if (isEqual(output?.[output.length + at - spatial], target) === true) fits.push(value);
    }
    return fits;
  });
  const [first] = fitting;
  const common = first?.find((value) => fitting.every((fits) => fits.includes(value)));
  const each = fitting.map(([smallest]) => smallest);
  if (common !== undefined) return common;
  return each.every((value) => value !== undefined) ? each : undefined;
}

/** Full padding: with more of it windows would see nothing but padding, or a transposed convolution would crop what it made. */
function largestPadding(window: AxisWindow | undefined): number {
  if (window === undefined) return LARGEST;
  const { kernel, dilation } = window;
  return isConcrete(kernel) && isConcrete(dilation) ? Math.min(dilation * (kernel - 1), LARGEST) : LARGEST;
}

/** Wanted sizes for the spatial axes on which two shapes differ, taken from the second. */
export function differences(shape: readonly Dimension[], target: readonly Dimension[]): Wanted {
  const wanted = new Map<number, Dimension>();
  shape.forEach((size, axis) => {
    if (axis >= 2 && isEqual(size, target[axis]) === false) wanted.set(axis - shape.length, target[axis]);
  });
  return wanted;
}
