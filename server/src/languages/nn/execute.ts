// Works out statements one after the other: inputs, values, loops, conditions, claims and outputs.
import type { Dimension, Shape } from '../../dims/size.ts';
import { symbol } from '../../dims/size.ts';
import { UNKNOWN } from '../../network/argument.ts';
import type { Layer, Tensor } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { applyModule } from './apply.ts';
import { knownNames, MOST_NODES, MOST_STEPS, refer, report, reportExpression, reportLimit, type Context, type Scope } from './context.ts';
import { keepList } from './budget.ts';
import { evaluate, reportNoValue, targetOf } from './evaluate.ts';
import { isUnknownValue, kindOf, toSize, truth } from './python.ts';
import { formulaOf } from './requirement.ts';
import type { Axis, Expression, Name, ShapeExpression, Statement } from './tree.ts';
import { isValueList, tagged, takesNothing, type ModuleValue, type Value } from './value.ts';

/** As in PyTorch. */
const MOST_AXES = 64;

export function executeBody(context: Context, scope: Scope, body: readonly Statement[]): void {
  for (const statement of body) {
    if (context.steps.exhausted) return;
    if (++context.steps.taken > MOST_STEPS) {
      reportLimit(context, scope, `More than ${MOST_STEPS} statements when unrolled; what is beyond is not worked out.`, statement.range);
      scope.current = UNKNOWN;
      return;
    }
    execute(context, scope, statement);
  }
}

function execute(context: Context, scope: Scope, statement: Statement): void {
  switch (statement.kind) {
    case 'input':
      return executeInput(context, scope, statement);
    case 'output':
      return executeOutput(context, scope, statement);
    case 'require':
      return executeRequire(context, scope, statement);
    case 'repeat':
      return executeRepeat(context, scope, statement);
    case 'for':
      return executeFor(context, scope, statement);
    case 'if':
      return executeIf(context, scope, statement);
    case 'value':
      return executeValue(context, scope, statement);
  }
}

function executeInput(context: Context, scope: Scope, statement: Extract<Statement, { kind: 'input' }>): void {
  const { name, shape, range } = statement;
  if (statement.spread === true) return executeInputs(context, scope, statement);
  const given = tensorsOf(scope.given?.[scope.inputsRead])[0];
  scope.inputsRead++;
  const earlier = scope.variables.get(name.name);
  if (earlier !== undefined) {
    report(
      context,
      scope,
      { code: 'duplicate-name', reason: 'input', name: name.name, what: 'input', first: earlier.definition },
      name.range,
    );
  }
  const tensor =
    given === undefined
      ? context.builder.input(
          name.name,
          shape === undefined ? undefined : declareShape(context, scope, shape),
          range,
          shape?.axes.map((axis) => axis.size.range),
        )
      : matchInput(context, scope, given, shape);
  scope.inputs.push(tensor);
  bind(context, scope, name, { kind: 'tensor', tensor });
  // After several inputs it is not said which of them comes first.
  scope.current = scope.inputs.length === 1 ? { kind: 'tensor', tensor } : undefined;
}

/** `input *xs`: all that is given from here on. */
function executeInputs(context: Context, scope: Scope, { name, range }: Extract<Statement, { kind: 'input' }>): void {
  if (scope.given === undefined)
    reportExpression(context, scope, 'Only a block takes as many inputs as it is given: a network names each of its own.', range);
  const values = scope.given?.slice(scope.inputsRead) ?? [];
  scope.inputsRead += values.length;
  scope.inputs.push(...values.flatMap(tensorsOf));
  // A block that is checked on its own does not know how many there are.
  const [only] = values;
  bind(context, scope, name, values.length === 1 && only !== undefined && isUnknownValue(only) ? UNKNOWN : values);
  scope.current = undefined;
}

