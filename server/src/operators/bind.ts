// Binds written arguments to an operator's parameters, as Python binds a call, and checks their types.
import { isFloat, isInfer, isList, isSize, isUnknown, UNKNOWN, type ArgumentValue } from '../network/argument.ts';
import type { OperatorFault } from '../network/fault.ts';
import type { Range } from '../text/range.ts';
import type { Operator, Parameter, ParameterType } from './operator.ts';

/** An argument as it stands in a call. */
export interface WrittenArgument {
  /** The keyword, absent for a positional argument. */
  readonly name?: string | undefined;
  readonly nameRange?: Range | undefined;
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
  const unknown = (reason: 'unknown' | 'twice' | 'too-many', argument: string, range: Range) => {
    faults.push({ fault: { code: 'unknown-argument', reason, argument, known: parameters.map(({ name }) => name) }, range });
  };
  const bind = (parameter: Parameter, value: ArgumentValue, range: Range) => {
    const fault = typeFault(parameter, value);
    if (fault !== undefined) faults.push({ fault, range });
    values.set(parameter.name, fault === undefined ? value : UNKNOWN);
    ranges.set(parameter.name, range);
  };
  let position = 0;
  for (const [at, argument] of written.entries()) {
    const { name, value, range } = argument;
    if (name !== undefined) {
      const parameter = parameters.find((candidate) => candidate.name === name);
      if (parameter === undefined || values.has(name))
        unknown(parameter === undefined ? 'unknown' : 'twice', name, argument.nameRange ?? range);
      else bind(parameter, value, range);
      continue;
    }
    const parameter = parameters[position++];
    if (parameter === undefined) {
      unknown('too-many', String(countPositional(written)), range);
      break;
    }
    if (parameter.variadic === true && !isList(value) && countPositional(written) > position) {
      const rest = written.slice(at).filter((other) => other.name === undefined);
      bind(
        parameter,
        rest.map((other) => other.value),
        { start: range.start, end: rest[rest.length - 1]?.range.end ?? range.end },
      );
      for (const other of written.slice(at)) if (other.name !== undefined) unknown('unknown', other.name, other.nameRange ?? other.range);
      break;
    }
    bind(parameter, value, range);
  }
  // What is not written may be what an unknown argument meant: it has no default then, and is not missing either.
  if (faults.some(({ fault }) => fault.code === 'unknown-argument' && fault.reason === 'unknown')) {
    for (const { name } of parameters) if (!values.has(name)) values.set(name, UNKNOWN);
  } else if (!faults.some(({ fault }) => fault.code === 'unknown-argument')) {
    const missing = parameters.find((parameter) => parameter.default === undefined && !values.has(parameter.name));
    if (missing !== undefined)
      faults.push({ fault: { code: 'missing-argument', reason: 'missing', argument: missing.name }, range: callRange });
  }
  return { values, ranges, faults };
}

function countPositional(written: readonly WrittenArgument[]): number {
  return written.filter(({ name }) => name === undefined).length;
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
