// size-condition: a network that fits only for some sizes of a free symbol.
import { formatSize } from '../dims/format.ts';
import { isEqual } from '../dims/compare.ts';
import type { Condition } from '../network/condition.ts';
import type { FittingSizes } from '../network/fault.ts';
import type { Network, Node, PlacedCondition } from '../network/network.ts';
import type { RelatedPlace } from '../diagnostics/diagnostic.ts';
import { axisWindowsOf } from '../operators/of-node.ts';
import type { SizeSummary } from '../dims/size-set.ts';
import type { Range } from '../text/range.ts';
import { faultRule, type Change, type FixIdea } from './rule.ts';
import { fitWords, orWords, requirementText } from './size-words.ts';
import { nodeName } from './words.ts';

export const sizeCondition = faultRule({
  code: 'size-condition',
  severity: 'warning',
  summary: 'A join that fits only for some sizes of a free symbol.',
  word: ({ network, sizes, pairs, because }) => {
    const fits = [...sizes.map(({ name, summary }) => fitWords(name, summary)), ...pairWords(pairs)];
    const [first] = because;
    const samples = sizes.flatMap(({ name, sample, near }) => {
      if (sample === undefined) return [];
      if (near.includes(sample)) return [`The sample ${name}=${sample} fits.`];
      return [
        `The sample ${name}=${sample} does not fit${near.length === 0 ? '' : `; the nearest that do are ${orWords(near.map(String))}`}.`,
      ];
    });
    const reason =
      first === undefined
        ? ''
        : `\n${first.node === undefined ? 'The claim' : nodeName(first.node)} needs ${conditionWords(first.condition)}.`;
    const promise = isOurs(first) ? 'Say so with `require`' : 'Give it only such sizes';
    const advice = `\n${promise}, or change the layer that rounds.`;
    return {
      message: `\`${network.name}\` fits only for ${fits.join(', ')}.${reason}${samples.length === 0 ? '' : ` ${samples.join(' ')}`}${advice}`,
      related: [...because.slice(0, 8).map(conditionPlace), ...roundingPlace(first)],
    };
  },
  fixes: ({ network, sizes, because: [first] }) => {
    if (!isOurs(first)) return [numbersIdea(network, sizes)];
    const conditions = sizes.map(({ name, summary }) => requirementText(name, summary));
    const known = conditions.filter((condition) => condition !== undefined);
    if (known.length === 0 || known.length < conditions.length) return [];
    const condition = known.join(' and ');
    return [{ title: `Require ${condition}`, changes: [{ kind: 'requirement', network, condition }, ...sampleChanges(network, sizes)] }];
  },
});

/** Only our own language can promise sizes. */
function isOurs(first: PlacedCondition | undefined): boolean {
  return first?.node?.source.label === undefined;
}

/** Where no requirement can be written, numbers that fit take the place of the symbols. */
function numbersIdea(network: Network, sizes: readonly FittingSizes[]): FixIdea {
  const numbers = sizes.map(({ name, summary, sample }) => ({ name, value: fittingNumber(summary, sample ?? USUAL_SIZE) }));
  const changes = numbers.flatMap(({ name, value }) =>
    placesOf(network, name).map((range) => ({ kind: 'text', edit: { range, newText: String(value) } }) as const),
  );
  return { title: `Change ${numbers.map(({ name, value }) => `${name} to ${value}`).join(' and ')}`, changes, larger: true };
}

/** The side of the images of ImageNet. */
const USUAL_SIZE = 224;

function fittingNumber({ modulus, residues, minimum }: SizeSummary, from: number): number {
  for (let value = Math.max(from, minimum); value < Math.max(from, minimum) + modulus; value++)
    if (residues.includes(value % modulus)) return value;
  return minimum;
}

/** The axes of inputs that are the symbol itself. */
function placesOf({ inputs }: Network, name: string): Range[] {
  return inputs.flatMap(({ shape, axisRanges }) =>
    (shape ?? []).flatMap((size, axis) => (size !== undefined && formatSize(size) === name ? (axisRanges?.[axis] ?? []) : [])),
  );
}

/** Samples that do not fit are brought to the nearest size that does. */
function sampleChanges(network: Network, sizes: readonly FittingSizes[]): Change[] {
  return sizes.flatMap(({ name, sample, near }): Change[] => {
    const symbol = network.symbols.find((other) => other.name === name);
    const range = symbol?.sampleRange;
    if (sample === undefined || range === undefined || near.length === 0 || near.includes(sample)) return [];
    const nearest = near.reduce((a, b) => (Math.abs(b - sample) < Math.abs(a - sample) ? b : a));
    return [{ kind: 'text', edit: { range, newText: String(nearest) } }];
  });
}

type Pair = {
  readonly names: readonly [string, string];
  readonly first: readonly [number, number];
  readonly second: readonly [number, number];
};

function pairWords(pairs: readonly Pair[]): string[] {
  const words = pairs.slice(0, 6).map(({ names, first, second }) => `${spanWords(names[0], first)} with ${spanWords(names[1], second)}`);
  return words.length === 0 ? [] : [orWords(words) + (pairs.length > 6 ? ' or …' : '')];
}

function spanWords(name: string, [from, to]: readonly [number, number]): string {
  return from === to ? `${name} = ${from}` : `${name} = ${from} to ${to}`;
}

export function conditionWords({ kind, left, right }: Condition): string {
  const [a, b] = [formatSize(left), formatSize(right)];
  switch (kind) {
    case 'equal':
      return `${a} = ${b}`;
    case 'equal-or-one':
      return `${a} = ${b}, or one of them 1`;
    case 'at-least':
      return `${a} >= ${b}`;
    case 'divisible':
      return `${a} to be a multiple of ${b}`;
  }
}

function conditionPlace({ condition, node, range }: PlacedCondition): RelatedPlace {
  return { message: `${node?.operator ?? 'The claim'} needs ${conditionWords(condition)}`, range: node?.source.range ?? range };
}

/** The layer whose rounding lost the row: the nearest one up the paths to the join that moves by more than one cell. */
function roundingPlace(first: PlacedCondition | undefined): RelatedPlace[] {
  const queue: Node[] = (first?.node?.inputs ?? []).flatMap(({ producer }) => (producer === undefined ? [] : [producer]));
  for (let step = 0; step < queue.length && step < 300; step++) {
    const node = queue[step];
    if (node === undefined) break;
    const rounded = roundedAxis(node);
    if (rounded !== undefined) return [{ message: `${nodeName(node)} rounds here: ${rounded}`, range: node.source.range }];
    for (const { producer } of node.inputs) if (producer !== undefined && !queue.includes(producer)) queue.push(producer);
  }
  return [];
}

function roundedAxis(node: Node): string | undefined {
  const windows = axisWindowsOf(node);
  const [before, after] = [node.inputs[0]?.shape, node.outputs[0]?.shape];
  const at = windows?.findIndex(({ stride, kind }) => kind !== 'transposed' && isEqual(stride, 1) === false) ?? -1;
  if (windows === undefined || at < 0 || before === undefined || after === undefined) return undefined;
  const fromEnd = at - windows.length;
  return `${formatSize(before[before.length + fromEnd])} becomes ${formatSize(after[after.length + fromEnd])}`;
}
