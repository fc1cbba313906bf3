// The hover of an argument: what it means, its value, and what is legal here.
import { isUnknown } from '../../network/argument.ts';
import { parameterOf } from '../../operators/bind.ts';
import { operators } from '../../operators/registry.ts';
import { formatValue } from '../../rules/words.ts';
import { legalHere } from './legal-here.ts';
import { resolvedValue } from './resolve.ts';
import type { PlacedNode } from '../locate.ts';

export function argumentHover({ node, network, name }: PlacedNode & { readonly name: string }): string | undefined {
  const operator = operators.get(node.operator);
  const parameter = operator === undefined ? undefined : parameterOf(operator, name);
  if (parameter === undefined) return undefined;
  const value = node.arguments.get(name);
  const shown = value === undefined || isUnknown(value) ? '' : ` = ${formatValue(resolvedValue(node, name, value))}`;
  const here = operator === undefined ? undefined : legalHere(node, network, operator, name);
  const range = [...(parameter.legal === undefined ? [] : [parameter.legal]), ...(here === undefined ? [] : [`here ${here}`])].join('; ');
  const legal = [
    ...(range === '' ? [] : [`Legal: ${range}.`]),
    ...(parameter.choices === undefined ? [] : [`One of ${parameter.choices.map((choice) => `\`"${choice}"\``).join(', ')}.`]),
    ...(parameter.default === undefined ? [] : [`Default: \`${formatValue(parameter.default)}\`.`]),
  ];
  return [`\`${node.operator}.${name}${shown}\``, parameter.doc, legal.join(' ')].filter((line) => line !== '').join('\n\n');
}
