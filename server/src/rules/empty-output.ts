// empty-output: an axis of which nothing is left.
import { formatSize } from '../dims/format.ts';
import { isList } from '../network/argument.ts';
import { faultRule } from './rule.ts';
import { legalIdea } from './solve/legal.ts';
import { span } from './solve/values.ts';
import { operatorName, shapeText, tensorPlace, theAxis } from './words.ts';

export const emptyOutput = faultRule({
  code: 'empty-output',
  severity: 'error',
  summary: 'An axis of which nothing is left.',
  word: ({ reason, axis, input, output }, problem) => {
    const tensor = problem.node?.inputs[0];
    const axisWords = theAxis(tensor?.shape?.length ?? 0, axis);
    const operator = operatorName(problem);
    const shape = shapeText(tensor);
    const related = tensorPlace(tensor);
    if (reason === 'zero-dim-input')
      return {
        message: `${operator} needs at least 1 cell along ${axisWords}, but its input has ${formatSize(input)}.\nOnly the batch may be empty; the input is ${shape}.`,
        related,
      };
    if (reason === 'crop-too-large')
      return { message: `${operator} takes more off ${axisWords} than its ${formatSize(input)} cells.\nThe input is ${shape}.`, related };
    return {
      message: `${operator} leaves nothing of ${axisWords}: ${formatSize(input)} becomes ${formatSize(output)}.\nThe input is ${shape}; a smaller kernel, a smaller padding of a transposed convolution or a larger input leaves at least 1.`,
      related,
    };
  },
  fixes: ({ reason, axis }, { node }) => {
    if (reason === 'zero-dim-input') return [];
    const now = (name: string) => {
      const value = node?.arguments.get(name);
      const part = isList(value) ? value[value.length + axis] : value;
      return typeof part === 'number' ? Math.min(Math.max(part, 0), 64) : 0;
    };
    const kernel = now('kernel_size');
    const kernels = node?.operator.includes('Transpose') === true ? span(kernel + 1, kernel + 64) : span(1, kernel - 1).reverse();
    return [
      ...legalIdea(node, 'padding', span(0, now('padding') - 1).reverse(), axis),
      ...legalIdea(node, 'kernel_size', kernels, axis).map((idea) => ({ ...idea, larger: true })),
    ];
  },
});
