// Binds written arguments to an operator's parameters, as Python binds a call, and checks their types.
import { isFloat, isInfer, isList, isSize, isUnknown, UNKNOWN, type ArgumentValue } from '../network/argument.ts';
import type { OperatorFault } from '../network/fault.ts';
import type { Range } from '../text/range.ts';
import type { Operator, Parameter, ParameterType } from './operator.ts';

/** An argument as it stands in a call. */
export interface WrittenArgument {
  /** The keyword, absent for a positional argument. */
  readonly name?: string;
  readonly nameRange?: Range;
  readonly value: ArgumentValue;
  readonly range: Range;
}

export interface BoundArguments {
  readonly values: ReadonlyMap<string, ArgumentValue>;
  readonly ranges: ReadonlyMap<string, Range>;
  readonly faults: readonly { readonly fault: OperatorFault; readonly range: Range }[];
}

/** Binds `written` to `parameters`. `callRange` is where a missing argument is reported. */
export function bindArguments(parameters: readonly Parameter[], written: readonly WrittenArgument[], callRange: Range): BoundArguments {
  const values = new Map<string, ArgumentValue>();
  const ranges = new Map<string, Range>();
  const faults: { fault: OperatorFault; range: Range }[] = [];
  const known = parameters.map(({ name }) => name);
  const positional = written.filter(({ name }) => name === undefined);

  for (let at = 0; at < positional.length; at++) {
    const argument = positional[at];
    const parameter = parameters[at];
    if (argument === undefined) break;
    if (parameter === undefined) {
      faults.push({ fault: { code: 'unknown-argument', reason: 'too-many', argument: String(positional.length), known }, range: argument.range });
      break;
    }
    if (parameter.variadic === true && !isList(argument.value) && positional.length > at + 1) {
      const rest = positional.slice(at);
      const last = rest[rest.length - 1] ?? argument;
      values.set(parameter.name, rest.map(({ value }) => value));
      ranges.set(parameter.name, { start: argument.range.start, end: last.range.end });
      break;
    }
    values.set(parameter.name, argument.value);
    ranges.set(parameter.name, argument.range);
  }
  for (const { name, nameRange, value, range } of written) {
    if (name === undefined) continue;
    const reason = !known.includes(name) ? 'unknown' : values.has(name) ? 'twice' : undefined;
    if (reason !== undefined) {
      faults.push({ fault: { code: 'unknown-argument', reason, argument: name, known }, range: nameRange ?? range });
      continue;
    }
    values.set(name, value);
    ranges.set(name, range);
  }
  // After an argument that is unknown, what looks missing is most likely that one misspelt: one mistake, one fault.
  if (faults.length === 0) {
    const missing = parameters.find((parameter) => parameter.default === undefined && !values.has(parameter.name));
    if (missing !== undefined) {
      faults.push({ fault: { code: 'missing-argument', reason: 'missing', argument: missing.name }, range: callRange });
    }
  }
  for (const parameter of parameters) {
    const value = values.get(parameter.name);
    if (value === undefined) continue;
    const fault = typeFault(parameter, value);
    if (fault === undefined) continue;
    faults.push({ fault, range: ranges.get(parameter.name) ?? callRange });
    values.set(parameter.name, UNKNOWN);
  }
  return { values, ranges, faults };
}

/** All parameters that a use of the operator may be given in its first brackets. */
export function parameterOf(operator: Operator, name: string): Parameter | undefined {
  return [...operator.parameters, ...(operator.forwardParameters ?? [])].find((parameter) => parameter.name === name);
}

function typeFault(parameter: Parameter, value: ArgumentValue): OperatorFault | undefined {
  if (isUnknown(value) || (value === null && parameter.nullable === true)) return undefined;
  if (isInfer(value) && parameter.inferable === true) return undefined;
  if (!isInfer(value) && hasType(value, parameter.type)) {
    const { choices } = parameter;
    if (choices === undefined || typeof value !== 'string' || choices.includes(value)) return undefined;
    const legal = `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`;
    return { code: 'argument-range', reason: 'not-a-choice', argument: parameter.name, value, legal };
  }
  return { code: 'argument-type', reason: 'wrong-type', argument: parameter.name, value, expected: TYPE_WORDS[parameter.type] };
}

const TYPE_WORDS: Readonly<Record<ParameterType, string>> = {
  integer: 'a whole number',
  integers: 'a whole number, or a tuple of them',
  number: 'a number',
  numbers: 'a number, or a tuple of them',
  boolean: 'True or False',
  string: 'a string',
  padding: 'a whole number, a tuple of them, or a string such as "same"',
  any: 'a value',
};

function hasType(value: ArgumentValue, type: ParameterType): boolean {
  switch (type) {
    case 'integer':
      return isSize(value);
    case 'integers':
      return isSize(value) || isListOf(value, 'integer');
    case 'number':
      return isSize(value) || isFloat(value);
    case 'numbers':
      return isSize(value) || isFloat(value) || isListOf(value, 'number');
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'padding':
      return typeof value === 'string' || isSize(value) || isListOf(value, 'integer');
    case 'any':
      return true;
  }
}

function isListOf(value: ArgumentValue, type: ParameterType): boolean {
  return isList(value) && value.every((part) => isUnknown(part) || hasType(part, type));
}
