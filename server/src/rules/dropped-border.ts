// dropped-border: rows at the end of an axis that no window reaches because the size is rounded down.
import { floorDivide, multiply, subtract, add } from '../dims/arithmetic.ts';
import { formatSize } from '../dims/format.ts';
import type { Node } from '../network/network.ts';
import type { NetworkRule } from './network-rule.ts';
import type { FixIdea } from './rule.ts';
import { argumentPlace, linesWithAny, usesOf } from './uses.ts';
import { axesText, axesWords, groupAxes, windowsOf, type Window } from './windows.ts';
import { nodeName, sizeWords } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

export const droppedBorder: NetworkRule = {
  code: 'dropped-border',
  severity: 'information',
  summary: 'Rows at the end of the input that no window reads.',
  needsWhole: true,
  check: (network) =>
    linesWithAny(usesOf(network), (node) => windowsOf(node).some((window) => droppedRows(window) !== undefined)).flatMap((node) => {
      const windows = windowsOf(node);
      const first = windows.find((window) => droppedRows(window) !== undefined);
      if (first === undefined) return [];
      const dropped = [...groupAxes(windows, (window) => droppedRows(window))].map(
        ([rows, axes]) => `the last ${rows === 1 ? 'cell' : `${rows} cells`} of the ${axesWords(node, axes)}`,
      );
      const { stride, kernel, input, output } = first;
      const why = `${sizeWords(output, 'window')} of ${kernel}, ${stride} apart, do not reach the end of ${formatSize(input)}.`;
      const advice =
        first.kind === 'pooling'
          ? 'ceil_mode=True or padding would reach it, and so would another input size.'
          : 'Padding would reach it, and so would another input size.';
      return [
        {
          message: `${nodeName(node)} does not read ${dropped.join(' and ')}.\n${why} ${advice}`,
          range: argumentPlace(node, 'stride', 'kernel_size'),
          related: [],
          fixes: ideas(node, windows),
        },
      ];
    }),
};

/** Input cells behind the last window, where it is certain that there are some; what is lost of the padding does not count. */
function droppedRows({ kind, stride, reach, paddingStart, paddingEnd, ceilMode, input, output }: Window): number | undefined {
  // Windows with gaps between them are the matter of skipped-input.
  if (kind === 'transposed' || ceilMode || stride === 1 || reach < stride || output === undefined) return undefined;
  const room = add(input, paddingStart + paddingEnd - reach);
  const rest = subtract(room, multiply(floorDivide(room, stride), stride));
  return typeof rest === 'number' && rest > paddingEnd ? rest - paddingEnd : undefined;
}

function ideas(node: Node, windows: readonly Window[]): FixIdea[] {
  const [first] = windows;
  if (first?.kind === 'pooling') return [argumentIdea(node, { ceil_mode: 'True' })];
  return [argumentIdea(node, { padding: axesText(windows.map(reachingPadding)) })];
}

/** The smallest padding with which no more than padding is left behind the last window: it grows at both ends. */
function reachingPadding(window: Window): number {
  const { stride, paddingStart, paddingEnd } = window;
  const dropped = droppedRows(window);
  if (dropped === undefined) return paddingStart;
  // A padding that is larger by m moves the rest to r + 2m, and it is gone where that passes s.
  return paddingStart + Math.ceil((stride - dropped - paddingEnd) / 2);
}
