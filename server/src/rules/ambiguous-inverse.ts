// ambiguous-inverse: a transposed convolution without the output padding that undoes the strided layer it mirrors.
//
// A strided layer makes one size out of s sizes, and its inverse has to say which of them it was: a = (i + 2p - ke) mod s.
// Where the two ends meet at a join, an error or size-condition tells already that they do not fit, and where they fit
// nothing is wrong. What is left, and told here, is what no framework sees: an autoencoder that gives fewer rows than it
// got, and a join that broadcasts or that no symbol can decide. The sizes are those of the samples where they are symbolic.
import { isEqual } from '../dims/compare.ts';
import { add, multiply, substitute, subtract } from '../dims/arithmetic.ts';
import { formatSize } from '../dims/format.ts';
import type { Dimension } from '../dims/size.ts';
import { legalSizes } from '../inference/legal-sizes.ts';
import { sizeProblems } from '../inference/size-problems.ts';
import type { Network, Node, Tensor } from '../network/network.ts';
import { argumentOf } from './activation-kinds.ts';
import { isJoin, isResize, keepsCells } from './cell-wise.ts';
import type { NetworkRule, Remark } from './network-rule.ts';
import { argumentPlace, usesOf, type Uses } from './uses.ts';
import { axesText, axesWords, hasWindow, windowsOf, type Window } from './windows.ts';
import { argumentName, nodeName } from './words.ts';
import { argumentIdea } from './argument-idea.ts';

/** The strided layers that have not been undone yet, the last one on top. */
interface Level {
  readonly encoder?: Node;
  readonly below?: Level;
  readonly depth: number;
}

const GROUND: Level = { depth: 0 };
const MOST_STEPS = 12;
/** A network with more of them unrolls the same few lines. */
const MOST_REMARKS = 200;

export const ambiguousInverse: NetworkRule = {
  code: 'ambiguous-inverse',
  severity: 'warning',
  summary: 'A transposed convolution without the output padding that undoes the strided layer it mirrors.',
  needsWhole: true,
  check: (network) => {
    if (!network.nodes.some(({ operator }) => operator.includes('ConvTranspose'))) return [];
    const pairs = mirroredPairs(network);
    if (pairs.length === 0) return [];
    const uses = usesOf(network);
    const samples = samplesOf(network);
    const remarks: Remark[] = [];
    for (const [node, encoder] of pairs) {
      if (remarks.length >= MOST_REMARKS) break;
      const wanted = wantedPaddings(node, encoder, samples, remarks.length);
      if (wanted === undefined || isSettled(node, uses)) continue;
      remarks.push(remarkOn(node, encoder, wanted, samples));
    }
    // Joins that do not fit for every size are told of by size-condition.
    return remarks.length > 0 && sizeProblems(network).length > 0 ? [] : remarks;
  },
};

function remarkOn(node: Node, encoder: Node, wanted: readonly number[], samples: ReadonlyMap<string, Dimension>): Remark {
  const windows = windowsOf(node);
  const wrong = windows.filter(({ outputPadding }, at) => outputPadding !== wanted[at]);
  const [first] = wrong;
  const at = first === undefined ? 0 : windows.indexOf(first);
  const from = windowsOf(encoder)[at];
  const [size, between] = [substitute(from?.input, samples), substitute(from?.output, samples)].map(formatSize);
  const value = axesText(wanted);
  const made = formatSize(subtract(substitute(from?.input, samples), (wanted[at] ?? 0) - (first?.outputPadding ?? 0)));
  return {
    message: `${nodeName(node)} needs ${argumentName(node, 'output_padding')}=${value}, not ${axesText(windows.map(({ outputPadding }) => outputPadding))}, to undo the ${nodeName(encoder)} that it mirrors (${axesWords(node, wrong)}).\n${nodeName(encoder)} makes ${between ?? ''} of ${size ?? ''}, as of other sizes that it rounds down, and this layer makes ${made} of ${between ?? ''}. The output padding a = (i + 2p - ke) mod s says which of them it was.`,
    range: argumentPlace(node, 'output_padding'),
    related: [{ message: `${nodeName(encoder)} makes ${between ?? ''} of ${size ?? ''}`, range: encoder.source.nameRange }],
    fixes: [argumentIdea(node, { output_padding: value })],
  };
}

/** The samples, but for those that are not what is required of the symbol. */
function samplesOf(network: Network): ReadonlyMap<string, Dimension> {
  const { required } = legalSizes(network);
  return new Map(
    network.symbols.flatMap(({ name, sample }) =>
      sample === undefined || required.get(name)?.has(sample) === false ? [] : [[name, sample] as const],
    ),
  );
}

