// kernel-exceeds-input: a kernel that is larger than the padded input.
import { subtract } from '../dims/arithmetic.ts';
import { formatSize } from '../dims/format.ts';
import { isConcrete } from '../dims/size.ts';
import { faultRule } from './rule.ts';
import { legalIdea } from './solve/legal.ts';
import { span } from './solve/values.ts';
import { operatorName, spatialName, tensorPlace } from './words.ts';

/** No padding above this is tried: a larger one would hardly be meant. */
const LARGEST_PADDING = 64;
const LARGEST_KERNEL = 64;

export const kernelExceedsInput = faultRule({
  code: 'kernel-exceeds-input',
  severity: 'error',
  summary: 'A kernel that is larger than the padded input.',
  word: ({ axis, size, padded, kernel, dilation, effectiveKernel }, problem) => {
    const name = spatialName(problem.node?.operator ?? '', axis);
    const reach =
      dilation === 1
        ? `a kernel of ${formatSize(kernel)}`
        : `a kernel of ${formatSize(kernel)} with dilation ${dilation}, which reaches over ${formatSize(effectiveKernel)} cells,`;
    const padding = subtract(padded, size);
    const padWords = padding === 0 ? '' : ` with ${formatSize(padding)} cells of padding, ${formatSize(padded)} in all`;
    return {
      message: `${operatorName(problem)} has ${reach} but its input has a ${name} of ${formatSize(size)}${padWords}.\nThe kernel has to fit into the padded input at least once.`,
      related: tensorPlace(problem.node?.inputs[0]),
    };
  },
  fixes: ({ axis, padded }, { node }) => [
    ...legalIdea(node, 'padding', span(1, LARGEST_PADDING)),
    ...legalIdea(node, 'kernel_size', isConcrete(padded) ? span(1, Math.min(padded, LARGEST_KERNEL)).reverse() : [], axis).map((idea) => ({
      ...idea,
      larger: true,
    })),
  ],
});
