// Which input sizes fit: all conditions of a network, solved for each of its symbols.
import { symbolsOf } from '../dims/arithmetic.ts';
import { leastCommonMultiple } from '../dims/periodic.ts';
import type { Size } from '../dims/size.ts';
import { ALL_SIZES, intersect, summariseSet, union, type SizeSet, type SizeSummary } from '../dims/size-set.ts';
import { solveAtLeast, solveDivisible, solveEqual } from '../dims/solve.ts';
import type { Condition, Formula } from '../network/condition.ts';
import type { Network, PlacedCondition } from '../network/network.ts';
import { solvePairs, type SizePair } from './size-pairs.ts';

/** The legal sizes of one symbol. */
export interface SymbolSizes {
  readonly name: string;
  readonly set: SizeSet;
  readonly summary: SizeSummary;
  /** The conditions that leave out sizes, in the order of the network. */
  readonly because: readonly PlacedCondition[];
  /** False where some condition on the symbol could not be decided, so that there may be fewer sizes. */
  readonly exact: boolean;
}

/** A condition in which two symbols meet, with the pairs that fulfil it. */
export interface PairedSizes {
  readonly names: readonly [string, string];
  readonly pairs: readonly SizePair[];
  readonly because: PlacedCondition;
}

export interface NetworkSizes {
  readonly symbols: ReadonlyMap<string, SymbolSizes>;
  readonly pairs: readonly PairedSizes[];
  /** Conditions that no size fulfils, or none that is required. */
  readonly impossible: readonly PlacedCondition[];
  /** Conditions that could not be decided. */
  readonly unproven: readonly PlacedCondition[];
  /** What `require` leaves of each symbol. */
  readonly required: ReadonlyMap<string, SizeSet>;
}

/** How many sizes are looked at for one network; conditions beyond are unproven, so that no text takes long to solve. */
const MOST_SIZES = 500_000;

const solved = new WeakMap<Network, NetworkSizes>();

/** Worked out once for each network. */
export function legalSizes(network: Network): NetworkSizes {
  const known = solved.get(network) ?? solveNetwork(network);
  solved.set(network, known);
  return known;
}

interface SymbolState {
  set: SizeSet;
  readonly because: PlacedCondition[];
  exact: boolean;
}

function solveNetwork(network: Network): NetworkSizes {
  const required = requiredSizes(network);
  const states = new Map(network.symbols.map(({ name }): [string, SymbolState] => [name, { set: ALL_SIZES, because: [], exact: true }]));
  const pairs: PairedSizes[] = [];
  const impossible: PlacedCondition[] = [];
  const unproven: PlacedCondition[] = [];
  let budget = MOST_SIZES;
  for (const placed of distinct(network.conditions)) {
    const names = [...symbolsIn(placed.condition)];
    const [name = '', second] = names;
    const state = states.get(name);
    const set = names.length === 1 && budget > 0 ? solveFormula(placed.condition, name) : undefined;
    budget -= set === undefined ? 1 : set.threshold + set.modulus;
    const both = state === undefined || set === undefined ? undefined : intersect(state.set, set);
    if (state !== undefined && set !== undefined && both !== undefined) {
      if (isEverything(set)) continue;
      const allowed = intersect(set, required.get(name) ?? ALL_SIZES);
      if (allowed !== undefined && isEmpty(allowed)) impossible.push(placed);
      else {
        state.set = both;
        state.because.push(placed);
      }
      continue;
    }
    const found = names.length === 2 && second !== undefined ? solvePairs(placed.condition, name, second) : undefined;
    if (found !== undefined && second !== undefined) {
      pairs.push({ names: [name, second], pairs: found, because: placed });
      if (found.length === 0) impossible.push(placed);
      continue;
    }
    unproven.push(placed);
    for (const other of names) {
      const affected = states.get(other);
      if (affected !== undefined) affected.exact = false;
    }
  }
  const symbols = new Map([...states].map(([name, state]) => [name, { name, ...state, summary: summariseSet(state.set) }]));
  return { symbols, pairs, impossible, unproven, required };
}

/** What is required of each symbol alone. */
export function requiredSizes({ requirements, symbols }: Pick<Network, 'requirements' | 'symbols'>): ReadonlyMap<string, SizeSet> {
  const required = new Map<string, SizeSet>();
  // What is said of several symbols in one line says something of each.
  const formulas = requirements.flatMap(({ formula }) => (formula === undefined ? [] : partsOf(formula)));
  for (const formula of formulas) {
    for (const { name } of symbols) {
      const set = solveFormula(formula, name);
      const both = set === undefined ? undefined : intersect(required.get(name) ?? ALL_SIZES, set);
      if (both !== undefined && symbolsInFormula(formula).has(name)) required.set(name, both);
    }
  }
  return required;
}

function partsOf(formula: Formula): readonly Formula[] {
  return formula.kind === 'all' ? formula.parts.flatMap(partsOf) : [formula];
}

/** The sizes of the symbol that fulfil a formula in it alone. */
export function solveFormula(formula: Formula, name: string): SizeSet | undefined {
  switch (formula.kind) {
    case 'equal':
      return solveEqual(formula.left, formula.right, name);
    case 'at-least':
      return solveAtLeast(formula.left, formula.right, name);
    case 'divisible':
      return solveDivisible(formula.left, formula.right, name);
    case 'equal-or-one': {
      const { left, right } = formula;
      return fold([solveEqual(left, right, name), solveEqual(left, 1, name), solveEqual(right, 1, name)], union);
    }
    case 'all':
      return fold(
        formula.parts.map((part) => solveFormula(part, name)),
        intersect,
      );
    case 'any':
      return fold(
        formula.parts.map((part) => solveFormula(part, name)),
        union,
      );
    case 'not': {
      const set = solveFormula(formula.part, name);
      return set === undefined ? undefined : { ...set, has: (size) => !set.has(size) };
    }
  }
}

function fold(sets: readonly (SizeSet | undefined)[], join: (a: SizeSet, b: SizeSet) => SizeSet | undefined): SizeSet | undefined {
  return sets.reduce((a, b) => (a === undefined || b === undefined ? undefined : join(a, b)));
}

/** Whether every member of `inner` is in `outer`. */
export function isWithin(inner: SizeSet, outer: SizeSet): boolean {
  const last = Math.max(inner.threshold, outer.threshold) + leastCommonMultiple(inner.modulus, outer.modulus);
  for (let size = 1; size < last; size++) if (inner.has(size) && !outer.has(size)) return false;
  return true;
}

function isEverything(set: SizeSet): boolean {
  return isWithin(ALL_SIZES, set);
}

export function isEmpty(set: SizeSet): boolean {
  for (let size = 1; size < set.threshold + set.modulus; size++) if (set.has(size)) return false;
  return true;
}

/** Each condition once, however often a network repeats it. */
function distinct(conditions: readonly PlacedCondition[]): PlacedCondition[] {
  const seen = new Set<string>();
  return conditions.filter(({ condition: { kind, left, right } }) => {
    const key = `${kind} ${keyOf(left)} ${keyOf(right)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function keyOf(size: Size): string {
  return typeof size === 'number' ? String(size) : size.key;
}

function symbolsIn({ left, right }: Condition): Set<string> {
  return symbolsOf(right, symbolsOf(left));
}

function symbolsInFormula(formula: Formula): Set<string> {
  switch (formula.kind) {
    case 'all':
    case 'any':
      return new Set(formula.parts.flatMap((part) => [...symbolsInFormula(part)]));
    case 'not':
      return symbolsInFormula(formula.part);
    default:
      return symbolsIn(formula);
  }
}
