// Binds names to values: one, several at once, or one more item of a list.
import { UNKNOWN } from '../../network/argument.ts';
import type { Range } from '../../text/range.ts';
import { keepList } from './budget.ts';
import { refer, report, reportExpression, type Context, type Scope } from './context.ts';
import { evaluate, targetOf } from './evaluate.ts';
import { isUnknownValue, kindOf } from './python.ts';
import type { Name } from './tree.ts';
import { isValueList, tagged, type Value } from './value.ts';

export function bind(context: Context, scope: Scope, { name, range }: Name, value: Value): void {
  const object = tagged(value);
  // From here on the tensor is called by its name.
  const named: Value = object?.kind === 'tensor' ? { kind: 'tensor', tensor: { ...object.tensor, label: name } } : value;
  scope.variables.set(name, { value: named, definition: range });
  refer(context, range, range, () => targetOf(scope, name, named));
}

export function bindAll(context: Context, scope: Scope, targets: readonly Name[], value: Value, range: Range): void {
  const [first] = targets;
  if (targets.length === 1 && first !== undefined) return bind(context, scope, first, value);
  const object = tagged(value);
  const parts = object?.kind === 'record' ? object.parts : value;
  const isOpen = isUnknownValue(value) || (isValueList(value) && value.every((part) => isUnknownValue(part) || isOpenTensor(part)));
  if (!isOpen && (!isValueList(parts) || (object?.kind === 'record' ? parts.length < targets.length : parts.length !== targets.length))) {
    const found = isValueList(parts) ? `there ${parts.length === 1 ? 'is 1' : `are ${parts.length}`}` : `this is ${kindOf(value)}`;
    report(
      context,
      scope,
      { code: 'input-count', reason: 'unpack', message: `${targets.length} names are bound here, but ${found}.` },
      range,
    );
  }
  targets.forEach((target, at) => bind(context, scope, target, (isValueList(parts) ? parts[at] : undefined) ?? UNKNOWN));
}

export function appendTo(context: Context, scope: Scope, target: Name | undefined, value: Value): void {
  if (target === undefined) return;
  const list = evaluate(context, scope, { kind: 'name', ...target });
  const binding = scope.variables.get(target.name);
  if (binding === undefined) return;
  const sum = typeof list === 'number' && typeof value === 'number' ? list + value : undefined;
  if (isValueList(list)) {
    const longer = keepList(context, scope, [...list, ...(isValueList(value) ? value : [value])], target.range);
    scope.variables.set(target.name, { value: longer, definition: binding.definition });
  } else if (sum !== undefined) scope.variables.set(target.name, { value: sum, definition: binding.definition });
  else if (!isUnknownValue(list))
    reportExpression(context, scope, `\`+=\` puts a value at the end of a list, but \`${target.name}\` is ${kindOf(list)}.`, target.range);
}

function isOpenTensor(value: Value): boolean {
  const object = tagged(value);
  return object?.kind === 'tensor' && (object.tensor.shape === undefined || object.tensor.shape.includes(undefined));
}
