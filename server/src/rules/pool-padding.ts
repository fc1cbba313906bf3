// pool-padding: a pool padded by more than half of its kernel.
import { isList, type ArgumentValue } from '../network/argument.ts';
import { faultRule } from './rule.ts';
import { formatValue, operatorName, spatialName } from './words.ts';

export const poolPadding = faultRule({
  code: 'pool-padding',
  severity: 'error',
  summary: 'A pool with a padding of more than half its kernel.',
  word: ({ axis, padding, kernel }, problem) => ({
    message: `padding=${padding} of ${operatorName(problem)} is more than half of its kernel of ${kernel} (${spatialName(operatorName(problem), axis)}).\nA window could then see nothing but padding; at most ${Math.floor(kernel / 2)} is allowed.`,
    related: [],
  }),
  fixes: ({ kernel }, { node }) => {
    if (node === undefined) return [];
    const [padding, kernels] = [node.arguments.get('padding'), node.arguments.get('kernel_size')];
    const value = isList(padding)
      ? padding.map((part, axis) => atMostHalf(part, isList(kernels) ? kernels[axis] : kernel))
      : Math.floor(kernel / 2);
    const text = formatValue(value);
    return [{ title: `Change padding to ${text}`, changes: [{ kind: 'argument', node, name: 'padding', value: text }] }];
  },
});

function atMostHalf(padding: ArgumentValue, kernel: ArgumentValue | undefined): ArgumentValue {
  return typeof padding === 'number' && typeof kernel === 'number' ? Math.min(padding, Math.floor(kernel / 2)) : padding;
}
