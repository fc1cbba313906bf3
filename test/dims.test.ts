// Sizes: what they are written as, and that arithmetic on symbols means arithmetic on the numbers put for them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  ceilDivide,
  floorDivide,
  maximum,
  minimum,
  modulo,
  multiply,
  product,
  scale,
  substitute,
  subtract,
  sum,
  symbolsOf,
} from '../server/src/dims/arithmetic.ts';
import { isEqual, isLess, isSameShape } from '../server/src/dims/compare.ts';
import { formatShape, formatSize } from '../server/src/dims/format.ts';
import { symbol, type Dimension } from '../server/src/dims/size.ts';
import { evaluatePython } from './python-evaluator.ts';

const [H, W, N] = [symbol('H'), symbol('W'), symbol('N')];

describe('the text form', () => {
  const half = floorDivide(H, 2);
  it.each<[string, Dimension]>([
    ['?', undefined],
    ['-3', -3],
    ['H', H],
    ['H + 1', add(H, 1)],
    ['H - 2', subtract(H, 2)],
    ['5 - H', subtract(5, H)],
    ['-H', subtract(0, H)],
    ['-H - 5', subtract(-5, H)],
    ['-(H//2)', subtract(0, half)],
    ['H - W', subtract(H, W)],
    ['2*H', add(H, H)],
    ['H*W', multiply(W, H)],
    ['H**2', multiply(H, H)],
    ['H*W + H', multiply(H, add(W, 1))],
    ['64*H*W', multiply(multiply(H, 64), W)],
    ['H//2', half],
    ['(H + 1)//2', ceilDivide(H, 2)],
    ['(H + 3)//2', add(ceilDivide(H, 2), 1)],
    ['H//4', floorDivide(half, 2)],
    ['3*H//2', add(H, half)],
    ['2*(H//2)', multiply(half, 2)],
    ['64*(H//2)*(W//2)', multiply(64, multiply(half, floorDivide(W, 2)))],
    ['64*(H - 2)*(W - 2)', product([64, subtract(H, 2), subtract(W, 2)])],
    ['16*((H - 3)//2)*((W - 3)//2)', product([16, floorDivide(subtract(H, 3), 2), floorDivide(subtract(W, 3), 2)])],
    ['2*H - 2', multiply(2, subtract(H, 1))],
    ['H', floorDivide(multiply(H, 2), 2)],
    ['2*H + 1', floorDivide(add(multiply(H, 4), 3), 2)],
    ['H - 2*(H//2)', modulo(H, 2)],
    ['H//N', floorDivide(H, N)],
    ['H', floorDivide(multiply(H, N), N)],
    ['min(H, W)', minimum(W, H)],
    ['H', minimum(H, add(H, 1))],
    ['max(H, 3)', maximum(3, H)],
    ['2*H', scale(H, 2)],
    ['3*H//2', scale(H, 1.5)],
    ['int(H*0.3)', scale(H, 0.3)],
    ['28', scale(100, 0.29)],
    ['0', subtract(H, H)],
  ])('%s', (text, size) => {
    expect(formatSize(size)).toBe(text);
  });

  it('of a shape lists its sizes', () => {
    expect(formatShape([N, 3, add(H, 1), undefined])).toBe('[N, 3, H + 1, ?]');
    expect(formatShape([])).toBe('[]');
    expect(formatShape(undefined)).toBe('[...]');
  });
});

