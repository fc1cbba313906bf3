// concat-mismatch: tensors that are joined but differ on another axis.
import { formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { producerIdeas } from './solve/channels.ts';
import { padIdeas } from './solve/pad-before.ts';
import { differences, sizeIdeas } from './solve/sizes.ts';
import { operatorName, shapesText, tensorPlace, theAxis } from './words.ts';

export const concatMismatch = faultRule({
  code: 'concat-mismatch',
  severity: 'error',
  summary: 'Tensors that are joined but differ on another axis.',
  word: ({ reason, input, axis, shapes, dim }, problem) => {
    const inputs = problem.node?.inputs ?? [];
    const related = [...new Set([inputs[0], inputs[input]])].flatMap(tensorPlace);
    const list = shapesText(shapes, problem);
    const operator = operatorName(problem);
    if (reason === 'cat-zero-dim') return { message: `${operator} cannot join a scalar, which has no axes: ${list}.`, related };
    if (axis === undefined) return { message: `${operator} needs tensors with the same number of axes, but gets ${list}.`, related };
    const rank = shapes[input]?.length ?? 4;
    // Other formats count the axes in their own way.
    const joined = problem.node?.source.label === undefined ? `dim=${dim}` : theAxis(rank, dim);
    const mayDiffer =
      problem.node?.operator === 'Stack'
        ? 'All sizes have to be equal'
        : `Along ${joined} sizes may differ, on all other axes they have to be equal`;
    return {
      message: `${operator} joins tensors that differ along ${theAxis(rank, axis)}: ${formatSize(shapes[0]?.[axis])} and ${formatSize(shapes[input]?.[axis])}.\n${mayDiffer}; the inputs are ${list}.`,
      related,
    };
  },
  fixes: ({ input, axis, shapes }, { node }, text) => {
    const [first, other] = [shapes[0], shapes[input]];
    if (axis === undefined || first === undefined || other === undefined) return [];
    const [a, b] = [node?.inputs[0], node?.inputs[input]];
    const wishes = [
      { tensor: b, wanted: differences(other, first) },
      { tensor: a, wanted: differences(first, other) },
    ];
    return [...sizeIdeas(wishes, text), ...producerIdeas(b, axis, first[axis]), ...producerIdeas(a, axis, other[axis]), ...padIdeas(node)];
  },
});
