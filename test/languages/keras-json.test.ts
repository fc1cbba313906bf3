// The quick reader of JSON gives what the patient one gives, and leaves to it whatever has a mistake.
import fc from 'fast-check';
import { parseTree, type Node } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { readWellFormed } from '../../server/src/languages/keras/well-formed-json.ts';

type Plain = Pick<Node, 'type' | 'offset' | 'length'> & { readonly value?: unknown; readonly children?: readonly Plain[] };

/** Without parents and colons. */
function plain({ type, offset, length, value, children }: Node): Plain {
  return { type, offset, length, ...(children === undefined ? { value: value as unknown } : { children: children.map(plain) }) };
}

const patient = (text: string) => {
  const root = parseTree(text, [], { disallowComments: true });
  return root === undefined ? undefined : plain(root);
};
const quick = (text: string) => {
  const root = readWellFormed(text, 200);
  return root === undefined ? undefined : plain(root);
};

it('the same nodes at the same places', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      expect(quick(text)).toEqual(patient(text));
    }),
  );
});

it('nothing for a text with a letter taken out, put in or exchanged, unless it is well formed still', () => {
  const letters = fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', 'n', 't', 'r', '-', '0', '.', 'e', ' ', '\n');
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), fc.nat(1), letters, (value, place, taken, letter) => {
      const whole = JSON.stringify(value);
      const at = place % (whole.length + 1);
      const text = whole.slice(0, at) + letter + whole.slice(at + taken);
      let isWellFormed = true;
      try {
        JSON.parse(text);
      } catch {
        isWellFormed = false;
      }
      expect(quick(text)).toEqual(isWellFormed ? patient(text) : undefined);
    }),
  );
});

it('nothing for what is nested too deep', () => {
  expect(readWellFormed('[[[]]]', 3)).toBeDefined();
  expect(readWellFormed('[[[]]]', 2)).toBeUndefined();
  expect(readWellFormed('['.repeat(100_000), 200)).toBeUndefined();
});
