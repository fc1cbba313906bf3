// Which input sizes fit and why, as data for the command line, hovers and lenses.
import { nearestMembers, summariseSet, type SizeSummary } from '../dims/size-set.ts';
import { legalSizes, solveFormula, type SymbolSizes } from '../inference/legal-sizes.ts';
import type { Network, PlacedCondition } from '../network/network.ts';
import { conditionWords } from '../rules/size-condition.ts';
import { fitWords } from '../rules/size-words.ts';
import { nodeName } from '../rules/words.ts';
import type { Range } from '../text/range.ts';

export interface SymbolFit {
  readonly name: string;
  readonly summary: SizeSummary;
  /** `H = 0 mod 32`. */
  readonly words: string;
  readonly exact: boolean;
  readonly because: readonly Reason[];
  /** The nearest sizes that fit to the one that is asked for, else to the sample; empty where there is neither. */
  readonly near: readonly number[];
  readonly nearTo?: number;
}

export interface Reason {
  readonly message: string;
  readonly range: Range;
}

export function fittingSymbols(network: Network, near: ReadonlyMap<string, number> = new Map()): SymbolFit[] {
  const { symbols } = legalSizes(network);
  return [...symbols.values()].map((symbol) => {
    const { name, summary, exact, set } = symbol;
    const nearTo = near.get(name) ?? network.symbols.find((other) => other.name === name)?.sample;
    return {
      name,
      summary,
      words: fitWords(name, summary),
      exact,
      because: decisive(symbol).map(reasonOf),
      near: nearTo === undefined ? [] : nearestMembers(set, nearTo),
      ...(nearTo !== undefined && { nearTo }),
    };
  });
}

/** The joins, and of all the conditions that ask for a least size the one that asks for most. */
function decisive({ name, because }: SymbolSizes): PlacedCondition[] {
  const least = because
    .filter(({ condition }) => condition.kind === 'at-least')
    .map((placed) => {
      const set = solveFormula(placed.condition, name);
      return { placed, minimum: set === undefined ? 0 : summariseSet(set).minimum };
    });
  const most = least.reduce<(typeof least)[number] | undefined>(
    (best, other) => (best === undefined || other.minimum > best.minimum ? other : best),
    undefined,
  );
  return because.filter((placed) => placed.condition.kind !== 'at-least' || placed === most?.placed);
}

function reasonOf({ condition, node, range, frames }: PlacedCondition): Reason {
  const [use] = frames;
  return {
    message: `${node === undefined ? 'The claim' : nodeName(node)} needs ${conditionWords(condition)}`,
    range: use?.callRange ?? node?.source.range ?? range,
  };
}

/** Pairs of symbols that meet in one condition, and conditions that could not be decided. */
export function jointConditions(network: Network): { pairs: ReturnType<typeof legalSizes>['pairs']; unproven: Reason[] } {
  const { pairs, unproven } = legalSizes(network);
  return { pairs, unproven: unproven.map(reasonOf) };
}
