// Solves for a number that has to divide others: the nearest divisors below and above.
import type { Node } from '../../network/network.ts';
import type { FixIdea } from '../rule.ts';
import { argumentIdea } from '../argument-idea.ts';

/** `dividends` are what has to be divided. */
export function divisorIdeas(node: Node | undefined, name: string, today: number, dividends: readonly number[]): FixIdea[] {
  const most = Math.min(...dividends);
  if (node === undefined || dividends.length === 0 || most < 1 || most > 1_000_000) return [];
  const divides = (value: number) => dividends.every((dividend) => dividend % value === 0);
  let [below, above] = [Math.min(today - 1, most), Math.max(today + 1, 1)];
  while (below >= 1 && !divides(below)) below--;
  while (above <= most && !divides(above)) above++;
  return [below, above]
    .filter((value) => value >= 1 && value <= most)
    .sort((a, b) => Math.abs(a - today) - Math.abs(b - today))
    .map((value) => ({ ...argumentIdea(node, { [name]: String(value) }), larger: true }));
}

/** The nearest multiples of `divisor` to `size`, below and above. */
export function nearestMultiples(size: number, divisor: number): number[] {
  const below = Math.floor(size / divisor) * divisor;
  return [below, below + divisor].filter((value) => value >= 1).sort((a, b) => Math.abs(a - size) - Math.abs(b - size));
}
