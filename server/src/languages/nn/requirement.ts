// What `require` says of the symbols, as a formula that can be solved.
import type { Formula } from '../../network/condition.ts';
import { add } from '../../dims/arithmetic.ts';
import type { Context, Scope } from './context.ts';
import { evaluate } from './evaluate.ts';
import { toSize } from './python.ts';
import type { Expression } from './tree.ts';

/** The formula of a condition that is evaluated already, so that its faults are told; undefined for what it cannot say. */
export function formulaOf(context: Context, scope: Scope, expression: Expression): Formula | undefined {
  if (expression.kind === 'unary' && expression.operator === 'not') {
    const part = formulaOf(context, scope, expression.operand);
    return part === undefined ? undefined : { kind: 'not', part };
  }
  if (expression.kind !== 'binary') return undefined;
  const { operator, left, right } = expression;
  if (operator === 'and' || operator === 'or') {
    const parts = [left, right].map((side) => formulaOf(context, scope, side));
    const known = parts.filter((part) => part !== undefined);
    return known.length === parts.length ? { kind: operator === 'and' ? 'all' : 'any', parts: known } : undefined;
  }
  if ((operator === 'in' || operator === 'not in') && right.kind === 'binary' && right.operator === '..') {
    const parts = [atLeast(context, scope, left, right.left, 0), atLeast(context, scope, right.right, left, 0)];
    return combined('all', parts, operator === 'not in');
  }
  if ((operator === 'in' || operator === 'not in') && right.kind === 'list') {
    const parts = right.items.map(({ value }) => equal(context, scope, left, value));
    return combined('any', parts, operator === 'not in');
  }
  switch (operator) {
    case '==':
      return equal(context, scope, left, right);
    case '!=':
      return combined('all', [equal(context, scope, left, right)], true);
    case '>=':
      return atLeast(context, scope, left, right, 0);
    case '<=':
      return atLeast(context, scope, right, left, 0);
    case '>':
      return atLeast(context, scope, left, right, 1);
    case '<':
      return atLeast(context, scope, right, left, 1);
    default:
      return undefined;
  }
}

function combined(kind: 'all' | 'any', parts: readonly (Formula | undefined)[], negated: boolean): Formula | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const formula: Formula = { kind, parts: known };
  return negated ? { kind: 'not', part: formula } : formula;
}

function equal(context: Context, scope: Scope, left: Expression, right: Expression): Formula | undefined {
  const [a, b] = [toSize(evaluate(context, scope, left)), toSize(evaluate(context, scope, right))];
  return a === undefined || b === undefined ? undefined : { kind: 'equal', left: a, right: b };
}

/** left >= right + more. */
function atLeast(context: Context, scope: Scope, left: Expression, right: Expression, more: number): Formula | undefined {
  const [a, b] = [toSize(evaluate(context, scope, left)), add(toSize(evaluate(context, scope, right)), more)];
  return a === undefined || b === undefined ? undefined : { kind: 'at-least', left: a, right: b };
}