/** The shape of a network's input: a name that is not known yet is a new symbol. */
function declareShape(context: Context, scope: Scope, { axes, range }: ShapeExpression): Shape {
  if (axes.length > MOST_AXES) {
    report(
      context,
      scope,
      { code: 'argument-range', reason: 'expression', message: `A tensor has at most ${MOST_AXES} axes, not ${axes.length}.` },
      range,
    );
    return undefined;
  }
  return axes.map((axis) => {
    for (const name of namesIn(axis.size)) {
      if (scope.variables.has(name.name)) continue;
      scope.variables.set(name.name, { value: symbol(name.name), definition: name.range });
      const sample = axis.sample === undefined || axis.size.kind !== 'name' ? undefined : evaluate(context, scope, axis.sample);
      scope.symbols.push({
        name: name.name,
        range: name.range,
        ...(typeof sample === 'number' && sample >= 1 && axis.sample !== undefined && { sample, sampleRange: axis.sample.range }),
      });
      if (sample !== undefined && (typeof sample !== 'number' || sample < 1) && !isUnknownValue(sample)) {
        reportExpression(context, scope, `A sample size is a whole number of at least 1.`, axis.sample?.range ?? axis.range);
      }
    }
    const size = axisSize(context, scope, axis);
    if (typeof size === 'number' && size < 0) {
      report(context, scope, { code: 'argument-range', reason: 'expression', message: `A size is at least 0, not ${size}.` }, axis.range);
      return undefined;
    }
    return size;
  });
}

/** The input of a block: names that are not known yet stand for the sizes that it is given, the rest are claims. */
function matchInput(context: Context, scope: Scope, given: Tensor, shape: ShapeExpression | undefined): Tensor {
  if (shape === undefined) return given;
  const actual = given.shape;
  const claimed = shape.axes.map((axis, at): Dimension => {
    const { size } = axis;
    if (size.kind !== 'name' || scope.variables.has(size.name)) {
      for (const name of namesIn(size))
        if (!scope.variables.has(name.name)) scope.variables.set(name.name, { value: UNKNOWN, definition: name.range });
      return axisSize(context, scope, axis);
    }
    const value = actual?.length === shape.axes.length ? actual[at] : undefined;
    scope.variables.set(size.name, { value: value ?? UNKNOWN, definition: size.range });
    refer(context, size.range, size.range, () => ({ kind: 'symbol', name: size.name, network: scope.declaration.name.name, value }));
    return value;
  });
  return context.builder.claim(
    given,
    claimed,
    shape.axes.map(({ range }) => range),
    shape.range,
    scope.frames,
  );
}

