// Exact arithmetic on sizes. An unknown operand, or a number too large to be exact, gives an unknown result.
import { expression, term, withConstant, type Atom, type Dimension, type Size, type SizeExpression, type Term } from './size.ts';

/** An expression longer than this is given up as unknown, so that no text can make sizes grow without bound. */
const LONGEST_KEY = 2_000;

export function add(a: Dimension, b: Dimension): Dimension {
  if (typeof a === 'number' && typeof b === 'number') return exact(a + b);
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === 'number' && typeof b !== 'number') return addNumber(b, a);
  if (typeof b === 'number' && typeof a !== 'number') return addNumber(a, b);
  return combine([
    [1, a],
    [1, b],
  ]);
}

export function subtract(a: Dimension, b: Dimension): Dimension {
  if (typeof a === 'number' && typeof b === 'number') return exact(a - b);
  if (a === undefined || b === undefined) return undefined;
  if (typeof b === 'number' && typeof a !== 'number') return addNumber(a, -b);
  if (typeof a !== 'number' && typeof b !== 'number' && a.termsKey === b.termsKey) return exact(a.constant - b.constant);
  return combine([
    [1, a],
    [-1, b],
  ]);
}

function addNumber(a: SizeExpression, b: number): Dimension {
  if (b === 0) return a;
  const constant = exact(a.constant + b);
  return typeof constant === 'number' ? withConstant(a, constant) : undefined;
}

export function multiply(a: Dimension, b: Dimension): Dimension {
  if (typeof a === 'number' && typeof b === 'number') return exact(a * b);
  if (a === undefined || b === undefined) return undefined;
  if (a === 1) return b;
  if (b === 1) return a;
  const products: Term[] = [];
  for (const x of allTerms(a)) {
    for (const y of allTerms(b)) products.push(term(x.coefficient * y.coefficient, mergeAtoms(x.atoms, y.atoms)));
    if (products.length > LONGEST_KEY) return undefined;
  }
  return fromTerms(products);
}

/** The product of all dimensions; 1 for none of them; 0 as soon as one is 0. */
export function product(dimensions: readonly Dimension[]): Dimension {
  if (dimensions.includes(0)) return 0;
  return dimensions.reduce<Dimension>(multiply, 1);
}

export function sum(dimensions: readonly Dimension[]): Dimension {
  // Many layers of a network have the same size, and adding expressions is work.
  const counts = new Map<SizeExpression, number>();
  let total: Dimension = 0;
  for (const size of dimensions) {
    if (typeof size === 'object') counts.set(size, (counts.get(size) ?? 0) + 1);
    else total = add(total, size);
  }
  for (const [size, count] of counts) total = add(total, multiply(count, size));
  return total;
}

/** floor(a / b), as Python's `//`; unknown where b is 0. */
export function floorDivide(a: Dimension, b: Dimension): Dimension {
  if (typeof a === 'number' && typeof b === 'number') return b === 0 ? undefined : exact(Math.floor(a / b));
  if (a === undefined || b === undefined || b === 0) return undefined;
  if (a === 0) return 0;
  if (b === 1) return a;
  if (typeof b === 'number') {
    if (b < 0) return floorDivide(subtract(0, a), -b);
    return typeof a === 'number' ? undefined : floorDivideByNumber(a, b);
  }
  return exactQuotient(a, b) ?? atomic({ kind: 'quotient', numerator: a, divisor: b, key: `(${keyOf(a)})/(${b.key})` });
}

/** ceil(a / b). Written as a floor where it can be, so that `(H + 1)//2` has one form however it came about. */
export function ceilDivide(a: Dimension, b: Dimension): Dimension {
  if (typeof a === 'object' && typeof b === 'number' && b > 0) return floorDivide(add(a, b - 1), b);
  return subtract(0, floorDivide(subtract(0, a), b));
}

/** a - b * floor(a / b), as Python's `%`. */
export function modulo(a: Dimension, b: Dimension): Dimension {
  return subtract(a, multiply(b, floorDivide(a, b)));
}

