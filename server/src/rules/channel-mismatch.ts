// channel-mismatch: weights made for another number of channels than the input has.
import { formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { consumerIdea, producerIdeas } from './solve/channels.ts';
import { nearestMultiples } from './solve/divisors.ts';
import { argumentName, operatorName, shapeText, sizeWords, tensorPlace } from './words.ts';

export const channelMismatch = faultRule({
  code: 'channel-mismatch',
  severity: 'error',
  summary: 'A layer made for another number of channels than its input has.',
  word: (fault, problem) => {
    const tensor = problem.node?.inputs[fault.input];
    const operator = operatorName(problem);
    const related = tensorPlace(tensor);
    const shape = shapeText(tensor);
    if ('divisor' in fault) {
      const { divisor, argument, actual } = fault;
      return {
        message: `${operator} needs a number of channels that ${divisor} divides, but the input has ${formatSize(actual)}.\n${divisor} comes from ${argumentName(problem.node, argument)}; the input is ${shape}.`,
        related,
      };
    }
    const { argument, expected, actual, layer } = fault;
    const because =
      layer?.because ?? `${argumentName(problem.node, argument)} has to be the number of channels of the input, which is ${shape}.`;
    return {
      message: `${layer?.name ?? operator} is made for ${sizeWords(expected, 'channel')}, but its input has ${formatSize(actual)}.\n${because}`,
      related,
    };
  },
  fixes: (fault, { node }) => {
    const { actual, argument } = fault;
    const tensor = node?.inputs[fault.input];
    if ('divisor' in fault)
      return typeof actual === 'number'
        ? nearestMultiples(actual, fault.divisor).flatMap((channels) => producerIdeas(tensor, fault.axis, channels))
        : [];
    return [...consumerIdea(node, argument, actual), ...producerIdeas(tensor, fault.axis, fault.expected)];
  },
});
