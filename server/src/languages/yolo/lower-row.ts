// One row: finds its module and its inputs, completes its arguments as the parser does, and unrolls it.
import { UNKNOWN } from '../../network/argument.ts';
import type { Fault } from '../../network/fault.ts';
import type { Layer, Tensor } from '../../network/network.ts';
import { operators } from '../../operators/registry.ts';
import { report, type Context, type Scope } from '../nn/context.ts';
import { isValueList, tensorsOf, type ModuleArgument, type ModuleValue, type Value } from '../nn/value.ts';
import type { Dialect } from './dialect.ts';
import { fillArguments, scaledArgument, type Filled } from './fill-arguments.ts';
import { applyRemembered } from './remember-module.ts';
import type { RowPlace } from './row-builder.ts';
import { argumentValue } from './row-values.ts';
import { scaledRepeats, type Scale } from './scales.ts';
import { stubOf } from './stub.ts';
import type { From, ModelTree, Row } from './tree.ts';

export interface ModelState {
  readonly tree: ModelTree;
  readonly dialect: Dialect;
  readonly scale: Scale;
  readonly context: Context;
  readonly scope: Scope;
  readonly place: { current: RowPlace };
  readonly image: Tensor;
  /** The channels of the image. */
  readonly channels: number;
  readonly rows: RowResult[];
  readonly layers: Layer[];
  /** Whether a module so far gives the head its newer form. */
  isModern: boolean;
  /** The modules so far that are not known: each is told of once. */
  readonly unknown: Set<string>;
}

/** What a row gives, and the channels that the parser believes it to have. */
interface RowResult {
  readonly value: Value;
  readonly channels: number | undefined;
}

/** A block that begins with an underscore is a part of others, and no module that a row may name. */
function isHelper(name: string): boolean {
  return name.startsWith('_');
}

type ModuleName = NonNullable<Row['module']>;

/** No more copies of a module than this are made. */
const MOST_COPIES = 1_000;

/** What PyTorch's own modules begin with; Ultralytics cuts off the first three letters. */
const PREFIX = /^(?:torch\.)?nn\./;

/** Those of PyTorch's modules that rows name. */
const TORCH_MODULES = /(?:[123]d|Upsample|LU|Flatten|Identity|Dropout|Linear|Shuffle)$/;

export function lowerRow(state: ModelState, row: Row): void {
  const { context, scope, scale } = state;
  const { from, module, args } = row;
  const inputs = from === undefined ? undefined : inputsOf(state, from, row);
  const repeats = Math.round(scaledRepeats(scale, row.repeats?.value ?? 1));
  const blamed = module?.range ?? row.range;
  if (from === undefined || inputs === undefined || module === undefined || args === undefined)
    return addRow(state, row, UNKNOWN, undefined);
  state.place.current = {
    range: row.range,
    blamed,
    inputs: inputs.flatMap(({ value, range }) => tensorsOf(value).map((tensor) => ({ tensor, range }))),
  };
  const isForeign = state.dialect.name === 'ultralytics' && module.value.startsWith('torch.');
  const name = isForeign ? module.value : module.value.replace(PREFIX, '');
  if (state.dialect.modernModules.includes(name)) state.isModern = true;
  const isOperator = name !== module.value;
  const found = from.isImplied === true ? '_Predicted' : name;
  const block = isOperator || isHelper(name) ? undefined : context.declarations.get(found);
  const operator = isOperator ? operators.get(name) : undefined;
  if (block === undefined && operator === undefined) {
    reportUnknown(state, row, module);
    return addRow(state, row, UNKNOWN, undefined);
  }
  const written = args.items.map((item): ModuleArgument => ({ value: argumentValue(state.tree, item), range: item.range }));
  const channels = from.elements.map(({ value }) => channelsAt(state, value, row.index));
  const source = { channels, isList: from.isList, repeats, written, place: module.range };
  const filled = block === undefined ? fillOperator(state, name, written, channels) : fillArguments(state, block, source);
  if (filled.fault !== undefined) {
    report(context, scope, filled.fault.fault, filled.fault.range);
    return addRow(state, row, UNKNOWN, undefined);
  }
  const callee = block ?? operator;
  if (callee === undefined) return;
  const use: ModuleValue = { kind: 'module', callee, arguments: filled.arguments, nameRange: module.range, callRange: row.range };
  const children: Layer[] = [];
  scope.layers = children;
  const copies = Math.min(filled.takesRepeats ? 1 : Math.max(repeats, 1), MOST_COPIES);
  let value = applyRemembered(context, scope, use, from.isList ? inputs : inputs.flatMap(partsOf), row.range);
  for (let copy = 1; copy < copies; copy++) {
    // What does not fit a second time is the fault of the number of copies.
    state.place.current = { range: row.range, blamed: row.repeats?.range ?? blamed, inputs: [] };
    value = applyRemembered(context, scope, use, [{ value, range: row.repeats?.range ?? blamed }], row.range);
  }
  const actual = tensorsOf(value)[0]?.shape?.[1];
  const kept = operator !== undefined && filled.outputs === undefined ? channels[0] : undefined;
  addRow(state, row, value, filled.outputs ?? kept ?? (typeof actual === 'number' ? actual : undefined), children);
}

