// Python's arithmetic on whole numbers, sizes, floats, strings and lists, with Python's results.
import { add, floorDivide, greatestCommonDivisor, maximum, minimum, modulo, multiply, subtract, symbolsOf } from '../../dims/arithmetic.ts';
import { isEqual, isLess } from '../../dims/compare.ts';
import type { Dimension, Size } from '../../dims/size.ts';
import { float, isFloat, isSize, UNKNOWN } from '../../network/argument.ts';
import type { BinaryOperator } from './tree.ts';
import { isValueList, tagged, UNDECIDED, type BuiltinName, type Value } from './value.ts';

/** The value of an operation, or what is wrong with it. */
export type Result = { readonly value: Value } | { readonly fault: string };

/** No list is made longer than this. */
export const LONGEST_LIST = 10_000;
/** No string is made longer than this. */
const LONGEST_STRING = 10_000;

export function isUnknownValue(value: Value): boolean {
  return tagged(value)?.kind === 'unknown';
}

export function binary(operator: BinaryOperator, left: Value, right: Value): Result {
  if (isUnknownValue(left) || isUnknownValue(right)) return { value: UNKNOWN };
  switch (operator) {
    case '==':
    case '!=': {
      const equal = equals(left, right);
      return { value: equal === undefined ? UNDECIDED : equal === (operator === '==') };
    }
    case '<':
      return ordered(left, right, false);
    case '>':
      return ordered(right, left, false);
    case '<=':
      return ordered(right, left, true);
    case '>=':
      return ordered(left, right, true);
    case 'in':
    case 'not in':
      return contained(operator, left, right);
    case '..':
      return { fault: 'A range such as 64..1024 can only stand behind `in`.' };
    default:
      return arithmetic(operator, left, right);
  }
}

/** The truth of a value, as in Python; undefined where it is not known. */
export function truth(value: Value): boolean | undefined {
  if (isValueList(value)) return value.length > 0;
  if (isFloat(plain(value))) return toFloat(value) !== 0;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'object' && value !== null) return undefined;
  return Boolean(value);
}

export function negate(value: Value): Result {
  if (isUnknownValue(value)) return { value: UNKNOWN };
  const size = toSize(value);
  if (size !== undefined) return exact(subtract(0, size));
  const number = toFloat(value);
  return number === undefined ? { fault: `\`-\` needs a number, not ${kindOf(value)}.` } : { value: float(-number) };
}

export function plus(value: Value): Result {
  if (isUnknownValue(value)) return { value: UNKNOWN };
  if (typeof value === 'boolean') return { value: Number(value) };
  return plain(value) === undefined ? { fault: `\`+\` needs a number, not ${kindOf(value)}.` } : { value };
}

export function callBuiltin(name: BuiltinName, values: readonly Value[]): Result {
  if (values.some(isUnknownValue)) return { value: UNKNOWN };
  const [first] = values;
  if (first === undefined) return { fault: `\`${name}\` needs a value.` };
  switch (name) {
    case 'len':
      if (isValueList(first)) return { value: first.length };
      return typeof first === 'string' ? { value: first.length } : { fault: `\`len\` needs a list, not ${kindOf(first)}.` };
    case 'min':
    case 'max':
      return extreme(name, values.length === 1 && isValueList(first) ? first : values);
    case 'sum':
      if (!isValueList(first)) return { fault: `\`sum\` needs a list, not ${kindOf(first)}.` };
      return first.reduce<Result>((total, part) => ('fault' in total ? total : binary('+', total.value, part)), { value: 0 });
    case 'abs':
      if (typeof first === 'number') return { value: Math.abs(first) };
      return isFloat(plain(first))
        ? { value: float(Math.abs(toFloat(first) ?? 0)) }
        : { fault: `\`abs\` needs a number, not ${kindOf(first)}.` };
    case 'int':
      return toInteger(first);
    case 'gcd':
      return values.every((value): value is number => typeof value === 'number')
        ? { value: values.reduce((a, b) => greatestCommonDivisor(a, b)) }
        : { fault: '`gcd` needs whole numbers.' };
    case 'round':
      return round(first, values[1]);
    case 'range':
      return rangeList(values);
  }
}

