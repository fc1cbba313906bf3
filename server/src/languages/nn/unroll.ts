// Unrolls one use of a block: binds its parameters and inputs and works out its body in a scope of its own.
import { UNKNOWN } from '../../network/argument.ts';
import type { Fault } from '../../network/fault.ts';
import type { Frame } from '../../network/network.ts';
import type { Range } from '../../text/range.ts';
import { createScope, refer, report, type BlockUse, type Context, type Scope } from './context.ts';
import { evaluate, targetOf } from './evaluate.ts';
import { executeBody } from './execute.ts';
import type { Declaration } from './tree.ts';
import { tensorsOf, type ModuleArgument, type ModuleValue, type Value } from './value.ts';

/** Blocks within blocks deeper than this are a cycle that no name shows. */
const DEEPEST_USE = 50;

export function unrollBlock(outer: Context, scope: Scope, use: BlockUse): Value {
  const { module, block, inputs, values, range } = use;
  const { name } = block.name;
  const isEntered = block.elsewhere !== undefined && scope.declaration.elsewhere === undefined && outer.enterElsewhere !== undefined;
  const context = isEntered ? outer.enterElsewhere(outer, scope, use) : outer;
  const cycle = scope.frames.findIndex((frame) => frame.block === name);
  if (cycle >= 0 || scope.declaration === block || scope.frames.length >= DEEPEST_USE) {
    const names = [...scope.frames.slice(Math.max(cycle, 0)).map((frame) => frame.block), name];
    report(outer, { ...scope, frames: [] }, { code: 'dependency-cycle', reason: 'block', names }, module.nameRange);
    return UNKNOWN;
  }
  const uses = context.uses.get(name) ?? new Set();
  context.uses.set(name, uses.add(module.callRange.start));
  const { fewest, isOpen } = inputsOf(block);
  if (isOpen ? values.length < fewest : inputs.length !== fewest) {
    const message = `\`${name}\` takes ${isOpen ? 'at least ' : ''}${fewest === 1 ? '1 input' : `${fewest} inputs`}, but gets ${inputs.length}.`;
    report(outer, scope, { code: 'input-count', reason: 'outputs', message }, module.nameRange);
    return UNKNOWN;
  }
  const frame: Frame = { block: name, callRange: module.callRange };
  const given = isOpen ? values : inputs.map((tensor): Value => ({ kind: 'tensor', tensor }));
  const inner = createScope(block, [...scope.frames, frame], given);
  bindParameters(context, scope, inner, block, module);
  const result = runBody(context, inner);
  scope.layers.push({ label: name, kind: 'block', range, inputs, outputs: tensorsOf(result), children: isEntered ? [] : inner.layers });
  return result;
}

/** How many inputs a block takes: as many as it declares, one where it declares none, and any number more with `input *xs`. */
function inputsOf(block: Declaration): { readonly fewest: number; readonly isOpen: boolean } {
  const declared = block.body.filter((statement) => statement.kind === 'input');
  const open = declared.filter(({ spread }) => spread === true).length;
  return { fewest: open > 0 ? declared.length - open : Math.max(declared.length, 1), isOpen: open > 0 };
}

/** Works out the body of `scope` and gives its result: its outputs, else its last value. */
export function runBody(context: Context, scope: Scope): Value {
  const [given] = scope.given ?? [];
  if (given !== undefined) scope.current = given;
  executeBody(context, scope, scope.declaration.body);
  const outputs = [...scope.outputs.values()];
  const [only] = outputs;
  if (outputs.length > 1) return outputs.map(({ value }) => value);
  return only?.value ?? scope.current ?? UNKNOWN;
}

/** A block on its own, with nothing known of its parameters and inputs: what is wrong then is wrong in every use. */
export function checkAlone(context: Context, block: Declaration): void {
  const { fewest, isOpen } = inputsOf(block);
  const given = Array.from({ length: fewest }, (): Value => {
    return { kind: 'tensor', tensor: context.builder.input('?', undefined, block.name.range) };
  });
  if (isOpen) given.push(UNKNOWN);
  const scope = createScope(block, [], given);
  for (const { name } of block.parameters) setParameter(context, scope, name.name, name.range, UNKNOWN);
  runBody(context, scope);
}

/** The parameters of a network, which take their defaults. */
export function bindDefaults(context: Context, scope: Scope): void {
  for (const parameter of scope.declaration.parameters) {
    const value = parameter.default === undefined ? UNKNOWN : evaluate(context, scope, parameter.default);
    setParameter(context, scope, parameter.name.name, parameter.name.range, value);
  }
}

function bindParameters(context: Context, outer: Scope, inner: Scope, block: Declaration, module: ModuleValue): void {
  const given = matchArguments(block, module.arguments);
  for (const { fault, range } of given.faults) report(context, outer, fault, range);
  for (const parameter of block.parameters) {
    const { name, range } = parameter.name;
    const written = given.values.get(name);
    const value =
      written ?? (parameter.spread === true ? [] : parameter.default === undefined ? UNKNOWN : evaluate(context, inner, parameter.default));
    setParameter(context, inner, name, range, value);
  }
  const missing = block.parameters.find(
    (parameter) => parameter.default === undefined && parameter.spread !== true && !given.values.has(parameter.name.name),
  );
  if (missing === undefined || given.faults.length > 0) return;
  report(context, outer, { code: 'missing-argument', reason: 'missing', argument: missing.name.name }, module.nameRange);
}

function matchArguments(block: Declaration, written: readonly ModuleArgument[]) {
  const known = block.parameters.map(({ name }) => name.name);
  const open = block.parameters.findIndex(({ spread }) => spread === true);
  const values = new Map<string, Value>();
  const faults: { fault: Fault; range: Range }[] = [];
  const fault = (reason: 'unknown' | 'twice' | 'too-many', argument: string, range: Range) => {
    if (faults.length === 0) faults.push({ fault: { code: 'unknown-argument', reason, argument, known }, range });
  };
  const positional = written.filter(({ name }) => name === undefined);
  positional.forEach(({ value, range }, at) => {
    const name = known[at];
    if (open >= 0 && at >= open) {
      if (at === open)
        values.set(
          known[open] ?? '',
          positional.slice(open).map((argument) => argument.value),
        );
      return;
    }
    if (name === undefined) fault('too-many', String(positional.length), range);
    else values.set(name, value);
  });
  for (const { name, nameRange, value, range } of written) {
    if (name === undefined) continue;
    if (!known.includes(name)) fault('unknown', name, nameRange ?? range);
    else if (values.has(name)) fault('twice', name, nameRange ?? range);
    else values.set(name, value);
  }
  return { values, faults };
}

function setParameter(context: Context, scope: Scope, name: string, range: Range, value: Value): void {
  scope.variables.set(name, { value, definition: range });
  refer(context, range, range, () => targetOf(scope, name, value));
}
