// What rules know of activations: which operators are no more than linear, and what values come out of the others.
import type { ArgumentValue } from '../network/argument.ts';
import type { Node } from '../network/network.ts';
import { createCall, toNumber } from '../operators/call.ts';
import { operators } from '../operators/registry.ts';

/** The modules of torch.nn that bend values, cell by cell or along an axis. */
const ACTIVATIONS = new Set(
  'ReLU ReLU6 LeakyReLU PReLU RReLU ELU SELU CELU GELU SiLU Mish Hardswish Hardsigmoid Hardtanh Hardshrink Sigmoid LogSigmoid Tanh Tanhshrink Softplus Softshrink Softsign Softmin Softmax Softmax2d LogSoftmax Threshold GLU'.split(
    ' ',
  ),
);

export function isActivation({ operator }: Node): boolean {
  return ACTIVATIONS.has(operator);
}

/** The least interval that is known to hold all that comes out. */
export function valuesAfter(node: Node): readonly [least: number, most: number] {
  switch (node.operator) {
    case 'ReLU':
    case 'Softplus':
      return [0, Infinity];
    case 'ReLU6':
      return [0, 6];
    case 'Sigmoid':
    case 'Hardsigmoid':
    case 'Softmax':
    case 'Softmax2d':
    case 'Softmin':
      return [0, 1];
    case 'Tanh':
    case 'Softsign':
      return [-1, 1];
    case 'LogSigmoid':
    case 'LogSoftmax':
      return [-Infinity, 0];
    case 'Hardtanh':
      return [numberOf(node, 'min_val') ?? -Infinity, numberOf(node, 'max_val') ?? Infinity];
    default:
      return [-Infinity, Infinity];
  }
}

/** An interval on which the activation hands on what it gets. */
export function unchangedBy(node: Node): readonly [least: number, most: number] | undefined {
  switch (node.operator) {
    case 'ReLU':
    case 'LeakyReLU':
    case 'PReLU':
    case 'RReLU':
    case 'ELU':
    case 'CELU':
      return [0, Infinity];
    case 'ReLU6':
      return [0, 6];
    case 'Hardtanh':
      return [numberOf(node, 'min_val') ?? Infinity, numberOf(node, 'max_val') ?? -Infinity];
    default:
      return undefined;
  }
}

/** The value of an argument, or its default. */
export function argumentOf(node: Node, name: string): ArgumentValue | undefined {
  const operator = operators.get(node.operator);
  return operator === undefined ? undefined : createCall(operator, node.arguments, []).arguments.get(name);
}

function numberOf(node: Node, name: string): number | undefined {
  return toNumber(argumentOf(node, name));
}
