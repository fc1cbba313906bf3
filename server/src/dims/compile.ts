// Turns a size in one symbol into a function of numbers, for solving, where it is worked out for many sizes.
import type { Atom, Size } from './size.ts';

/** The value of `size` with a number for its only symbol. */
export function compile(size: Size, name: string): (value: number) => number {
  if (typeof size === 'number') return () => size;
  const terms = size.terms.map(({ coefficient, atoms }) => ({ coefficient, factors: atoms.map((atom) => compileAtom(atom, name)) }));
  const { constant } = size;
  return (value) => {
    let sum = constant;
    for (const { coefficient, factors } of terms) {
      let product = coefficient;
      for (const factor of factors) product *= factor(value);
      sum += product;
    }
    return sum;
  };
}

function compileAtom(atom: Atom, name: string): (value: number) => number {
  switch (atom.kind) {
    case 'symbol':
      return (value) => value;
    case 'floor':
    case 'quotient': {
      const [numerator, divisor] = [compile(atom.numerator, name), compile(atom.divisor, name)];
      return (value) => Math.floor(numerator(value) / divisor(value));
    }
    case 'scaled': {
      const argument = compile(atom.argument, name);
      return (value) => Math.floor(argument(value) * atom.factor);
    }
    case 'minimum':
    case 'maximum': {
      const operands = atom.operands.map((operand) => compile(operand, name));
      const pick = atom.kind === 'minimum' ? Math.min : Math.max;
      return (value) => pick(...operands.map((operand) => operand(value)));
    }
  }
}