function namesIn(expression: Expression): Name[] {
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

function axisSize(context: Context, scope: Scope, { size, range }: Axis): Dimension {
  const value = evaluate(context, scope, size);
  const known = toSize(value);
  if (known === undefined && !isUnknownValue(value) && tagged(value)?.kind !== 'infer')
    reportExpression(context, scope, `A size is a whole number, not ${kindOf(value)}.`, range);
  return known;
}

function claimShape(context: Context, scope: Scope, value: Value, claim: ShapeExpression): Value {
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

function executeOutput(context: Context, scope: Scope, { names, claim, range }: Extract<Statement, { kind: 'output' }>): void {
  for (const name of names) {
    const earlier = scope.outputs.find((output) => output.name === name.name);
    if (earlier !== undefined) {
      report(
        context,
        scope,
        { code: 'duplicate-name', reason: 'output', name: name.name, what: 'output', first: earlier.range },
        name.range,
      );
      continue;
    }
    const binding = scope.variables.get(name.name);
    let value: Value;
    if (binding !== undefined) value = evaluate(context, scope, { kind: 'name', ...name });
    else if (names.length === 1) {
      if (scope.current === undefined) reportNoValue(context, scope, range);
      value = scope.current ?? UNKNOWN;
    } else {
      report(context, scope, { code: 'unknown-name', reason: 'name', name: name.name, known: knownNames(scope) }, name.range);
      value = UNKNOWN;
    }
    if (claim !== undefined) value = claimShape(context, scope, value, claim);
    scope.outputs.push({ name: name.name, value, range });
    if (binding === undefined) refer(context, name.range, name.range, () => targetOf(scope, name.name, value));
  }
}

function executeRequire(context: Context, scope: Scope, { condition, range }: Extract<Statement, { kind: 'require' }>): void {
  const value = evaluate(context, scope, condition);
  const formula = formulaOf(context, scope, condition);
  scope.requirements.push({ range: condition.range, ...(formula !== undefined && { formula }) });
  if (truth(value) === false) {
    report(context, scope, { code: 'claim-mismatch', reason: 'requirement', claimed: undefined, actual: undefined, axes: [] }, range);
  }
}

function executeRepeat(context: Context, scope: Scope, { count, body, range, header }: Extract<Statement, { kind: 'repeat' }>): void {
  const times = evaluate(context, scope, count);
  if (typeof times === 'number' && times > MOST_NODES) {
    return reportLimit(context, scope, `\`repeat ${times}\` is more than can be unrolled: at most ${MOST_NODES} operators are.`, header);
  }
  if (typeof times === 'number' && times >= 0) {
    return inGroup(context, scope, `repeat ${times}`, range, () => {
      for (let at = 0; at < times && !context.steps.exhausted; at++) {
        // An empty body takes a step a turn as well, so that loops in loops do not run for ever.
        if (++context.steps.taken > MOST_STEPS) reportLimit(context, scope, `\`repeat ${times}\` is more than can be unrolled.`, header);
        executeBody(context, scope, body);
      }
    });
  }
  if (!isUnknownValue(times))
    reportExpression(
      context,
      scope,
      `\`repeat\` needs a whole number of at least 0, not ${typeof times === 'number' ? times : kindOf(times)}.`,
      count.range,
    );
  executeUnknown(context, scope, body);
}

function executeFor(context: Context, scope: Scope, statement: Extract<Statement, { kind: 'for' }>): void {
  const { targets, body, range } = statement;
  const items = evaluate(context, scope, statement.items);
  if (isValueList(items)) {
    return inGroup(context, scope, `for ${targets.map(({ name }) => name).join(', ')}`, range, () => {
      for (const item of items) {
        if (context.steps.exhausted) return;
        bindAll(context, scope, targets, item, statement.items.range);
        executeBody(context, scope, body);
      }
    });
  }
  if (!isUnknownValue(items)) reportExpression(context, scope, `\`for\` needs a list, not ${kindOf(items)}.`, statement.items.range);
  for (const target of targets) bind(context, scope, target, UNKNOWN);
  executeUnknown(context, scope, body);
}

function executeIf(context: Context, scope: Scope, { branches }: Extract<Statement, { kind: 'if' }>): void {
  for (const { condition, body } of branches) {
    const value = condition === undefined ? true : evaluate(context, scope, condition);
    const known = truth(value);
    if (known === true) return executeBody(context, scope, body);
    if (known === undefined) {
      const kind = tagged(value)?.kind;
      if (condition !== undefined && (kind === 'tensor' || kind === 'record' || kind === 'module' || kind === 'callable')) {
        reportExpression(
          context,
          scope,
          `A condition is true or false when the network is built, and this is ${kindOf(value)}.`,
          condition.range,
        );
      }
      if (kind === 'undecided' && condition !== undefined) {
        const message =
          'This condition holds for some input sizes and not for others: `if` needs one that is settled when the network is built.';
        reportExpression(context, scope, message, condition.range);
      }
      for (const branch of branches) executeUnknown(context, scope, branch.body);
      return;
    }
  }
}

/** A body of which it is not known whether or how often it runs: its own faults are found, its values are unknown. */
function executeUnknown(context: Context, scope: Scope, body: readonly Statement[]): void {
  scope.current = UNKNOWN;
  executeBody(context, scope, body);
  for (const statement of body) {
    if (statement.kind !== 'value') continue;
    for (const { name, range } of statement.targets) scope.variables.set(name, { value: UNKNOWN, definition: range });
  }
  scope.current = UNKNOWN;
}

function inGroup(context: Context, scope: Scope, label: string, range: Range, run: () => void): void {
  const outer = scope.layers;
  const children: Layer[] = [];
  const inputs = tensorsOf(scope.current);
  scope.layers = children;
  run();
  scope.layers = outer;
  if (children.length > 0) outer.push({ label, kind: 'group', range, inputs, outputs: tensorsOf(scope.current), children });
}

function executeValue(context: Context, scope: Scope, statement: Extract<Statement, { kind: 'value' }>): void {
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

function appendTo(context: Context, scope: Scope, target: Name | undefined, value: Value): void {
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

function bindAll(context: Context, scope: Scope, targets: readonly Name[], value: Value, range: Range): void {
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

function isOpenTensor(value: Value): boolean {
  const object = tagged(value);
  return object?.kind === 'tensor' && (object.tensor.shape === undefined || object.tensor.shape.includes(undefined));
}

function bind(context: Context, scope: Scope, { name, range }: Name, value: Value): void {
  const object = tagged(value);
  // From here on the tensor is called by its name.
  const named: Value = object?.kind === 'tensor' ? { kind: 'tensor', tensor: { ...object.tensor, label: name } } : value;
  scope.variables.set(name, { value: named, definition: range });
  refer(context, range, range, () => targetOf(scope, name, named));
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

export function tensorsOf(value: Value | undefined): Tensor[] {
  if (isValueList(value)) return value.flatMap(tensorsOf);
  const object = tagged(value);
  if (object?.kind === 'tensor') return [object.tensor];
  return object?.kind === 'record' ? object.parts.map(({ tensor }) => tensor) : [];
}
