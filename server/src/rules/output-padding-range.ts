// output-padding-range: an output padding, or an output size, that no convolution could have come from.
import { formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { argumentName, operatorName, spatialName } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

export const outputPaddingRange = faultRule({
  code: 'output-padding-range',
  severity: 'error',
  summary: 'An output padding that is not below the stride or the dilation, or an output size out of reach.',
  word: (fault, problem) => {
    const operator = operatorName(problem);
    const name = spatialName(problem.node?.operator ?? '', fault.axis);
    if (fault.reason === 'output-size-out-of-range') {
      const { outputSize, minimum, maximum } = fault;
      return {
        message: `output_size asks ${operator} for a ${name} of ${formatSize(outputSize)}, but it can give ${formatSize(minimum)} to ${formatSize(maximum)}.\nThese are the sizes that the convolution which it transposes would bring to this input.`,
        related: [],
      };
    }
    const { outputPadding, stride, dilation } = fault;
    const most = Math.max(stride, dilation);
    return {
      message: `${argumentName(problem.node, 'output_padding')}=${outputPadding} of ${operator} must be below ${most} (${name}).\nIt has to be smaller than the stride (${stride}) or the dilation (${dilation}): that many sizes share one output of the convolution that it transposes.`,
      related: [],
    };
  },
  fixes: (fault, { node }) => {
    if (fault.reason === 'output-size-out-of-range' || node === undefined) return [];
    const value = String(Math.max(fault.stride, fault.dilation) - 1);
    return [argumentIdea(node, { output_padding: value })];
  },
});
