// feature-mismatch: a layer made for another number of features than the last axis of its input has.
import { formatShape, formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { consumerIdea, producerIdeas } from './solve/channels.ts';
import { operatorName, sizeWords, tensorPlace } from './words.ts';

export const featureMismatch = faultRule({
  code: 'feature-mismatch',
  severity: 'error',
  summary: 'A layer made for another number of features than its input has.',
  word: ({ input, argument, expected, actual }, problem) => {
    const tensor = problem.node?.inputs[input];
    const name = operatorName(problem);
    const flattened = tensor?.producer?.operator === 'Flatten' ? ` It is flattened from ${formatShape(tensor.producer.inputs[0]?.shape)}.` : '';
    return {
      message: `${name} is made for ${sizeWords(expected, 'feature')}, but its input has ${formatSize(actual)}.\n${argument} has to be the size of the last axis of the input, which is ${formatShape(tensor?.shape)}.${flattened}`,
      related: tensorPlace(tensor),
    };
  },
  fixes: ({ input, axis, argument, actual, expected }, { node }) => {
    return [...consumerIdea(node, argument, actual), ...producerIdeas(node?.inputs[input], axis, expected)];
  },
});