function arithmetic(operator: '+' | '-' | '*' | '/' | '//' | '%' | '**' | 'and' | 'or', left: Value, right: Value): Result {
  if (operator === '+' && isValueList(left) && isValueList(right)) return { value: [...left, ...right] };
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') {
    return left.length + right.length > LONGEST_STRING
      ? { fault: `This string would have more than ${LONGEST_STRING} letters.` }
      : { value: left + right };
  }
  if (operator === '*' && isValueList(left) && typeof right === 'number') return repeated(left, right);
  if (operator === '*' && typeof left === 'number' && isValueList(right)) return repeated(right, left);
  const [a, b] = [toSize(left), toSize(right)];
  if (a !== undefined && b !== undefined) return onSizes(operator, a, b);
  const [x, y] = [toFloat(left), toFloat(right)];
  if (x !== undefined && y !== undefined) return onFloats(operator, x, y);
  const wrong = a === undefined && x === undefined ? left : right;
  if (isFloat(plain(wrong)) || toSize(wrong) !== undefined)
    return { fault: `\`${operator}\` of a size with symbols and a number with a fraction cannot be computed.` };
  const name = kindOf(wrong) === 'a tensor' ? TENSOR_OPERATORS[operator] : undefined;
  return {
    fault: `\`${operator}\` needs numbers, not ${kindOf(wrong)}.${name === undefined ? '' : ` Tensors are combined by \`${name}()(a, b)\`.`}`,
  };
}

/** What Python's operators are called as modules, for tensors. */
const TENSOR_OPERATORS: Readonly<Record<string, string>> = { '+': 'Add', '-': 'Sub', '*': 'Mul', '/': 'Div', '**': 'Pow' };

function onSizes(operator: string, a: Size, b: Size): Result {
  switch (operator) {
    case '+':
      return exact(add(a, b));
    case '-':
      return exact(subtract(a, b));
    case '*':
      return exact(multiply(a, b));
    case '//':
    case '%':
      if (b === 0) return { fault: 'This divides by 0.' };
      return exact(operator === '//' ? floorDivide(a, b) : modulo(a, b));
    case '/': {
      if (b === 0) return { fault: 'This divides by 0.' };
      if (typeof a === 'number' && typeof b === 'number') return { value: float(a / b) };
      const name = [...symbolsOf(a), ...symbolsOf(b)][0] ?? '';
      return { fault: `\`/\` may leave a fraction of ${name}, which is no size: write \`//\`.` };
    }
    case '**':
      return power(a, b);
    default:
      return { value: UNKNOWN };
  }
}

function power(a: Size, b: Size): Result {
  if (typeof b !== 'number') return { fault: '`**` needs a plain whole number behind it.' };
  if (typeof a === 'number') {
    if (b < 0) return a === 0 ? { fault: 'This divides by 0.' } : { value: float(a ** b) };
    return exact(Number.isSafeInteger(a ** b) ? a ** b : undefined);
  }
  if (b < 0 || b > 8) return { fault: '`**` of a symbol needs a whole number from 0 to 8 behind it.' };
  let result: Dimension = 1;
  for (let times = 0; times < b; times++) result = multiply(result, a);
  return exact(result);
}

function onFloats(operator: string, x: number, y: number): Result {
  const dividesByZero = operator === '**' ? x === 0 && y < 0 : y === 0 && ['/', '//', '%'].includes(operator);
  if (dividesByZero) return { fault: 'This divides by 0.' };
  const value = floatResult(operator, x, y);
  if (Number.isNaN(value)) return { fault: 'This has no real value.' };
  return Number.isFinite(value) ? { value: float(value) } : { fault: 'This is larger than any number with a fraction.' };
}

