// The settings of a layer, read typed: under the names of Keras 1 as well as of Keras 2 and 3.
import { float, type ArgumentValue } from '../../network/argument.ts';
import type { Range } from '../../text/range.ts';
import { itemsOf, numberOf, rangeOf, textOf, untupled, valueOf, type JsonNode } from './json.ts';

/** A value with the place where it is written, if it is. */
export interface Setting {
  readonly value: ArgumentValue;
  readonly range?: Range;
  /** The name under which it is written. */
  readonly key?: string;
}

export interface Config {
  readonly node: JsonNode | undefined;
  /** The value under the first of the names that is there. */
  find(...names: readonly string[]): JsonNode | undefined;
  number(...names: readonly string[]): number | undefined;
  text(...names: readonly string[]): string | undefined;
  flag(absent: boolean, ...names: readonly string[]): boolean;
  /** A whole number or a list of them; unknown (undefined) where it is written otherwise. */
  numbers(...names: readonly string[]): readonly number[] | undefined;
  /** As an argument of an operator, with its place; `absent` where none of the names is written. */
  setting(absent: ArgumentValue, ...names: readonly string[]): Setting;
}

export function readConfig(node: JsonNode | undefined): Config {
  const findEntry = (names: readonly string[]) => {
    for (const key of names) {
      const value = untupled(valueOf(node, key));
      if (value !== undefined && value.type !== 'null') return { key, value };
    }
    return undefined;
  };
  const find = (...names: readonly string[]) => findEntry(names)?.value;
  return {
    node,
    find,
    number: (...names) => numberOf(find(...names)),
    text: (...names) => textOf(find(...names)),
    flag: (absent, ...names) => {
      const value: unknown = find(...names)?.value;
      return typeof value === 'boolean' ? value : absent;
    },
    numbers: (...names) => numbersOf(find(...names)),
    setting: (absent, ...names) => {
      const found = findEntry(names);
      return found === undefined ? { value: absent } : { value: argumentOf(found.value), range: rangeOf(found.value), key: found.key };
    },
  };
}

function numbersOf(node: JsonNode | undefined): readonly number[] | undefined {
  if (node?.type === 'number') return [numberOf(node) ?? NaN];
  if (node?.type !== 'array') return undefined;
  const numbers = itemsOf(node).map(numberOf);
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}

/** JSON as an argument: Python's whole numbers stay whole, everything else is a float. */
function argumentOf(node: JsonNode): ArgumentValue {
  const value: unknown = node.value;
  if (node.type === 'array') return itemsOf(node).map(argumentOf);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : float(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return node.type === 'null' ? null : { kind: 'unknown' };
}
