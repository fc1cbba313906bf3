// A node's operator at work again: its call and its windows, for everything that looks at a network that is built.
import type { Node } from '../network/network.ts';
import { createCall } from './call.ts';
import type { AxisWindow, Operator, OperatorCall } from './operator.ts';
import { operators } from './registry.ts';

/** The call that a node was built from. */
export function callOf(operator: Operator, { arguments: written, inputs }: Node): OperatorCall {
  return createCall(
    operator,
    written,
    inputs.map(({ shape }) => shape),
  );
}

/** The windows of a node, or undefined where its operator has none or they are not known. */
export function axisWindowsOf(node: Node): readonly AxisWindow[] | undefined {
  const operator = operators.get(node.operator);
  return operator?.windows?.(callOf(operator, node));
}
