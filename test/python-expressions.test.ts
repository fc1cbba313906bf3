// Expressions of the language give what Python 3 gives: each line of the tables was run there.
import { describe, expect, it } from 'vitest';
import { analyse } from '../server/src/analysis/analyse.ts';
import { formatValue } from '../server/src/rules/words.ts';

/** The value of a variable that is bound to `expression`, written as Python writes it, with the first lines of what is wrong. */
function evaluate(expression: string): { readonly value: string; readonly faults: readonly string[] } {
  const text = `net A:\n    input x: [N, 3, H]\n    v = ${expression}\n    x\n`;
  const analysis = analyse({ path: 'a.nn', text });
  const bound = analysis?.document.references.find(
    ({ target, range, definition }) => target.name === 'v' && range.start === definition.start,
  );
  const faults = analysis?.findings.map(({ diagnostic }) => `${diagnostic.code}: ${diagnostic.message.split('\n')[0] ?? ''}`) ?? [];
  return { value: bound?.target.kind === 'variable' ? formatValue(bound.target.value) : '(none)', faults };
}

describe('an expression has the value that it has in Python', () => {
  it.each([
    // Whole numbers
    ['7', '7'],
    ['0x1f', '31'],
    ['1_000', '1000'],
    ['2 + 3 * 4', '14'],
    ['(2 + 3) * 4', '20'],
    ['10 - 4 - 3', '3'],
    ['+5', '5'],
    ['--5', '5'],
    ['- -5', '5'],
    ['5 - -2', '7'],
    ['-0', '0'],
    ['0 * -5', '0'],
    // Division: `//` floors, `%` has the sign of what divides, `/` leaves a float
    ['7 // 2', '3'],
    ['-7 // 2', '-4'],
    ['7 // -2', '-4'],
    ['-7 // -2', '3'],
    ['7 % 3', '1'],
    ['-7 % 3', '2'],
    ['7 % -3', '-2'],
    ['-7 % -3', '-1'],
    ['6 % -3', '0'],
    ['7 / 2', '3.5'],
    ['6 / 2', '3.0'],
    ['1 / 3', '0.3333333333333333'],
    ['7.5 // 2', '3.0'],
    ['-7.5 // 2', '-4.0'],
    ['7.5 % 2', '1.5'],
    ['-7.5 % 2', '0.5'],
    ['5.5 % -2', '-0.5'],
    ['1 // 0.1', '9.0'],
    ['-1 // 0.1', '-10.0'],
    ['0.3 % 0.1', '0.09999999999999998'],
    ['2 * 3 // 4 * 2', '2'],
    ['100 // 7 % 4', '2'],
    // Powers bind tighter than a minus before them, looser than one behind, and to the right
    ['2 ** 10', '1024'],
    ['-2 ** 2', '-4'],
    ['(-2) ** 2', '4'],
    ['(-2) ** 3', '-8'],
    ['2 ** -1', '0.5'],
    ['-2 ** -2', '-0.25'],
    ['2 ** 3 ** 2', '512'],
    ['2 * 3 ** 2', '18'],
    ['0 ** 0', '1'],
    ['2 ** 0.5', '1.4142135623730951'],
    ['2.0 ** 3', '8.0'],
    // Floats
    ['1.5 + 1.5', '3.0'],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['1e3', '1000.0'],
    ['.5', '0.5'],
    ['2.', '2.0'],
    ['2 * 0.5', '1.0'],
    ['-0.5', '-0.5'],
    ['1e16', '1e+16'],
    ['1e-7', '1e-07'],
    ['12345678.9', '12345678.9'],
    // round: a half goes to the even neighbour
    ['round(0.5)', '0'],
    ['round(1.5)', '2'],
    ['round(2.5)', '2'],
    ['round(-0.5)', '0'],
    ['round(-1.5)', '-2'],
    ['round(-2.5)', '-2'],
    ['round(2.6)', '3'],
    ['round(-2.6)', '-3'],
    ['round(7)', '7'],
    ['round(0.33 * 3)', '1'],
    ['round(2.675, 2)', '2.67'],
    ['round(1.25, 1)', '1.2'],
    ['round(0.125, 2)', '0.12'],
    ['round(1234, -2)', '1200'],
    ['round(1250, -2)', '1200'],
    ['round(1350, -2)', '1400'],
    // int, abs, min, max, sum, len, range
    ['int(2.9)', '2'],
    ['int(-2.5)', '-2'],
    ['int(-0.5)', '0'],
    ['int(7)', '7'],
    ['int("12")', '12'],
    ['int(True)', '1'],
    ['abs(-3)', '3'],
    ['abs(-2.5)', '2.5'],
    ['min(3, 1, 2)', '1'],
    ['max([3, 1, 2])', '3'],
    ['min(2, 1.5)', '1.5'],
    ['max(2, 1.5)', '2'],
    ['max(1, 1.0)', '1'],
    ['sum([1, 2, 3])', '6'],
    ['sum([])', '0'],
    ['sum([0.5, 1])', '1.5'],
    ['len([1, 2, 3])', '3'],
    ['len("abc")', '3'],
    ['range(3)', '(0, 1, 2)'],
    ['range(1, 4)', '(1, 2, 3)'],
    ['range(6, 0, -2)', '(6, 4, 2)'],
    ['range(3, 1)', '()'],
    // Comparisons, alone and chained
    ['1 < 2', 'True'],
    ['2 <= 1', 'False'],
    ['1 < 2 < 3', 'True'],
    ['1 < 3 < 2', 'False'],
    ['3 > 2 > 1', 'True'],
    ['1 == 1 == 1', 'True'],
    ['1 < 2 == True', 'False'],
    ['2 == 2.0', 'True'],
    ['True == 1', 'True'],
    ['"a" == "a"', 'True'],
    ['"a" != "b"', 'True'],
    ['None == None', 'True'],
    ['None == 0', 'False'],
    ['(1, 2) == (1, 2)', 'True'],
    ['(1, 2) == (1, 3)', 'False'],
    ['[1] == [1, 2]', 'False'],
    ['2 in [1, 2]', 'True'],
    ['3 not in [1, 2]', 'True'],
    ['"b" in ["a", "b"]', 'True'],
    ['1 + 1 == 2', 'True'],
    ['not 1 == 2', 'True'],
    // `and`, `or`, `not`: the value that settles it
    ['0 or 5', '5'],
    ['3 or 5', '3'],
    ['3 and 5', '5'],
    ['0 and 5', '0'],
    ['not 0', 'True'],
    ['not 3', 'False'],
    ['not []', 'True'],
    ['not ""', 'True'],
    ['None or 4', '4'],
    ['not True or True', 'True'],
    ['True or False and False', 'True'],
    ['not not 2', 'True'],
    ['"" or "x"', '"x"'],
    // True and False are numbers
    ['True + True', '2'],
    ['True * 5', '5'],
    ['-True', '-1'],
    // Conditional expressions
    ['1 if True else 2', '1'],
    ['1 if 0 else 2', '2'],
    ['1 if 0 else 2 if 0 else 3', '3'],
    ['(1 if 2 > 1 else 0) + 1', '2'],
    // Tuples, lists, strings
    ['(1, 2)', '(1, 2)'],
    ['1, 2', '(1, 2)'],
    ['(1,)', '(1,)'],
    ['(1)', '1'],
    ['()', '()'],
    ['[1, 2][0]', '1'],
    ['[1, 2][-1]', '2'],
    ['[1] + [2]', '(1, 2)'],
    ['[1, 2] * 2', '(1, 2, 1, 2)'],
    ['2 * [1]', '(1, 1)'],
    ['[1] * 0', '()'],
    ['[1] * -1', '()'],
    ['[*[1, 2], 3]', '(1, 2, 3)'],
    ['"a" + "b"', '"ab"'],
    ["'it'", '"it"'],
    // What stays a size
    ['H * 2', '2*H'],
    ['H // 2 + H // 2', '2*(H//2)'],
    ['(H + 1) % 2', 'H - 2*((H + 1)//2) + 1'],
    ['max(H, 1)', 'max(1, H)'],
    ['H ** 2', 'H**2'],
    ['-(H // 2)', '-(H//2)'],
    ['H == 2.5', 'False'],
    ['H > 0.5', 'True'],
    ['0.5 >= H', 'False'],
    ['H < 1', 'False'],
    ['H >= 1', 'True'],
    ['H + 1 > H', 'True'],
  ])('%s is %s', (expression, value) => {
    expect(evaluate(expression)).toEqual({ value, faults: [] });
  });
});

