// What `_` stands for at a node.
import { isInfer, type ArgumentValue } from '../../network/argument.ts';
import type { Node } from '../../network/network.ts';

/** The size that `_` takes from the input: its last axis for features, else its channels. */
export function resolvedValue(node: Node, name: string, value: ArgumentValue): ArgumentValue {
  const shape = node.inputs[0]?.shape;
  if (!isInfer(value) || shape === undefined) return value;
  const spatial = Number(/([123])d$/.exec(node.operator)?.[1] ?? 0);
  const axis =
    name === 'in_features' || name === 'input_size' || name === 'embed_dim'
      ? shape.length - 1
      : name === 'in_channels'
        ? shape.length - spatial - 1
        : 1;
  return shape[axis] ?? value;
}
