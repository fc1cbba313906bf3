// What an expression of the language stands for while a network is unrolled.
import type { Size } from '../../dims/size.ts';
import type { ArgumentValue, Float, Infer, Unknown } from '../../network/argument.ts';
import type { Tensor } from '../../network/network.ts';
import type { Operator } from '../../operators/operator.ts';
import type { Range } from '../../text/range.ts';
import type { Declaration } from './tree.ts';

export type Value =
  | Size
  | Float
  | boolean
  | string
  | null
  | Infer
  | Unknown
  | Undecided
  | TensorValue
  | RecordValue
  | ModuleValue
  | CallableValue
  | readonly Value[];

/** A condition that holds for some values of the symbols and not for others. */
export interface Undecided {
  readonly kind: 'undecided';
}

export interface TensorValue {
  readonly kind: 'tensor';
  readonly tensor: Tensor;
}

/** The answer of an operator with several parts, such as LSTM: where one value is wanted, the first. */
export interface RecordValue {
  readonly kind: 'record';
  readonly parts: readonly TensorValue[];
}

/** An operator or a block with its arguments, not yet applied to anything. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly callee: Operator | Declaration;
  readonly arguments: readonly ModuleArgument[];
  readonly nameRange: Range;
  readonly callRange: Range;
}

export interface ModuleArgument {
  readonly name?: string | undefined;
  /** True where a list was to be spread of which it is not known what it holds. */
  readonly isOpen?: true;
  readonly nameRange?: Range | undefined;
  readonly value: Value;
  readonly range: Range;
}

/** The name of an operator, a block or a function of the language, not yet called. */
export interface CallableValue {
  readonly kind: 'callable';
  readonly callee: Operator | Declaration | BuiltinName;
  readonly name: string;
}

export const BUILTINS = ['min', 'max', 'int', 'round', 'len', 'abs', 'sum', 'range', 'gcd'] as const;
export type BuiltinName = (typeof BUILTINS)[number];

export const UNDECIDED: Undecided = { kind: 'undecided' };

export function isValueList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

const weights = new WeakMap<readonly Value[], number>();

/** How many items a list has in all, with those of the lists in it. Lists share their parts, so that this may be far more than is stored. */
export function weightOf(list: readonly Value[]): number {
  let weight = weights.get(list);
  if (weight === undefined) {
    weight = list.reduce<number>((total, item) => total + (isValueList(item) ? weightOf(item) : 1), 1);
    weights.set(list, weight);
  }
  return weight;
}

/** How many items the lists have that are among these values. */
export function itemsIn(values: readonly { readonly value: Value }[]): number {
  let items = 0;
  for (const { value } of values) if (isValueList(value)) items += weightOf(value);
  return items;
}

type Tagged = Exclude<Extract<Value, object>, readonly Value[]>;

/** The value as one of those with a `kind`, or undefined for plain ones. */
export function tagged(value: Value | undefined): Tagged | undefined {
  return typeof value === 'object' && value !== null && !isValueList(value) ? value : undefined;
}

export function isDeclaration(callee: Operator | Declaration): callee is Declaration {
  return 'body' in callee;
}

/** Whether a module makes a tensor out of nothing, as `Parameter` does. */
export function takesNothing({ callee }: ModuleValue): boolean {
  return !isDeclaration(callee) && callee.inputs.maximum === 0;
}

/** The value as an operator's argument, or undefined for what no argument can be: tensors, modules. */
export function toArgument(value: Value): ArgumentValue | undefined {
  if (isValueList(value)) {
    const parts = value.map(toArgument);
    return parts.every((part) => part !== undefined) ? parts : undefined;
  }
  if (typeof value !== 'object' || value === null) return value;
  switch (value.kind) {
    case 'tensor':
    case 'record':
    case 'module':
    case 'callable':
      return undefined;
    case 'undecided':
      return { kind: 'unknown' };
    default:
      return value;
  }
}

/** Every tensor in a value, in its order. */
export function tensorsOf(value: Value | undefined): Tensor[] {
  if (isValueList(value)) return value.flatMap(tensorsOf);
  const object = tagged(value);
  if (object?.kind === 'tensor') return [object.tensor];
  return object?.kind === 'record' ? object.parts.map(({ tensor }) => tensor) : [];
}