describe('what Python refuses is said, and unknown from there on', () => {
  it.each([
    ['1 // 0', 'argument-type: This divides by 0.'],
    ['1 % 0', 'argument-type: This divides by 0.'],
    ['1 / 0', 'argument-type: This divides by 0.'],
    ['1.5 // 0', 'argument-type: This divides by 0.'],
    ['0 ** -1', 'argument-type: This divides by 0.'],
    ['0.0 ** -1', 'argument-type: This divides by 0.'],
    ['1 + "a"', 'argument-type: `+` needs numbers, not a string.'],
    ['[1] + 1', 'argument-type: `+` needs numbers, not a list.'],
    ['-"a"', 'argument-type: `-` needs a number, not a string.'],
    ['+"a"', 'argument-type: `+` needs a number, not a string.'],
    ['1 < "a"', 'argument-type: Numbers can be compared, but not a string.'],
    ['1 in 2', 'argument-type: `in` needs a list or a range such as 64..1024 behind it, not a whole number.'],
    ['[1, 2][2]', 'argument-range: There is no item 2: items 0 to 1 exist.'],
    ['[1, 2][-3]', 'argument-range: There is no item -3: items 0 to 1 exist.'],
    ['[][0]', 'argument-range: There is no item 0: the list is empty.'],
    ['5[0]', 'argument-type: Only a list has items, and this is a whole number.'],
    ['len(5)', 'argument-type: `len` needs a list, not a whole number.'],
    ['min()', 'argument-type: `min` needs a value.'],
    ['max([])', 'argument-type: `max` needs at least one value.'],
    ['int("x")', 'argument-type: `int` needs a number, not a string.'],
    ['range(1, 2, 0)', 'argument-type: `range` needs one to three whole numbers, the step not 0.'],
    ['(-8) ** 0.5', 'argument-type: This has no real value.'],
    ['10.0 ** 400', 'argument-type: This is larger than any number with a fraction.'],
    ['sum([1, "a"])', 'argument-type: `+` needs numbers, not a string.'],
  ])('%s: %s', (expression, fault) => {
    expect(evaluate(expression)).toEqual({ value: '?', faults: [fault] });
  });
});

