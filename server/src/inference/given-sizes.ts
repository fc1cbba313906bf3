// Numbers put for the symbols of a network while it is built.
import { substitute } from '../dims/arithmetic.ts';
import type { Shape } from '../dims/size.ts';
import { isList, isSize, UNKNOWN, type ArgumentValue } from '../network/argument.ts';

export interface GivenSizes {
  readonly symbols: ReadonlyMap<string, number>;
  /** Whole shapes by the names of inputs: they stand in where an input's shape, or an axis of it, is not written. */
  readonly inputs?: ReadonlyMap<string, readonly number[]>;
}

export function shapeAt(shape: Shape, { symbols }: GivenSizes): Shape {
  return shape?.map((size) => substitute(size, symbols));
}

export function inputShapeAt(name: string, shape: Shape, given: GivenSizes): Shape {
  const whole = given.inputs?.get(name);
  const known = shapeAt(shape, given);
  if (known === undefined) return whole;
  return whole?.length === known.length ? known.map((size, axis) => size ?? whole[axis]) : known;
}

export function argumentsAt(written: ReadonlyMap<string, ArgumentValue>, given: GivenSizes): ReadonlyMap<string, ArgumentValue> {
  return new Map([...written].map(([name, value]) => [name, argumentAt(value, given)]));
}

function argumentAt(value: ArgumentValue, given: GivenSizes): ArgumentValue {
  if (isList(value)) return value.map((part) => argumentAt(part, given));
  return isSize(value) ? (substitute(value, given.symbols) ?? UNKNOWN) : value;
}