/** Transposed convolutions with the strided layers that they undo, as brackets that close. */
function mirroredPairs({ nodes }: Network): (readonly [Node, Node])[] {
  const levels = new Map<Node, Level>();
  const pairs: (readonly [Node, Node])[] = [];
  const levelOf = ({ producer }: Tensor): Level | undefined => (producer === undefined ? GROUND : levels.get(producer));
  for (const node of nodes) {
    const level = commonLevel(node.inputs.map(levelOf));
    if (level === undefined || node.fault !== undefined) continue;
    const windows = windowsOf(node);
    // How far a window moves is not known: neither is what it undoes.
    if (windows.length === 0 && hasWindow(node)) continue;
    const factors = windows.length > 0 ? windows.map(({ stride }) => stride) : undefined;
    if (factors?.every((factor) => factor === 1) === true) levels.set(node, level);
    else if (factors !== undefined && windows[0]?.kind !== 'transposed')
      levels.set(node, { encoder: node, below: level, depth: level.depth + 1 });
    else {
      const growth = factors ?? growthOf(node);
      if (growth === undefined) {
        if (isJoin(node) || isResize(node) || node.inputs[0]?.shape?.length === node.outputs[0]?.shape?.length) levels.set(node, level);
        continue;
      }
      const { encoder, below } = level;
      if (encoder === undefined || below === undefined || !hasStrides(encoder, growth)) continue;
      levels.set(node, below);
      if (factors !== undefined) pairs.push([node, encoder]);
    }
  }
  return pairs;
}

/** Branches of a residual block shrink by a layer each: either stands for both. */
function commonLevel(levels: readonly (Level | undefined)[]): Level | undefined {
  const [first] = levels;
  return levels.every((level) => level !== undefined && (level === first || (level.depth === first?.depth && level.below === first.below)))
    ? first
    : undefined;
}

/** By how much a layer without weights enlarges. */
function growthOf(node: Node): readonly number[] | undefined {
  const factor = /^(Upsampl\w*|Interpolate)$/.test(node.operator)
    ? argumentOf(node, 'scale_factor')
    : node.operator === 'PixelShuffle'
      ? argumentOf(node, 'upscale_factor')
      : undefined;
  const spatial = (node.inputs[0]?.shape?.length ?? 0) - 2;
  return typeof factor === 'number' && spatial > 0 ? Array.from({ length: spatial }, () => factor) : undefined;
}

function hasStrides(node: Node, strides: readonly number[]): boolean {
  const windows = windowsOf(node);
  return windows.length === strides.length && windows.every(({ stride }, at) => stride === strides[at]);
}

/** The output padding on each axis that gives the encoder's input; undefined where it is there, or where none could be. */
function wantedPaddings(node: Node, encoder: Node, samples: ReadonlyMap<string, Dimension>, before: number): readonly number[] | undefined {
  const windows = windowsOf(node);
  const from = windowsOf(encoder);
  const wanted = windows.map((window, at) => wantedPadding(window, from[at], samples, before));
  const known = wanted.filter((padding) => padding !== undefined);
  return known.length === windows.length && windows.some(({ outputPadding }, at) => outputPadding !== known[at]) ? known : undefined;
}

function wantedPadding(
  window: Window,
  encoder: Window | undefined,
  samples: ReadonlyMap<string, Dimension>,
  before: number,
): number | undefined {
  if (encoder === undefined) return undefined;
  const { stride, dilation, reach, paddingStart, paddingEnd } = window;
  const [whole, half, input] = [substitute(encoder.input, samples), substitute(encoder.output, samples), substitute(window.input, samples)];
  const off = subtract(half, input);
  // Layers that are remarked on already may have lost rows on the way here.
  if (typeof off !== 'number' || Math.abs(off) >= stride ** before) return undefined;
  const made = add(multiply(stride, subtract(half, 1)), reach - paddingStart - paddingEnd);
  const padding = subtract(whole, made);
  return typeof padding === 'number' && padding >= 0 && padding < Math.max(stride, dilation) ? padding : undefined;
}

/** Whether further down the size is made to fit by hand, or meets a tensor of the very same size. */
function isSettled(node: Node, { consumers }: Uses): boolean {
  let at = node;
  for (let step = 0; step < MOST_STEPS; step++) {
    const users = consumers(at);
    if (users.some(isResize)) return true;
    const join = users.find(isJoin);
    if (join !== undefined) {
      const size = at.outputs[0]?.shape;
      const others = join.inputs.filter(({ producer }) => producer !== at);
      return others.some(
        ({ shape, producer }) =>
          (producer !== undefined && isResize(producer)) ||
          (size !== undefined &&
            shape?.length === size.length &&
            size.slice(2).every((part, axis) => isEqual(part, shape[axis + 2]) === true)),
      );
    }
    const [next] = users;
    if (next === undefined || !keepsCells(next)) return false;
    at = next;
  }
  return false;
}
