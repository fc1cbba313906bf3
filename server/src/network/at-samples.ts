// Conditions at numbers: whether one holds there, and which of a network's fails at the sizes that it is meant for.
import { modulo, substitute } from '../dims/arithmetic.ts';
import { isEqual, isLess } from '../dims/compare.ts';
import type { Condition } from './condition.ts';
import type { Network, PlacedCondition } from './network.ts';

/** False only where the condition is sure not to hold. */
export function mayHold({ kind, left, right }: Condition, values: ReadonlyMap<string, number>): boolean {
  const [a, b] = [substitute(left, values), substitute(right, values)];
  switch (kind) {
    case 'equal':
      return isEqual(a, b) !== false;
    case 'equal-or-one':
      return isEqual(a, b) !== false || a === 1 || b === 1;
    case 'at-least':
      return isLess(a, b) !== true;
    case 'divisible':
      return isEqual(modulo(a, b), 0) !== false;
  }
}

/** The samples of a network's symbols, as far as they have one. */
export function samplesOf({ symbols }: Pick<Network, 'symbols'>): ReadonlyMap<string, number> {
  return new Map(symbols.flatMap(({ name, sample }) => (sample === undefined ? [] : [[name, sample] as const])));
}

/** The first condition that fails at the samples: the others may come of it. */
export function failedAtSamples(network: Network): PlacedCondition | undefined {
  const samples = samplesOf(network);
  return network.conditions.find(({ condition }) => !mayHold(condition, samples));
}
