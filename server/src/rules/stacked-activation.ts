// stacked-activation: an activation right behind another that leaves it nothing to do, or the same one twice.
import type { Node } from '../network/network.ts';
import { isActivation, unchangedBy, valuesAfter } from './activation-kinds.ts';
import type { NetworkRule } from './network-rule.ts';
import { linesWhere, usesOf } from './uses.ts';
import { formatValue, nodeName } from './words.ts';

export const stackedActivation: NetworkRule = {
  code: 'stacked-activation',
  severity: 'hint',
  summary: 'An activation right behind another that leaves it nothing to do.',
  needsWhole: true,
  everyUse: true,
  check: (network) =>
    linesWhere(usesOf(network), (node) => wordsFor(node) !== undefined).flatMap((node) => {
      const first = node.inputs[0]?.producer;
      const words = wordsFor(node);
      if (first === undefined || words === undefined) return [];
      return [
        {
          message: words,
          range: node.source.nameRange,
          related: [{ message: `${nodeName(first)} comes first`, range: first.source.nameRange }],
        },
      ];
    }),
};

function wordsFor(node: Node): string | undefined {
  const first = node.inputs[0]?.producer;
  if (first === undefined || !isActivation(node) || !isActivation(first)) return undefined;
  const unchanged = unchangedBy(node);
  const [least, most] = valuesAfter(first);
  if (unchanged !== undefined && unchanged[0] <= least && most <= unchanged[1]) {
    const values = most === Infinity ? `not below ${least}` : `between ${least} and ${most}`;
    return `${nodeName(node)} changes nothing behind ${nodeName(first)}.\nWhat comes out of ${nodeName(first)} is ${values} already. Leave one of them out.`;
  }
  if (node.operator !== first.operator || argumentsText(node) !== argumentsText(first)) return undefined;
  return `${nodeName(node)} is applied twice in a row.\nThe second flattens what the first made of the values. Leave one of them out.`;
}

function argumentsText(node: Node): string {
  return [...node.arguments]
    .map(([name, value]) => `${name}=${formatValue(value)}`)
    .sort()
    .join(', ');
}
