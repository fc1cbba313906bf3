// What a network requires of its symbols, at numbers.
import { modulo, substitute } from '../../dims/arithmetic.ts';
import type { Formula } from '../../network/condition.ts';
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
    default: {
      const [left, right] = [substitute(formula.left, sizes), substitute(formula.right, sizes)];
      if (typeof left !== 'number' || typeof right !== 'number') return undefined;
      switch (formula.kind) {
        case 'equal':
          return left === right;
        case 'at-least':
          return left >= right;
        case 'divisible':
          return modulo(left, right) === 0;
        case 'equal-or-one':
          return left === right || left === 1 || right === 1;
      }
    }
  }
}