function floatResult(operator: string, x: number, y: number): number {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '//':
      // From the rest, which is exact, as Python does: 1 // 0.1 is 9.0, though 1 / 0.1 is 10.0.
      return Math.round((x - floatModulo(x, y)) / y);
    case '%':
      return floatModulo(x, y);
    default:
      return x ** y;
  }
}

/** The rest with the sign of what divides. */
function floatModulo(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

function exact(size: Dimension): Result {
  if (size === undefined) return { fault: 'This is larger than 2**53 - 1, the largest whole number that is computed exactly.' };
  return { value: size };
}

function repeated(list: readonly Value[], times: number): Result {
  if (list.length * times > LONGEST_LIST)
    return { fault: `This list would have ${list.length * times} items; at most ${LONGEST_LIST} are allowed.` };
  return { value: Array.from({ length: Math.max(times, 0) }, () => list).flat() };
}

function rangeList(values: readonly Value[]): Result {
  const numbers = values.map((value) => (typeof value === 'number' ? value : undefined));
  const [start, stop, step] = numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], numbers.length > 2 ? numbers[2] : 1];
  if (start === undefined || stop === undefined || step === undefined || step === 0)
    return { fault: '`range` needs one to three whole numbers, the step not 0.' };
  const length = Math.max(Math.ceil((stop - start) / step), 0);
  if (length > LONGEST_LIST) return { fault: `This range would have ${length} items; at most ${LONGEST_LIST} are allowed.` };
  return { value: Array.from({ length }, (_, at) => start + at * step) };
}

function extreme(name: 'min' | 'max', values: readonly Value[]): Result {
  const sizes = values.map(toSize);
  const [first] = values;
  if (first === undefined) return { fault: `\`${name}\` needs at least one value.` };
  if (!sizes.includes(undefined)) return exact(sizes.reduce((a, b) => (name === 'min' ? minimum(a, b) : maximum(a, b))));
  const numbers = values.map(toFloat);
  const known = numbers.filter((number) => number !== undefined);
  if (known.length < numbers.length) return { fault: `\`${name}\` needs numbers.` };
  // The first of them that is the least, as it is: max(2, 1.5) is the whole number 2.
  return { value: values[known.indexOf(name === 'min' ? Math.min(...known) : Math.max(...known))] ?? first };
}

/** Python's int(): cuts off the fraction. */
function toInteger(value: Value): Result {
  const size = toSize(value);
  if (size !== undefined) return { value: size };
  const number = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : toFloat(value);
  return number === undefined
    ? { fault: `\`int\` needs a number, not ${kindOf(value)}.` }
    : exact(Number.isSafeInteger(Math.trunc(number)) ? Math.trunc(number) + 0 : undefined);
}

/** Python's round(): a half goes to the even neighbour. With a number of digits a float stays a float. */
function round(value: Value, digits: Value | undefined): Result {
  const number = toFloat(value);
  const isWhole = toSize(value) !== undefined;
  if (number === undefined && !isWhole) return { fault: `\`round\` needs a number, not ${kindOf(value)}.` };
  const places = digits === undefined || digits === null ? undefined : toSize(digits);
  if (places !== undefined && typeof places !== 'number') return { fault: '`round` needs a plain whole number of digits.' };
  if (isWhole && (places ?? 0) >= 0) return { value };
  if (number === undefined) return { fault: '`round` of a size with symbols cannot leave out digits.' };
  if (places === undefined) return exact(Number.isSafeInteger(roundHalfEven(number)) ? roundHalfEven(number) + 0 : undefined);
  const rounded = places > 0 ? roundDigits(number, places) : roundHalfEven(number / 10 ** -places) * 10 ** -places;
  return isWhole ? exact(Number.isSafeInteger(rounded) ? rounded + 0 : undefined) : { value: float(rounded) };
}

function roundHalfEven(number: number): number {
  const below = Math.floor(number);
  const rest = number - below;
  return rest < 0.5 || (rest === 0.5 && below % 2 === 0) ? below : below + 1;
}

