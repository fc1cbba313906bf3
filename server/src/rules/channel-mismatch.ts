// channel-mismatch: weights made for another number of channels than the input has.
import { formatShape, formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { operatorName, sizeWords, tensorPlace } from './words.ts';

export const channelMismatch = faultRule({
  code: 'channel-mismatch',
  severity: 'error',
  summary: 'A layer made for another number of channels than its input has.',
  word: (fault, problem) => {
    const tensor = problem.node?.inputs[fault.input];
    const operator = operatorName(problem);
    const related = tensorPlace(tensor);
    const shape = formatShape(tensor?.shape);
    if ('divisor' in fault) {
      const { divisor, argument, actual } = fault;
      return { message: `${operator} needs a number of channels that ${divisor} divides, but the input has ${formatSize(actual)}.\n${divisor} comes from ${argument}; the input is ${shape}.`, related };
    }
    const { argument, expected, actual } = fault;
    if (fault.reason === 'heads-not-divisor') {
      return { message: `${argument} of ${operator} is ${formatSize(expected)}, which does not divide the ${formatSize(actual)} features.`, related };
    }
    return { message: `${operator} is made for ${sizeWords(expected, 'channel')}, but its input has ${formatSize(actual)}.\n${argument} has to be the size of axis ${fault.axis} of the input, which is ${shape}.`, related };
  },
  fixes: (fault, { node }) => {
    if (!('expected' in fault) || fault.reason === 'heads-not-divisor' || node === undefined || fault.actual === undefined) return [];
    const value = formatSize(fault.actual);
    return [{ title: `Change ${fault.argument} to ${value}`, changes: [{ kind: 'argument', node, name: fault.argument, value }] }];
  },
});
