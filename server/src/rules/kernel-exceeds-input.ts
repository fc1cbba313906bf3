// kernel-exceeds-input: a kernel that is larger than the padded input.
import { formatSize } from '../dims/format.ts';
import { subtract } from '../dims/arithmetic.ts';
import type { Node } from '../network/network.ts';
import { createCall } from '../operators/call.ts';
import { operators } from '../operators/registry.ts';
import { faultRule } from './rule.ts';
import { operatorName, spatialName, tensorPlace } from './words.ts';

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
  fixes: (_fault, { node }) => {
    const padding = node === undefined ? undefined : smallestPadding(node);
    return node === undefined || padding === undefined ? [] : [{ title: `Change padding to ${padding}`, changes: [{ kind: 'argument', node, name: 'padding', value: String(padding) }] }];
  },
});

/** The smallest padding, the same on every axis, with which the operator has no fault. */
function smallestPadding(node: Node): number | undefined {
  const operator = operators.get(node.operator);
  if (operator === undefined) return undefined;
  const shapes = node.inputs.map(({ shape }) => shape);
  for (let padding = 1; padding <= LARGEST_PADDING; padding++) {
    const { fault } = operator.infer(createCall(operator, new Map(node.arguments).set('padding', padding), shapes));
    if (fault === undefined) return padding;
  }
  return undefined;
}