function addRow(state: ModelState, row: Row, value: Value, channels: number | undefined, parts: readonly Layer[] = []): void {
  const { layers, rows } = state;
  rows.push({ value, channels });
  const [only] = parts;
  const isSingle = parts.length === 1;
  layers.push({
    index: row.index,
    nameRange: row.module?.range ?? row.range,
    label: row.module?.value ?? '?',
    kind: isSingle && only?.kind === 'operator' ? 'operator' : 'block',
    range: row.range,
    node: isSingle ? only?.node : undefined,
    inputs: parts[0]?.inputs ?? [],
    outputs: tensorsOf(value),
    children: isSingle ? (only?.children ?? []) : parts,
  });
}

/** A row that reads one row by its number gets what that one gives, and that may be a list. */
function partsOf(input: ModuleArgument): ModuleArgument[] {
  return isValueList(input.value) ? input.value.map((value) => ({ ...input, value })) : [input];
}

/** Python's y[f]; undefined where a number is out of range. */
function inputsOf(state: ModelState, { elements }: From, { index }: Row): ModuleArgument[] | undefined {
  const image: Value = { kind: 'tensor', tensor: state.image };
  const found = elements.map(({ value, range }): ModuleArgument | undefined => {
    if (value === -1 && index === 0) return { value: image, range };
    const result = state.rows[value < 0 ? index + value : value];
    return result === undefined ? undefined : { value: result.value, range };
  });
  return found.every((input) => input !== undefined) ? found : undefined;
}

function channelsAt({ rows, channels }: ModelState, from: number, index: number): number | undefined {
  if (index === 0) return channels;
  return rows[from < 0 ? index + from : from]?.channels;
}

function fillOperator(
  state: ModelState,
  name: string,
  written: readonly ModuleArgument[],
  channels: readonly (number | undefined)[],
): Filled {
  const [c1] = channels;
  const given: ModuleArgument = { value: c1 ?? UNKNOWN, range: written[0]?.range ?? { start: 0, end: 0 } };
  if (name === 'BatchNorm2d') return { arguments: [given], takesRepeats: false };
  const [first, second, ...rest] = written;
  const isScaled = state.dialect.scaledOperators.includes(name) && !isWhole(first, second, c1);
  const outputs = isScaled && first !== undefined ? scaledArgument(state, first.value, true) : undefined;
  if (first === undefined || typeof outputs !== 'number') return { arguments: written, takesRepeats: false };
  const others = second === undefined ? [] : [second, ...rest];
  return { arguments: [given, { ...first, value: outputs }, ...others], takesRepeats: false, outputs };
}

/** No kernel is meant to be longer. */
const LONGEST_KERNEL = 16;

/** Earlier versions of a parser do not hand the channels in: the row writes both, and a kernel behind them. */
function isWhole(first: ModuleArgument | undefined, second: ModuleArgument | undefined, c1: number | undefined): boolean {
  return first?.value === c1 && typeof second?.value === 'number' && second.value > LONGEST_KERNEL;
}

function reportUnknown({ tree, context, scope, dialect, unknown }: ModelState, row: Row, { value: name, range }: ModuleName): void {
  if (unknown.has(name)) return;
  unknown.add(name);
  const rows = tree.rows.filter(({ module }) => module?.value === name).map(({ index }) => index);
  const stub = stubOf(row, dialect.name);
  const known = [...context.declarations.keys()].filter((other) => !isHelper(other));
  const bare = name.replace(PREFIX, '').toLowerCase();
  // `nn.upsample` and `Upsample` mean `nn.Upsample`; what is no module, such as `Add`, is meant with the prefix alone.
  const isTorch = (other: string) => PREFIX.test(name) || TORCH_MODULES.test(other);
  const torch = [...operators.keys()].find((other) => other.toLowerCase() === bare && isTorch(other));
  const fault: Fault = {
    code: 'unknown-module',
    reason: 'unknown',
    name,
    dialect: dialect.name,
    known,
    rows,
    ...(torch !== undefined && { meant: `nn.${torch}` }),
    ...(stub !== undefined && { stub }),
  };
  report(context, scope, fault, range);
}
