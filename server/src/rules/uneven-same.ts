// uneven-same: padding="same" with an even kernel, which pads one end more than the other.
import type { Node } from '../network/network.ts';
import type { NetworkRule } from './network-rule.ts';
import type { FixIdea } from './rule.ts';
import { argumentPlace, linesWhere, usesOf } from './uses.ts';
import { axesText, axesWords, windowsOf } from './windows.ts';
import { argumentIdea } from './argument-idea.ts';

export const unevenSame: NetworkRule = {
  code: 'uneven-same',
  severity: 'hint',
  summary: 'padding="same" with an even kernel, which shifts the image by half a cell.',
  everyUse: true,
  check: (network) =>
    linesWhere(usesOf(network), isUneven).flatMap((node) => {
      const windows = windowsOf(node);
      const uneven = windows.filter(({ paddingStart, paddingEnd }) => paddingStart !== paddingEnd);
      const [first] = uneven;
      if (first === undefined) return [];
      const { kernel, dilation, paddingStart, paddingEnd } = first;
      const ideas = [1, -1].map((step): FixIdea => {
        const value = axesText(windows.map((window) => (uneven.includes(window) ? window.kernel + step : window.kernel)));
        return argumentIdea(node, { kernel_size: value });
      });
      const spread = dilation === 1 ? '' : ` with dilation ${dilation}`;
      return [
        {
          message: `padding="same" with a kernel of ${kernel}${spread} pads ${paddingStart} before and ${paddingEnd} behind (${axesWords(node, uneven)}).\nAn even kernel has no middle: the result lies half a cell beside the input. An odd kernel pads both ends alike.`,
          range: argumentPlace(node, 'kernel_size'),
          related: [],
          fixes: ideas,
        },
      ];
    }),
};

function isUneven(node: Node): boolean {
  return node.arguments.get('padding') === 'same' && windowsOf(node).some(({ paddingStart, paddingEnd }) => paddingStart !== paddingEnd);
}
