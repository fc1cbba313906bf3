// A node's operator at work again: its call and its windows, for everything that looks at a network that is built.
import type { Node } from '../network/network.ts';
import { createCall } from './call.ts';
import type { AxisWindow, Cost, Operator, OperatorCall } from './operator.ts';
import { operators } from './registry.ts';

/** The call that a node was built from. */
function callOf(operator: Operator, { arguments: written, inputs }: Node): OperatorCall {
  return createCall(
    operator,
    written,
    inputs.map(({ shape }) => shape),
  );
}

/** What the node's operator costs there; undefined where it is none, or costs nothing. */
export function operatorCostOf(node: Node): Cost | undefined {
  const operator = operators.get(node.operator);
  return operator?.cost?.(
    callOf(operator, node),
    node.outputs.map(({ shape }) => shape),
  );
}

/** What is known of nodes with some arguments and the sizes of some first inputs. */
interface Known<Answer> {
  readonly more: WeakMap<object, Known<Answer>>;
  operator: string | undefined;
  answer: Answer | undefined;
}

function unknown<Answer>(): Known<Answer> {
  return { more: new WeakMap(), operator: undefined, answer: undefined };
}

/** `work` without a second answer for nodes that are alike. It may look at the operator, the arguments and the sizes alone. */
export function onceForAlike<Answer>(work: (node: Node) => Answer): (node: Node) => Answer {
  const { more } = unknown<Answer>();
  // Nodes that are alike share their arguments and sizes, see inference/alike.ts.
  const find = ({ inputs, arguments: written }: Node): Known<Answer> | undefined => {
    let known = next(more, written);
    for (const { shape } of inputs) {
      if (shape === undefined) return undefined;
      known = next(known.more, shape);
    }
    return known;
  };
  return (node) => {
    const known = find(node);
    if (known?.operator === node.operator && known.answer !== undefined) return known.answer;
    const answer = work(node);
    if (known !== undefined) Object.assign(known, { operator: node.operator, answer });
    return answer;
  };
}

function next<Answer>(more: Known<Answer>['more'], key: object): Known<Answer> {
  let known = more.get(key);
  if (known === undefined) {
    known = unknown();
    more.set(key, known);
  }
  return known;
}

/** The windows of a node, or undefined where its operator has none or they are not known. */
export function axisWindowsOf(node: Node): readonly AxisWindow[] | undefined {
  const operator = operators.get(node.operator);
  return operator?.windows?.(callOf(operator, node));
}
