// The whole factor of an upsampling that gives the wanted sizes.
import { isConcrete, type Dimension } from '../../dims/size.ts';
import { isList, type ArgumentValue } from '../../network/argument.ts';
import type { Node, Tensor } from '../../network/network.ts';
import type { NewValue } from './values.ts';

/** So many nodes that keep the sizes are passed on the way up. */
const FURTHEST = 50;

export function scaleFactor({
  tensor,
  wanted,
}: {
  readonly tensor: Tensor | undefined;
  readonly wanted: ReadonlyMap<number, Dimension>;
}): NewValue[] {
  const node = upsampling(tensor);
  const before = node?.inputs[0]?.shape;
  const after = node?.outputs[0]?.shape;
  if (node === undefined || before === undefined || after === undefined || wanted.size === 0) return [];
  const spatial = before.length - 2;
  if ([...wanted.keys()].some((axis) => axis < -spatial)) return [];
  const factors = before.slice(2).map((size, at) => {
    const target = wanted.get(at - spatial) ?? after[at + 2];
    return isConcrete(size) && isConcrete(target) && size > 0 && target % size === 0 ? target / size : undefined;
  });
  if (!factors.every((factor) => factor !== undefined)) return [];
  const isTuple = isList(node.arguments.get('scale_factor')) || new Set(factors).size > 1;
  const value: ArgumentValue = isTuple ? factors : (factors[0] ?? 1);
  return [{ node, argument: 'scale_factor', value, distance: 1 }];
}

/** The upsampling by a factor that made the tensor, past nodes that keep its shape. */
function upsampling(tensor: Tensor | undefined): Node | undefined {
  let at = tensor;
  for (let step = 0; step < FURTHEST; step++) {
    const node = at?.producer;
    if (node === undefined) return undefined;
    if (/^(Upsampl|Interpolate)/.test(node.operator)) return node.arguments.has('scale_factor') ? node : undefined;
    const before = node.inputs[0]?.shape;
    const after = node.outputs[0]?.shape;
    if (before === undefined || before.length !== after?.length || before.slice(2).some((size, axis) => size !== after[axis + 2]))
      return undefined;
    at = node.inputs[0];
  }
  return undefined;
}
