// broadcast-mismatch: tensors that are combined cell by cell but do not fit.
import { formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { producerIdeas } from './solve/channels.ts';
import { padIdeas } from './solve/pad-before.ts';
import { differences, sizeIdeas } from './solve/sizes.ts';
import { operatorName, shapesText, tensorPlace, theAxis } from './words.ts';

export const broadcastMismatch = faultRule({
  code: 'broadcast-mismatch',
  severity: 'error',
  summary: 'Tensors that are combined cell by cell but have unlike sizes.',
  word: ({ reason, input, axis, shapes }, problem) => {
    const inputs = problem.node?.inputs ?? [];
    const sizeAt = (shape: (typeof shapes)[number]) => shape?.[shape.length + axis];
    const rank = Math.max(...shapes.map((shape) => shape?.length ?? 0));
    const operator = operatorName(problem);
    const related = [...new Set([inputs[0], inputs[input]])].flatMap(tensorPlace);
    const list = shapesText(shapes, problem);
    if (reason === 'matmul-mismatch')
      return {
        message: `${operator} multiplies matrices that do not fit: ${list}.\nThe last axis of the first has to equal the last but one of the second.`,
        related,
      };
    if (reason === 'ranks-differ')
      return {
        message: `${operator} needs tensors with the same number of axes, but gets ${list}.\nA size of 1 counts as an axis too: [N] is not [N, 1].`,
        related,
      };
    const rule = reason === 'not-equal' ? 'All sizes have to be equal' : 'Sizes have to be equal, or one of them 1';
    const earlier = shapes.slice(0, input).find((shape) => (reason === 'not-equal' || sizeAt(shape) !== 1) && sizeAt(shape) !== undefined);
    return {
      message: `${operator} combines tensors that differ along ${theAxis(rank, axis)}: ${formatSize(sizeAt(earlier))} and ${formatSize(sizeAt(shapes[input]))}.\n${rule}; the inputs are ${list}.`,
      related,
    };
  },
  fixes: ({ input, shapes, axis, reason }, { node }, text) => {
    const [first, other] = [shapes[0], shapes[input]];
    if (reason === 'matmul-mismatch' || first === undefined || other?.length !== first.length) return [];
    const [a, b] = [node?.inputs[0], node?.inputs[input]];
    const wishes = [
      { tensor: b, wanted: differences(other, first) },
      { tensor: a, wanted: differences(first, other) },
    ];
    const at = axis + first.length;
    return [...sizeIdeas(wishes, text), ...producerIdeas(b, at, first[at]), ...producerIdeas(a, at, other[at]), ...padIdeas(node)];
  },
});
