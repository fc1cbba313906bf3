// Reads the arguments of a call, typed: a value that is unknown or not of the kind reads as undefined.
import { isConcrete, type Dimension, type Shape } from '../dims/size.ts';
import { isFloat, isList, isSize, type ArgumentValue } from '../network/argument.ts';
import type { Arguments, Operator, OperatorCall } from './operator.ts';

/** A use of an operator with the defaults behind what is written. */
export function createCall(operator: Operator, written: ReadonlyMap<string, ArgumentValue>, inputs: readonly Shape[]): OperatorCall {
  const defaults = defaultsOf(operator);
  return { arguments: { get: (name) => written.get(name) ?? (written.has(name) ? null : defaults.get(name)) }, inputs };
}

const defaultsByOperator = new WeakMap<Operator, ReadonlyMap<string, ArgumentValue>>();

function defaultsOf(operator: Operator): ReadonlyMap<string, ArgumentValue> {
  let defaults = defaultsByOperator.get(operator);
  if (defaults === undefined) {
    const entries: [string, ArgumentValue][] = [];
    for (const parameter of [...operator.parameters, ...(operator.forwardParameters ?? []), ...(operator.meanings ?? [])]) {
      if (parameter.default !== undefined) entries.push([parameter.name, parameter.default]);
    }
    defaults = new Map(entries);
    defaultsByOperator.set(operator, defaults);
  }
  return defaults;
}

/** A whole number. */
export function integer(from: Arguments, name: string): number | undefined {
  const value = from.get(name);
  return typeof value === 'number' ? value : undefined;
}

/** A whole number or a symbolic size. */
export function dimension(from: Arguments, name: string): Dimension {
  const value = from.get(name);
  return isSize(value) ? value : undefined;
}

/** A whole number or a float. */
export function number(from: Arguments, name: string): number | undefined {
  return toNumber(from.get(name));
}

export function toNumber(value: ArgumentValue | undefined): number | undefined {
  if (isFloat(value)) return value.value;
  return typeof value === 'number' ? value : undefined;
}

export function boolean(from: Arguments, name: string): boolean | undefined {
  const value = from.get(name);
  return typeof value === 'boolean' ? value : undefined;
}

export function string(from: Arguments, name: string): string | undefined {
  const value = from.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** The sizes written for one parameter: a list as it is, a single one as a list of one; unknown parts as undefined. */
export function dimensions(from: Arguments, name: string): readonly Dimension[] | undefined {
  const value = from.get(name);
  if (isSize(value)) return [value];
  return isList(value) ? value.map((part) => (isSize(part) ? part : undefined)) : undefined;
}

/** The whole numbers written for one parameter, as `dimensions`; a symbolic size reads as undefined. */
export function integers(from: Arguments, name: string): readonly (number | undefined)[] | undefined {
  return dimensions(from, name)?.map((size) => (isConcrete(size) ? size : undefined));
}
