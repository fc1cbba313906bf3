// concat-mismatch: tensors that are joined but differ on another axis.
import { formatShape, formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { differences, sizeFixes } from './solve.ts';
import { axisName, tensorPlace } from './words.ts';

export const concatMismatch = faultRule({
  code: 'concat-mismatch',
  severity: 'error',
  summary: 'Tensors that are joined but differ on another axis.',
  word: ({ reason, input, axis, shapes, dim }, problem) => {
    const inputs = problem.node?.inputs ?? [];
    const related = [...new Set([inputs[0], inputs[input]])].flatMap(tensorPlace);
    const list = shapes.slice(0, 6).map(formatShape).join(' and ');
    if (reason === 'cat-zero-dim') return { message: `Cat cannot join a scalar, which has no axes: ${list}.`, related };
    if (axis === undefined) return { message: `Cat needs tensors with the same number of axes, but gets ${list}.`, related };
    const rank = shapes[input]?.length ?? 4;
    const name = axisName(rank, axis);
    return {
      message: `Cat joins tensors with unlike ${name}: ${formatSize(shapes[0]?.[axis])} and ${formatSize(shapes[input]?.[axis])}.\nAlong dim=${dim} sizes may differ, on all other axes they have to be equal; the inputs are ${list}.`,
      related,
    };
  },
  fixes: ({ input, axis, shapes }, { node }) => {
    const [first, other] = [shapes[0], shapes[input]];
    if (axis === undefined || first === undefined || other === undefined) return [];
    return [...sizeFixes(node?.inputs[input], differences(other, first)), ...sizeFixes(node?.inputs[0], differences(first, other))];
  },
});
