// A statement that is a value: applies it where it is a module, claims its shape, binds it, and keeps it as one layer.
import { UNKNOWN } from '../../network/argument.ts';
import type { Layer } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { applyModule } from './apply.ts';
import { appendTo, bindAll } from './bind.ts';
import { reportExpression, type Context, type Scope } from './context.ts';
import { evaluate, reportNoValue } from './evaluate.ts';
import { isUnknownValue, kindOf } from './python.ts';
import { claimShape } from './shapes.ts';
import type { Statement } from './tree.ts';
import { isValueList, tagged, takesNothing, tensorsOf, type ModuleValue, type Value } from './value.ts';

export function executeValue(context: Context, scope: Scope, statement: Extract<Statement, { kind: 'value' }>): void {
  const { targets, append, claim, range } = statement;
  const outer = scope.layers;
  const parts: Layer[] = [];
  scope.layers = parts;
  let value = evaluate(context, scope, statement.value);
  const object = tagged(value);
  if (object?.kind === 'module') value = applyToCurrent(context, scope, object, range);
  else if (object?.kind === 'callable') {
    reportExpression(context, scope, `\`${object.name}\` has to be called: write \`${object.name}()\`.`, statement.value.range);
    value = UNKNOWN;
  }
  if (claim !== undefined) value = claimShape(context, scope, value, claim);
  scope.layers = outer;
  addLayer(scope, statement, parts, value);
  if (append) appendTo(context, scope, targets[0], value);
  else if (targets.length > 0) bindAll(context, scope, targets, value, range);
  if (isTensorValue(value)) scope.current = value;
  else if (targets.length === 0) {
    reportExpression(context, scope, `A statement is an operator, a block or a tensor, but this is ${kindOf(value)}.`, range);
  }
}

function applyToCurrent(context: Context, scope: Scope, module: ModuleValue, range: Range): Value {
  if (takesNothing(module)) return applyModule(context, scope, module, [], [], range);
  if (scope.current === undefined) {
    reportNoValue(context, scope, module.nameRange);
    scope.current = UNKNOWN;
  }
  return applyModule(context, scope, module, [{ value: scope.current, range: module.nameRange }], [], range);
}

/** A statement is one layer: what it unrolls to stands below it. */
function addLayer(
  scope: Scope,
  { targets, range, value: expression }: Extract<Statement, { kind: 'value' }>,
  parts: readonly Layer[],
  value: Value,
): void {
  const last = parts[parts.length - 1];
  const name = targets.length === 1 ? targets[0]?.name : undefined;
  if (last !== undefined) {
    const { label, kind, node, inputs, outputs } = last;
    const children = parts.length === 1 ? last.children : [...parts.slice(0, -1), ...last.children];
    scope.layers.push({ name, label, kind, range, node, inputs, outputs, children });
  }
  if (last === undefined && targets.length === 0 && expression.kind === 'name' && tagged(value)?.kind === 'tensor') {
    const tensors = tensorsOf(value);
    scope.layers.push({ label: expression.name, kind: 'reference', range, inputs: tensors, outputs: tensors, children: [] });
  }
}

function isTensorValue(value: Value): boolean {
  const object = tagged(value);
  return (
    isUnknownValue(value) ||
    object?.kind === 'tensor' ||
    object?.kind === 'record' ||
    (isValueList(value) && value.length > 0 && value.every(isTensorValue))
  );
}
