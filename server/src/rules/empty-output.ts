// empty-output: an axis of which nothing is left.
import { formatShape, formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { axisName, operatorName, tensorPlace } from './words.ts';

export const emptyOutput = faultRule({
  code: 'empty-output',
  severity: 'error',
  summary: 'An axis of which nothing is left.',
  word: ({ reason, axis, input, output }, problem) => {
    const tensor = problem.node?.inputs[0];
    const name = axisName(tensor?.shape?.length ?? 0, axis);
    const operator = operatorName(problem);
    const shape = formatShape(tensor?.shape);
    const related = tensorPlace(tensor);
    if (reason === 'zero-dim-input') return { message: `${operator} needs a ${name} of at least 1, but the input has ${formatSize(input)}.\nOnly the batch may be empty; the input is ${shape}.`, related };
    if (reason === 'crop-too-large') return { message: `${operator} takes more off the ${name} than its ${formatSize(input)} cells.\nThe input is ${shape}.`, related };
    return { message: `${operator} leaves nothing of the ${name}: ${formatSize(input)} becomes ${formatSize(output)}.\nThe input is ${shape}; a smaller kernel, a smaller padding of a transposed convolution or a larger input leaves at least 1.`, related };
  },
});
