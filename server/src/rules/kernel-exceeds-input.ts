// kernel-exceeds-input: a kernel that is larger than the padded input.
import { formatSize } from '../dims/format.ts';
import { subtract } from '../dims/arithmetic.ts';
import { isConcrete, type Dimension } from '../dims/size.ts';
import { isList, type ArgumentValue } from '../network/argument.ts';
import type { Node } from '../network/network.ts';
import { createCall } from '../operators/call.ts';
import { operators } from '../operators/registry.ts';
import { faultRule, type Change } from './rule.ts';
import { span } from './solve/values.ts';
import { formatValue, operatorName, spatialName, tensorPlace } from './words.ts';

/** No padding above this is tried: a larger one would hardly be meant. */
const LARGEST_PADDING = 64;

export const kernelExceedsInput = faultRule({
  code: 'kernel-exceeds-input',
  severity: 'error',
  summary: 'A kernel that is larger than the padded input.',
  word: ({ axis, size, padded, kernel, dilation, effectiveKernel }, problem) => {
    const name = spatialName(operatorName(problem), axis);
    const reach = dilation === 1 ? `a kernel of ${formatSize(kernel)}` : `a kernel of ${formatSize(kernel)} with dilation ${dilation}, which reaches over ${formatSize(effectiveKernel)} cells,`;
    const padding = subtract(padded, size);
    const padWords = padding === 0 ? '' : ` with ${formatSize(padding)} cells of padding, ${formatSize(padded)} in all`;
    return {
      message: `${operatorName(problem)} has ${reach} but its input has a ${name} of ${formatSize(size)}${padWords}.\nThe kernel has to fit into the padded input at least once.`,
      related: tensorPlace(problem.node?.inputs[0]),
    };
  },
  fixes: ({ axis, padded }, { node }) => {
    if (node === undefined) return [];
    const padding = smallestPadding(node);
    const kernel = largestKernel(node, axis, padded);
    return [
      ...(padding === undefined ? [] : [{ title: `Change padding to ${padding}`, changes: [argument(node, 'padding', padding)] }]),
      ...(kernel === undefined ? [] : [{ title: `Change kernel_size to ${formatValue(kernel)}`, changes: [argument(node, 'kernel_size', kernel)], larger: true }]),
    ];
  },
});

function argument(node: Node, name: string, value: ArgumentValue): Change {
  return { kind: 'argument', node, name, value: formatValue(value) };
}

/** The smallest padding, the same on every axis, with which the operator has no fault. */
function smallestPadding(node: Node): number | undefined {
  return span(1, LARGEST_PADDING).find((padding) => hasNoFault(node, 'padding', padding));
}

/** The largest kernel that fits: one number where the kernel is one, else only its guilty axis is changed. */
function largestKernel(node: Node, axis: number, padded: Dimension): ArgumentValue | undefined {
  const today = node.arguments.get('kernel_size');
  if (!isConcrete(padded) || today === undefined) return undefined;
  const withPart = (value: number) => (isList(today) && today.length > 1 ? today.map((part, at) => (at - today.length === axis ? value : part)) : value);
  return span(1, Math.min(padded, 64)).reverse().map(withPart).find((value) => hasNoFault(node, 'kernel_size', value));
}

function hasNoFault(node: Node, name: string, value: ArgumentValue): boolean {
  const operator = operators.get(node.operator);
  if (operator?.parameters.some((parameter) => parameter.name === name) !== true) return false;
  return operator.infer(createCall(operator, new Map(node.arguments).set(name, value), node.inputs.map(({ shape }) => shape))).fault === undefined;
}