/** toFixed rounds what the number really is, but a half away from 0; a half is where 2**(digits + 1) brings it to an odd number. */
function roundDigits(number: number, digits: number): number {
  if (digits > 20) return number;
  const text = Math.abs(number).toFixed(digits);
  const isHalf = Math.abs(number * 2 ** (digits + 1)) % 2 === 1;
  const isOdd = Number(text[text.length - 1]) % 2 === 1;
  const magnitude = isHalf && isOdd ? Number(`${Number(text.replace('.', '')) - 1}e-${digits}`) : Number(text);
  return number < 0 ? -magnitude : magnitude;
}

function equals(left: Value, right: Value): boolean | undefined {
  const [x, y] = [toFloat(left), toFloat(right)];
  if (x !== undefined && y !== undefined) return x === y;
  const [a, b] = [toSize(left), toSize(right)];
  if (a !== undefined && b !== undefined) return isEqual(a, b);
  // A size with symbols is a whole number: it may be 2.0, but never 2.5.
  if (a !== undefined && y !== undefined) return Number.isInteger(y) ? isEqual(a, y) : false;
  if (b !== undefined && x !== undefined) return equals(right, left);
  if (isValueList(left) && isValueList(right)) {
    if (left.length !== right.length) return false;
    const parts = left.map((part, at) => equals(part, right[at] ?? null));
    return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  }
  return left === right;
}

/** left < right, or with `not` the opposite: left >= right. */
function ordered(left: Value, right: Value, not: boolean): Result {
  const [x, y] = [toFloat(left), toFloat(right)];
  if (x !== undefined && y !== undefined) return { value: x < y !== not };
  // Beside a size with symbols, which is a whole number, H < 2.5 is H < 3 and 2.5 < H is 2 < H.
  const a = toSize(left) ?? (x === undefined ? undefined : Math.floor(x));
  const b = toSize(right) ?? (y === undefined ? undefined : Math.ceil(y));
  if (a === undefined || b === undefined) return { fault: `Numbers can be compared, but not ${kindOf(a === undefined ? left : right)}.` };
  const less = isLess(a, b);
  return { value: less === undefined ? UNDECIDED : less !== not };
}

function contained(operator: 'in' | 'not in', left: Value, right: Value): Result {
  if (typeof left === 'string' && typeof right === 'string') return { value: right.includes(left) === (operator === 'in') };
  if (!isValueList(right)) return { fault: `\`${operator}\` needs a list or a range such as 64..1024 behind it, not ${kindOf(right)}.` };
  const parts = right.map((part) => equals(left, part));
  const answer = parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
  return { value: answer === undefined ? UNDECIDED : answer === (operator === 'in') };
}

/** Integers, symbolic sizes, and True and False as 1 and 0. */
export function toSize(value: Value): Dimension {
  if (typeof value === 'boolean') return Number(value);
  const argument = plain(value);
  return isSize(argument) ? argument : undefined;
}

function toFloat(value: Value): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  const argument = plain(value);
  return typeof argument === 'number' ? argument : isFloat(argument) ? argument.value : undefined;
}

/** The value where it may be a number; undefined for lists, tensors and the rest. */
function plain(value: Value): Size | ReturnType<typeof float> | undefined {
  if (typeof value === 'number') return value;
  const object = tagged(value);
  return object?.kind === 'float' || object?.kind === 'expression' ? object : undefined;
}

/** What a value is called in messages. */
export function kindOf(value: Value): string {
  if (value === null) return 'None';
  if (isValueList(value)) return 'a list';
  if (typeof value === 'number') return 'a whole number';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return 'a string';
  switch (value.kind) {
    case 'expression':
      return 'a size';
    case 'float':
      return 'a number with a fraction';
    case 'tensor':
    case 'record':
      return 'a tensor';
    case 'module':
      return 'an operator that is not applied';
    case 'callable':
      return `\`${value.name}\`, which is not called`;
    case 'infer':
      return '`_`';
    default:
      return 'a value that is not known';
  }
}