describe('unknown', () => {
  it('goes through every operation', () => {
    for (const operation of [add, subtract, multiply, floorDivide, ceilDivide, modulo, minimum, maximum]) {
      expect(operation(H, undefined)).toBeUndefined();
      expect(operation(undefined, 2)).toBeUndefined();
    }
    expect(scale(undefined, 2)).toBeUndefined();
  });

  it('is what no exact number can be given for', () => {
    expect(multiply(2 ** 52, 2)).toBeUndefined();
    expect(add(Number.MAX_SAFE_INTEGER, 1)).toBeUndefined();
    expect(multiply(multiply(H, 2 ** 30), 2 ** 30)).toBeUndefined();
    expect(floorDivide(H, 0)).toBeUndefined();
    expect(floorDivide(3, 0)).toBeUndefined();
    expect(modulo(3, 0)).toBeUndefined();
    expect(scale(3, Infinity)).toBeUndefined();
  });

  it('does not hide that a product with 0 is 0', () => {
    expect(product([undefined, 0, H])).toBe(0);
    expect(product([])).toBe(1);
    expect(sum([])).toBe(0);
  });

  it('is what an expression of any length ends in', () => {
    let size: Dimension = H;
    for (let step = 0; step < 40; step++) size = multiply(size, add(size, symbol(`S${step}`)));
    expect(size).toBeUndefined();
  });
});

describe('comparing', () => {
  it('says yes or no only for what holds for every size', () => {
    expect(isEqual(add(H, H), multiply(2, H))).toBe(true);
    expect(isEqual(H, add(H, 1))).toBe(false);
    expect(isEqual(H, 7)).toBeUndefined();
    expect(isEqual(H, undefined)).toBeUndefined();
    expect(isLess(H, 1)).toBe(false);
    expect(isLess(H, 2)).toBeUndefined();
    expect(isLess(H, add(H, W))).toBe(true);
    expect(isLess(add(H, 1), H)).toBe(false);
    expect(isSameShape([N, H], [N, H])).toBe(true);
    expect(isSameShape([N, H], [N, W])).toBe(false);
  });

  it('of a symbol with itself, halved and doubled, is open: 7 loses a cell and 8 does not', () => {
    const round = multiply(floorDivide(H, 2), 2);
    expect(isEqual(round, H)).toBeUndefined();
  });
});

/** An expression of which both the size and the number for given symbols can be worked out. */
interface Recipe {
  readonly text: string;
  readonly size: Dimension;
  /** NaN where a step is not exact, where something is divided by 0, or a negative size scaled: no size is negative there. */
  readonly number: (values: Values) => number;
}
type Values = Readonly<Record<'H' | 'W' | 'N', number>>;

/** A number as it is where it is exact. */
const exactly = (number: number) => (Number.isSafeInteger(number) ? number : NaN);

const OPERATIONS: Readonly<Record<string, readonly [(a: Dimension, b: Dimension) => Dimension, (x: number, y: number) => number]>> = {
  add: [add, (x, y) => x + y],
  subtract: [subtract, (x, y) => x - y],
  multiply: [multiply, (x, y) => x * y],
  floorDivide: [floorDivide, (x, y) => (y === 0 ? NaN : Math.floor(x / y))],
  ceilDivide: [ceilDivide, (x, y) => (y === 0 ? NaN : Math.ceil(x / y))],
  modulo: [modulo, (x, y) => x - y * Math.floor(x / y)],
  minimum: [minimum, Math.min],
  maximum: [maximum, Math.max],
};

const { recipe } = fc.letrec<{ recipe: Recipe }>((tie) => {
  const constants = fc.integer({ min: -9, max: 64 }).map((value): Recipe => ({ text: String(value), size: value, number: () => value }));
  const symbols = fc
    .constantFrom('H', 'W', 'N')
    .map((name): Recipe => ({ text: name, size: symbol(name), number: (values) => values[name] }));
  const divisors = fc.integer({ min: -7, max: 16 }).filter((value) => value !== 0);
  const applied = fc
    .tuple(fc.constantFrom(...Object.entries(OPERATIONS)), tie('recipe'), tie('recipe'))
    .map(([[name, [onSizes, onNumbers]], a, b]): Recipe => ({
      text: `${name}(${a.text}, ${b.text})`,
      size: onSizes(a.size, b.size),
      number: (values) => exactly(onNumbers(a.number(values), b.number(values))),
    }));
  const halved = fc.tuple(tie('recipe'), divisors).map(([a, divisor]): Recipe => ({
    text: `floorDivide(${a.text}, ${divisor})`,
    size: floorDivide(a.size, divisor),
    number: (values) => Math.floor(a.number(values) / divisor),
  }));
  const scaled = fc.tuple(tie('recipe'), fc.constantFrom(2, 1.5, 0.5, 0.29, 1.1, 3.3)).map(([a, factor]): Recipe => ({
    text: `scale(${a.text}, ${factor})`,
    size: scale(a.size, factor),
    number: (values) => (a.number(values) < 0 ? NaN : Math.floor(a.number(values) * factor)),
  }));
  return { recipe: fc.oneof({ depthSize: 'small', withCrossShrink: true }, symbols, constants, applied, applied, halved, scaled) };
});

