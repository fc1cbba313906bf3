// Uses that are alike: the same operator with the same arguments on inputs of the same sizes, as a network has many of.
import type { Dimension, Shape } from '../dims/size.ts';
import { isList, type ArgumentValue } from '../network/argument.ts';
import type { Inference, OperatorUse } from '../network/builder.ts';
import { createMemory } from '../text/memory.ts';

/** What was inferred for the first of them. All of them share the arguments and the sizes, so that what follows of these is found once. */
export interface Alike {
  readonly operator: string;
  readonly arguments: OperatorUse['arguments'];
  readonly inference: Inference;
}

/** So many letters of keys are remembered: some thousands of uses. */
const MOST_KEPT = 500_000;

/**
 * `infer`, which has to be a function of the operator, the arguments and the sizes, without a second answer for what is alike, in the networks of
 * other documents and of earlier versions as well.
 */
export function createAlike(infer: (use: OperatorUse) => Inference): (use: OperatorUse) => Alike {
  const byKey = createMemory<Alike>(MOST_KEPT);
  // The same arguments on the same sizes need no key.
  const known = new WeakMap<OperatorUse['arguments'], WeakMap<NonNullable<Shape>, Alike>>();
  return (use) => {
    const shape = use.inputs.length === 1 ? use.inputs[0]?.shape : undefined;
    const before = shape && known.get(use.arguments)?.get(shape);
    if (before?.operator === use.operator) return before;
    const found = byKey(keyOf(use), () => ({ operator: use.operator, arguments: use.arguments, inference: infer(use) }));
    if (shape !== undefined) {
      const bySizes = known.get(use.arguments) ?? new WeakMap<NonNullable<Shape>, Alike>();
      known.set(use.arguments, bySizes.set(shape, found));
    }
    return found;
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
