// pool-padding: a pool padded by more than half of its kernel.
import { isList, type ArgumentValue } from '../network/argument.ts';
import { faultRule } from './rule.ts';
import { argumentName, formatValue, operatorName, spatialName } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

export const poolPadding = faultRule({
  code: 'pool-padding',
  severity: 'error',
  summary: 'A pool with a padding of more than half its kernel.',
  word: ({ axis, padding, kernel, limit }, problem) => ({
    message: `${argumentName(problem.node, 'padding')}=${padding} of ${operatorName(problem)} is ${limit === 'half' ? 'more than half of' : 'not below'} its kernel of ${kernel} (${spatialName(problem.node?.operator ?? '', axis)}).\nA window could then see nothing but padding; at most ${most(kernel, limit)} is allowed.`,
    related: [],
  }),
  fixes: ({ kernel, limit }, { node }) => {
    if (node === undefined) return [];
    const [padding, kernels] = [node.arguments.get('padding'), node.arguments.get('kernel_size')];
    const value = isList(padding)
      ? padding.map((part, axis) => atMost(part, isList(kernels) ? kernels[axis] : kernel, limit))
      : most(kernel, limit);
    return [argumentIdea(node, { padding: formatValue(value) })];
  },
});

function atMost(padding: ArgumentValue, kernel: ArgumentValue | undefined, limit: 'half' | 'kernel'): ArgumentValue {
  return typeof padding === 'number' && typeof kernel === 'number' ? Math.min(padding, most(kernel, limit)) : padding;
}

function most(kernel: number, limit: 'half' | 'kernel'): number {
  return limit === 'half' ? Math.floor(kernel / 2) : kernel - 1;
}
