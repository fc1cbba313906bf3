// unused-input: an input of a network that nothing takes.
import type { NetworkRule } from './network-rule.ts';
import { usesOf } from './uses.ts';

export const unusedInput: NetworkRule = {
  code: 'unused-input',
  severity: 'warning',
  summary: 'An input of a network that nothing takes.',
  needsWhole: true,
  check: (network) => {
    const { isTaken } = usesOf(network);
    // A network without layers has only been begun.
    if (network.nodes.length === 0) return [];
    return network.inputs
      .filter((input) => !isTaken(input))
      .map(({ label, range }) => ({
        message: `Nothing takes the input \`${label}\`.\nThe result of \`${network.name}\` does not depend on it. Read it where it belongs, or take it out.`,
        range,
        related: [],
      }));
  },
};
