// Solves for an argument that is refused: the nearest value with which its operator has no fault.
import { isList, type ArgumentValue } from '../../network/argument.ts';
import type { Node } from '../../network/network.ts';
import { createCall } from '../../operators/call.ts';
import { operators } from '../../operators/registry.ts';
import type { FixIdea } from '../rule.ts';
import { formatValue } from '../words.ts';
import { argumentIdea } from '../argument-idea.ts';

/** The first of `values` that the operator takes, written for all axes, or for one of a tuple (counted from the end). */
export function legalIdea(node: Node | undefined, name: string, values: readonly number[], axis?: number): FixIdea[] {
  if (node === undefined) return [];
  const today = node.arguments.get(name);
  const isTuple = isList(today) && today.length > 1;
  if (isTuple && axis === undefined) return [];
  const written = values.map((value): ArgumentValue =>
    isTuple ? today.map((part, at) => (at - today.length === axis ? value : part)) : value,
  );
  const legal = written.find((value) => isTaken(node, name, value));
  if (legal === undefined) return [];
  return [argumentIdea(node, { [name]: formatValue(legal) })];
}

function isTaken({ operator: operatorName, arguments: written, inputs }: Node, name: string, value: ArgumentValue): boolean {
  const operator = operators.get(operatorName);
  if (operator?.parameters.some((parameter) => parameter.name === name) !== true) return false;
  const call = createCall(
    operator,
    new Map(written).set(name, value),
    inputs.map(({ shape }) => shape),
  );
  return operator.infer(call).fault === undefined;
}