const someValues = fc.record({
  H: fc.integer({ min: 1, max: 600 }),
  W: fc.integer({ min: 1, max: 600 }),
  N: fc.integer({ min: 1, max: 600 }),
});

const substituted = ({ size }: Recipe, values: Values) => substitute(size, new Map(Object.entries(values)));

describe('any expression', () => {
  const inWords = (made: Recipe) => `${made.text} = ${formatSize(made.size)}`;

  it('is the same number whether numbers are put in before or after', () => {
    fc.assert(
      fc.property(recipe, someValues, (made, values) => {
        const [ours, expected] = [substituted(made, values), made.number(values)];
        fc.pre(ours !== undefined && Number.isSafeInteger(expected));
        expect(ours, inWords(made)).toBe(expected + 0);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is known where its number is exact and its size is', () => {
    fc.assert(
      fc.property(recipe, someValues, (made, values) => {
        fc.pre(made.size !== undefined && Number.isSafeInteger(made.number(values)));
        expect(substituted(made, values), inWords(made)).toBeDefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is written as a Python expression of the same number', () => {
    fc.assert(
      fc.property(recipe, someValues, (made, values) => {
        const expected = made.number(values);
        fc.pre(made.size !== undefined && Number.isSafeInteger(expected));
        const text = formatSize(made.size);
        expect(evaluatePython(text, values) + 0, `${made.text} is written ${text}`).toBe(expected + 0);
      }),
      { numRuns: 5_000 },
    );
  });

  it('depends on no symbol that its text does not name', () => {
    fc.assert(
      fc.property(recipe, (made) => {
        const named = formatSize(made.size).match(/\b[HWN]\b/g) ?? [];
        expect([...symbolsOf(made.size)].sort()).toEqual([...new Set(named)].sort());
      }),
    );
  });

  it('has one normal form, whatever the order of its parts', () => {
    const polynomial = fc
      .array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.subarray([H, W, N])), { maxLength: 4 })
      .map((terms) => sum(terms.map(([factor, symbols]) => product([factor, ...symbols]))));
    fc.assert(
      fc.property(polynomial, polynomial, polynomial, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(multiply(a, b)).toEqual(multiply(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(multiply(multiply(a, b), c)).toEqual(multiply(a, multiply(b, c)));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(subtract(add(a, b), b)).toEqual(a);
      }),
    );
  });

  it('is compared by a yes or no that every number agrees with', () => {
    fc.assert(
      fc.property(recipe, recipe, someValues, (a, b, values) => {
        const [x, y] = [substituted(a, values), substituted(b, values)];
        fc.pre(typeof x === 'number' && typeof y === 'number');
        const [equal, less] = [isEqual(a.size, b.size), isLess(a.size, b.size)];
        if (equal !== undefined) expect(x === y, `${inWords(a)}; ${inWords(b)}`).toBe(equal);
        if (less !== undefined) expect(x < y, `${inWords(a)}; ${inWords(b)}`).toBe(less);
      }),
      { numRuns: 3_000 },
    );
  });
});