describe('what is not exact, or has no bound, is said and not guessed', () => {
  it.each([
    ['2 ** 53', 'argument-type: This is larger than 2**53 - 1, the largest whole number that is computed exactly.'],
    ['9007199254740991 + 1', 'argument-type: This is larger than 2**53 - 1, the largest whole number that is computed exactly.'],
    [
      '9007199254740991 * 9007199254740991',
      'argument-type: This is larger than 2**53 - 1, the largest whole number that is computed exactly.',
    ],
    ['10 ** 400', 'argument-type: This is larger than 2**53 - 1, the largest whole number that is computed exactly.'],
    ['int(1e300)', 'argument-type: This is larger than 2**53 - 1, the largest whole number that is computed exactly.'],
    ['[1] * 10**9', 'argument-type: This list would have 1000000000 items; at most 10000 are allowed.'],
    ['range(10**9)', 'argument-type: This range would have 1000000000 items; at most 10000 are allowed.'],
    ['H / 2', 'argument-type: `/` may leave a fraction of H, which is no size: write `//`.'],
    ['H * 0.5', 'argument-type: `*` of a size with symbols and a number with a fraction cannot be computed.'],
    ['H ** 9', 'argument-type: `**` of a symbol needs a whole number from 0 to 8 behind it.'],
    ['9007199254740992', 'syntax: 9007199254740992 is larger than 2**53 - 1, the largest whole number that is computed exactly.'],
  ])('%s: %s', (expression, fault) => {
    expect(evaluate(expression)).toEqual({ value: '?', faults: [fault] });
  });

  it('the largest exact number is fine', () => {
    expect(evaluate('2 ** 52 + (2 ** 52 - 1)')).toEqual({ value: '9007199254740991', faults: [] });
  });
});

describe('a mistake in an expression is said once', () => {
  it('though other parts build on it', () => {
    expect(evaluate('(1 // 0 + 3) * [1, 2][0]').faults).toHaveLength(1);
    expect(evaluate('min(1 // 0, q)').faults).toHaveLength(2);
  });
});
