// Shapes that are written: the axes of an input's or a claim's shape as sizes.
import type { Dimension } from '../../dims/size.ts';
import { knownNames, report, reportExpression, type Context, type Scope } from './context.ts';
import { evaluate } from './evaluate.ts';
import { isUnknownValue, kindOf, toSize } from './python.ts';
import type { Axis, Expression, Name, ShapeExpression } from './tree.ts';
import { tagged, type Value } from './value.ts';

export function axisSize(context: Context, scope: Scope, { size, range }: Axis): Dimension {
  const value = evaluate(context, scope, size);
  const known = toSize(value);
  if (known === undefined && !isUnknownValue(value) && tagged(value)?.kind !== 'infer')
    reportExpression(context, scope, `A size is a whole number, not ${kindOf(value)}.`, range);
  return known;
}

export function claimShape(context: Context, scope: Scope, value: Value, claim: ShapeExpression): Value {
  const claimed = claim.axes.map((axis): Dimension => {
    const unknown = axis.size.kind === 'name' && !scope.variables.has(axis.size.name) ? axis.size.name : undefined;
    if (unknown === undefined) return axisSize(context, scope, axis);
    report(context, scope, { code: 'unknown-name', reason: 'symbol', name: unknown, known: knownNames(scope) }, axis.range);
    return undefined;
  });
  const object = tagged(value);
  const tensor = object?.kind === 'tensor' ? object.tensor : object?.kind === 'record' ? object.parts[0]?.tensor : undefined;
  if (tensor !== undefined) {
    return {
      kind: 'tensor',
      tensor: context.builder.claim(
        tensor,
        claimed,
        claim.axes.map(({ range }) => range),
        claim.range,
        scope.frames,
      ),
    };
  }
  if (!isUnknownValue(value))
    reportExpression(context, scope, `Only one tensor can have its shape claimed, and this is ${kindOf(value)}.`, claim.range);
  return value;
}

export function namesIn(expression: Expression): Name[] {
  switch (expression.kind) {
    case 'name':
      return [expression];
    case 'unary':
      return namesIn(expression.operand);
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    default:
      return [];
  }
}
