// Applies an operator to tensors, or unrolls a block on them.
import type { ArgumentValue } from '../../network/argument.ts';
import { UNKNOWN } from '../../network/argument.ts';
import type { Layer, Node, Tensor } from '../../network/network.ts';
import { bindArguments, type WrittenArgument } from '../../operators/bind.ts';
import type { Operator } from '../../operators/operator.ts';
import type { Range } from '../../text/range.ts';
import { spend } from './budget.ts';
import { MOST_NODES, report, reportExpression, reportLimit, type Context, type Scope } from './context.ts';
import { moveRange } from './move.ts';
import { PlainSource, type PlainUse } from './plain-use.ts';
import { isUnknownValue, kindOf } from './python.ts';
import { onlyName, type ValueStatement } from './tree.ts';
import { isDeclaration, isValueList, itemsIn, tagged, toArgument, type ModuleArgument, type ModuleValue, type Value } from './value.ts';

export interface PlacedTensor {
  readonly tensor: Tensor;
  readonly range: Range;
}

/** `module(inputs..., forward=...)`; `range` is the whole expression. */
export function applyModule(
  context: Context,
  scope: Scope,
  module: ModuleValue,
  inputs: readonly ModuleArgument[],
  forward: readonly ModuleArgument[],
  range: Range,
): Value {
  if (context.steps.exhausted) return UNKNOWN;
  const placed = inputs.flatMap(({ value, range: at }) => toTensors(context, scope, value, at));
  if (!spend(context, scope, placed.length + itemsIn(module.arguments) + itemsIn(forward), range)) return UNKNOWN;
  if (isDeclaration(module.callee)) {
    const tensors = placed.map(({ tensor }) => tensor);
    return context.unrollBlock(context, scope, {
      module,
      block: module.callee,
      inputs: tensors,
      values: inputs.map(({ value }) => value),
      range,
    });
  }
  if (!hasRoom(context, scope, range)) return UNKNOWN;
  return applyOperator(context, scope, module, module.callee, placed, forward, range);
}

function applyOperator(
  context: Context,
  scope: Scope,
  module: ModuleValue,
  operator: Operator,
  inputs: readonly PlacedTensor[],
  forward: readonly ModuleArgument[],
  range: Range,
): Value {
  const tensors = leadingTensors(module.arguments);
  if (tensors.length > 0) {
    reportTensorArguments(context, scope, module, tensors);
    const others = module.arguments.slice(tensors.length);
    const meant = tensors.flatMap(({ value, range: at }) => toTensors(context, scope, value, at));
    return applyOperator(context, scope, { ...module, arguments: others }, operator, meant, forward, range);
  }
  const bound = bindArguments(operator.parameters, writtenArguments(context, scope, module.arguments), module.nameRange);
  let { values, ranges, faults } = bound;
  if (forward.length > 0) {
    const more = bindArguments(operator.forwardParameters ?? [], writtenArguments(context, scope, forward), range);
    faults = [...faults, ...more.faults];
    values = new Map([...values, ...more.values]);
    ranges = new Map([...ranges, ...more.ranges]);
  }
  const node = context.builder.apply({
    operator: operator.name,
    arguments: values,
    inputs: inputs.map(({ tensor }) => tensor),
    source: {
      nameRange: module.nameRange,
      callRange: module.callRange,
      range,
      argumentRanges: ranges,
      inputRanges: inputs.map((input) => input.range),
      frames: scope.frames,
    },
  });
  for (const { fault, range: at } of faults) report(context, scope, fault, at, node);
  scope.layers.push(operatorLayer(node, range));
  return resultOf(operator, node);
}

/** As `applyModule` of what the statement says; the layer is that of the statement. `inputRanges` are absent for the value before. */
export function applyPlain(
  context: Context,
  scope: Scope,
  use: PlainUse,
  inputs: readonly Tensor[],
  { targets, range, by = 0 }: ValueStatement,
  inputRanges?: readonly Range[],
): Value {
  const { operator, values, items } = use;
  // What is applied to the value before is the statement.
  const place = inputRanges === undefined ? range : moveRange(use.range, by);
  if (!spend(context, scope, inputs.length + items, place) || !hasRoom(context, scope, place)) return UNKNOWN;
  const source = new PlainSource(use, by, place, scope.frames, inputRanges);
  const node = context.builder.apply({ operator: operator.name, arguments: values, inputs, source });
  scope.layers.push(operatorLayer(node, range, onlyName(targets)));
  return resultOf(operator, node);
}

