// The value of a text that is Python's expression of whole numbers, as other formats hold it, with names looked up outside.
import { lex } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import { binary, negate, plus, type Result } from './python.ts';
import { TokenReader } from './token-reader.ts';
import type { Expression, SyntaxFault } from './tree.ts';
import type { Value } from './value.ts';

/** No longer text is worked out. */
const LONGEST = 100;

/** Undefined for what is no expression, has no whole number as its value, or names what has none. */
export function integerIn(text: string, valueOf: (name: string) => number | undefined): number | undefined {
  if (text.length > LONGEST) return undefined;
  const faults: SyntaxFault[] = [];
  const reader = new TokenReader(lex(text), faults);
  const expression = parseExpression(reader);
  const value = reader.next.kind === 'end' && faults.length === 0 ? valueIn(expression, valueOf) : undefined;
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

function valueIn(expression: Expression, valueOf: (name: string) => number | undefined): Value | undefined {
  switch (expression.kind) {
    case 'integer':
      return expression.value;
    case 'name':
      return valueOf(expression.name);
    case 'unary': {
      const operand = valueIn(expression.operand, valueOf);
      if (operand === undefined || expression.operator === 'not') return undefined;
      return valueOfResult(expression.operator === '-' ? negate(operand) : plus(operand));
    }
    case 'binary': {
      const [left, right] = [valueIn(expression.left, valueOf), valueIn(expression.right, valueOf)];
      return left === undefined || right === undefined ? undefined : valueOfResult(binary(expression.operator, left, right));
    }
    default:
      return undefined;
  }
}

function valueOfResult(result: Result): Value | undefined {
  return 'value' in result ? result.value : undefined;
}
