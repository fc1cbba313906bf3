// Works out statements one after the other: loops, conditions, requirements and outputs, and what they hold.
import { UNKNOWN } from '../../network/argument.ts';
import type { Layer } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { bind, bindAll } from './bind.ts';
import { knownNames, MOST_NODES, MOST_STEPS, refer, report, reportExpression, reportLimit, type Context, type Scope } from './context.ts';
import { evaluate, reportNoValue, targetOf } from './evaluate.ts';
import { executeInput } from './execute-input.ts';
import { executeValue } from './execute-value.ts';
import { isUnknownValue, kindOf, truth } from './python.ts';
import { formulaOf } from './requirement.ts';
import { claimShape } from './shapes.ts';
import type { Statement } from './tree.ts';
import { isValueList, tagged, tensorsOf, type Value } from './value.ts';

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

function executeOutput(context: Context, scope: Scope, { names, claim, range }: Extract<Statement, { kind: 'output' }>): void {
  for (const name of names) {
    const earlier = scope.outputs.get(name.name);
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
    scope.outputs.set(name.name, { value, range });
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
