// The diagnostics of free sizes: joins that fit for some sizes of a symbol, and conditions that no size fulfils.
import { ALL_SIZES, nearestMembers, summariseSet, type SizeSet } from '../dims/size-set.ts';
import type { Fault, FittingSizes } from '../network/fault.ts';
import type { Network, PlacedCondition, Problem } from '../network/network.ts';
import { isEmpty, isWithin, legalSizes, requiredSizes, solveFormula, type PairedSizes, type SymbolSizes } from './legal-sizes.ts';

/** At most one for what the symbols leave open, at the first join that asks for it; one for each impossible condition. */
export function sizeProblems(network: Network): Problem[] {
  if (network.conditions.length === 0 && network.requirements.length === 0) return [];
  const { symbols, pairs, impossible, required } = legalSizes(network);
  // What is required of a symbol may leave no size at all: then nothing else can be said of the network.
  if ([...required.values()].some(isEmpty)) return contradictoryRequirement(network);
  const open = [...symbols.values()].map((symbol) => ({ symbol, because: openConditions(symbol, required.get(symbol.name) ?? ALL_SIZES) }));
  const narrowed = open.filter(({ because }) => because.length > 0);
  const openPairs = pairs.filter((pair) => pair.pairs.length > 0 && !isRequired(pair, required));
  const because = network.conditions.filter(
    (placed) => narrowed.some((part) => part.because.includes(placed)) || openPairs.some((pair) => pair.because === placed),
  );
  const [first] = because;
  // Height and width that do not fit at one place are one mistake.
  const places = impossible.filter(({ range }, at) => impossible.findIndex((other) => other.range.start === range.start) === at);
  const contradictions = places.map(({ fault, range, frames, node }): Problem => ({
    fault,
    range,
    frames,
    ...(node !== undefined && { node }),
  }));
  if (first === undefined) return contradictions;
  const sizes = narrowed.map(({ symbol }) => fittingSizes(network, symbol));
  const listed = openPairs.flatMap(({ names, pairs: fitting }) =>
    fitting.map(({ first: a, second: b }) => ({ names, first: a, second: b })),
  );
  const condition: Problem = {
    fault: { code: 'size-condition', reason: sizes.length > 0 ? 'symbols' : 'pairs', network, sizes, pairs: listed, because },
    range: first.range,
    frames: first.frames,
    ...(first.node !== undefined && { node: first.node }),
  };
  return [...contradictions, condition];
}

/** The first requirement that the ones before it leave no size for; one that holds for no size by itself is told already. */
function contradictoryRequirement({ requirements, symbols }: Network): Problem[] {
  const isImpossible = (some: typeof requirements) => [...requiredSizes({ requirements: some, symbols }).values()].some(isEmpty);
  const at = requirements.findIndex((_, index) => isImpossible(requirements.slice(0, index + 1)));
  const found = requirements[at];
  if (found === undefined || isImpossible([found])) return [];
  const fault: Fault = {
    code: 'claim-mismatch',
    reason: 'requirement',
    claimed: undefined,
    actual: undefined,
    axes: [],
    condition: found.text,
  };
  return [{ fault, range: found.range, frames: [] }];
}

/** The conditions that leave out more than small sizes, and that what is required does not promise. */
function openConditions({ name, because }: SymbolSizes, required: SizeSet): PlacedCondition[] {
  return because.filter(({ condition }) => {
    if (condition.kind === 'at-least') return false;
    const set = solveFormula(condition, name);
    if (set === undefined) return false;
    const { modulus, residues } = summariseSet(set);
    return residues.length < modulus && !isWithin(required, set);
  });
}

/** Whether all sizes that are required of both symbols are among the pairs. */
function isRequired({ names, pairs }: PairedSizes, required: ReturnType<typeof legalSizes>['required']): boolean {
  const [a, b] = names.map((name) => required.get(name));
  if (a === undefined || b === undefined) return false;
  return pairs.some(({ first, second }) => isWithin(a, interval(first)) && isWithin(b, interval(second)));
}

function interval([from, to]: readonly [number, number]): SizeSet {
  return { has: (size) => from <= size && size <= to, threshold: to + 1, modulus: 1 };
}

function fittingSizes(network: Network, { name, set, summary }: SymbolSizes): FittingSizes {
  const sample = network.symbols.find((symbol) => symbol.name === name)?.sample;
  if (sample === undefined) return { name, summary, near: [] };
  return { name, summary, near: nearestMembers(set, sample), sample };
}
