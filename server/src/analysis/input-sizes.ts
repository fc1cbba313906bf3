// The nearest input sizes: the numbers of the inputs become symbols, and what the network then asks of them is solved.
import { symbolsOf } from '../dims/arithmetic.ts';
import { nearestMembers } from '../dims/size-set.ts';
import { isConcrete, type Size } from '../dims/size.ts';
import { createNetworkBuilder } from '../inference/builder.ts';
import { isEmpty, legalSizes } from '../inference/legal-sizes.ts';
import { mayHold } from '../network/at-samples.ts';
import type { Network } from '../network/network.ts';
import type { FixIdea } from '../rules/rule.ts';
import { applyEdits } from '../text/edit.ts';
import type { Range } from '../text/range.ts';
import type { Analysis, Finding } from './analyse.ts';

/** The codes whose cause may be the size of the input. */
const CODES = new Set([
  'concat-mismatch',
  'broadcast-mismatch',
  'claim-mismatch',
  'feature-mismatch',
  'reshape-mismatch',
  'kernel-exceeds-input',
  'empty-output',
  'reflection-padding',
]);

/** How far sizes are tried one by one. */
const FURTHEST = 512;

interface InputSize {
  readonly size: number;
  readonly ranges: readonly Range[];
}

/**
 * Ideas that give the inputs of the finding's network the nearest sizes with which all of it fits, below and above; none where the
 * language has ideas for these sizes itself, which knows what its images are made in.
 */
export function inputSizeIdeas(analysis: Analysis, { diagnostic, ideas }: Finding): FixIdea[] {
  if (!CODES.has(diagnostic.code)) return [];
  const { text } = analysis.source;
  const network = analysis.document.networks.find(
    ({ range }) => range.start <= diagnostic.range.start && diagnostic.range.end <= range.end,
  );
  const sizes = network === undefined ? [] : spatialSizes(network, text);
  if (network === undefined || sizes.length === 0) return [];
  const places = new Set(sizes.flatMap(({ ranges }) => ranges.map(({ start }) => start)));
  if (ideas().some(({ changes }) => changes.some((change) => change.kind === 'text' && places.has(change.edit.range.start)))) return [];
  const near = nearestFitting(analysis, network, sizes);
  if (near === undefined) return [];
  const choices = [near.map(nearestOf), near.map(([below = NaN]) => below), near.map(({ 1: above = NaN }) => above)];
  const seen = new Set<string>();
  return choices.flatMap((choice): FixIdea[] => {
    const key = choice.join(' ');
    if (seen.has(key) || choice.some(Number.isNaN) || choice.every((size, at) => size === sizes[at]?.size)) return [];
    seen.add(key);
    const changed = sizes.flatMap(({ size, ranges }, at) => (choice[at] === size ? [] : [{ from: size, to: choice[at] ?? size, ranges }]));
    const words = changed.map(({ from, to }) => `${from} to ${to}`).join(' and ');
    return [
      {
        title: `Change the input ${changed.length === 1 ? 'size' : 'sizes'} ${words}`,
        changes: changed.flatMap(({ to, ranges }) =>
          ranges.map((range) => ({ kind: 'text', edit: { range, newText: String(to) } }) as const),
        ),
        larger: true,
      },
    ];
  });

  function nearestOf(members: readonly number[], at: number): number {
    const size = sizes[at]?.size ?? 0;
    return members.reduce((a, b) => (Math.abs(b - size) < Math.abs(a - size) ? b : a), members[0] ?? NaN);
  }
}

/** The numbers behind the channels in the shapes of the inputs; the same number is one size. */
function spatialSizes({ inputs }: Network, text: string): InputSize[] {
  const found = new Map<number, Range[]>();
  for (const { shape, axisRanges } of inputs) {
    shape?.forEach((size, axis) => {
      const range = axisRanges?.[axis];
      if (axis < 2 || range === undefined || !isConcrete(size) || text.slice(range.start, range.end) !== String(size)) return;
      const before = found.get(size) ?? [];
      // One number may stand for several axes.
      if (!before.some(({ start }) => start === range.start)) found.set(size, [...before, range]);
    });
  }
  return [...found].map(([size, ranges]) => ({ size, ranges }));
}

/** For each size the nearest ones that fit, below and above, where it does not fit itself. */
function nearestFitting(
  { source: { text, path }, language }: Analysis,
  { name }: Network,
  sizes: readonly InputSize[],
): (readonly number[])[] | undefined {
  const names = sizes.map(({ size }) => freshName(text, `S${size}`));
  const edits = sizes.flatMap(({ ranges }, at) =>
    ranges.map((range) => ({ range, newText: language.symbolText?.(names[at] ?? '') ?? names[at] ?? '' })),
  );
  const network = language.read(applyEdits(text, edits), createNetworkBuilder, path).networks.find((other) => other.name === name);
  if (network === undefined) return undefined;
  const { symbols, pairs, impossible, unproven } = legalSizes(network);
  const [pair] = pairs;
  if (pair !== undefined && sizes.length === 2) {
    // Two sizes that fit together only: the nearest pair.
    const [a = 0, b = 0] = pair.names.map((symbol) => sizes[names.indexOf(symbol)]?.size ?? 0);
    const within = (size: number, [from, to]: readonly [number, number]) => Math.min(Math.max(size, from), to);
    const nearest = pair.pairs
      .map(({ first, second }) => [within(a, first), within(b, second)] as const)
      .sort((x, y) => Math.abs(x[0] - a) + Math.abs(x[1] - b) - Math.abs(y[0] - a) - Math.abs(y[1] - b))[0];
    return nearest === undefined ? undefined : names.map((symbol) => [nearest[pair.names.indexOf(symbol)] ?? NaN]);
  }
  if (impossible.length > 0) return undefined;
  const near = names.map((symbol, at) => {
    const legal = symbols.get(symbol);
    const size = sizes[at]?.size ?? 0;
    if (legal === undefined || isEmpty(legal.set)) return [];
    // What could not be solved for all sizes can still be tried for one.
    const open = unproven.map(({ condition }) => condition).filter(({ left, right }) => isIn(symbol, left) || isIn(symbol, right));
    const fits = (value: number) => legal.set.has(value) && open.every((condition) => mayHold(condition, new Map([[symbol, value]])));
    if (fits(size)) return [size, size];
    return open.length === 0
      ? nearestMembers(legal.set, size)
      : [firstFit(size - 1, size - FURTHEST, fits), firstFit(size + 1, size + FURTHEST, fits)].filter((value) => value !== undefined);
  });
  return near.some((members) => members.length === 0) ? undefined : near;
}

/** The first size on the way from one to another, both included, that fits. */
function firstFit(from: number, to: number, fits: (size: number) => boolean): number | undefined {
  const step = to < from ? -1 : 1;
  for (let size = from; size !== to + step && size >= 1; size += step) if (fits(size)) return size;
  return undefined;
}

function isIn(name: string, size: Size): boolean {
  return symbolsOf(size).has(name);
}

function freshName(text: string, wanted: string): string {
  let name = wanted;
  while (text.includes(name)) name += '_';
  return name;
}
