// unknown-operator: an operator or block that does not exist.
import { closest } from '../text/closest.ts';
import { faultRule } from './rule.ts';

export const unknownOperator = faultRule({
  code: 'unknown-operator',
  severity: 'error',
  summary: 'An operator or block that does not exist.',
  word: ({ name, known }) => {
    const near = nearest(name, known);
    const why = CONTAINERS.has(name.slice(name.lastIndexOf('.') + 1))
      ? 'Layers are written one below the other, and need no container; a block gives several of them a name.'
      : name.includes('.')
        ? 'Operators are written without the name of a module before them.'
        : "Operators have the names of PyTorch's modules; a block of your own has to be declared in this file.";
    return {
      message: `There is no operator or block \`${name}\`.${near === undefined ? '' : ` Did you mean \`${near}\`?`}\n${why}`,
      related: [],
    };
  },
  fixes: ({ name, known }, { range }) => {
    const near = nearest(name, known);
    return near === undefined
      ? []
      : [{ title: `Change \`${name}\` to \`${near}\``, changes: [{ kind: 'text', edit: { range, newText: near } }] }];
  },
});

/** Modules that hold other modules. */
const CONTAINERS: ReadonlySet<string> = new Set(['Sequential', 'ModuleList', 'ModuleDict']);

/** `nn.Conv2d` means `Conv2d`. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const bare = name.slice(name.lastIndexOf('.') + 1);
  return known.includes(bare) ? bare : closest(bare, known);
}
