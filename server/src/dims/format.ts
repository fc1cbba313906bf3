// The text form of sizes: a Python integer expression in simplest form, `(H + 1)//2`, `64*H*W`.
import { add, floorDivide, multiply, product, subtract, sum } from './arithmetic.ts';
import { expression, term, type Atom, type Dimension, type Shape, type Size, type SizeExpression, type Term } from './size.ts';

/** Writes an unknown size. No Python expression starts with it. */
const UNKNOWN = '?';

export function formatSize(size: Dimension): string {
  if (size === undefined) return UNKNOWN;
  if (typeof size === 'number') return String(size);
  let text = texts.get(size);
  if (text === undefined) {
    text = formatExpression(size);
    texts.set(size, text);
  }
  return text;
}

/** Expressions hold others many levels deep, and each is written in several ways before the shortest is taken. */
const texts = new WeakMap<SizeExpression, string>();

function formatExpression(size: SizeExpression): string {
  const plain = formatSum(size);
  const merged = formatMerged(size);
  if (merged !== undefined && merged.length <= plain.length) return merged;
  const factored = formatFactored(size);
  return factored !== undefined && factored.length < plain.length ? factored : plain;
}

/** `[N, 64, H//2, W//2]`; `[...]` where not even the number of axes is known. */
export function formatShape(shape: Shape): string {
  return shape === undefined ? '[...]' : `[${shape.map(formatSize).join(', ')}]`;
}

function formatSum({ terms, constant }: SizeExpression): string {
  // A positive term first: `5 - H` and not `-H + 5`.
  const ordered = [...terms.filter(({ coefficient }) => coefficient > 0), ...terms.filter(({ coefficient }) => coefficient < 0)];
  let text = '';
  const append = (negative: boolean, magnitude: string) => {
    if (text === '') text = (negative ? '-' : '') + magnitude;
    else text += (negative ? ' - ' : ' + ') + magnitude;
  };
  if (constant > 0 && ordered[0] !== undefined && ordered[0].coefficient < 0) append(false, String(constant));
  for (const next of ordered) append(next.coefficient < 0, formatTerm(next, text === '' && next.coefficient < 0));
  if (constant !== 0 && !text.startsWith(`${constant} -`)) append(constant < 0, String(Math.abs(constant)));
  return text;
}

/** `negated` says that a minus stands right before it, which binds tighter than the floor: `-(H//2)` and not `-H//2`. */
function formatTerm({ coefficient, atoms }: Term, negated: boolean): string {
  const magnitude = Math.abs(coefficient);
  const alone = magnitude === 1 && atoms.length === 1 && !negated;
  const factors: string[] = magnitude === 1 ? [] : [String(magnitude)];
  for (let at = 0; at < atoms.length;) {
    const atom = atoms[at];
    if (atom === undefined) break;
    let power = 1;
    while (atoms[at + power]?.key === atom.key) power++;
    const text = formatAtom(atom, alone);
    factors.push(power === 1 ? text : `${text}**${power}`);
    at += power;
  }
  return factors.join('*');
}

/** `alone` says that the atom is no factor of a product, where `a//b` would need brackets. */
function formatAtom(atom: Atom, alone: boolean): string {
  switch (atom.kind) {
    case 'symbol':
      return atom.name;
    case 'floor':
    case 'quotient': {
      const text = `${inBrackets(atom.numerator)}//${inBrackets(atom.divisor)}`;
      return alone ? text : `(${text})`;
    }
    case 'scaled':
      return `int(${inBrackets(atom.argument)}*${atom.factor})`;
    case 'minimum':
    case 'maximum':
      return `${atom.kind.slice(0, 3)}(${formatSize(atom.operands[0])}, ${formatSize(atom.operands[1])})`;
  }
}

function inBrackets(size: Size): string {
  const text = formatSize(size);
  return /^\w+$/.test(text) ? text : `(${text})`;
}

/** `H + H//2` as `3*H//2`, `(H + 1)//2 + 1` as `(H + 3)//2`: one floor with all the rest drawn into it. */
function formatMerged(size: SizeExpression): string | undefined {
  const floors = size.terms.filter(({ atoms }) => atoms.some(({ kind }) => kind === 'floor'));
  const [only] = floors;
  const [atom] = only?.atoms ?? [];
  if (floors.length !== 1 || only?.atoms.length !== 1 || only.coefficient !== 1 || atom?.kind !== 'floor') return undefined;
  const whole = subtract(size, floorDivide(atom.numerator, atom.divisor));
  const numerator = add(multiply(whole, atom.divisor), atom.numerator);
  if (typeof numerator !== 'object') return undefined;
  const text = formatSum(numerator);
  return `${/^[\w*]+$/.test(text) ? text : `(${text})`}//${atom.divisor}`;
}

/** `64*H*W - 128*H - 128*W + 256` as `64*(H - 2)*(W - 2)`: taken apart while some factor is an atom plus a number. */
function formatFactored(size: SizeExpression): string | undefined {
  if (size.terms.every(({ atoms }) => atoms.length < 2)) return undefined;
  if ((size.terms[0]?.atoms.length ?? 0) < 2) return undefined;
  const factors: string[] = [];
  let rest: Size = size;
  while (typeof rest === 'object') {
    const found = linearFactor(rest);
    if (found === undefined) break;
    factors.push(inBrackets(found.factor));
    rest = found.rest;
  }
  if (factors.length === 0) return undefined;
  return rest === 1 ? factors.join('*') : [inBrackets(rest), ...factors].join('*');
}

/** The size as `(atom + c) * rest`, for an atom of the first term: it is a * atom + b, where b has to be c times a. */
function linearFactor({ terms, constant }: SizeExpression): { factor: Size; rest: Size } | undefined {
  for (const atom of terms[0]?.atoms ?? []) {
    const has = (other: Term) => other.atoms.some(({ key }) => key === atom.key);
    const with1 = terms.filter(has);
    const a = sum(
      with1.map(({ coefficient, atoms }) => multiply(coefficient, product(atoms.filter(({ key }) => key !== atom.key).map(sizeOf)))),
    );
    const b = add(
      sum(terms.filter((other) => !has(other)).map(({ coefficient, atoms }) => multiply(coefficient, product(atoms.map(sizeOf))))),
      constant,
    );
    if (a === undefined || b === undefined || b === 0) continue;
    const c = leading(b) / leading(a);
    const factor = add(sizeOf(atom), c);
    if (
      Number.isInteger(c) &&
      factor !== undefined &&
      subtract(b, multiply(a, c)) === 0 &&
      with1.every(({ atoms }) => atoms.filter(({ key }) => key === atom.key).length === 1)
    ) {
      return { factor, rest: a };
    }
  }
  return undefined;
}

function sizeOf(atom: Atom): SizeExpression {
  return expression(0, [term(1, [atom])]);
}

/** The coefficient of the first term. */
function leading(size: Size): number {
  return typeof size === 'number' ? size : (size.terms[0]?.coefficient ?? size.constant);
}
