// skipped-input: a window that moves over cells without ever reading them.
import type { Network, Node } from '../network/network.ts';
import type { NetworkRule } from './network-rule.ts';
import type { FixIdea } from './rule.ts';
import { argumentPlace, linesWithAny, usesOf, type Uses } from './uses.ts';
import { axesText, axesWords, groupAxes, windowsOf, type Window } from './windows.ts';
import { nodeName } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

/** How many layers further down a residual join is looked for. */
const MOST_STEPS = 24;

export const skippedInput: NetworkRule = {
  code: 'skipped-input',
  severity: 'warning',
  summary: 'A window that moves further than it reaches, over cells that it never reads.',
  check: (network) =>
    skippingNodes(network).map((node) => {
      const windows = windowsOf(node);
      const skipped = [...groupAxes(windows, (window) => skippedCells(window))].map(
        ([count, axes]) => `${count} of every ${axes[0]?.stride ?? 0} cells (${axesWords(node, axes)})`,
      );
      const { kernel, stride, dilation } = windows.find((window) => skippedCells(window) !== undefined) ?? {
        kernel: 0,
        stride: 0,
        dilation: 1,
      };
      const spread = dilation === 1 ? '' : ` with dilation ${dilation}`;
      const message = `${nodeName(node)} never reads ${skipped.join(' and ')}.\nIts kernel of ${kernel}${spread} leaves gaps when it moves by ${stride}. Take a larger kernel or a smaller stride, or pool the cells first.`;
      return { message, range: argumentPlace(node, 'stride', 'kernel_size'), related: [], fixes: ideas(node, windows) };
    }),
};

function skippingNodes(network: Network): Node[] {
  const uses = usesOf(network);
  return linesWithAny(uses, (node) => {
    const windows = windowsOf(node);
    if (!windows.some((window) => skippedCells(window) !== undefined)) return false;
    // A pool of one cell does nothing but take every s-th of them: it is written for that.
    const isSingle = windows.every(({ kernel }) => kernel === 1);
    return !isSingle || (windows[0]?.kind !== 'pooling' && !isInResidualBlock(node, uses));
  });
}

/** How many of every s cells no window reads, between the first and the last; undefined for none. */
function skippedCells({ kind, kernel, stride, dilation, output }: Window): number | undefined {
  if (kind === 'transposed' || stride === 1 || output === 1) return undefined;
  // Kernel cell j reads the cells that are j * d mod s, and these repeat after s / gcd(s, d).
  const read = Math.min(kernel, stride / greatestCommonDivisor(stride, dilation));
  return read === stride ? undefined : stride - read;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * Whether what comes out is added to something a few layers further down. Residual networks shrink by 1 x 1 convolutions, on
 * the shortcut and, in the first version, on the way through the block as well: known, published, and not to be remarked on.
 */
function isInResidualBlock(node: Node, uses: Uses): boolean {
  const queue = [node];
  const seen = new Set(queue);
  for (let at = 0; at < queue.length && at < MOST_STEPS; at++) {
    const next = queue[at];
    if (next === undefined) break;
    for (const user of uses.consumers(next)) {
      if (user.operator === 'Add') return true;
      if (!seen.has(user)) queue.push(user);
      seen.add(user);
    }
  }
  return false;
}

/** A kernel that reads every cell, with the padding that keeps the size; or a stride that leaves out none. */
function ideas(node: Node, windows: readonly Window[]): FixIdea[] {
  if (windows.some(({ dilation }) => dilation !== 1)) return [];
  const kernels = windows.map(({ kernel, stride }) => (kernel >= stride ? kernel : kernel + 2 * Math.ceil((stride - kernel) / 2)));
  const paddings = windows.map(({ kernel, paddingStart }, at) => paddingStart + ((kernels[at] ?? kernel) - kernel) / 2);
  const strides = windows.map(({ kernel, stride }) => Math.min(kernel, stride));
  const [kernel, padding, stride] = [axesText(kernels), axesText(paddings), axesText(strides)];
  return [argumentIdea(node, { kernel_size: kernel, padding }), argumentIdea(node, { stride })];
}
