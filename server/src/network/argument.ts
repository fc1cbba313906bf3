// What an operator's argument can be, whichever language it was written in.
import type { Size } from '../dims/size.ts';

/** A number written with a point or an exponent: Python tells 2.0 from 2, and so do PyTorch's checks. */
export interface Float {
  readonly kind: 'float';
  readonly value: number;
}

/** The `_` that asks for the value to be inferred from the input. */
export interface Infer {
  readonly kind: 'infer';
}

/** A value that cannot be known, for example after a fault in its expression; checks pass it by. */
export interface Unknown {
  readonly kind: 'unknown';
}

/** Integers and symbolic sizes, floats, True and False, strings, None, and tuples or lists of them. */
export type ArgumentValue = Size | Float | boolean | string | null | Infer | Unknown | readonly ArgumentValue[];

export const INFER: Infer = { kind: 'infer' };
export const UNKNOWN: Unknown = { kind: 'unknown' };

export function float(value: number): Float {
  return { kind: 'float', value };
}

export function isFloat(value: ArgumentValue | undefined): value is Float {
  return isTagged(value) && value.kind === 'float';
}

export function isInfer(value: ArgumentValue | undefined): value is Infer {
  return isTagged(value) && value.kind === 'infer';
}

export function isUnknown(value: ArgumentValue | undefined): value is Unknown {
  return isTagged(value) && value.kind === 'unknown';
}

/** True for an integer or a symbolic size. */
export function isSize(value: ArgumentValue | undefined): value is Size {
  return typeof value === 'number' || (isTagged(value) && value.kind === 'expression');
}

export function isList(value: ArgumentValue | undefined): value is readonly ArgumentValue[] {
  return Array.isArray(value);
}

function isTagged(value: ArgumentValue | undefined): value is Exclude<ArgumentValue, readonly ArgumentValue[]> & { readonly kind: string } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
