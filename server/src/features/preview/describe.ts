// All that is known of a layer without running it: what the panel shows at once.
import type { Analysis } from '../../analysis/analyse.ts';
import { substitute } from '../../dims/arithmetic.ts';
import { formatShape } from '../../dims/format.ts';
import { isConcrete } from '../../dims/size.ts';
import type { Network, Node, Tensor } from '../../network/network.ts';
import { axisWindowsOf } from '../../operators/of-node.ts';
import { operators } from '../../operators/registry.ts';
import type { ArgumentChange, AxisWords, GuideWords, NoLayer, PreviewShape, PreviewSymbol } from '../../protocol/preview.ts';
import { spatialName } from '../../rules/words.ts';
import { contains } from '../../text/range.ts';
import { fittingSymbols } from '../fitting-sizes.ts';
import { guideCase } from '../hover/guide-case.ts';
import { adaptiveLines, directLines, transposedLines } from '../hover/window-lines.ts';
import { sampleSizes } from '../summary.ts';

import { findAgain, findLayer, lineAround, type PreviewLayer } from './find-layer.ts';
import { tryChanges, type TrialAnalysis } from './trial.ts';

/** A layer with what is tried, and the sizes that stand for symbols. */
export interface PreviewSubject {
  readonly layer: PreviewLayer;
  /** Of the text with what is tried. */
  readonly analysis: Analysis;
  readonly sizes: ReadonlyMap<string, number>;
  readonly trial: TrialAnalysis | undefined;
  /** The layer without what is tried. */
  readonly before: PreviewLayer;
}

/** The layer at an offset of the text, with changes tried; undefined where there is none. */
export function previewSubject(
  analysis: Analysis,
  place: { readonly offset: number; readonly use: number | null },
  changes: readonly ArgumentChange[],
  asked: Readonly<Record<string, number>>,
): PreviewSubject | undefined {
  const before = findLayer(analysis, place.offset, place.use);
  if (before === undefined) return undefined;
  const trial = tryChanges(analysis, before.node, changes);
  const tried = trial === undefined ? undefined : findAgain(trial.analysis, before, trial.edits, before.use);
  const layer = tried?.node.operator === before.node.operator ? tried : before;
  return {
    before,
    layer,
    analysis: layer === before ? analysis : (trial?.analysis ?? analysis),
    sizes: sizesOf(layer.network, asked),
    trial: layer === before ? undefined : trial,
  };
}

/** What is asked for, else the samples; a size of nothing, or beyond all bounds, is not asked for. */
function sizesOf(network: Network, asked: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const sizes = new Map(sampleSizes(network));
  for (const { name } of network.symbols) {
    const size = Object.hasOwn(asked, name) ? asked[name] : undefined;
    if (size !== undefined && Number.isInteger(size) && size >= 1 && size <= 100_000) sizes.set(name, size);
  }
  return sizes;
}

export function noLayer(analysis: Analysis, offset: number): NoLayer {
  const line = lineAround(analysis.source.text, offset);
  const fault = analysis.findings.find(({ diagnostic: { severity, range } }) => severity === 'error' && contains(line, range.start));
  if (fault !== undefined)
    return { kind: 'none', message: `There is no layer to show on this line. ${fault.diagnostic.message.replaceAll('\n', ' ')}` };
  const isEmpty = analysis.document.networks.every(({ nodes }) => nodes.length === 0);
  return {
    kind: 'none',
    message: isEmpty
      ? 'There is no layer in this file yet. Write one, such as Conv2d(_, 8, 3), and it is shown here.'
      : 'There is no layer on this line. Put the cursor on one, and it is shown here.',
  };
}

/** Where each use stands; with its operator where they are not all the same one. */
export function usesOf({ uses }: PreviewLayer): string[] {
  const isMixed = new Set(uses.map(({ node }) => node.operator)).size > 1;
  return uses.map(({ node, network }) =>
    [network.name, ...node.source.frames.map(({ block }) => block), ...(isMixed ? [node.operator] : [])].join(' › '),
  );
}

/** A join of more inputs shows the first ones. */
export const MOST_INPUTS = 64;

export function shapesOf(tensors: readonly Tensor[], sizes: ReadonlyMap<string, number>): PreviewShape[] {
  return tensors.slice(0, MOST_INPUTS).map(({ label, shape }) => {
    const numbers = shape?.map((size) => substitute(size, sizes)).filter(isConcrete) ?? [];
    return { label, text: formatShape(shape), sizes: shape === undefined || numbers.length < shape.length ? null : numbers };
  });
}

/** The same words as in the hover. What is the same on all axes is said once. */
export function axisWords({ layer: { node }, sizes }: PreviewSubject): AxisWords[] {
  const windows = axisWindowsOf(node) ?? [];
  const [before, after] = [node.inputs[0]?.shape, node.outputs[0]?.shape];
  const axes = windows.map((window, at) => {
    const axis = at - windows.length;
    const input = substitute(before?.[before.length + axis], sizes);
    const lines = node.operator.startsWith('Adaptive')
      ? adaptiveLines(window, input, substitute(after?.[after.length + axis], sizes))
      : window.kind === 'transposed'
        ? transposedLines(window, input)
        : directLines(window, input);
    const [formula = '', ...notes] = lines.map((line) => line.replaceAll('`', ''));
    return { name: spatialName(node.operator, axis), formula, notes };
  });
  const [first] = axes;
  const isSame = axes.every(({ formula, notes }) => formula === first?.formula && notes.join() === first.notes.join());
  return first !== undefined && isSame ? [{ ...first, name: axes.map(({ name }) => name).join(' and ') }] : axes;
}

/** Null where the axes are different cases. */
export function guideWords({ layer: { node } }: PreviewSubject): GuideWords | null {
  if (node.operator.startsWith('Adaptive')) return null;
  const found = (axisWindowsOf(node) ?? []).map((window) => guideCase(window));
  const [first] = found;
  if (first === undefined || found.some((other) => other?.name !== first.name)) return null;
  return first;
}

/** The symbols of the network's inputs; where the text gives no number, the nearest size to a small one that fits. */
export function symbolsOf({ layer: { network }, sizes }: PreviewSubject): PreviewSymbol[] {
  const fits = fittingSymbols(network, new Map(network.symbols.map(({ name }) => [name, USUAL_SIZE])));
  return network.symbols.map(({ name, sample = null }) => ({
    name,
    value: sizes.get(name) ?? null,
    sample,
    suggested: fits.find((fit) => fit.name === name)?.near[0] ?? USUAL_SIZE,
  }));
}

/** Large enough for a few strides, and small enough that each cell can be seen. */
const USUAL_SIZE = 16;

export function summaryOf({ operator }: Node): string {
  return operators.get(operator)?.summary ?? '';
}
