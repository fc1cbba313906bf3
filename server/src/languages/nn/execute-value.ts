// A statement that is a value: applies it where it is a module, claims its shape, binds it, and keeps it as one layer.
import { UNKNOWN } from '../../network/argument.ts';
import type { Layer, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { applyModule, applyPlain, toTensors } from './apply.ts';
import { appendTo, bindAll } from './bind.ts';
import { reportExpression, type Context, type Scope } from './context.ts';
import { evaluate, reportNoValue } from './evaluate.ts';
import { moved } from './move.ts';
import { plainUse } from './plain-use.ts';
import { isUnknownValue, kindOf } from './python.ts';
import { claimShape } from './shapes.ts';
import { onlyName, type ValueStatement } from './tree.ts';
import { isValueList, tagged, takesNothing, tensorsOf, type ModuleValue, type Value } from './value.ts';

export function executeValue(context: Context, scope: Scope, statement: ValueStatement): void {
  const { targets, append, range } = statement;
  const value = plainValue(context, scope, statement) ?? statedValue(context, scope, statement);
  if (append) appendTo(context, scope, targets[0], value);
  else if (targets.length > 0) bindAll(context, scope, targets, value, range);
  if (isTensorValue(value)) scope.current = value;
  else if (targets.length === 0) {
    reportExpression(context, scope, `A statement is an operator, a block or a tensor, but this is ${kindOf(value)}.`, range);
  }
}

/** The value of most statements: an operator whose arguments say all by themselves, on the tensor before or on what is named. */
function plainValue(context: Context, scope: Scope, statement: ValueStatement): Value | undefined {
  const use = statement.claim === undefined ? plainUse(context, scope, statement) : undefined;
  if (use === undefined) return undefined;
  if (use.inputs.length === 0) {
    const current = tagged(scope.current);
    return current?.kind === 'tensor' ? applyPlain(context, scope, use, [current.tensor], statement) : undefined;
  }
  const tensors: Tensor[] = [];
  const ranges: Range[] = [];
  for (const input of use.inputs) {
    const reference = moved(input, statement.by ?? 0);
    for (const { tensor, range } of toTensors(context, scope, evaluate(context, scope, reference), reference.range)) {
      tensors.push(tensor);
      ranges.push(range);
    }
  }
  return applyPlain(context, scope, use, tensors, statement, ranges);
}

function statedValue(context: Context, scope: Scope, statement: ValueStatement): Value {
  const outer = scope.layers;
  const parts: Layer[] = [];
  scope.layers = parts;
  const value = workOut(context, scope, statement);
  const { claim } = statement;
  const claimed = claim === undefined ? value : claimShape(context, scope, value, claim);
  scope.layers = outer;
  addLayer(scope, statement, parts, claimed);
  return claimed;
}

function workOut(context: Context, scope: Scope, { value: expression, range }: ValueStatement): Value {
  const value = evaluate(context, scope, expression);
  const object = tagged(value);
  if (object?.kind === 'module') return applyToCurrent(context, scope, object, range);
  if (object?.kind !== 'callable') return value;
  reportExpression(context, scope, `\`${object.name}\` has to be called: write \`${object.name}()\`.`, expression.range);
  return UNKNOWN;
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
function addLayer(scope: Scope, statement: ValueStatement, parts: readonly Layer[], value: Value): void {
  const { targets, range, value: expression } = statement;
  const last = parts[parts.length - 1];
  if (last !== undefined) {
    const { label, kind, node, inputs, outputs } = last;
    const children = parts.length === 1 ? last.children : [...parts.slice(0, -1), ...last.children];
    scope.layers.push({ name: onlyName(targets), label, kind, range, node, inputs, outputs, children });
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
