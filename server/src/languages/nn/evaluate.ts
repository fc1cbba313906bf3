// Works out the value of an expression; what cannot be worked out is reported once and unknown from there on.
import { INFER, float, UNKNOWN } from '../../network/argument.ts';
import type { ReferenceTarget } from '../../network/network.ts';
import { operators } from '../../operators/registry.ts';
import type { Range } from '../../text/range.ts';
import { applyModule } from './apply.ts';
import { keepList } from './budget.ts';
import { knownNames, MOST_NAMES, refer, report, reportExpression, type Context, type Scope } from './context.ts';
import { binary, callBuiltin, isUnknownValue, kindOf, negate, plus, toSize, truth, type Result } from './python.ts';
import type { Argument, Call, Expression } from './tree.ts';
import { BUILTINS, isValueList, tagged, takesNothing, UNDECIDED, type BuiltinName, type ModuleArgument, type Value } from './value.ts';

/** Expressions that are nested deeper are unknown: no text may exhaust the stack. */
const DEEPEST = 400;

export function evaluate(context: Context, scope: Scope, expression: Expression, depth = 0): Value {
  if (depth > DEEPEST) {
    reportExpression(context, scope, 'This expression has too many parts to be worked out.', expression.range);
    return UNKNOWN;
  }
  switch (expression.kind) {
    case 'integer':
      return expression.value;
    case 'float':
      return float(expression.value);
    case 'string':
    case 'constant':
      return expression.value;
    case 'infer':
      return INFER;
    case 'error':
      return UNKNOWN;
    case 'name':
      return evaluateName(context, scope, expression.name, expression.range);
    case 'previous':
      return evaluatePrevious(context, scope, expression.range);
    case 'list':
      return keepList(
        context,
        scope,
        evaluateItems(context, scope, expression.items, depth).map(({ value }) => value),
        expression.range,
      );
    case 'index':
      return evaluateIndex(context, scope, expression, depth);
    case 'conditional': {
      const condition = truth(evaluate(context, scope, expression.condition, depth + 1));
      if (condition === undefined) return UNKNOWN;
      return evaluate(context, scope, condition ? expression.then : expression.otherwise, depth + 1);
    }
    case 'unary': {
      const operand = evaluate(context, scope, expression.operand, depth + 1);
      if (expression.operator === 'not') {
        const known = truth(operand);
        return known === undefined ? operand : !known;
      }
      if (expression.operator === '+') return settle(context, scope, plus(operand), expression.range);
      return settle(context, scope, negate(operand), expression.range);
    }
    case 'binary':
      return evaluateBinary(context, scope, expression, depth);
    case 'call':
      return evaluateCall(context, scope, expression, depth);
  }
}

/** The items of a list or the arguments of a call, with `*ys` spread out. */
function evaluateItems(context: Context, scope: Scope, items: readonly Argument[], depth: number): ModuleArgument[] {
  const values: ModuleArgument[] = [];
  for (const { name, nameRange, spread, value: expression, range } of items) {
    const value = evaluate(context, scope, expression, depth + 1);
    if (spread) values.push(...spreadItem(context, scope, value, expression.range, range));
    else values.push({ name, nameRange, value, range: expression.range });
  }
  return values;
}

function spreadItem(context: Context, scope: Scope, value: Value, range: Range, starred: Range): readonly ModuleArgument[] {
  const object = tagged(value);
  const parts = isValueList(value) ? value : object?.kind === 'record' ? object.parts : undefined;
  if (parts !== undefined) return parts.map((part) => ({ value: part, range }));
  if (!isUnknownValue(value)) reportExpression(context, scope, `\`*\` spreads a list, but this is ${kindOf(value)}.`, starred);
  return [{ value: UNKNOWN, range, isOpen: true }];
}

