// dead-padding: windows that see nothing but padding.
import type { Node } from '../network/network.ts';
import { createCall } from '../operators/call.ts';
import { operators } from '../operators/registry.ts';
import type { NetworkRule } from './network-rule.ts';
import type { FixIdea } from './rule.ts';
import { argumentPlace, linesWithAny, usesOf } from './uses.ts';
import { axesText, windowsOf, type Window } from './windows.ts';
import { nodeName, sizeWords, spatialName } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

/** A padding from here on is no slip: a fully convolutional network pads by 100 and crops what comes of it. */
const DELIBERATE = 64;
/** No more windows than this are looked at one by one. */
const MOST_WINDOWS = 1024;

export const deadPadding: NetworkRule = {
  code: 'dead-padding',
  severity: 'warning',
  summary: 'Windows that see nothing but padding.',
  check: (network) =>
    linesWithAny(usesOf(network), isDead).flatMap((node) => {
      const windows = windowsOf(node);
      const dead = windows.find((window) => deadWindows(window) !== undefined);
      if (dead === undefined) return [];
      const { axis, paddingStart, reach, stride, dilation } = dead;
      const name = spatialName(node.operator, axis);
      const count = deadWindows(dead) ?? 0;
      const where =
        paddingStart >= reach
          ? `${sizeWords(count, 'window')} at each end of the ${name}`
          : `${sizeWords(count, 'window')} along the ${name}`;
      const why =
        paddingStart >= reach
          ? `The padding of ${paddingStart} is not below the kernel's reach of ${sizeWords(reach, 'cell')}${stride === 1 ? '' : `, and the window moves by ${stride}`}.`
          : `With dilation ${dilation} all cells of the kernel fall beside the input.`;
      const message = `${nodeName(node)} has ${where} that ${count === 1 ? 'sees' : 'see'} nothing but padding.\n${why} What comes out there is the bias alone: take less padding.`;
      return [{ message, range: argumentPlace(node, 'padding'), related: [], fixes: lessPadding(node, windows) }];
    }),
};

function isDead(node: Node): boolean {
  return windowsOf(node).some(hasDeadWindows) && fillsWithZeros(node);
}

function hasDeadWindows(window: Window): boolean {
  return deadWindows(window) !== undefined;
}

/** How many windows there are without a cell of the input, at one end or between; undefined for none. */
function deadWindows({ kind, kernel, stride, dilation, reach, paddingStart, input, output }: Window): number | undefined {
  // A pool that is padded so far is an error, and a transposed convolution crops by its padding.
  if (kind !== 'convolution' || paddingStart >= DELIBERATE) return undefined;
  if (paddingStart >= reach) return Math.ceil((paddingStart - reach + 1) / stride);
  // A window can be dead in the middle only where the input fits between two cells of the kernel.
  if (typeof input !== 'number' || typeof output !== 'number' || dilation <= input || input < 1 || output * kernel > MOST_WINDOWS)
    return undefined;
  let count = 0;
  for (let at = 0; at < output; at++) {
    const start = at * stride - paddingStart;
    const first = start >= 0 ? 0 : Math.ceil(-start / dilation);
    if (first >= kernel || start + first * dilation >= input) count++;
  }
  return count === 0 ? undefined : count;
}

function fillsWithZeros(node: Node): boolean {
  const operator = operators.get(node.operator);
  const mode = operator === undefined ? undefined : createCall(operator, node.arguments, []).arguments.get('padding_mode');
  return mode === undefined || mode === 'zeros';
}

/** Half the kernel's reach, which keeps the size where it can be kept, or as much as leaves each window a cell. */
function lessPadding(node: Node, windows: readonly Window[]): FixIdea[] {
  const smaller = (most: (reach: number) => number) =>
    axesText(windows.map(({ reach, paddingStart }) => Math.min(paddingStart, most(reach))));
  const values = [smaller((reach) => Math.floor(reach / 2)), smaller((reach) => reach - 1)];
  return values.map((value) => argumentIdea(node, { padding: value }));
}