function hasRoom(context: Context, scope: Scope, range: Range): boolean {
  if (context.builder.nodes.length < MOST_NODES) return true;
  reportLimit(context, scope, `More than ${MOST_NODES} operators; what is beyond is not worked out.`, range);
  return false;
}

function operatorLayer(node: Node, range: Range, name?: string): Layer {
  return { name, label: node.operator, kind: 'operator', range, node, inputs: node.inputs, outputs: node.outputs, children: [] };
}

function resultOf(operator: Operator, { outputs }: Node): Value {
  const [only] = outputs;
  if (operator.outputs === 'single' && only !== undefined) return { kind: 'tensor', tensor: only };
  const results = outputs.map((tensor) => ({ kind: 'tensor', tensor }) as const);
  // A sequence without parts is one whose fault is reported already.
  if (operator.outputs === 'sequence' && results.length > 0) return results;
  if (only === undefined) return UNKNOWN;
  return { kind: 'record', parts: results };
}

/** One mistake, told once: the operator is then applied as it is meant. */
function reportTensorArguments(context: Context, scope: Scope, { nameRange }: ModuleValue, tensors: readonly ModuleArgument[]): void {
  const [first] = tensors;
  const last = tensors[tensors.length - 1];
  if (first === undefined || last === undefined) return;
  const message =
    'Tensors go into a second pair of brackets, behind the arguments.\n' +
    'The first pair makes the operator, as in PyTorch, and the second applies it: `Cat(dim=1)(a, b)`, `Add()(a, b)`.';
  const place = { start: nameRange.end, end: nameRange.end };
  context.builder.report({
    fault: { code: 'input-count', reason: 'brackets', message },
    range: { start: first.range.start, end: last.range.end },
    frames: scope.frames,
    ideas: [{ title: 'Insert `()` before the tensors', edits: [{ range: place, newText: '()' }] }],
  });
}

function leadingTensors(items: readonly ModuleArgument[]): readonly ModuleArgument[] {
  const other = items.findIndex(({ name, value }) => name !== undefined || !holdsTensor(value));
  return other === 0 ? NOTHING : items.slice(0, other < 0 ? undefined : other);
}

const NOTHING: readonly ModuleArgument[] = [];

function holdsTensor(value: Value): boolean {
  if (isValueList(value)) return value.some(holdsTensor);
  const kind = tagged(value)?.kind;
  return kind === 'tensor' || kind === 'record';
}

function writtenArguments(context: Context, scope: Scope, items: readonly ModuleArgument[]): WrittenArgument[] {
  return items.map((item): WrittenArgument => {
    const argument: ArgumentValue | undefined = toArgument(item.value);
    if (argument === undefined)
      reportExpression(
        context,
        scope,
        `An operator's argument cannot be ${kindOf(item.value)}: tensors go into a second pair of brackets, as in \`Cat(dim=1)(a, b)\`.`,
        item.range,
      );
    return { name: item.name, nameRange: item.nameRange, value: argument === undefined ? UNKNOWN : argument, range: item.range };
  });
}

/** The tensors that a value stands for as an input: a list stands for all of its items. */
export function toTensors(context: Context, scope: Scope, value: Value, range: Range): PlacedTensor[] {
  if (isValueList(value)) return value.flatMap((part) => toTensors(context, scope, part, range));
  const object = tagged(value);
  if (object?.kind === 'tensor') return [{ tensor: object.tensor, range }];
  const [first] = object?.kind === 'record' ? object.parts : [];
  if (first !== undefined) return [{ tensor: first.tensor, range }];
  if (!isUnknownValue(value)) {
    report(
      context,
      scope,
      { code: 'input-count', reason: 'not-a-tensor', message: `The input has to be a tensor, but this is ${kindOf(value)}.` },
      range,
    );
  }
  return [{ tensor: context.builder.input('?', undefined, range), range }];
}