/** floor(a * factor) in float64: 100 * 0.29 gives 28, as in PyTorch. */
export function scale(a: Dimension, factor: number): Dimension {
  if (a === undefined || !Number.isFinite(factor)) return undefined;
  if (typeof a === 'number') return exact(Math.floor(a * factor));
  // A factor with a small power of two below it is exact in float64, so that plain floor division says the same.
  for (let divisor = 1; divisor <= 64; divisor *= 2) {
    if (Number.isInteger(factor * divisor)) return floorDivide(multiply(a, factor * divisor), divisor);
  }
  return atomic({ kind: 'scaled', argument: a, factor, key: `scaled(${a.key},${factor})` });
}

export function minimum(a: Dimension, b: Dimension): Dimension {
  return extreme('minimum', a, b);
}

export function maximum(a: Dimension, b: Dimension): Dimension {
  return extreme('maximum', a, b);
}

function extreme(kind: 'minimum' | 'maximum', a: Dimension, b: Dimension): Dimension {
  if (a === undefined || b === undefined) return undefined;
  const difference = subtract(a, b);
  if (typeof difference === 'number') return (kind === 'minimum') === difference <= 0 ? a : b;
  const operands: readonly [Size, Size] = keyOf(a) < keyOf(b) ? [a, b] : [b, a];
  return atomic({ kind, operands, key: `${kind}(${keyOf(operands[0])},${keyOf(operands[1])})` });
}

/** Puts numbers for symbols; a symbol without a number stays. */
export function substitute(size: Dimension, values: ReadonlyMap<string, Dimension>): Dimension {
  if (typeof size !== 'object') return size;
  let result: Dimension = size.constant;
  for (const { coefficient, atoms } of size.terms) {
    let value: Dimension = coefficient;
    for (const atom of atoms) value = multiply(value, substituteAtom(atom, values));
    result = add(result, value);
  }
  return result;
}

function substituteAtom(atom: Atom, values: ReadonlyMap<string, Dimension>): Dimension {
  switch (atom.kind) {
    case 'symbol':
      return values.has(atom.name) ? values.get(atom.name) : atomic(atom);
    case 'floor':
    case 'quotient':
      return floorDivide(substitute(atom.numerator, values), substitute(atom.divisor, values));
    case 'scaled':
      return scale(substitute(atom.argument, values), atom.factor);
    case 'minimum':
    case 'maximum':
      return extreme(atom.kind, substitute(atom.operands[0], values), substitute(atom.operands[1], values));
  }
}

/** The names of the symbols that a size depends on. */
export function symbolsOf(size: Dimension, into = new Set<string>()): Set<string> {
  if (typeof size !== 'object') return into;
  for (const { atoms } of size.terms) {
    for (const atom of atoms) {
      switch (atom.kind) {
        case 'symbol':
          into.add(atom.name);
          break;
        case 'scaled':
          symbolsOf(atom.argument, into);
          break;
        case 'floor':
        case 'quotient':
          symbolsOf(atom.divisor, symbolsOf(atom.numerator, into));
          break;
        case 'minimum':
        case 'maximum':
          symbolsOf(atom.operands[1], symbolsOf(atom.operands[0], into));
      }
    }
  }
  return into;
}

function floorDivideByNumber(a: SizeExpression, b: number): Dimension {
  // a = b * whole + rest, with every coefficient of the rest in 0..b-1: floor(a / b) = whole + floor(rest / b).
  const whole: Term[] = [];
  const rest: Term[] = [];
  const split = ({ coefficient, atoms }: Term) => {
    const quotient = Math.floor(coefficient / b);
    if (quotient !== 0) whole.push(term(quotient, atoms));
    if (coefficient - quotient * b !== 0) rest.push(term(coefficient - quotient * b, atoms));
  };
  allTerms(a).forEach(split);
  return add(fromTerms(whole), floorOfRest(fromTerms(rest), b));
}

