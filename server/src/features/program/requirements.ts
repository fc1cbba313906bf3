// What a network requires of its symbols, at numbers.
import { substitute } from '../../dims/arithmetic.ts';
import { isConcrete } from '../../dims/size.ts';
import type { Condition, Formula } from '../../network/condition.ts';
import type { Network, Requirement } from '../../network/network.ts';

/** The requirements that the sizes do not meet; one that cannot be worked out is met. */
export function brokenRequirements({ requirements }: Network, sizes: ReadonlyMap<string, number>): readonly Requirement[] {
  return requirements.filter(({ formula }) => formula !== undefined && holds(formula, sizes) === false);
}

function holds(formula: Formula, sizes: ReadonlyMap<string, number>): boolean | undefined {
  switch (formula.kind) {
    case 'all':
    case 'any': {
      const decides = formula.kind === 'any';
      const parts = formula.parts.map((part) => holds(part, sizes));
      return parts.includes(decides) ? decides : parts.includes(undefined) ? undefined : !decides;
    }
    case 'not': {
      const part = holds(formula.part, sizes);
      return part === undefined ? undefined : !part;
    }
    default:
      return conditionHolds(formula, sizes);
  }
}

/** Undefined where a size in it is not known. */
export function conditionHolds(condition: Condition, sizes: ReadonlyMap<string, number>): boolean | undefined {
  const [left, right] = [substitute(condition.left, sizes), substitute(condition.right, sizes)];
  if (!isConcrete(left) || !isConcrete(right)) return undefined;
  switch (condition.kind) {
    case 'equal':
      return left === right;
    case 'at-least':
      return left >= right;
    case 'divisible':
      return left % right === 0;
    case 'equal-or-one':
      return left === right || left === 1 || right === 1;
  }
}
