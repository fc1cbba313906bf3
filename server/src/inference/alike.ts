// Uses that are alike: the same operator with the same arguments on inputs of the same sizes, as a network has many of.
import type { Dimension, Shape } from '../dims/size.ts';
import { isList, type ArgumentValue } from '../network/argument.ts';
import type { Inference, OperatorUse } from '../network/builder.ts';

/** What was inferred for the first of them. All of them share the arguments and the sizes, so that what follows of these is found once. */
export interface Alike {
  readonly arguments: OperatorUse['arguments'];
  readonly inference: Inference;
}

/** `infer` without a second answer for what is alike. */
export function createAlike(infer: (use: OperatorUse) => Inference): (use: OperatorUse) => Alike {
  const known = new Map<string, Alike>();
  return (use) => {
    const key = keyOf(use);
    const before = known.get(key);
    if (before !== undefined) return before;
    const first = { arguments: use.arguments, inference: infer(use) };
    known.set(key, first);
    return first;
  };
}

function keyOf({ operator, arguments: written, inputs }: OperatorUse): string {
  let key = operator;
  for (const [name, value] of written) key += `,${name}=${valueKey(value)}`;
  for (const { shape } of inputs) key += shapeKey(shape);
  return key;
}

function shapeKey(shape: Shape): string {
  if (shape === undefined) return ';?';
  let key = ';';
  for (const size of shape) key += `${sizeKey(size)}|`;
  return key;
}

function sizeKey(size: Dimension): string | number {
  return size === undefined ? '?' : typeof size === 'number' ? size : size.key;
}

function valueKey(value: ArgumentValue): string | number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (isList(value)) {
    let key = '[';
    for (const part of value) key += `${valueKey(part)},`;
    return `${key}]`;
  }
  switch (value.kind) {
    case 'expression':
      return value.key;
    case 'float':
      return `f${value.value}`;
    default:
      return `<${value.kind}>`;
  }
}
