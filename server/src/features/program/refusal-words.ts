// Why a network cannot be run, in words.
import type { NetworkSymbol, Problem } from '../../network/network.ts';
import { ruleOf } from '../../rules/registry.ts';
import type { Refusal } from './lower.ts';

export function refusalWords(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'fault':
      return problemWords(refusal.problem);
    case 'unknown-size':
      return `The size of \`${refusal.tensor.label}\` is not known.`;
    case 'no-kernel':
      return `${refusal.node.source.label ?? refusal.node.operator} is not computed: the reference implementation does not have it.`;
  }
}

export function problemWords(problem: Problem): string {
  return (problem.words ?? ruleOf(problem.fault.code)?.word(problem))?.message ?? `There is a problem: ${problem.fault.code}.`;
}

export function noNumberWords(symbols: readonly NetworkSymbol[]): string {
  const names = symbols.map(({ name }) => `\`${name}\``);
  const list = names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
  return `${list} ${names.length === 1 ? 'has' : 'have'} no number.`;
}
