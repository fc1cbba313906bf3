// What a size is: a whole number, or an exact expression in the symbols of the inputs, in normal form.

/**
 * A size that is known: a safe integer, or an expression with at least one symbol in it. Built only by the functions of
 * `arithmetic.ts`, which keep the normal form: two expressions with one normal form have one key.
 */
export type Size = number | SizeExpression;

/** A size, or `undefined` where it cannot be known. */
export type Dimension = Size | undefined;

/** The sizes of a tensor's axes, outermost first; `undefined` where even their number cannot be known. */
export type Shape = readonly Dimension[] | undefined;

/** A polynomial with integer coefficients over atoms: a constant and one term for each product of atoms. */
export interface SizeExpression {
  readonly kind: 'expression';
  readonly constant: number;
  /** Sorted: higher degree first, then by key; never empty, no coefficient 0. */
  readonly terms: readonly Term[];
  /** The part of the key that the terms make. */
  readonly termsKey: string;
  readonly key: string;
}

export interface Term {
  readonly coefficient: number;
  /** Sorted by key; an atom stands as often as its power says. */
  readonly atoms: readonly Atom[];
  readonly key: string;
}

/** What a polynomial cannot take apart. */
export type Atom =
  | { readonly kind: 'symbol'; readonly name: string; readonly key: string }
  /** floor(numerator / divisor), with a divisor of at least 2 and each coefficient of the numerator in 0..divisor-1. */
  | { readonly kind: 'floor'; readonly numerator: SizeExpression; readonly divisor: number; readonly key: string }
  /** floor(numerator / divisor) where the divisor has symbols in it. */
  | { readonly kind: 'quotient'; readonly numerator: Size; readonly divisor: SizeExpression; readonly key: string }
  /** floor(argument * factor), worked out in float64 as PyTorch's Upsample does. */
  | { readonly kind: 'scaled'; readonly argument: SizeExpression; readonly factor: number; readonly key: string }
  | { readonly kind: 'minimum' | 'maximum'; readonly operands: readonly [Size, Size]; readonly key: string };

/** A symbol such as `H`: any size of at least 1. */
export function symbol(name: string): SizeExpression {
  return expression(0, [term(1, [{ kind: 'symbol', name, key: name }])]);
}

export function term(coefficient: number, atoms: readonly Atom[]): Term {
  return { coefficient, atoms, key: atoms.map((atom) => atom.key).join('*') };
}

/** Builds an expression from terms that are sorted and without doubles. */
export function expression(constant: number, terms: readonly Term[]): SizeExpression {
  let termsKey = '';
  for (const { coefficient, key } of terms) termsKey += `${coefficient}*${key}+`;
  return { kind: 'expression', constant, terms, termsKey, key: termsKey + constant };
}

/** The same terms with another constant: by far the most frequent step of the arithmetic, and so without a new sum. */
export function withConstant({ terms, termsKey }: SizeExpression, constant: number): SizeExpression {
  return { kind: 'expression', constant, terms, termsKey, key: termsKey + constant };
}

export function isConcrete(dimension: Dimension): dimension is number {
  return typeof dimension === 'number';
}
