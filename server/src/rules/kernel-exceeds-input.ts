// kernel-exceeds-input: a kernel that is larger than the padded input.
import { formatSize } from '../dims/format.ts';
import { add, subtract } from '../dims/arithmetic.ts';
import { isConcrete } from '../dims/size.ts';
import { faultRule } from './rule.ts';
import { operatorName, spatialName, tensorPlace } from './words.ts';

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
  fixes: ({ padded, effectiveKernel, size }, { node }) => {
    const missing = subtract(effectiveKernel, padded);
    const before = subtract(padded, size);
    if (node === undefined || !isConcrete(missing) || !isConcrete(before)) return [];
    const padding = add(Math.ceil(missing / 2), Math.floor(before / 2));
    const value = formatSize(padding);
    return [{ title: `Change padding to ${value}`, changes: [{ kind: 'argument', node, name: 'padding', value }] }];
  },
});
