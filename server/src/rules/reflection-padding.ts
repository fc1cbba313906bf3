// reflection-padding: more cells to be mirrored or wrapped around than there are.
import { formatSize } from '../dims/format.ts';
import { isList } from '../network/argument.ts';
import { faultRule } from './rule.ts';
import { legalIdea } from './solve/legal.ts';
import { span } from './solve/values.ts';
import { axisName, operatorName, tensorPlace } from './words.ts';

export const reflectionPadding = faultRule({
  code: 'reflection-padding',
  severity: 'error',
  summary: 'Reflection or circular padding of more cells than there are.',
  word: ({ mode, axis, padding, size }, problem) => {
    const tensor = problem.node?.inputs[0];
    const name = axisName(tensor?.shape?.length ?? 4, axis);
    const most = mode === 'reflect' ? 'less than the size: the cell at the end is not mirrored' : 'at most the size';
    return {
      message: `${operatorName(problem)} pads ${padding} cells in mode "${mode}", but its input has a ${name} of ${formatSize(size)}.\nThis mode copies cells of the input, so the padding has to be ${most}.`,
      related: tensorPlace(tensor),
    };
  },
  fixes: ({ argument, padding }, { node }) =>
    isList(node?.arguments.get(argument)) ? [] : legalIdea(node, argument, span(0, Math.min(padding - 1, 4_096)).reverse()),
});
