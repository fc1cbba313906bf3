// feature-mismatch: a layer made for another number of features than the last axis of its input has.
import { formatSize } from '../dims/format.ts';
import { isConcrete, type Dimension } from '../dims/size.ts';
import type { Tensor } from '../network/network.ts';
import { faultRule, type FixIdea } from './rule.ts';
import { consumerIdea, producerIdeas } from './solve/channels.ts';
import { sizeIdeas } from './solve/sizes.ts';
import { argumentName, operatorName, shapeText, sizeWords, tensorPlace } from './words.ts';

export const featureMismatch = faultRule({
  code: 'feature-mismatch',
  severity: 'error',
  summary: 'A layer made for another number of features than its input has.',
  word: ({ input, argument, expected, actual, layer }, problem) => {
    const tensor = problem.node?.inputs[input];
    const name = operatorName(problem);
    const flattened = tensor?.producer?.operator === 'Flatten' ? ` It is flattened from ${shapeText(tensor.producer.inputs[0])}.` : '';
    if (layer !== undefined) {
      const made = `${layer.name} is made for ${sizeWords(expected, 'feature')}, but its input has ${formatSize(actual)}.`;
      return { message: `${made}\n${layer.because}`, related: tensorPlace(tensor) };
    }
    return {
      message: `${name} is made for ${sizeWords(expected, 'feature')}, but its input has ${formatSize(actual)}.\n${argumentName(problem.node, argument)} has to be the size of the last axis of the input, which is ${shapeText(tensor)}.${flattened}`,
      related: tensorPlace(tensor),
    };
  },
  fixes: ({ input, axis, argument, actual, expected }, { node }, text) => {
    return [
      ...consumerIdea(node, argument, actual),
      ...lost(node?.inputs[input], expected, text),
      ...producerIdeas(node?.inputs[input], axis, expected),
    ];
  },
});

/** Where a square image was flattened: the changes that would make it as large as the layer expects. */
function lost(tensor: Tensor | undefined, expected: Dimension, text: string): FixIdea[] {
  const image = tensor?.producer?.operator === 'Flatten' ? tensor.producer.inputs[0] : undefined;
  const [, channels, height, width, ...more] = image?.shape ?? [];
  if (more.length > 0 || !isConcrete(expected) || !isConcrete(channels) || height === undefined || height !== width) return [];
  const side = Math.sqrt(expected / channels);
  if (!Number.isInteger(side) || side < 1) return [];
  const wanted = new Map([-2, -1].map((axis) => [axis, side] as const));
  return sizeIdeas([{ tensor: image, wanted }], text)
    .filter(({ larger }) => larger !== true)
    .map((idea) => ({ ...idea, larger: true }));
}