function evaluateName(context: Context, scope: Scope, name: string, range: Range): Value {
  const binding = scope.variables.get(name);
  if (binding !== undefined) {
    refer(context, range, binding.definition, () => targetOf(scope, name, binding.value));
    return binding.value;
  }
  const declaration = (context.namesIn?.(scope.declaration) ?? context.declarations).get(name);
  if (declaration !== undefined) {
    const { kind, elsewhere } = declaration;
    const definition = elsewhere === undefined ? declaration.name.range : range;
    refer(context, range, definition, () => ({ kind: kind === 'net' ? 'network' : 'block', name }), elsewhere);
    return { kind: 'callable', callee: declaration, name };
  }
  const callee = operators.get(name) ?? BUILTINS.find((builtin) => builtin === name);
  if (callee !== undefined) return { kind: 'callable', callee, name };
  report(context, scope, { code: 'unknown-name', reason: 'name', name, known: knownNames(scope) }, range);
  return UNKNOWN;
}

/** What a hover over a bound name tells of. */
export function targetOf(scope: Scope, name: string, value: Value): ReferenceTarget {
  const object = tagged(value);
  if (object?.kind === 'tensor') return { kind: 'tensor', name, tensor: object.tensor };
  if (object?.kind === 'record' && object.parts[0] !== undefined) return { kind: 'tensor', name, tensor: object.parts[0].tensor };
  if (scope.symbols.some((symbol) => symbol.name === name))
    return { kind: 'symbol', name, network: scope.declaration.name.name, value: toSize(value) };
  return { kind: 'variable', name, value: shown(value) };
}

/** The value of a variable as far as it can be shown. */
function shown(value: Value): Extract<ReferenceTarget, { kind: 'variable' }>['value'] {
  if (isValueList(value)) return value.map(shown);
  const object = tagged(value);
  if (object === undefined) return typeof value === 'object' ? null : value;
  return object.kind === 'expression' || object.kind === 'float' || object.kind === 'infer' ? object : UNKNOWN;
}

function evaluatePrevious(context: Context, scope: Scope, range: Range): Value {
  if (scope.current !== undefined) return scope.current;
  reportNoValue(context, scope, range);
  return UNKNOWN;
}

export function reportNoValue(context: Context, scope: Scope, range: Range): void {
  const several = scope.inputs.length > 1;
  const message = several
    ? 'After several inputs there is no value before: name what this is applied to, as in `Add()(a, b)`.'
    : 'There is no value before this statement: begin with `input x: [N, 3, H, W]`, or name what it is applied to.';
  report(context, scope, { code: 'input-count', reason: 'no-value', message }, range);
}

function evaluateIndex(context: Context, scope: Scope, expression: Extract<Expression, { kind: 'index' }>, depth: number): Value {
  const base = evaluate(context, scope, expression.base, depth + 1);
  const index = evaluate(context, scope, expression.index, depth + 1);
  if (isUnknownValue(base) || isUnknownValue(index)) return UNKNOWN;
  const object = tagged(base);
  const list = object?.kind === 'record' ? object.parts : base;
  if (!isValueList(list)) {
    reportExpression(context, scope, `Only a list has items, and this is ${kindOf(base)}.`, expression.base.range);
    return UNKNOWN;
  }
  if (typeof index !== 'number') {
    reportExpression(context, scope, `The number of an item is a whole number, not ${kindOf(index)}.`, expression.index.range);
    return UNKNOWN;
  }
  const item = list[index < 0 ? index + list.length : index];
  if (item !== undefined) return item;
  const legal = list.length === 0 ? 'the list is empty' : `items 0 to ${list.length - 1} exist`;
  report(
    context,
    scope,
    { code: 'argument-range', reason: 'expression', message: `There is no item ${index}: ${legal}.` },
    expression.index.range,
  );
  return UNKNOWN;
}

