// Ideas that give arguments new values, named as the format of the text names them.
import type { Node } from '../network/network.ts';
import type { FixIdea } from './rule.ts';
import { argumentName, valueWord } from './words.ts';

/** `values` are by the parameters' names; all are of one node: `Change kernel_size to 3, padding to 1`. */
export function argumentIdea(node: Node, values: Readonly<Record<string, string>>): FixIdea {
  const changed = Object.entries(values).map(([name, value]) => `${argumentName(node, name)} to ${valueWord(node, name, value)}`);
  return {
    title: `Change ${changed.join(', ')}`,
    changes: Object.entries(values).map(([name, value]) => ({ kind: 'argument', node, name, value })),
  };
}
