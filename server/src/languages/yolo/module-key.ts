// A text for each use of a module: uses with the same text unroll to the same operators and sizes.
import type { Tensor } from '../../network/network.ts';
import type { ModuleArgument, Value } from '../nn/value.ts';
import { isValueList, tagged } from '../nn/value.ts';

/** Undefined where a use holds something that no text says, or that is not what it should be. */
export function moduleKey(name: string, written: readonly ModuleArgument[], inputs: readonly ModuleArgument[]): string | undefined {
  const seen: Tensor[] = [];
  let key = name;
  for (const argument of written) {
    const part = partOf(argument.value, seen);
    if (part === undefined) return undefined;
    key += `,${argument.name ?? ''}=${part}`;
  }
  for (const { value } of inputs) {
    const part = partOf(value, seen);
    if (part === undefined) return undefined;
    key += `;${part}`;
  }
  return key;
}

function partOf(value: Value, seen: Tensor[]): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isValueList(value)) return listOf(value, seen);
  const object = tagged(value);
  if (object === undefined) return JSON.stringify(value);
  switch (object.kind) {
    case 'expression':
      return object.key;
    case 'float':
      return `f${object.value}`;
    case 'unknown':
      return '?';
    case 'tensor':
      return tensorPart(object.tensor, seen);
    case 'record': {
      const parts = listOf(object.parts, seen);
      return parts === undefined ? undefined : `r${parts}`;
    }
    default:
      return undefined;
  }
}

function listOf(values: readonly Value[], seen: Tensor[]): string | undefined {
  let key = '[';
  for (const value of values) {
    const part = partOf(value, seen);
    if (part === undefined) return undefined;
    key += `${part},`;
  }
  return `${key}]`;
}

/** Its sizes; for one that has come before, which it is, since what is joined to itself is not joined to its like. */
function tensorPart(tensor: Tensor, seen: Tensor[]): string | undefined {
  const before = seen.indexOf(tensor);
  if (before >= 0) return `=${before}`;
  seen.push(tensor);
  const { shape, producer, layout } = tensor;
  // Behind a fault a claim counts for more than what was worked out.
  if (producer?.fault !== undefined || layout !== undefined) return undefined;
  if (shape === undefined) return 't?';
  let key = 't';
  for (const size of shape) key += typeof size === 'object' ? `${size.key}x` : `${size ?? '?'}x`;
  return key;
}