function evaluateBinary(context: Context, scope: Scope, expression: Extract<Expression, { kind: 'binary' }>, depth: number): Value {
  const { operator, left, right, range } = expression;
  const first = evaluate(context, scope, left, depth + 1);
  if (operator === 'and' || operator === 'or') {
    const known = truth(first);
    if (known === (operator === 'or')) return first;
    const second = evaluate(context, scope, right, depth + 1);
    if (known !== undefined) return second;
    // An undecided side leaves the whole undecided, unless the other side settles it.
    return truth(second) === (operator === 'or') ? second : first;
  }
  if ((operator === 'in' || operator === 'not in') && right.kind === 'binary' && right.operator === '..') {
    const above = settle(context, scope, binary('>=', first, evaluate(context, scope, right.left, depth + 1)), range);
    const below = settle(context, scope, binary('<=', first, evaluate(context, scope, right.right, depth + 1)), range);
    const inside =
      above === false || below === false ? false : above === true && below === true ? true : isUnknownValue(above) ? above : UNDECIDED;
    return typeof inside === 'boolean' ? inside === (operator === 'in') : inside;
  }
  const second = evaluate(context, scope, right, depth + 1);
  const result = settle(context, scope, binary(operator, first, second), range);
  return isValueList(result) ? keepList(context, scope, result, range) : result;
}

function settle(context: Context, scope: Scope, result: Result, range: Range): Value {
  if ('value' in result) return result.value;
  reportExpression(context, scope, result.fault, range);
  return UNKNOWN;
}

function evaluateCall(context: Context, scope: Scope, call: Call, depth: number): Value {
  const callee =
    call.callee.kind === 'name'
      ? evaluateCallee(context, scope, call.callee.name, call.callee.range)
      : evaluate(context, scope, call.callee, depth + 1);
  const items = evaluateItems(context, scope, call.arguments, depth);
  const object = tagged(callee);
  if (object?.kind === 'module') {
    // How many inputs there are is not known, so that nothing can be said of the result.
    if (items.some(({ isOpen }) => isOpen === true)) return UNKNOWN;
    const inputs = items.filter(({ name }) => name === undefined);
    const forward = items.filter(({ name }) => name !== undefined);
    if (inputs.length === 0 && !takesNothing(object))
      inputs.push({ value: evaluatePrevious(context, scope, call.range), range: object.nameRange });
    return applyModule(context, scope, object, inputs, forward, call.range);
  }
  if (object?.kind === 'callable') {
    const target = object.callee;
    if (typeof target === 'string') return evaluateBuiltin(context, scope, target, items, call);
    return { kind: 'module', callee: target, arguments: items, nameRange: call.callee.range, callRange: call.range };
  }
  if (!isUnknownValue(callee))
    reportExpression(context, scope, `Only operators, blocks and functions can be called, not ${kindOf(callee)}.`, call.callee.range);
  return UNKNOWN;
}

/** As a name, but what is called and not known is an unknown operator. */
function evaluateCallee(context: Context, scope: Scope, name: string, range: Range): Value {
  const isKnown =
    scope.variables.has(name) || context.declarations.has(name) || operators.has(name) || BUILTINS.some((builtin) => builtin === name);
  if (isKnown) return evaluateName(context, scope, name, range);
  report(context, scope, { code: 'unknown-operator', reason: 'unknown', name, known: knownCallees(context) }, range);
  return UNKNOWN;
}

const calleesOf = new WeakMap<Context['declarations'], readonly string[]>();

function knownCallees({ declarations }: Context): readonly string[] {
  const known = calleesOf.get(declarations) ?? [...operators.keys(), ...[...declarations.keys()].slice(0, MOST_NAMES)];
  calleesOf.set(declarations, known);
  return known;
}

function evaluateBuiltin(context: Context, scope: Scope, name: BuiltinName, items: readonly ModuleArgument[], call: Call): Value {
  return settle(
    context,
    scope,
    callBuiltin(
      name,
      items.map(({ value }) => value),
    ),
    call.range,
  );
}
