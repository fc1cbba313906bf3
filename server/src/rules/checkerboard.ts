// checkerboard: a transposed convolution whose output cells are covered by unequal numbers of kernel cells.
import type { Node } from '../network/network.ts';
import type { NetworkRule } from './network-rule.ts';
import type { FixIdea } from './rule.ts';
import { argumentPlace, linesWithAny, usesOf } from './uses.ts';
import { axesText, axesWords, groupAxes, windowsOf, type Window } from './windows.ts';
import { nodeName } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

/** No larger stride is counted: the message would not be read. */
const LARGEST_STRIDE = 16;

export const checkerboard: NetworkRule = {
  code: 'checkerboard',
  severity: 'warning',
  summary: 'A transposed convolution that covers its output cells unevenly.',
  // Where sizes do not fit, an unsightly output is the smaller worry.
  needsWhole: true,
  check: (network) => {
    const isUneven = (node: Node) => windowsOf(node).some((window) => unevenCounts(window) !== undefined);
    return linesWithAny(usesOf(network), isUneven).flatMap((node) => {
      const windows = windowsOf(node);
      const uneven = [...groupAxes(windows, (window) => countsText(unevenCounts(window)))].map(
        ([text, axes]) => `by ${text} kernel cells in turn (${axesWords(node, axes)})`,
      );
      const isEmpty = windows.some((window) => unevenCounts(window)?.includes(0) === true);
      const first = windows.find((window) => unevenCounts(window) !== undefined);
      if (first === undefined) return [];
      const { kernel, stride, dilation } = first;
      const what = isEmpty ? 'leaves output cells without input' : 'covers its output cells unevenly';
      const why = isEmpty
        ? `The stride of ${stride} spreads the input further than the kernel of ${kernel}${dilation === 1 ? '' : ` with dilation ${dilation}`} fills: the cells that it leaves are nothing but the bias.`
        : `The kernel of ${kernel} is no multiple of the stride of ${stride}, so that the output tends to show a checkerboard (Odena et al. 2016).`;
      const advice = `Take a kernel that the stride divides, or resize first and convolve with a stride of 1.`;
      return [
        {
          message: `${nodeName(node)} ${what}: ${uneven.join(' and ')}.\n${why} ${advice}`,
          range: argumentPlace(node, 'kernel_size', 'stride'),
          related: [],
          fixes: evenKernel(node, windows),
        },
      ];
    });
  },
};

/** `2 and 1`, `2, 1 and 1`. */
function countsText(counts: readonly number[] | undefined): string | undefined {
  return counts === undefined ? undefined : `${counts.slice(0, -1).join(', ')} and ${String(counts[counts.length - 1])}`;
}

/**
 * How many kernel cells meet in the s output cells that repeat away from the border, where they are not equally many: output
 * cell t has those kernel cells j for which t - j * d is a multiple of s.
 */
function unevenCounts({ kind, kernel, stride, dilation, input }: Window): readonly number[] | undefined {
  // A single input cell overlaps with no other.
  if (kind !== 'transposed' || stride === 1 || stride > LARGEST_STRIDE || input === 1) return undefined;
  const counts = Array.from({ length: stride }, () => 0);
  // Kernel cell j meets output cell j * d mod s, and j repeats after s.
  for (let residue = 0; residue < stride; residue++) {
    const meets = (residue * dilation) % stride;
    counts[meets] = (counts[meets] ?? 0) + Math.ceil(Math.max(kernel - residue, 0) / stride);
  }
  return counts.every((count) => count === counts[0]) ? undefined : counts;
}

/** The next larger kernel that the stride divides, with a padding that keeps the size of the output. */
function evenKernel(node: Node, windows: readonly Window[]): FixIdea[] {
  const axes = windows.map((window) => evenAxis(window));
  const known = axes.filter((axis) => axis !== undefined);
  if (known.length < axes.length) return [];
  const values = {
    kernel_size: known.map(({ kernel }) => kernel),
    padding: known.map(({ padding }) => padding),
    output_padding: known.map(({ outputPadding }) => outputPadding),
  };
  const before = {
    kernel_size: windows.map(({ kernel }) => kernel),
    padding: windows.map(({ paddingStart }) => paddingStart),
    output_padding: windows.map(({ outputPadding }) => outputPadding),
  };
  const changed = (['kernel_size', 'padding', 'output_padding'] as const).filter(
    (name) => axesText(values[name]) !== axesText(before[name]),
  );
  return [argumentIdea(node, Object.fromEntries(changed.map((name) => [name, axesText(values[name])])))];
}

/** o' = s(i' - 1) + ke - 2p + a stays as it is: what the kernel gains is cropped, or was the output padding before. */
function evenAxis(window: Window): { kernel: number; padding: number; outputPadding: number } | undefined {
  const { stride, dilation, kernel, paddingStart, reach, outputPadding } = window;
  if (unevenCounts(window) === undefined) return { kernel, padding: paddingStart, outputPadding };
  if (dilation !== 1) return undefined;
  const even = Math.ceil(kernel / stride) * stride;
  const gained = even - reach - outputPadding;
  const rest = Math.abs(gained % 2);
  const padding = paddingStart + (gained + rest) / 2;
  return padding < 0 ? undefined : { kernel: even, padding, outputPadding: rest };
}
