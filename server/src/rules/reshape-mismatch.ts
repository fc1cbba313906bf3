// reshape-mismatch: a new shape that does not hold what the old one held.
import { formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { argumentName, operatorName, shapeText, tensorPlace, theAxis } from './words.ts';

export const reshapeMismatch = faultRule({
  code: 'reshape-mismatch',
  severity: 'error',
  summary: 'A new shape that does not hold what the old one held.',
  word: ({ reason, argument, input, actual, expected, axis }, problem) => {
    const tensor = problem.node?.inputs[input];
    const operator = operatorName(problem);
    const [have, want] = [formatSize(actual), formatSize(expected)];
    const shape = shapeText(tensor);
    const axisWords = axis === undefined ? 'its input' : theAxis(tensor?.shape?.length ?? 0, axis);
    const messages: Readonly<Record<typeof reason, string>> = {
      'element-count': `${operator} asks for ${want} elements, but the input has ${have}: ${shape}.\nA new shape has to hold the same number of elements; -1 lets one axis be worked out.`,
      'not-divisible': `${operator} cannot divide the ${have} cells of ${axisWords} by ${want} without a rest.\nThe input is ${shape}; ${argumentName(problem.node, argument)} decides into how many parts it is divided.`,
      'two-inferred': `${operator} has -1 on more than one axis.\nOnly one axis can be worked out from the others.`,
      'unflatten-mismatch': `${operator} divides the ${have} cells of ${axisWords} into sizes whose product is ${want}.\nThe product has to be the size itself; -1 lets one of them be worked out.`,
      'split-mismatch': `${operator} splits the ${have} cells of ${axisWords} into parts of ${want} in all.\nThe parts have to add up to the size.`,
      'fold-length-mismatch': `${operator} gets ${have} windows, but output_size has ${want} of them.\nThe last axis of the input has to be the number of places of the window.`,
    };
    return { message: messages[reason], related: tensorPlace(tensor) };
  },
});
