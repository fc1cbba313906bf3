// Why a network cannot be run, in words.
import type { NetworkSymbol } from '../../network/network.ts';
import { ruleOf } from '../../rules/registry.ts';
import type { Refusal } from './lower.ts';

export function refusalWords(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'fault':
      return ruleOf(refusal.problem.fault.code)?.word(refusal.problem).message ?? `There is a problem: ${refusal.problem.fault.code}.`;
    case 'unknown-size':
      return `The size of \`${refusal.tensor.label}\` is not known.`;
    case 'no-kernel':
      return `${refusal.node.operator} is not computed: the reference implementation does not have it.`;
  }
}

export function noNumberWords(symbols: readonly NetworkSymbol[]): string {
  const names = symbols.map(({ name }) => `\`${name}\``);
  const list = names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
  return `${list} ${names.length === 1 ? 'has' : 'have'} no number.`;
}
