// group-mismatch: groups that do not divide the channels.
import { formatSize } from '../dims/format.ts';
import { faultRule } from './rule.ts';
import { divisorIdeas } from './solve/divisors.ts';
import { argumentName, operatorName } from './words.ts';

export const groupMismatch = faultRule({
  code: 'group-mismatch',
  severity: 'error',
  summary: 'Groups that do not divide the number of channels.',
  word: ({ argument, value, groups, divider }, problem) => ({
    message: `${argumentName(problem.node, divider)}=${groups} of ${operatorName(problem)} does not divide ${argumentName(problem.node, argument)}, which is ${formatSize(value)}.\nEach group gets the same number of channels, so ${argumentName(problem.node, divider)} has to divide it without a rest.`,
    related: [],
  }),
  fixes: ({ groups, divider, argument, value }, { node }) => {
    const counts = [value, ...['in_channels', 'out_channels'].filter((name) => name !== argument).map((name) => node?.arguments.get(name))];
    return divisorIdeas(
      node,
      divider,
      groups,
      counts.filter((count) => typeof count === 'number'),
    );
  },
});
