// pool-padding: a pool padded by more than half of its kernel.
import { faultRule } from './rule.ts';
import { operatorName, spatialName } from './words.ts';

export const poolPadding = faultRule({
  code: 'pool-padding',
  severity: 'error',
  summary: 'A pool with a padding of more than half its kernel.',
  word: ({ axis, padding, kernel }, problem) => ({
    message: `padding=${padding} of ${operatorName(problem)} is more than half of its kernel of ${kernel} (${spatialName(operatorName(problem), axis)}).\nA window could then see nothing but padding; at most ${Math.floor(kernel / 2)} is allowed.`,
    related: [],
  }),
  fixes: ({ kernel }, { node }) => {
    const value = String(Math.floor(kernel / 2));
    return node === undefined ? [] : [{ title: `Change padding to ${value}`, changes: [{ kind: 'argument', node, name: 'padding', value }] }];
  },
});
