// The hover of an argument: what it means, its value, and what is legal here.
import { isUnknown } from '../../network/argument.ts';
import type { Network, Node } from '../../network/network.ts';
import { parameterOf } from '../../operators/bind.ts';
import type { Operator } from '../../operators/operator.ts';
import { operators } from '../../operators/registry.ts';
import { formatValue } from '../../rules/words.ts';
import { legalHere } from './legal-here.ts';
import { resolvedValue } from './resolve.ts';
import { sampleShape, sampleWords } from './sample.ts';
import type { PlacedNode } from '../locate.ts';

export function argumentHover({ node, network, name }: PlacedNode & { readonly name: string }): string | undefined {
  const operator = operators.get(node.operator);
  const parameter = operator === undefined ? undefined : parameterOf(operator, name);
  if (parameter === undefined) return undefined;
  const value = node.arguments.get(name);
  const shown = value === undefined || isUnknown(value) ? '' : ` = ${formatValue(resolvedValue(node, name, value))}`;
  const here = operator === undefined ? undefined : legalText(node, network, operator, name);
  const range =
    parameter.legal === undefined
      ? here === undefined
        ? ''
        : `Legal here: ${here}.`
      : `Legal: ${parameter.legal}${here === undefined ? '' : `; here ${here}`}.`;
  const legal = [
    ...(range === '' ? [] : [range]),
    ...(parameter.choices === undefined ? [] : [`One of ${parameter.choices.map((choice) => `\`"${choice}"\``).join(', ')}.`]),
    ...(parameter.default === undefined ? [] : [`Default: \`${formatValue(parameter.default)}\`.`]),
  ];
  return [`\`${node.operator}.${name}${shown}\``, parameter.doc, legal.join(' ')].filter((line) => line !== '').join('\n\n');
}

/** What is legal for the argument with the sizes that there are; nothing where that is everything. */
export function legalNow({ node, network, name }: PlacedNode & { readonly name: string }): string[] {
  const operator = operators.get(node.operator);
  const here = operator === undefined ? undefined : legalText(node, network, operator, name);
  return here === undefined ? [] : [`Legal here: ${here}.`];
}

/** What holds for all sizes, else what holds at the samples. */
function legalText(node: Node, network: Network, operator: Operator, name: string): string | undefined {
  const shapes = node.inputs.map(({ shape }) => shape);
  const always = legalHere(operator, node.arguments, shapes, name);
  if (always !== undefined) return always;
  const sampled = legalHere(
    operator,
    node.arguments,
    shapes.map((shape) => sampleShape(network, shape)),
    name,
  );
  // Ranges depend on the spatial axes: the batch that stands in for N says nothing here.
  const words = sampleWords(
    network,
    shapes.map((shape) => shape?.slice(2)),
  );
  return sampled === undefined || words === '' ? sampled : `${sampled} at ${words}`;
}