function floorOfRest(rest: Dimension, divisor: number): Dimension {
  if (typeof rest !== 'object') return floorDivide(rest, divisor);
  const common = rest.terms.reduce((divides, { coefficient }) => greatestCommonDivisor(divides, coefficient), divisor);
  if (common > 1) {
    const terms = rest.terms.map(({ coefficient, atoms }) => term(coefficient / common, atoms));
    return floorDivide(fromTerms([...terms, term(Math.floor(rest.constant / common), [])]), divisor / common);
  }
  const [only] = rest.terms;
  const [inner] = only?.atoms ?? [];
  if (rest.terms.length === 1 && only?.coefficient === 1 && only.atoms.length === 1 && inner?.kind === 'floor') {
    // floor((floor(x / m) + c) / n) = floor((x + c * m) / (m * n))
    return floorDivide(add(inner.numerator, exact(rest.constant * inner.divisor)), exact(inner.divisor * divisor));
  }
  return atomic({ kind: 'floor', numerator: rest, divisor, key: `(${rest.key})/${divisor}` });
}

/** a / b where b has one term that divides every term of a, else undefined. */
function exactQuotient(a: Size, b: SizeExpression): Dimension {
  const [divisor] = b.terms;
  if (keyOf(a) === b.key) return 1;
  if (typeof a === 'number' || divisor === undefined || b.terms.length !== 1 || b.constant !== 0 || a.constant !== 0) {
    return divideByFactor(a, b);
  }
  const quotients: Term[] = [];
  for (const { coefficient, atoms } of a.terms) {
    const left = [...atoms];
    for (const atom of divisor.atoms) {
      const at = left.findIndex(({ key }) => key === atom.key);
      if (at < 0) return undefined;
      left.splice(at, 1);
    }
    quotients.push(term(coefficient, left));
  }
  // What is left has to be divided by the coefficient alone: floor(c * q * x / (d * x)) = floor(c * q / d).
  return floorDivide(fromTerms(quotients), divisor.coefficient);
}

/** a / b by polynomial long division on the leading terms, where it leaves no rest; else undefined. */
function divideByFactor(a: Size, b: SizeExpression): Dimension {
  let rest: Dimension = a;
  let quotient: Dimension = 0;
  for (let step = 0; step < 16 && typeof rest === 'object'; step++) {
    const [leading] = rest.terms;
    const [divisor] = b.terms;
    if (leading === undefined || divisor === undefined || leading.coefficient % divisor.coefficient !== 0) return undefined;
    const left = [...leading.atoms];
    for (const atom of divisor.atoms) {
      const at = left.findIndex(({ key }) => key === atom.key);
      if (at < 0) return undefined;
      left.splice(at, 1);
    }
    const part = fromTerms([term(leading.coefficient / divisor.coefficient, left)]);
    quotient = add(quotient, part);
    rest = subtract(rest, multiply(part, b));
  }
  return rest === 0 ? quotient : undefined;
}

function combine(weighted: readonly (readonly [number, Size])[]): Dimension {
  const terms: Term[] = [];
  for (const [weight, size] of weighted) {
    for (const { coefficient, atoms } of allTerms(size)) terms.push(term(weight * coefficient, atoms));
  }
  return fromTerms(terms);
}

function fromTerms(terms: readonly Term[]): Dimension {
  const byKey = new Map<string, Term>();
  let constant = 0;
  for (const next of terms) {
    if (next.atoms.length === 0) {
      constant += next.coefficient;
      continue;
    }
    const seen = byKey.get(next.key);
    byKey.set(next.key, seen === undefined ? next : { ...seen, coefficient: seen.coefficient + next.coefficient });
  }
  const kept = [...byKey.values()].filter(({ coefficient }) => coefficient !== 0);
  if (kept.length === 0) return exact(constant);
  if (![constant, ...kept.map(({ coefficient }) => coefficient)].every(Number.isSafeInteger)) return undefined;
  kept.sort((x, y) => y.atoms.length - x.atoms.length || (x.key < y.key ? -1 : 1));
  const result = expression(constant, kept);
  return result.key.length > LONGEST_KEY ? undefined : result;
}

function allTerms(size: Size): readonly Term[] {
  if (typeof size === 'number') return [term(size, [])];
  return size.constant === 0 ? size.terms : [...size.terms, term(size.constant, [])];
}

function atomic(atom: Atom): Dimension {
  return fromTerms([term(1, [atom])]);
}

function mergeAtoms(a: readonly Atom[], b: readonly Atom[]): readonly Atom[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return [...a, ...b].sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0));
}

function keyOf(size: Size): string {
  return typeof size === 'number' ? String(size) : size.key;
}

function exact(value: number): Dimension {
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
