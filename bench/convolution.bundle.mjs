// bench/convolution.ts
import { fileURLToPath } from 'node:url';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';

// server/src/dims/size.ts
function term(coefficient, atoms) {
  return { coefficient, atoms, key: atoms.map((atom) => atom.key).join('*') };
}
function expression(constant, terms) {
  let termsKey = '';
  for (const { coefficient, key } of terms) termsKey += `${coefficient}*${key}+`;
  return { kind: 'expression', constant, terms, termsKey, key: termsKey + constant };
}
function withConstant({ terms, termsKey }, constant) {
  return { kind: 'expression', constant, terms, termsKey, key: termsKey + constant };
}
function isConcrete(dimension2) {
  return typeof dimension2 === 'number';
}

// server/src/network/argument.ts
var UNKNOWN = { kind: 'unknown' };
function float(value) {
  return { kind: 'float', value };
}
function isFloat(value) {
  return isTagged(value) && value.kind === 'float';
}
function isInfer(value) {
  return isTagged(value) && value.kind === 'infer';
}
function isUnknown(value) {
  return isTagged(value) && value.kind === 'unknown';
}
function isSize(value) {
  return typeof value === 'number' || (isTagged(value) && value.kind === 'expression');
}
function isList(value) {
  return Array.isArray(value);
}
function isTagged(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// server/src/operators/call.ts
function createCall(operator, written, inputs) {
  const defaults = defaultsOf(operator);
  return { arguments: { get: (name) => written.get(name) ?? (written.has(name) ? null : defaults.get(name)) }, inputs };
}
var defaultsByOperator = /* @__PURE__ */ new WeakMap();
function defaultsOf(operator) {
  let defaults = defaultsByOperator.get(operator);
  if (defaults === void 0) {
    const entries = [];
    for (const parameter2 of [...operator.parameters, ...(operator.forwardParameters ?? []), ...(operator.meanings ?? [])]) {
      if (parameter2.default !== void 0) entries.push([parameter2.name, parameter2.default]);
    }
    defaults = new Map(entries);
    defaultsByOperator.set(operator, defaults);
  }
  return defaults;
}
function integer(from, name) {
  const value = from.get(name);
  return typeof value === 'number' ? value : void 0;
}
function dimension(from, name) {
  const value = from.get(name);
  return isSize(value) ? value : void 0;
}
function number(from, name) {
  return toNumber(from.get(name));
}
function toNumber(value) {
  if (isFloat(value)) return value.value;
  return typeof value === 'number' ? value : void 0;
}
function boolean(from, name) {
  const value = from.get(name);
  return typeof value === 'boolean' ? value : void 0;
}
function string(from, name) {
  const value = from.get(name);
  return typeof value === 'string' ? value : void 0;
}
function dimensions(from, name) {
  const value = from.get(name);
  if (isSize(value)) return [value];
  return isList(value) ? value.map((part2) => (isSize(part2) ? part2 : void 0)) : void 0;
}
function integers(from, name) {
  return dimensions(from, name)?.map((size) => (isConcrete(size) ? size : void 0));
}

// server/src/dims/arithmetic.ts
var LONGEST_KEY = 2e3;
function add(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return exact(a + b);
  if (a === void 0 || b === void 0) return void 0;
  if (typeof a === 'number' && typeof b !== 'number') return addNumber(b, a);
  if (typeof b === 'number' && typeof a !== 'number') return addNumber(a, b);
  return combine([
    [1, a],
    [1, b],
  ]);
}
function subtract(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return exact(a - b);
  if (a === void 0 || b === void 0) return void 0;
  if (typeof b === 'number' && typeof a !== 'number') return addNumber(a, -b);
  if (typeof a !== 'number' && typeof b !== 'number' && a.termsKey === b.termsKey) return exact(a.constant - b.constant);
  return combine([
    [1, a],
    [-1, b],
  ]);
}
function addNumber(a, b) {
  if (b === 0) return a;
  const constant = exact(a.constant + b);
  return typeof constant === 'number' ? withConstant(a, constant) : void 0;
}
function multiply(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return exact(a * b);
  if (a === void 0 || b === void 0) return void 0;
  if (a === 1) return b;
  if (b === 1) return a;
  const products = [];
  for (const x of allTerms(a)) {
    for (const y of allTerms(b)) products.push(term(x.coefficient * y.coefficient, mergeAtoms(x.atoms, y.atoms)));
    if (products.length > LONGEST_KEY) return void 0;
  }
  return fromTerms(products);
}
function product(dimensions2) {
  if (dimensions2.includes(0)) return 0;
  return dimensions2.reduce(multiply, 1);
}
function sum(dimensions2) {
  return dimensions2.reduce(add, 0);
}
function floorDivide(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return b === 0 ? void 0 : exact(Math.floor(a / b));
  if (a === void 0 || b === void 0 || b === 0) return void 0;
  if (a === 0) return 0;
  if (b === 1) return a;
  if (typeof b === 'number') {
    if (b < 0) return floorDivide(subtract(0, a), -b);
    return typeof a === 'number' ? void 0 : floorDivideByNumber(a, b);
  }
  return exactQuotient(a, b) ?? atomic({ kind: 'quotient', numerator: a, divisor: b, key: `(${keyOf(a)})/(${b.key})` });
}
function ceilDivide(a, b) {
  if (typeof a === 'object' && typeof b === 'number' && b > 0) return floorDivide(add(a, b - 1), b);
  return subtract(0, floorDivide(subtract(0, a), b));
}
function modulo(a, b) {
  return subtract(a, multiply(b, floorDivide(a, b)));
}
function scale(a, factor) {
  if (a === void 0 || !Number.isFinite(factor)) return void 0;
  if (typeof a === 'number') return exact(Math.floor(a * factor));
  for (let divisor = 1; divisor <= 64; divisor *= 2) {
    if (Number.isInteger(factor * divisor)) return floorDivide(multiply(a, factor * divisor), divisor);
  }
  return atomic({ kind: 'scaled', argument: a, factor, key: `scaled(${a.key},${factor})` });
}
function minimum(a, b) {
  return extreme('minimum', a, b);
}
function maximum(a, b) {
  return extreme('maximum', a, b);
}
function extreme(kind, a, b) {
  if (a === void 0 || b === void 0) return void 0;
  const difference2 = subtract(a, b);
  if (typeof difference2 === 'number') return (kind === 'minimum') === difference2 <= 0 ? a : b;
  const operands = keyOf(a) < keyOf(b) ? [a, b] : [b, a];
  return atomic({ kind, operands, key: `${kind}(${keyOf(operands[0])},${keyOf(operands[1])})` });
}
function floorDivideByNumber(a, b) {
  const whole = [];
  const rest = [];
  const split2 = ({ coefficient, atoms }) => {
    const quotient = Math.floor(coefficient / b);
    if (quotient !== 0) whole.push(term(quotient, atoms));
    if (coefficient - quotient * b !== 0) rest.push(term(coefficient - quotient * b, atoms));
  };
  allTerms(a).forEach(split2);
  return add(fromTerms(whole), floorOfRest(fromTerms(rest), b));
}
function floorOfRest(rest, divisor) {
  if (typeof rest !== 'object') return floorDivide(rest, divisor);
  const common = rest.terms.reduce((divides, { coefficient }) => greatestCommonDivisor(divides, coefficient), divisor);
  if (common > 1) {
    const terms = rest.terms.map(({ coefficient, atoms }) => term(coefficient / common, atoms));
    return floorDivide(fromTerms([...terms, term(Math.floor(rest.constant / common), [])]), divisor / common);
  }
  const [only] = rest.terms;
  const [inner] = only?.atoms ?? [];
  if (rest.terms.length === 1 && only?.coefficient === 1 && only.atoms.length === 1 && inner?.kind === 'floor') {
    return floorDivide(add(inner.numerator, exact(rest.constant * inner.divisor)), exact(inner.divisor * divisor));
  }
  return atomic({ kind: 'floor', numerator: rest, divisor, key: `(${rest.key})/${divisor}` });
}
function exactQuotient(a, b) {
  const [divisor] = b.terms;
  if (keyOf(a) === b.key) return 1;
  if (typeof a === 'number' || divisor === void 0 || b.terms.length !== 1 || b.constant !== 0 || a.constant !== 0) {
    return divideByFactor(a, b);
  }
  const quotients = [];
  for (const { coefficient, atoms } of a.terms) {
    const left = [...atoms];
    for (const atom of divisor.atoms) {
      const at = left.findIndex(({ key }) => key === atom.key);
      if (at < 0) return void 0;
      left.splice(at, 1);
    }
    quotients.push(term(coefficient, left));
  }
  return floorDivide(fromTerms(quotients), divisor.coefficient);
}
function divideByFactor(a, b) {
  let rest = a;
  let quotient = 0;
  for (let step = 0; step < 16 && typeof rest === 'object'; step++) {
    const [leading] = rest.terms;
    const [divisor] = b.terms;
    if (leading === void 0 || divisor === void 0 || leading.coefficient % divisor.coefficient !== 0) return void 0;
    const left = [...leading.atoms];
    for (const atom of divisor.atoms) {
      const at = left.findIndex(({ key }) => key === atom.key);
      if (at < 0) return void 0;
      left.splice(at, 1);
    }
    const part2 = fromTerms([term(leading.coefficient / divisor.coefficient, left)]);
    quotient = add(quotient, part2);
    rest = subtract(rest, multiply(part2, b));
  }
  return rest === 0 ? quotient : void 0;
}
function combine(weighted) {
  const terms = [];
  for (const [weight, size] of weighted) {
    for (const { coefficient, atoms } of allTerms(size)) terms.push(term(weight * coefficient, atoms));
  }
  return fromTerms(terms);
}
function fromTerms(terms) {
  const byKey = /* @__PURE__ */ new Map();
  let constant = 0;
  for (const next of terms) {
    if (next.atoms.length === 0) {
      constant += next.coefficient;
      continue;
    }
    const seen = byKey.get(next.key);
    byKey.set(next.key, seen === void 0 ? next : { ...seen, coefficient: seen.coefficient + next.coefficient });
  }
  const kept = [...byKey.values()].filter(({ coefficient }) => coefficient !== 0);
  if (kept.length === 0) return exact(constant);
  if (![constant, ...kept.map(({ coefficient }) => coefficient)].every(Number.isSafeInteger)) return void 0;
  kept.sort((x, y) => y.atoms.length - x.atoms.length || (x.key < y.key ? -1 : 1));
  const result = expression(constant, kept);
  return result.key.length > LONGEST_KEY ? void 0 : result;
}
function allTerms(size) {
  if (typeof size === 'number') return [term(size, [])];
  return size.constant === 0 ? size.terms : [...size.terms, term(size.constant, [])];
}
function atomic(atom) {
  return fromTerms([term(1, [atom])]);
}
function mergeAtoms(a, b) {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return [...a, ...b].sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0));
}
function keyOf(size) {
  return typeof size === 'number' ? String(size) : size.key;
}
function exact(value) {
  return Number.isSafeInteger(value) ? value + 0 : void 0;
}
function greatestCommonDivisor(a, b) {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

// server/src/dims/compare.ts
function isEqual(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  const difference2 = subtract(a, b);
  return typeof difference2 === 'number' ? difference2 === 0 : void 0;
}
function isLess(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  const difference2 = subtract(a, b);
  if (typeof difference2 === 'number') return difference2 < 0;
  const least = lowerBound(difference2);
  if (least !== void 0 && least >= 0) return false;
  const most = lowerBound(subtract(b, a));
  if (most !== void 0 && most > 0) return true;
  return void 0;
}
function lowerBound(size) {
  if (typeof size !== 'object') return size;
  let bound = size.constant;
  for (const { coefficient, atoms } of size.terms) {
    if (coefficient < 0) return void 0;
    let product3 = coefficient;
    for (const atom of atoms) {
      let least;
      if (atom.kind === 'symbol') least = 1;
      else if (atom.kind === 'floor') {
        const inner = lowerBound(atom.numerator);
        least = inner === void 0 ? void 0 : Math.floor(inner / atom.divisor);
      }
      if (least === void 0 || least < 0) return void 0;
      product3 *= least;
    }
    bound += product3;
  }
  return bound;
}

// server/src/operators/checks.ts
var Checks = class {
  fault;
  conditions = [];
  /** Records the fault unless the condition holds or is not known. */
  holds(condition, fault) {
    if (condition === false) this.fault ??= fault();
    return condition !== false;
  }
  equal(left, right, fault) {
    return this.decide('equal', left, right, isEqual(left, right), fault);
  }
  atLeast(left, right, fault) {
    const less = isLess(left, right);
    return this.decide('at-least', left, right, less === void 0 ? void 0 : !less, fault);
  }
  divisible(left, right, fault) {
    const rest = right === 0 ? void 0 : modulo(left, right);
    return this.decide('divisible', left, right, typeof rest === 'number' ? rest === 0 : void 0, fault);
  }
  /** The answer of a rule: `outputs` with whatever the checks have found. */
  answer(outputs) {
    return this.fault === void 0 ? { outputs, conditions: this.conditions } : { outputs, fault: this.fault, conditions: this.conditions };
  }
  /** For broadcasting: equal, or one of them 1. */
  equalOrOne(left, right, fault) {
    return this.decide('equal-or-one', left, right, left === 1 || right === 1 ? true : isEqual(left, right), fault);
  }
  decide(kind, left, right, answer, fault) {
    if (answer === void 0 && left !== void 0 && right !== void 0 && this.fault === void 0) {
      this.conditions.push({ condition: { kind, left, right }, fault: fault() });
    }
    return this.holds(answer, fault);
  }
};

// server/src/operators/same-shape.ts
function sameShape(name, summary, parameters4 = [], check) {
  return {
    name,
    summary,
    parameters: parameters4,
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }) => {
      const checks = new Checks();
      const isSound = check === void 0 || check(checks, from, input);
      return checks.answer([isSound ? input : void 0]);
    },
  };
}
function checkRank(checks, input, fewest, most, expected, at = 0) {
  if (input === void 0 || (input.length >= fewest && input.length <= most)) return true;
  return checks.holds(false, () => badRank(input, expected, at));
}
function badRank(shape, expected, input) {
  return { code: 'rank-mismatch', reason: 'bad-rank', input, shape, expected };
}

// server/src/operators/activations.ts
var inplace = { name: 'inplace', type: 'boolean', default: false, doc: 'Whether the input is overwritten.' };
function real(name, value, doc) {
  return { name, type: 'number', default: float(value), doc };
}
var lambd = (doc) => real('lambd', 0.5, doc);
function checkNumber(checks, from, argument, isLegal2, legal) {
  checks.holds(isLegal2, () => ({ code: 'argument-range', reason: 'out-of-range', argument, value: from.get(argument) ?? null, legal }));
  return true;
}
var activations = [
  sameShape('ReLU', 'Replaces negative values by 0.', [inplace]),
  sameShape('ReLU6', 'Limits values to 0 to 6.', [inplace]),
  sameShape('LeakyReLU', 'Scales negative values down.', [real('negative_slope', 0.01, 'The slope for negative values.'), inplace]),
  sameShape('ELU', 'Bends negative values towards -alpha.', [real('alpha', 1, 'The limit for negative values is -alpha.'), inplace]),
  sameShape('SELU', 'An ELU whose scale keeps mean and variance.', [inplace]),
  sameShape(
    'CELU',
    'An ELU without a kink at 0.',
    [real('alpha', 1, 'The limit for negative values is -alpha.'), inplace],
    (checks, from) => checkNumber(checks, from, 'alpha', number(from, 'alpha') !== 0, 'other than 0'),
  ),
  sameShape('GELU', 'Weights each value by the normal distribution below it.', [
    { name: 'approximate', type: 'string', default: 'none', choices: ['none', 'tanh'], doc: 'The formula: exact, or by tanh.' },
  ]),
  sameShape('SiLU', 'x * sigmoid(x), known as swish.', [inplace]),
  sameShape('Mish', 'x * tanh(softplus(x)).', [inplace]),
  sameShape('Hardswish', 'SiLU made of straight pieces.', [inplace]),
  sameShape('Hardsigmoid', 'Sigmoid made of straight pieces.', [inplace]),
  sameShape(
    'Hardtanh',
    'Limits values to min_val to max_val.',
    [real('min_val', -1, 'The smallest value.'), real('max_val', 1, 'The largest value.'), inplace],
    (checks, from) => {
      const [least, most] = [number(from, 'min_val'), number(from, 'max_val')];
      return checkNumber(checks, from, 'max_val', least === void 0 || most === void 0 || most > least, 'above min_val');
    },
  ),
  sameShape('Hardshrink', 'Replaces values near 0 by 0.', [lambd('Values from -lambd to lambd become 0.')]),
  sameShape('Sigmoid', '1 / (1 + exp(-x)): values between 0 and 1.'),
  sameShape('LogSigmoid', 'The logarithm of the sigmoid.'),
  sameShape('Tanh', 'Values between -1 and 1.'),
  sameShape('Tanhshrink', 'x - tanh(x).'),
  sameShape('Softplus', 'A smooth ReLU, log(1 + exp(x)).', [
    { name: 'beta', type: 'number', default: 1, doc: 'The higher, the nearer to ReLU.' },
    { name: 'threshold', type: 'number', default: 20, doc: 'Above it (times beta) the function is taken as x itself.' },
  ]),
  sameShape('Softshrink', 'Draws values towards 0 by lambd.', [lambd('How far values are drawn to 0.')], (checks, from) =>
    checkNumber(checks, from, 'lambd', (number(from, 'lambd') ?? 0) >= 0, 'at least 0'),
  ),
  sameShape('Softsign', 'x / (1 + |x|).'),
  sameShape('Threshold', 'Replaces values up to a threshold by one value.', [
    { name: 'threshold', type: 'number', doc: 'Values above it are kept.' },
    { name: 'value', type: 'number', doc: 'What the others become.' },
    inplace,
  ]),
  sameShape('RReLU', 'A LeakyReLU whose slope is random in training.', [
    real('lower', 1 / 8, 'The least slope for negative values.'),
    real('upper', 1 / 3, 'The greatest slope for negative values.'),
    inplace,
  ]),
];

// server/src/operators/axis-size.ts
function effectiveKernel(kernel2, dilation2) {
  return add(multiply(dilation2, subtract(kernel2, 1)), 1);
}
function paddedSize(input, { paddingStart, paddingEnd }) {
  return add(add(input, paddingStart), paddingEnd);
}
function convolutionSize(input, axis) {
  return windowCount(paddedSize(input, axis), axis);
}
function windowCount(padded, { kernel: kernel2, stride: stride2, dilation: dilation2 }) {
  return add(floorDivide(subtract(padded, effectiveKernel(kernel2, dilation2)), stride2), 1);
}
function poolingSize(input, axis, ceilMode) {
  if (!ceilMode) return convolutionSize(input, axis);
  const { kernel: kernel2, stride: stride2, dilation: dilation2, paddingStart, paddingEnd } = axis;
  const roundUp = subtract(stride2, 1);
  const room = add(add(subtract(paddingEnd, effectiveKernel(kernel2, dilation2)), stride2), roundUp);
  const slack = add(paddingStart, axis.keepsLast === true ? room : minimum(room, roundUp));
  return floorDivide(add(input, slack), stride2);
}
function transposedSize(input, axis, outputPadding) {
  const full = add(multiply(axis.stride, subtract(input, 1)), effectiveKernel(axis.kernel, axis.dilation));
  return add(subtract(subtract(full, axis.paddingStart), axis.paddingEnd), outputPadding);
}
function isLegal({ kernel: kernel2, stride: stride2, dilation: dilation2, paddingStart, paddingEnd }) {
  return (
    isAtLeast(kernel2, 1) && isAtLeast(stride2, 1) && isAtLeast(dilation2, 1) && isAtLeast(paddingStart, 0) && isAtLeast(paddingEnd, 0)
  );
}
function isAtLeast(size, least) {
  return typeof size !== 'number' || size >= least;
}

// server/src/operators/window-arguments.ts
function readAxes(from, name, axes) {
  const value = from.get(name);
  if (!isList(value)) return repeated(toDimension(value), axes);
  if (value.length === axes) return value.map(toDimension);
  return repeated(value.length === 1 ? toDimension(value[0]) : void 0, axes);
}
function repeated(size, axes) {
  return axes === 1 ? [size] : axes === 2 ? [size, size] : Array.from({ length: axes }, () => size);
}
function toDimension(value) {
  return isSize(value) ? value : void 0;
}
function checkLength(checks, from, name, axes, allowOne = true) {
  const value = from.get(name);
  if (!isList(value) || value.length === axes || (allowOne && value.length === 1)) return true;
  const expected = axes === 1 ? 'one number' : `one number, or ${axes}, one for each axis`;
  return checks.holds(false, () => ({ code: 'argument-type', reason: 'tuple-length-mismatch', argument: name, value, expected }));
}
function checkMinimum(checks, from, name, least, reason) {
  const value = from.get(name);
  if (typeof value === 'number' && value >= least) return true;
  for (const part2 of isList(value) ? value : [value]) {
    if (!isSize(part2)) continue;
    const legal = `at least ${least}`;
    if (!checks.atLeast(part2, least, () => ({ code: 'argument-range', reason, argument: name, value: value ?? null, legal })))
      return false;
  }
  return true;
}
function checkRank2(checks, shape, ranks, expected) {
  if (shape === void 0 || ranks.includes(shape.length)) return true;
  return checks.holds(false, () => ({ code: 'rank-mismatch', reason: 'bad-rank', input: 0, shape, expected }));
}
function rankWords(spatial) {
  return `${spatial + 2} axes, or ${spatial + 1} without a batch`;
}
function checkNotEmpty(checks, shape, first, windows2 = []) {
  for (let axis = first; axis < shape.length; axis++) {
    const size = shape[axis];
    if (typeof size === 'number' ? size > 0 : impliesCells(windows2[axis - shape.length + windows2.length])) continue;
    const fault = () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: axis - shape.length, input: size, output: size });
    if (!checks.atLeast(size, 1, fault)) return false;
  }
  return true;
}
function impliesCells(axis) {
  if (axis === void 0) return false;
  return isLess(paddedSize(0, axis), effectiveKernel(axis.kernel, axis.dilation)) === true;
}
function toWindow(axis, kind) {
  const { kernel: kernel2, stride: stride2, dilation: dilation2, paddingStart, paddingEnd, keepsLast } = axis;
  return {
    kernel: kernel2,
    stride: stride2,
    dilation: dilation2,
    paddingStart,
    paddingEnd,
    kind,
    ...(keepsLast === true && { keepsLast }),
  };
}
var AXES_WORDS = { 1: '', 2: ', one number or (height, width)', 3: ', one number or (depth, height, width)' };
function windowParameters(spatial) {
  const each = AXES_WORDS[spatial];
  return {
    kernel: { name: 'kernel_size', type: 'integers', doc: `Size of the window${each}.`, legal: 'at least 1' },
    stride: {
      name: 'stride',
      type: 'integers',
      default: 1,
      doc: `How far the window moves from one output cell to the next${each}.`,
      legal: 'at least 1',
    },
    dilation: {
      name: 'dilation',
      type: 'integers',
      default: 1,
      doc: `Distance between neighbouring cells of the kernel${each}.`,
      legal: 'at least 1',
    },
  };
}

// server/src/operators/adaptive-pooling.ts
var RETURN_INDICES = {
  name: 'return_indices',
  type: 'boolean',
  default: false,
  doc: 'Whether the places of the largest values are given as well.',
};
var adaptivePools = ['Avg', 'Max'].flatMap((kind) => [1, 2, 3].map((spatial) => declare(kind, spatial)));
function declare(kind, spatial) {
  const none = spatial === 1 ? '' : '; None keeps the size of the input';
  const size = { name: 'output_size', type: 'any', doc: `Size of the output on each axis${none}.`, legal: 'at least 0' };
  return {
    name: `Adaptive${kind}Pool${spatial}d`,
    summary: `Gives the ${kind === 'Avg' ? 'mean' : 'largest value'} of each window, with windows that make the output as large as asked for.`,
    parameters: kind === 'Max' ? [size, RETURN_INDICES] : [size],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer(call, kind, spatial),
    windows: (call) => windows(call, spatial),
  };
}
function infer({ arguments: from, inputs: [input] }, kind, spatial) {
  const checks = new Checks();
  const value = from.get('output_size');
  const isReadable = checkType(checks, value, spatial);
  if (spatial === 1) checkRank2(checks, input, [2, 3], rankWords(1));
  else if (isList(value) && input !== void 0 && input.length <= value.length) checkRank2(checks, input, [], rankWords(spatial));
  const lengthFits = isReadable && (kind === 'Max' || checkLength(checks, from, 'output_size', spatial, spatial === 1));
  const sizes = outputSizes(value, input, spatial);
  if (kind === 'Avg') {
    return checks.answer([adaptiveMean(checks, input, sizes, 'output_size', value ?? null)]);
  }
  const rankFits = checkRank2(checks, input, [spatial + 1, spatial + 2], rankWords(spatial));
  if (input !== void 0 && rankFits) checkNotEmpty(checks, input, 1);
  checkLength(checks, from, 'output_size', spatial, spatial === 1);
  if (input === void 0 || !rankFits) return checks.answer([void 0]);
  const outputs = sizes.map((output, at) => {
    const fits = checks.atLeast(output, 0, () => ({
      code: 'empty-output',
      reason: 'negative-output',
      axis: at - spatial,
      input: input[input.length - spatial + at],
      output,
    }));
    return fits && lengthFits ? output : void 0;
  });
  return checks.answer([[...input.slice(0, -spatial), ...outputs]]);
}
function adaptiveMean(checks, input, sizes, argument, value) {
  const spatial = sizes.length;
  const outputs = sizes.map((size) => {
    const fits = checks.atLeast(size, 0, () => ({
      code: 'argument-range',
      reason: 'negative-output-size',
      argument,
      value,
      legal: 'at least 0',
    }));
    return fits ? size : void 0;
  });
  if (input === void 0) return void 0;
  const hasAxes = checks.holds(input.length >= spatial, () => ({
    code: 'rank-mismatch',
    reason: 'bad-rank',
    input: 0,
    shape: input,
    expected: rankWords(spatial),
  }));
  if (!hasAxes) return void 0;
  const isMean = outputs.every((size) => size === 1);
  if (!isMean) {
    if (!sizes.includes(void 0)) checkNotEmpty(checks, input, spatial === 3 ? 1 : input.length - spatial);
    if (!checkRank2(checks, input, [spatial + 1, spatial + 2], rankWords(spatial))) return void 0;
  }
  return [...input.slice(0, input.length - spatial), ...outputs];
}
function checkType(checks, value, spatial) {
  const isPart = (part2) => isSize(part2) || isUnknown(part2) || part2 === void 0 || (part2 === null && spatial > 1);
  const fits = isList(value) ? value.every(isPart) : isPart(value);
  const expected = spatial === 1 ? 'a whole number' : `a whole number, or a tuple of ${spatial} with whole numbers and None`;
  return checks.holds(fits, () => ({
    code: 'argument-type',
    reason: 'wrong-type',
    argument: 'output_size',
    value: value ?? null,
    expected,
  }));
}
function outputSizes(value, input, spatial) {
  return Array.from({ length: spatial }, (_, at) => {
    const part2 = !isList(value) ? value : value.length === spatial ? value[at] : void 0;
    return part2 === null ? input?.[input.length - spatial + at] : toDimension(part2);
  });
}
function windows({ arguments: from, inputs: [input] }, spatial) {
  if (input === void 0) return void 0;
  return outputSizes(from.get('output_size'), input, spatial).map((output, at) => {
    const size = input[input.length - spatial + at];
    const kernel2 = modulo(size, output) === 0 ? floorDivide(size, output) : void 0;
    return { kernel: kernel2, stride: kernel2, dilation: 1, paddingStart: 0, paddingEnd: 0, kind: 'pooling' };
  });
}

// server/src/operators/argument-checks.ts
function checkLeast(checks, from, name, least, reason) {
  const value = from.get(name);
  if (!isSize(value)) return true;
  return checks.atLeast(value, least, () => ({ code: 'argument-range', reason, argument: name, value, legal: `at least ${least}` }));
}
function checkProbability(checks, from, name) {
  const chance = number(from, name);
  if (chance === void 0 || (chance >= 0 && chance <= 1)) return true;
  return checks.holds(false, () => ({
    code: 'argument-range',
    reason: 'out-of-range',
    argument: name,
    value: from.get(name) ?? null,
    legal: 'between 0 and 1',
  }));
}

// server/src/operators/broadcast.ts
function simpler(a, b) {
  if (a === void 0 || b === void 0) return a ?? b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? a : b;
  return a.key.length <= b.key.length ? a : b;
}
function broadcast(checks, shapes, apart = 0) {
  let longest = 0;
  for (const shape of shapes) {
    if (shape === void 0) return void 0;
    longest = Math.max(longest, shape.length);
  }
  return Array.from({ length: Math.max(longest - apart, 0) }, (_, axis) => broadcastAxis(checks, shapes, axis - longest));
}
function broadcastAxis(checks, shapes, fromEnd) {
  let result = 1;
  let isKnown2 = true;
  for (const [input, shape] of shapes.entries()) {
    const size = shape === void 0 || shape.length + fromEnd < 0 ? 1 : shape[shape.length + fromEnd];
    if (size === 1 || size === result) continue;
    if (size === void 0) isKnown2 = false;
    else if (result === 1) result = size;
    else {
      const before = result;
      const fits = checks.equalOrOne(before, size, () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input,
        axis: fromEnd,
        shapes,
      }));
      if (fits) result = isEqual(before, size) === true ? before : simpler(before, size);
      else isKnown2 = false;
    }
  }
  return isKnown2 ? result : void 0;
}
function sameShapes(checks, shapes) {
  const first = shapes.find((shape) => shape !== void 0);
  if (first === void 0) return void 0;
  const output = [...first];
  const differing = /* @__PURE__ */ new Set();
  for (const [input, shape] of shapes.entries()) {
    if (shape === void 0 || shape === first) continue;
    const rank = Math.max(first.length, shape.length);
    const fits = checks.holds(shape.length === first.length, () => ({
      code: 'broadcast-mismatch',
      reason: 'ranks-differ',
      input,
      axis: -rank,
      shapes,
    }));
    if (!fits) return void 0;
    shape.forEach((size, axis) => {
      const expected = first[axis];
      const isSame = checks.equal(expected, size, () => ({
        code: 'broadcast-mismatch',
        reason: 'not-equal',
        input,
        axis: axis - rank,
        shapes,
      }));
      if (!isSame) differing.add(axis);
      output[axis] = differing.has(axis) ? void 0 : simpler(output[axis], size);
    });
  }
  return output;
}

// server/src/operators/attention.ts
var batchFirst = {
  name: 'batch_first',
  type: 'boolean',
  default: false,
  doc: 'Whether the batch is axis 0 and the sequence axis 1, and not the other way round.',
};
function embedDim(name) {
  return {
    name,
    type: 'integer',
    inferable: true,
    doc: 'Size of the last axis of the input; `_` takes it from there.',
    legal: 'a multiple of the number of heads',
  };
}
function dropout(name, chance) {
  return { name, type: 'number', default: float(chance), doc: 'The chance of dropout in training.', legal: 'between 0 and 1' };
}
function flag(name, value, doc) {
  return { name, type: 'boolean', default: value, doc };
}
function checkHeads(checks, from, width, heads, actual) {
  checkLeast(checks, from, width, 1, 'non-positive-size');
  const isPositive = checkLeast(checks, from, heads, 1, 'non-positive-size');
  const groups = integer(from, heads);
  const value = dimension(from, width) ?? actual;
  if (!isPositive || groups === void 0) return;
  checks.divisible(value, groups, () => ({
    code: 'group-mismatch',
    reason: 'groups-not-divisor',
    argument: width,
    value,
    groups,
    divider: heads,
  }));
}
function last(shape) {
  return shape?.[shape.length - 1];
}
function streamsOf([query, key, value], count) {
  return count === 1 ? { query, key: query, value: query } : { query, key, value };
}
function checkWidth(checks, shape, input, argument, expected) {
  if (shape === void 0) return;
  const axis = shape.length - 1;
  const actual = shape[axis];
  checks.equal(expected, actual, () => ({
    code: 'feature-mismatch',
    reason: 'features-mismatch',
    input,
    axis,
    argument,
    expected,
    actual,
  }));
}
function extraKeys(from) {
  const flags = [boolean(from, 'add_bias_kv'), boolean(from, 'add_zero_attn')];
  return sum(flags.map((isOn) => (isOn === void 0 ? void 0 : Number(isOn))));
}
var multiheadAttention = {
  name: 'MultiheadAttention',
  summary: 'Lets each place of a sequence look at all places, in several heads; one input is self-attention.',
  parameters: [
    embedDim('embed_dim'),
    { name: 'num_heads', type: 'integer', doc: 'Number of heads.', legal: 'at least 1, and a divisor of embed_dim' },
    dropout('dropout', 0),
    flag('bias', true, 'Whether the projections have biases.'),
    flag('add_bias_kv', false, 'Whether a learnt key and value are added to the sequence.'),
    flag('add_zero_attn', false, 'Whether a key and value of zeros are added to the sequence.'),
    { name: 'kdim', type: 'integer', default: null, nullable: true, doc: 'Size of the last axis of the key; None for embed_dim.' },
    { name: 'vdim', type: 'integer', default: null, nullable: true, doc: 'Size of the last axis of the value; None for embed_dim.' },
    batchFirst,
  ],
  inputs: { minimum: 1, maximum: 3 },
  outputs: ['output', 'weights'],
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    checks.holds(inputs.length !== 2, () => ({
      code: 'input-count',
      reason: 'input-count',
      expected: '1 input (self-attention) or 3',
      actual: 2,
    }));
    const { query, key, value } = streamsOf(inputs, inputs.length);
    checkHeads(checks, from, 'embed_dim', 'num_heads', last(query));
    if (query === void 0 || checks.fault?.code === 'input-count') return checks.answer([void 0, void 0]);
    const rank = query.length;
    const isQuery = checkRank(checks, query, 2, 3, '2 axes (unbatched) or 3');
    const areSame = [key, value].every((shape, at) => checkRank(checks, shape, rank, rank, `${rank} axes, as the query has`, at + 1));
    if (!isQuery || !areSame) return checks.answer([isQuery ? query.map(() => void 0) : void 0, void 0]);
    const width = dimension(from, 'embed_dim') ?? last(query);
    checkWidth(checks, query, 0, 'embed_dim', width);
    const own = (name) =>
      from.get(name) === null ? { argument: 'embed_dim', size: width } : { argument: name, size: dimension(from, name) };
    const [keys, values] = [own('kdim'), own('vdim')];
    const isFirst = boolean(from, 'batch_first');
    const [batchAxis, timeAxis] = rank === 2 ? [void 0, 0] : isFirst === true ? [0, 1] : [1, 0];
    const isLaidOut = rank === 2 || isFirst !== void 0;
    let batch = batchAxis === void 0 ? void 0 : query[batchAxis];
    if (inputs.length === 3) {
      checkWidth(checks, key, 1, keys.argument, keys.size);
      checkWidth(checks, value, 2, values.argument, values.size);
      const same = (left, right, input, axis) =>
        checks.equal(left?.[axis], right?.[axis], () => ({
          code: 'broadcast-mismatch',
          reason: 'not-broadcastable',
          input,
          axis: axis - rank,
          shapes: input === 2 ? [key, key, value] : inputs,
        }));
      if (isLaidOut) same(key, value, 2, timeAxis);
      if (batchAxis !== void 0 && isLaidOut) {
        const fits = same(query, key, 1, batchAxis) && same(key, value, 2, batchAxis);
        batch = fits ? simpler(batch, key?.[batchAxis]) : void 0;
      }
    }
    const output = query.map((size, axis) => (axis === rank - 1 ? width : axis === batchAxis && isLaidOut ? batch : size));
    const seen = add(key?.[timeAxis], extraKeys(from));
    const pairs = [query[timeAxis], seen];
    const weights2 = !isLaidOut ? [void 0, void 0, void 0] : rank === 2 ? pairs : [batch, ...pairs];
    return checks.answer([output, weights2]);
  },
  cost: ({ arguments: from, inputs }, [, weights2]) => {
    const { query, key, value } = streamsOf(inputs, inputs.length);
    const width = dimension(from, 'embed_dim') ?? last(query);
    const own = (name) => (from.get(name) === null ? width : dimension(from, name));
    const projected = { query: width, key: own('kdim'), value: own('vdim') };
    const parameters4 = attentionParameters(from, width, [projected.query, projected.key, projected.value, width]);
    if (query === void 0 || key === void 0 || value === void 0 || weights2 === void 0) return { parameters: parameters4, macs: void 0 };
    const rows = (shape) => product(shape.slice(0, -1));
    const macs = sum([
      multiply(rows(query), multiply(width, width)),
      multiply(rows(key), multiply(projected.key, width)),
      multiply(rows(value), multiply(projected.value, width)),
      // Queries times keys, and weights times values: together 2 * L * S * embed_dim over all heads.
      multiply(multiply(2, product(weights2)), width),
      multiply(rows(query), multiply(width, width)),
    ]);
    return { parameters: parameters4, macs };
  },
};
function attentionParameters(from, width, widths) {
  const matrices = sum(widths.map((each) => multiply(each, width)));
  const biases = boolean(from, 'bias') === false ? 0 : multiply(4, width);
  const extra = boolean(from, 'add_bias_kv') === true ? multiply(2, width) : 0;
  return sum([matrices, biases, extra]);
}
var transformerEncoderLayer = {
  name: 'TransformerEncoderLayer',
  summary: 'Self-attention and two linear layers, each with a norm and a residual join.',
  parameters: [
    embedDim('d_model'),
    { name: 'nhead', type: 'integer', doc: 'Number of heads.', legal: 'at least 1, and a divisor of d_model' },
    { name: 'dim_feedforward', type: 'integer', default: 2048, doc: 'Size between the two linear layers.', legal: 'at least 0' },
    dropout('dropout', 0.1),
    {
      name: 'activation',
      type: 'string',
      default: 'relu',
      choices: ['relu', 'gelu'],
      doc: 'The activation between the two linear layers.',
    },
    { name: 'layer_norm_eps', type: 'number', default: float(1e-5), doc: 'Added to the variance, against division by 0.' },
    batchFirst,
    flag('norm_first', false, 'Whether the norms come before attention and linear layers.'),
    flag('bias', true, 'Whether linear layers and norms have biases.'),
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    checkHeads(checks, from, 'd_model', 'nhead', last(input));
    checkLeast(checks, from, 'dim_feedforward', 0, 'negative-size');
    checkProbability(checks, from, 'dropout');
    if (!checkRank(checks, input, 2, 3, '2 axes (unbatched) or 3')) return checks.answer([void 0]);
    checkWidth(checks, input, 0, 'd_model', dimension(from, 'd_model') ?? last(input));
    return checks.answer([input && [...input.slice(0, -1), dimension(from, 'd_model') ?? last(input)]]);
  },
  cost: ({ arguments: from, inputs: [input] }) => encoderCost(from, input),
};
function encoderCost(from, input) {
  const width = dimension(from, 'd_model') ?? last(input);
  const inner = dimension(from, 'dim_feedforward');
  const hasBias = boolean(from, 'bias') !== false;
  const linear2 = multiply(multiply(2, width), inner);
  const biases = hasBias ? add(width, inner) : 0;
  const norms = multiply(hasBias ? 4 : 2, width);
  const parameters4 = sum([attentionParameters(from, width, [width, width, width, width]), linear2, biases, norms]);
  if (input === void 0) return { parameters: parameters4, macs: void 0 };
  const isFirst = input.length === 2 ? false : boolean(from, 'batch_first');
  const length = isFirst === void 0 ? void 0 : input[isFirst ? 1 : 0];
  const rows = product(input.slice(0, -1));
  const matrices = multiply(rows, add(multiply(4, multiply(width, width)), linear2));
  return { parameters: parameters4, macs: add(matrices, multiply(multiply(2, width), multiply(rows, length))) };
}
var scaledDotProductAttention = {
  name: 'ScaledDotProductAttention',
  summary: 'Attention without weights, as torch.nn.functional.scaled_dot_product_attention: query, key, value.',
  parameters: [
    dropout('dropout_p', 0),
    flag('is_causal', false, 'Whether each place sees only those before it.'),
    {
      name: 'scale',
      type: 'number',
      default: null,
      nullable: true,
      doc: 'The factor of the products; None for one over the root of the width.',
    },
  ],
  inputs: { minimum: 3, maximum: 3 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    checkProbability(checks, from, 'dropout_p');
    const [query, key, value] = inputs;
    const areSound = inputs.every((shape, input) => checkRank(checks, shape, 2, Infinity, 'at least 2 axes', input));
    if (query === void 0 || key === void 0 || value === void 0 || !areSound) return checks.answer([void 0]);
    const same = (left, right, input, axis) =>
      checks.equal(left[left.length + axis], right[right.length + axis], () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input,
        axis,
        shapes: input === 2 ? [left, left, right] : [left, right],
      }));
    same(query, key, 1, -1);
    same(key, value, 2, -2);
    const batch = broadcast(checks, inputs, 2) ?? [];
    return checks.answer([[...batch, query[query.length - 2], last(value)]]);
  },
  cost: ({ inputs: [query, key] }, [output]) => {
    if (query === void 0 || key === void 0 || output === void 0) return { parameters: 0, macs: void 0 };
    const pairs = multiply(product(output.slice(0, -1)), key[key.length - 2]);
    return { parameters: 0, macs: multiply(pairs, add(last(query), last(output))) };
  },
};
var attentions = [multiheadAttention, transformerEncoderLayer, scaledDotProductAttention];

// server/src/operators/axis-argument.ts
function resolveAxis(checks, argument, dim2, rank) {
  if (dim2 === void 0) return void 0;
  const count = Math.max(rank, 1);
  const fits = checks.holds(dim2 >= -count && dim2 < count, () => ({
    code: 'argument-range',
    reason: 'dim-out-of-range',
    argument,
    value: dim2,
    legal: `between ${-count} and ${count - 1} for ${rank === 1 ? '1 axis' : `${rank} axes`}`,
  }));
  if (!fits) return void 0;
  return dim2 < 0 ? dim2 + count : dim2;
}
function unknownLike(shape) {
  return shape?.map(() => void 0);
}

// server/src/operators/axis-activations.ts
var alongDim = (checks, from, input) => {
  if (input !== void 0) resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
  return true;
};
function softmax(name, summary) {
  const doc = 'The axis along which values are weighed; None takes axis 1, or 0 with 0, 1 or 3 axes.';
  return sameShape(name, summary, [{ name: 'dim', type: 'integer', default: null, nullable: true, doc }], alongDim);
}
var glu = {
  name: 'GLU',
  summary: 'Halves an axis: the first half times the sigmoid of the second.',
  parameters: [{ name: 'dim', type: 'integer', default: -1, doc: 'The axis that is halved; its size has to be even.' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    if (input === void 0 || !checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer([void 0]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === void 0) return checks.answer([unknownLike(input)]);
    const size = input[axis];
    const isEven = checks.divisible(size, 2, () => ({
      code: 'reshape-mismatch',
      reason: 'not-divisible',
      argument: 'dim',
      input: 0,
      axis,
      actual: size,
      expected: 2,
    }));
    return checks.answer([input.map((same, at) => (at !== axis ? same : isEven ? floorDivide(size, 2) : void 0))]);
  },
};
var prelu = {
  name: 'PReLU',
  summary: 'A LeakyReLU whose slope is learnt, one for all channels or one for each.',
  parameters: [
    {
      name: 'num_parameters',
      type: 'integer',
      default: 1,
      inferable: true,
      doc: 'How many slopes: 1, or the number of channels.',
      legal: '1, or the number of channels',
    },
    { name: 'init', type: 'number', default: float(0.25), doc: 'The slope before training.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    checkLeast(checks, from, 'num_parameters', 1, 'non-positive-size');
    const expected = dimension(from, 'num_parameters');
    if (input === void 0 || expected === void 0 || expected === 1) return checks.answer([input]);
    if (!checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer([void 0]);
    const axis = input.length > 1 ? 1 : 0;
    const actual = input.length > 1 ? input[1] : 1;
    const fits = checks.equal(expected, actual, () => ({
      code: 'channel-mismatch',
      reason: 'channels-mismatch',
      input: 0,
      axis,
      argument: 'num_parameters',
      expected,
      actual,
    }));
    return checks.answer([fits ? input : input.map((size, at) => (at === axis ? void 0 : size))]);
  },
  cost: ({ arguments: from, inputs: [input] }) => {
    const channels = isInfer(from.get('num_parameters')) ? input?.[1] : dimension(from, 'num_parameters');
    return { parameters: channels, macs: 0 };
  },
};
var axisActivations = [
  softmax('Softmax', 'Makes the values along an axis a distribution.'),
  softmax('LogSoftmax', 'The logarithm of the softmax along an axis.'),
  softmax('Softmin', 'The softmax of the negated values along an axis.'),
  sameShape('Softmax2d', 'Makes the channels at each place a distribution.', [], (checks, _from, input) =>
    checkRank(checks, input, 3, 4, '3 axes (unbatched) or 4'),
  ),
  glu,
  prelu,
];

// server/src/operators/axis-order.ts
function declare2(name, summary, parameters4, rule, withoutInput = () => void 0) {
  return {
    name,
    summary,
    parameters: parameters4,
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }) => {
      const checks = new Checks();
      return checks.answer([input === void 0 ? withoutInput(from) : rule(checks, from, input)]);
    },
  };
}
function resolveAxes(checks, argument, dims2, rank) {
  const axes = [];
  for (const dim2 of dims2) {
    const axis = resolveAxis(checks, argument, dim2, rank);
    if (axis === void 0) return void 0;
    if (axes.includes(axis)) {
      checks.holds(false, () => ({
        code: 'argument-range',
        reason: 'repeated-dim',
        argument,
        value: dim2 ?? 0,
        legal: 'axes that are all different',
      }));
      return void 0;
    }
    axes.push(axis);
  }
  return axes;
}
var dims = (doc) => ({ name: 'dims', type: 'integers', variadic: true, doc });
var permute = declare2(
  'Permute',
  'Puts the axes into another order.',
  [dims('The axes in their new order, as numbers or as a tuple.')],
  (checks, from, input) => {
    const order = integers(from, 'dims');
    if (order === void 0) return unknownLike(input);
    const expected = `${order.length === 1 ? '1 axis' : `${order.length} axes`}, as many as dims has`;
    const isWhole = checks.holds(order.length === input.length, () => ({
      code: 'rank-mismatch',
      reason: 'bad-rank',
      input: 0,
      shape: input,
      expected,
      argument: 'dims',
    }));
    if (!isWhole) return void 0;
    return resolveAxes(checks, 'dims', order, input.length)?.map((axis) => input[axis]) ?? unknownLike(input);
  },
  (from) => unknownLike(integers(from, 'dims')),
);
var transpose = declare2(
  'Transpose',
  'Swaps two axes.',
  [
    { name: 'dim0', type: 'integer', doc: 'One axis.' },
    { name: 'dim1', type: 'integer', doc: 'The axis it is swapped with.' },
  ],
  (checks, from, input) => {
    const first = resolveAxis(checks, 'dim0', integer(from, 'dim0'), input.length);
    const second = resolveAxis(checks, 'dim1', integer(from, 'dim1'), input.length);
    if (first === void 0 || second === void 0) return unknownLike(input);
    return input.map((size, axis) => (axis === first ? input[second] : axis === second ? input[first] : size));
  },
);
var squeeze = declare2(
  'Squeeze',
  'Takes away axes of size 1.',
  [
    {
      name: 'dim',
      type: 'integers',
      default: null,
      nullable: true,
      doc: 'The axes that go if their size is 1; None for all of that size.',
    },
  ],
  (checks, from, input) => {
    const written = from.get('dim');
    const asked = integers(from, 'dim');
    const axes = written === null ? input.map((_, axis) => axis) : asked && resolveAxes(checks, 'dim', asked, input.length);
    if (axes === void 0) return void 0;
    const isOne = input.map((size, axis) => axes.includes(axis) && (size === void 0 ? void 0 : isEqual(size, 1)));
    return isOne.includes(void 0) ? void 0 : input.filter((_, axis) => isOne[axis] === false);
  },
);
var unsqueeze = declare2(
  'Unsqueeze',
  'Adds an axis of size 1.',
  [{ name: 'dim', type: 'integer', doc: 'The place of the new axis in the output.' }],
  (checks, from, input) => {
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length + 1);
    return axis === void 0 ? Array.from({ length: input.length + 1 }, () => void 0) : [...input.slice(0, axis), 1, ...input.slice(axis)];
  },
);
var flip = declare2(
  'Flip',
  'Turns the order of the cells round along axes.',
  [dims('The axes that are turned round.')],
  (checks, from, input) => {
    const axes = integers(from, 'dims');
    if (axes !== void 0) resolveAxes(checks, 'dims', axes, input.length);
    return input;
  },
);
var roll = declare2(
  'Roll',
  'Shifts the cells along axes; what leaves at one end comes in at the other.',
  [
    { name: 'shifts', type: 'integers', doc: 'By how many cells, for each axis in dims.' },
    {
      name: 'dims',
      type: 'integers',
      default: null,
      nullable: true,
      doc: 'The axes that are shifted along; None shifts the flattened input.',
    },
  ],
  (checks, from, input) => {
    const axes = integers(from, 'dims');
    const shifts = integers(from, 'shifts');
    if (shifts === void 0 || (axes === void 0 && from.get('dims') !== null)) return input;
    const count = axes?.length ?? 1;
    checks.holds(shifts.length === count, () => ({
      code: 'argument-type',
      reason: 'tuple-length-mismatch',
      argument: 'shifts',
      value: from.get('shifts') ?? null,
      expected: count === 1 ? 'one number' : `${count} numbers, one for each axis in dims`,
    }));
    for (const dim2 of axes ?? []) resolveAxis(checks, 'dims', dim2, input.length);
    return input;
  },
);
var axisOrders = [permute, transpose, squeeze, unsqueeze, flip, roll];
function isEmptyList(value) {
  return isList(value) && value.length === 0;
}

// server/src/operators/batch-norm.ts
var numFeatures = {
  name: 'num_features',
  type: 'integer',
  inferable: true,
  doc: 'Number of channels of the input; `_` takes it from there.',
  legal: 'at least 0',
};
var PARAMETERS_PER_CHANNEL = {
  name: 'parameters_per_channel',
  type: 'integer',
  default: null,
  nullable: true,
  doc: 'How many numbers of each channel count as parameters: 2 in PyTorch, 4 where the running statistics count as well.',
};
var MORE_PARAMETERS = {
  name: 'more_parameters',
  type: 'integer',
  default: 0,
  doc: 'How many numbers count besides those of the channels: Caffe keeps one, the weight of its running sums.',
};
function declare3({ name, summary, lazy = false, instance = false, fewest, most, expected }) {
  const keepsStatistics = !instance || lazy;
  const parameters4 = [
    ...(lazy ? [] : [numFeatures]),
    { name: 'eps', type: 'number', default: float(1e-5), doc: 'Added to the variance, against division by 0.' },
    {
      name: 'momentum',
      type: 'number',
      default: float(0.1),
      nullable: true,
      doc: 'How fast the running statistics follow; None for a plain average.',
    },
    { name: 'affine', type: 'boolean', default: keepsStatistics, doc: 'Whether a scale and an offset are learnt for each channel.' },
    { name: 'track_running_stats', type: 'boolean', default: keepsStatistics, doc: 'Whether statistics of the training are kept.' },
  ];
  if (name === 'SyncBatchNorm') {
    parameters4.push({ name: 'process_group', type: 'any', default: null, nullable: true, doc: 'The processes that share statistics.' });
  }
  return {
    name,
    summary,
    parameters: parameters4,
    meanings: [PARAMETERS_PER_CHANNEL, MORE_PARAMETERS],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }) => {
      const checks = new Checks();
      if (!lazy) checkLeast(checks, from, 'num_features', 0, 'negative-size');
      if (input === void 0 || !checkRank(checks, input, fewest, most, expected)) return checks.answer([void 0]);
      const axis = channelAxis(input, instance, most);
      const claimed = lazy ? void 0 : dimension(from, 'num_features');
      if (claimed === void 0 || (boolean(from, 'affine') === false && boolean(from, 'track_running_stats') === false)) {
        return checks.answer([input]);
      }
      const actual = input[axis];
      if (claimed === actual) return checks.answer([input]);
      const fits = checks.equal(claimed, actual, () => ({
        code: 'channel-mismatch',
        reason: 'channels-mismatch',
        input: 0,
        axis,
        argument: 'num_features',
        expected: claimed,
        actual,
      }));
      return checks.answer([fits ? input : input.map((size, at) => (at === axis ? void 0 : size))]);
    },
    cost: ({ arguments: from, inputs: [input] }) => {
      const channels = dimension(from, 'num_features') ?? (input === void 0 ? void 0 : input[channelAxis(input, instance, most)]);
      const perChannel = integer(from, PARAMETERS_PER_CHANNEL.name) ?? (boolean(from, 'affine') === false ? 0 : 2);
      return { parameters: add(multiply(perChannel, channels), integer(from, MORE_PARAMETERS.name)), macs: 0 };
    },
  };
}
function channelAxis(input, instance, most) {
  return instance && input.length < most ? 0 : 1;
}
var NOUNS = ['sequence', 'image', 'volume'];
var batchNorms = [
  ...[1, 2, 3].flatMap((axes) => {
    const noun = NOUNS[axes - 1] ?? '';
    const batch = { fewest: axes === 1 ? 2 : axes + 2, most: axes + 2, expected: axes === 1 ? '2 or 3 axes' : `${axes + 2} axes` };
    const instance = { instance: true, fewest: axes + 1, most: axes + 2, expected: `${axes + 1} axes (unbatched) or ${axes + 2}` };
    const [perBatch, perSample] = [
      `Normalizes each channel of a ${noun} over the batch.`,
      `Normalizes each channel of each ${noun} by itself.`,
    ];
    const later = 'The number of channels is taken from the input.';
    return [
      declare3({ name: `BatchNorm${axes}d`, summary: perBatch, ...batch }),
      declare3({ name: `LazyBatchNorm${axes}d`, summary: `${perBatch} ${later}`, lazy: true, ...batch }),
      declare3({ name: `InstanceNorm${axes}d`, summary: perSample, ...instance }),
      declare3({ name: `LazyInstanceNorm${axes}d`, summary: `${perSample} ${later}`, lazy: true, ...instance }),
    ];
  }),
  declare3({
    name: 'SyncBatchNorm',
    summary: 'Normalizes each channel over the batches of all processes.',
    fewest: 2,
    most: Infinity,
    expected: 'at least 2 axes',
  }),
];

// server/src/operators/caffe-geometry.ts
var crop = {
  name: 'Crop',
  summary: "Cuts the first tensor to the sizes of the second, from one axis on: Caffe's layer.",
  parameters: [
    { name: 'axis', type: 'integer', default: 2, doc: 'The first axis that is cut; those before it keep their sizes.' },
    {
      name: 'offset',
      type: 'integers',
      default: 0,
      doc: 'How many cells are left out in front: one number for all axes, or one for each.',
      legal: 'at least 0',
    },
  ],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input, reference] }) => {
    const checks = new Checks();
    if (input === void 0) return checks.answer([void 0]);
    const first = resolveAxis(checks, 'axis', integer(from, 'axis'), input.length);
    if (first === void 0) return checks.answer([input.map(() => void 0)]);
    const offsets = dimensions(from, 'offset') ?? [];
    const fitsRank = checks.holds(reference === void 0 || reference.length === input.length, () => ({
      code: 'rank-mismatch',
      reason: 'bad-rank',
      input: 1,
      shape: reference,
      expected: `${input.length} axes, as many as its first input has`,
    }));
    const output = input.map((size, axis) => {
      if (axis < first) return size;
      const wanted = fitsRank ? reference?.[axis] : void 0;
      const offset = offsets.length === 1 ? offsets[0] : offsets[axis - first];
      checks.atLeast(size, add(wanted, offset), () => ({
        code: 'empty-output',
        reason: 'crop-too-large',
        axis: axis - input.length,
        input: size,
        output: subtract(subtract(size, offset), wanted),
      }));
      return wanted;
    });
    return checks.answer([output]);
  },
};
var interp = {
  name: 'Interp',
  summary: "Resizes images so that corner cells stay corners: n cells become (n - 1)f + 1. A layer of DeepLab's Caffe.",
  parameters: [
    { name: 'zoom_factor', type: 'integer', default: 1, doc: 'f: by how much the distance between cells grows.', legal: 'at least 1' },
    { name: 'shrink_factor', type: 'integer', default: 1, doc: 'By how much the distance shrinks, before it grows.', legal: 'at least 1' },
    { name: 'pad_beg', type: 'integer', default: 0, doc: 'Cells cut off in front, as a negative number.', legal: 'at most 0' },
    { name: 'pad_end', type: 'integer', default: 0, doc: 'Cells cut off at the end, as a negative number.', legal: 'at most 0' },
  ],
  inputs: { minimum: 1, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    const [input, reference] = inputs;
    if (input === void 0) return checks.answer([void 0]);
    const padding2 = add(dimension(from, 'pad_beg'), dimension(from, 'pad_end'));
    const [zoom, shrink] = [dimension(from, 'zoom_factor'), dimension(from, 'shrink_factor')];
    const output = input.map((size, axis) => {
      if (axis < 2) return size;
      if (inputs.length > 1) return reference?.[axis];
      const apart = shrink === 0 ? void 0 : floorDivide(subtract(add(size, padding2), 1), shrink);
      return add(multiply(apart, zoom), 1);
    });
    output.slice(2).forEach((size, at) => {
      const axis = at + 2 - input.length;
      checks.atLeast(size, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis, input: input[at + 2], output: size }));
    });
    return checks.answer([output]);
  },
};
var caffeGeometries = [crop, interp];

// server/src/operators/cat.ts
var cat = {
  name: 'Cat',
  summary: 'Joins tensors along one axis; all other axes have to be equal.',
  parameters: [{ name: 'dim', type: 'integer', default: 0, doc: 'The axis along which the tensors are joined; 1 is the channels.' }],
  inputs: { minimum: 0, maximum: Infinity },
  outputs: 'single',
  infer: infer2,
};
function infer2({ arguments: from, inputs }) {
  const checks = new Checks();
  const dim2 = integer(from, 'dim');
  checks.holds(inputs.length > 0, () => ({ code: 'input-count', reason: 'cat-empty-list', expected: 'at least 1 input', actual: 0 }));
  const scalar2 = inputs.findIndex((shape) => shape?.length === 0);
  checks.holds(scalar2 < 0, () => ({ code: 'concat-mismatch', reason: 'cat-zero-dim', input: scalar2, shapes: inputs, dim: dim2 ?? 0 }));
  if (checks.fault !== void 0) return checks.answer([void 0]);
  const counted = inputs.map((shape, input) => ({ shape, input })).filter(({ shape }) => !(shape?.length === 1 && shape[0] === 0));
  if (counted.length === 0) return checks.answer([[0]]);
  const known = counted.filter((part2) => part2.shape !== void 0);
  const [first] = known;
  if (first === void 0 || dim2 === void 0) return checks.answer([void 0]);
  const axis = resolveAxis(checks, 'dim', dim2, first.shape.length);
  if (axis === void 0) return checks.answer([void 0]);
  const output = join(checks, inputs, known, axis, dim2);
  if (output !== void 0) output[axis] = sum(counted.map(({ shape }) => shape?.[axis]));
  return checks.answer([output]);
}
function join(checks, shapes, parts2, axis, dim2) {
  const [first] = parts2;
  const output = [...(first?.shape ?? [])];
  const differing = /* @__PURE__ */ new Set();
  for (const { shape, input } of parts2) {
    const rankFits = checks.holds(shape.length === output.length, () => ({
      code: 'concat-mismatch',
      reason: 'cat-rank-mismatch',
      input,
      shapes,
      dim: dim2,
    }));
    if (!rankFits) return void 0;
    shape.forEach((size, at) => {
      if (at === axis || differing.has(at)) return;
      const expected = first?.shape[at] ?? output[at];
      const fits = checks.equal(expected, size, () => ({
        code: 'concat-mismatch',
        reason: 'cat-size-mismatch',
        input,
        axis: at,
        shapes,
        dim: dim2,
      }));
      if (!fits || size === void 0 || output[at] === void 0) differing.add(at);
      output[at] = differing.has(at) ? void 0 : simpler(output[at], size);
    });
  }
  return output;
}

// server/src/operators/center-crop.ts
var centerCrop = {
  name: 'CenterCrop',
  summary: 'Cuts the middle out of an image, with zeros where the image is smaller.',
  parameters: [{ name: 'size', type: 'integers', doc: 'Height and width of the crop; one number for a square.', legal: 'at least 1' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    checkLength(checks, from, 'size', 2);
    checkMinimum(checks, from, 'size', 1, 'non-positive-size');
    const fits = checks.holds(input === void 0 || input.length >= 2, () => {
      return { code: 'rank-mismatch', reason: 'bad-rank', input: 0, shape: input, expected: 'at least 2 axes' };
    });
    if (!fits || input === void 0) return checks.answer([void 0]);
    const crop2 = readAxes(from, 'size', 2).map((size) => (typeof size === 'number' && size < 1 ? void 0 : size));
    return checks.answer([[...input.slice(0, -2), ...crop2]]);
  },
};

// server/src/operators/channels.ts
var IN_CHANNELS = {
  name: 'in_channels',
  type: 'integer',
  inferable: true,
  doc: 'Number of channels of the input; `_` takes it from the input.',
  legal: 'at least 1',
};
var GROUPS = {
  name: 'groups',
  type: 'integer',
  default: 1,
  doc: 'Number of parts that the channels are divided into, each with kernels of its own.',
  legal: 'at least 1, a divisor of in_channels and out_channels',
};
var BIAS = {
  name: 'bias',
  type: 'boolean',
  default: true,
  doc: 'Whether a learnt number is added to each output channel.',
};
function declaredChannels(from) {
  return dimension(from, 'in_channels');
}
function checkGroups(checks, from) {
  const groups = integer(from, 'groups');
  if (groups === void 0 || groups === 1 || !checkMinimum(checks, from, 'groups', 1, 'non-positive-groups')) return;
  checkDivides(checks, groups, 'in_channels', declaredChannels(from));
  checkDivides(checks, groups, 'out_channels', dimension(from, 'out_channels'));
}
function checkChannels(checks, from, input, axis) {
  const expected = declaredChannels(from);
  const actual = input[axis];
  if (expected === void 0) {
    const groups = integer(from, 'groups');
    if (groups !== void 0 && groups > 1) checkDivides(checks, groups, 'in_channels', actual);
    return;
  }
  checks.equal(expected, actual, () => ({
    code: 'channel-mismatch',
    reason: 'channels-mismatch',
    input: 0,
    axis,
    argument: 'in_channels',
    expected,
    actual,
  }));
}
function checkDivides(checks, groups, argument, value) {
  checks.divisible(value, groups, () => ({
    code: 'group-mismatch',
    reason: 'groups-not-divisor',
    argument,
    value,
    groups,
    divider: 'groups',
  }));
}

// server/src/operators/circular-slices.ts
function refusedWrap(shape, axes) {
  const known = axes.filter(isKnown).reverse();
  if (known.length < axes.length || known.every(({ before, after }) => before >= 0 && after >= 0)) return void 0;
  const misfit = known.find(({ size, before, after, padded }) => {
    const target2 = slice(padded, Math.max(before, 0), padded - Math.max(after, 0));
    return !isCopied(lengthOf(target2), lengthOf(slice(size, Math.max(-before, 0), size - Math.max(-after, 0))));
  });
  return (misfit ?? known.find((wrap) => !wraps(shape, wrap)))?.axis;
}
function isKnown(wrap) {
  return [wrap.axis, wrap.size, wrap.before, wrap.after, wrap.padded].every(isConcrete);
}
function wraps(shape, { axis, before, after, padded }) {
  const [left, right] = [Math.max(before, 0), Math.max(after, 0)];
  const copies = [
    ...(left > 0 ? [[slice(padded, 0, left), slice(padded, padded - left - right, padded - right)]] : []),
    ...(right > 0 ? [[slice(padded, padded - right, padded), slice(padded, left, left + right)]] : []),
  ];
  return copies.every(
    ([target2, source]) => isCopied(lengthOf(target2), lengthOf(source)) && !isOverlapSeen(shape, axis, padded, target2, source),
  );
}
function isOverlapSeen(shape, axis, padded, target2, source) {
  const isAlone = shape.slice(0, axis).every((size) => size === 1);
  const isStretch = (part2) => isAlone || lengthOf(part2) === padded;
  if (shape.includes(0) || lengthOf(target2) === 0 || lengthOf(source) === 0 || !isStretch(target2) || !isStretch(source)) return false;
  const isSame = target2.start === source.start && target2.end === source.end;
  return !isSame && target2.start < source.end && source.start < target2.end;
}
function isCopied(target2, source) {
  return source === target2 || source === 1;
}
function slice(size, start, end) {
  const from = Math.min(Math.max(start < 0 ? start + size : start, 0), size);
  return { start: from, end: Math.min(Math.max(end < 0 ? end + size : end, from), size) };
}
function lengthOf({ start, end }) {
  return end - start;
}

// server/src/operators/padding-modes.ts
function padByMode(checks, input, pad3, mode, argument) {
  if (input === void 0) return void 0;
  const count = pad3.length / 2;
  const ranks = mode === 'circular' ? [count + 2] : [count + 1, count + 2];
  const fits = checks.holds(count >= 1 && count <= 3 && ranks.includes(input.length), () => {
    const expected = `${ranks.join(' or ')} axes for padding "${mode}" with ${pad3.length} numbers`;
    return { code: 'rank-mismatch', reason: 'pad-rank-mismatch', input: 0, shape: input, expected, argument };
  });
  if (!fits) return void 0;
  const axes = Array.from({ length: count }, (_, at) => {
    const axis = input.length - count + at;
    const [before, after] = [pad3[2 * (count - 1 - at)], pad3[2 * (count - 1 - at) + 1]];
    return { axis, size: input[axis], before, after, padded: add(add(input[axis], before), after) };
  });
  const legal = mode === 'circular' ? checkCircular(checks, input, axes, argument) : checkMirrored(checks, input, axes, mode, argument);
  const output = [...input];
  axes.forEach(({ axis, padded }, at) => {
    output[axis] = legal[at] === true && !(typeof padded === 'number' && padded < 0) ? padded : void 0;
  });
  return output;
}
function checkMirrored(checks, input, axes, mode, argument) {
  const rank = input.length;
  const isBatched = rank === axes.length + 2;
  const first = isBatched || (mode === 'reflect' && axes.length < 3) ? 1 : 0;
  checkNotEmpty(checks, input, first);
  const legal = axes.map(() => true);
  if (mode === 'reflect') {
    for (let at = axes.length - 1; at >= 0; at--) legal[at] = checkReach(checks, axes[at], mode, rank, argument);
  }
  const [only] = axes;
  if (!axes.some(({ padded }) => isLess(padded, 1) === false)) {
    const largest2 = axes.map(({ padded }) => padded).reduce(maximum);
    checks.atLeast(largest2, 1, () => tooSmall(only, rank, 'output-too-small'));
  }
  axes.forEach((axis, at) => {
    const least = axes.length === 1 ? 1 : 0;
    const reason = axes.length === 1 ? 'output-too-small' : 'negative-output';
    if (!checks.atLeast(axis.padded, least, () => tooSmall(axis, rank, reason))) legal[at] = false;
  });
  return legal;
}
function checkCircular(checks, input, axes, argument) {
  const rank = input.length;
  const legal = axes.map(
    (axis) =>
      checkReach(checks, axis, 'circular', rank, argument) && checks.atLeast(axis.padded, 0, () => tooSmall(axis, rank, 'negative-output')),
  );
  if (legal.includes(false)) return legal;
  const shape = [...input];
  for (const { axis, padded } of axes) shape[axis] = padded;
  const refused = refusedWrap(shape, axes);
  checks.holds(refused === void 0, () =>
    tooSmall(
      axes.find(({ axis }) => axis === refused),
      rank,
      'crop-too-large',
    ),
  );
  return axes.map(({ axis }) => axis !== refused);
}
function checkReach(checks, axis, mode, rank, argument) {
  if (axis === void 0) return true;
  const { size } = axis;
  return [axis.before, axis.after].every((amount) => {
    if (amount === void 0 || (typeof amount === 'number' && amount < 0 && typeof size !== 'number')) return true;
    return checks.atLeast(size, mode === 'reflect' ? add(amount, 1) : amount, () => {
      const padding2 = typeof amount === 'number' ? amount : 0;
      return { code: 'reflection-padding', reason: 'pad-too-large', mode, axis: axis.axis - rank, padding: padding2, size, argument };
    });
  });
}
function tooSmall(axis, rank, reason) {
  return { code: 'empty-output', reason, axis: (axis?.axis ?? rank) - rank, input: axis?.size, output: axis?.padded };
}

// server/src/operators/window-geometry.ts
var AUTO_PAD = {
  name: 'auto_pad',
  type: 'string',
  default: 'NOTSET',
  choices: ['NOTSET', 'SAME_UPPER'],
  doc: 'SAME_UPPER: as much padding as gives ceil(size / stride) cells, the odd cell at the end.',
};
function isAutoPadded(from) {
  return from.get(AUTO_PAD.name) === 'SAME_UPPER';
}
function autoPaddedSize(size, { stride: stride2 }) {
  return floorDivide(add(size, subtract(stride2, 1)), stride2);
}
function autoPad(axis, size) {
  const effective = effectiveKernel(axis.kernel, axis.dilation);
  const reach = add(multiply(subtract(autoPaddedSize(size, axis), 1), axis.stride), effective);
  return { ...axis, ...halves(atLeastZero(subtract(reach, size))) };
}
function autoCrop(axis) {
  const excess = subtract(effectiveKernel(axis.kernel, axis.dilation), axis.stride);
  return { axis: { ...axis, ...halves(atLeastZero(excess)) }, outputPadding: atLeastZero(subtract(0, excess)) };
}
function halves(total) {
  return { paddingStart: floorDivide(total, 2), paddingEnd: floorDivide(add(total, 1), 2) };
}
function atLeastZero(size) {
  const isNegative = isLess(size, 0);
  return isNegative === void 0 ? void 0 : isNegative ? 0 : size;
}
function readGeometry(from, axes, sizes = []) {
  const kernel2 = readAxes(from, 'kernel_size', axes);
  const stride2 = readAxes(from, 'stride', axes);
  const dilation2 = readAxes(from, 'dilation', axes);
  const padding2 = from.get('padding');
  return kernel2.map((size, at) => {
    const [paddingStart, paddingEnd] = paddingOf(padding2, at, axes, size, dilation2[at]);
    const axis = { kernel: size, stride: stride2[at], dilation: dilation2[at], paddingStart, paddingEnd };
    return isAutoPadded(from) ? autoPad(axis, sizes[at]) : axis;
  });
}
function paddingOf(padding2, at, axes, kernel2, dilation2) {
  if (typeof padding2 !== 'string') {
    const value = !isList(padding2) ? padding2 : padding2.length === axes ? padding2[at] : padding2.length === 1 ? padding2[0] : void 0;
    const amount = toDimension(value);
    return [amount, amount];
  }
  const effective = effectiveKernel(kernel2, dilation2);
  const total = subtract(effective, 1);
  switch (padding2) {
    case 'valid':
      return [0, 0];
    case 'same':
      return [floorDivide(total, 2), floorDivide(add(total, 1), 2)];
    case 'half':
      return [floorDivide(effective, 2), floorDivide(effective, 2)];
    case 'full':
      return [total, total];
    default:
      return [void 0, void 0];
  }
}
function checkPaddingWord(checks, padding2, words) {
  if (typeof padding2 !== 'string' || words.includes(padding2)) return true;
  const legal = `a number, or one of ${words.map((word) => `"${word}"`).join(', ')}`;
  return checks.holds(false, () => ({ code: 'argument-range', reason: 'bad-padding-string', argument: 'padding', value: padding2, legal }));
}

// server/src/operators/convolution.ts
var WORDS = ['same', 'valid', 'half', 'full'];
var convolutions = [1, 2, 3].flatMap((spatial) => [declare4(spatial, false), declare4(spatial, true)]);
function declare4(spatial, lazy) {
  const { kernel: kernel2, stride: stride2, dilation: dilation2 } = windowParameters(spatial);
  return {
    name: `${lazy ? 'Lazy' : ''}Conv${spatial}d`,
    summary: `Slides kernels over ${spatial === 1 ? 'a sequence' : spatial === 2 ? 'an image' : 'a volume'} and gives the weighted sums${lazy ? '; the number of input channels is taken from the input' : ''}.`,
    parameters: [
      ...(lazy ? [] : [IN_CHANNELS]),
      { name: 'out_channels', type: 'integer', doc: 'Number of channels of the output: one for each kernel.', legal: 'at least 1' },
      kernel2,
      stride2,
      {
        name: 'padding',
        type: 'padding',
        default: 0,
        doc: 'Cells added at both ends of each axis; or "same", "valid", "half", "full".',
        legal: 'at least 0',
      },
      dilation2,
      GROUPS,
      BIAS,
      {
        name: 'padding_mode',
        type: 'string',
        default: 'zeros',
        choices: ['zeros', 'reflect', 'replicate', 'circular'],
        doc: 'What the padding is filled with.',
      },
    ],
    meanings: [AUTO_PAD],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer3(call, spatial),
    cost: (call, outputs) => cost(call, outputs, spatial),
    windows: ({ arguments: from, inputs: [input] }) =>
      readGeometry(from, spatial, input?.slice(-spatial)).map((axis) => toWindow(axis, 'convolution')),
  };
}
function infer3({ arguments: from, inputs: [input] }, spatial) {
  const checks = new Checks();
  const axes = readGeometry(from, spatial, input?.slice(-spatial));
  const isAuto = isAutoPadded(from);
  const kernelLength = lengthOf2(from, 'kernel_size', spatial);
  const mode = fillMode(from);
  checkGroups(checks, from);
  checkPaddingWord(checks, from.get('padding'), WORDS);
  checkSameStride(checks, from);
  const laidOut = mode === void 0 ? input : padByMode(checks, input, amounts(from, spatial, kernelLength), mode, 'padding');
  if (!checkRank2(checks, input, [spatial + 1, spatial + 2], rankWords(spatial))) return checks.answer([void 0]);
  if (checkLength(checks, from, 'kernel_size', spatial, false)) {
    checkLength(checks, from, 'stride', spatial);
    if (mode === void 0) checkLength(checks, from, 'padding', spatial);
    checkLength(checks, from, 'dilation', spatial);
  }
  if (mode === void 0) checkNotNegative(checks, from, input, axes);
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  if (input === void 0) {
    checkWindow(checks, from);
    return checks.answer([void 0]);
  }
  const channelAxis2 = input.length - spatial - 1;
  const sizes = input.slice(-spatial);
  const padded =
    mode === void 0 ? axes.map((axis, at) => paddedSize(sizes[at], axis)) : axes.map((_, at) => laidOut?.[channelAxis2 + 1 + at]);
  checkChannels(checks, from, input, channelAxis2);
  const fits = axes.map((axis, at) => isAuto || checkKernel(checks, axis, sizes[at], padded[at], at - spatial));
  const isEmptyBatch = channelAxis2 === 1 && input[0] === 0;
  if (isEmptyBatch) checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  else {
    checkNotEmpty(checks, mode === void 0 ? sizes : padded, 0, axes);
    checkWindow(checks, from);
  }
  const outputs = axes.map((axis, at) => {
    if (fits[at] !== true || !isLegal(usedPart(axis, isEmptyBatch, mode))) return void 0;
    return isAuto ? autoPaddedSize(sizes[at], axis) : windowCount(padded[at], axis);
  });
  return checks.answer([[...input.slice(0, channelAxis2), dimension(from, 'out_channels'), ...outputs]]);
}
function usedPart(axis, isEmptyBatch, mode) {
  if (!isEmptyBatch && mode === void 0) return axis;
  return { ...axis, ...(isEmptyBatch ? { dilation: 1 } : {}), ...(mode === void 0 ? {} : { paddingStart: 0, paddingEnd: 0 }) };
}
function checkWindow(checks, from) {
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
}
function checkSameStride(checks, from) {
  if (from.get('padding') !== 'same') return;
  const stride2 = from.get('stride');
  const strides = readAxes(from, 'stride', isList(stride2) ? stride2.length : 1);
  const legal = '"same" only where every stride is 1';
  for (const step of strides)
    checks.equal(step, 1, () => ({ code: 'argument-range', reason: 'same-with-stride', argument: 'padding', value: 'same', legal }));
}
function checkNotNegative(checks, from, input, axes) {
  if (from.get('padding') !== 'same') {
    checkMinimum(checks, from, 'padding', 0, 'negative-padding');
    return;
  }
  const isUneven = axes.some((axis) => isEqual(axis.paddingStart, axis.paddingEnd) === false);
  axes.forEach((axis, at) => {
    const size = input?.[input.length - axes.length + at];
    if (!isUneven || axis.paddingStart !== axis.paddingEnd) return;
    checks.atLeast(size, 1, () => ({
      code: 'empty-output',
      reason: 'negative-output',
      axis: at - axes.length,
      input: size,
      output: size,
    }));
  });
  const hasCells = axes.every(({ paddingStart }) => typeof paddingStart !== 'number' || paddingStart >= 0);
  checks.holds(hasCells, () => {
    const argument = axes.some(({ dilation: dilation2 }) => typeof dilation2 === 'number' && dilation2 < 0) ? 'dilation' : 'kernel_size';
    return { code: 'argument-range', reason: 'negative-padding', argument, value: from.get(argument) ?? null, legal: 'at least 1' };
  });
}
function checkKernel(checks, axis, size, padded, at) {
  const { kernel: kernel2, dilation: dilation2 } = axis;
  const effective = effectiveKernel(kernel2, dilation2);
  return checks.atLeast(padded, effective, () => ({
    code: 'kernel-exceeds-input',
    reason: 'kernel-larger-than-input',
    axis: at,
    size,
    padded,
    kernel: kernel2,
    dilation: typeof dilation2 === 'number' ? dilation2 : 1,
    effectiveKernel: effective,
  }));
}
function fillMode(from) {
  const mode = string(from, 'padding_mode');
  return mode === 'reflect' || mode === 'replicate' || mode === 'circular' ? mode : void 0;
}
function lengthOf2(from, name, spatial) {
  const value = from.get(name);
  return isList(value) ? value.length : spatial;
}
function amounts(from, spatial, kernelLength) {
  const count = string(from, 'padding') === void 0 ? lengthOf2(from, 'padding', spatial) : kernelLength;
  return readGeometry(from, count)
    .reverse()
    .flatMap(({ paddingStart, paddingEnd }) => [paddingStart, paddingEnd]);
}
function cost({ arguments: from, inputs: [input] }, [output], spatial) {
  const outChannels = dimension(from, 'out_channels');
  const inChannels = declaredChannels(from) ?? input?.[input.length - spatial - 1];
  const perCell = multiply(floorDivide(inChannels, integer(from, 'groups')), product(readAxes(from, 'kernel_size', spatial)));
  const bias = boolean(from, 'bias') === false ? 0 : outChannels;
  return {
    parameters: add(multiply(outChannels, perCell), bias),
    macs: output === void 0 ? void 0 : multiply(product(output), perCell),
  };
}

// server/src/operators/detection.ts
var SPATIAL_SCALE = {
  name: 'spatial_scale',
  type: 'number',
  default: float(1),
  doc: 'What the coordinates of the regions are multiplied by: one over the stride of the map.',
};
var OUTPUT_SIZE = {
  name: 'output_size',
  type: 'integers',
  doc: 'Height and width of what comes out of each region; one number for a square.',
  legal: 'at least 1',
};
var numbers = (name, doc) => ({ name, type: 'numbers', default: [], doc });
var priorBox = {
  name: 'PriorBox',
  summary: 'The boxes that SSD starts from, with their variances: some for each cell of the first tensor, on an image like the second.',
  parameters: [
    { name: 'min_sizes', type: 'numbers', doc: 'Sides of small squares, each of which has boxes of every aspect ratio.' },
    numbers('max_sizes', 'Sides of large squares, one for each small one, which give one more box each.'),
    numbers('aspect_ratios', 'Widths over heights besides 1, which is always one; one that is there already counts for nothing.'),
    { name: 'flip', type: 'boolean', default: true, doc: 'Whether one over each aspect ratio counts as well.' },
  ],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [features] }) => {
    const checks = new Checks();
    const fits = checkRank(checks, features, 4, 4, '4 axes');
    const cells = features === void 0 || !fits ? void 0 : product(features.slice(2));
    return checks.answer([[1, 2, multiply(multiply(cells, boxesOf(from)), 4)]]);
  },
};
function boxesOf(from) {
  const [small, large, written] = ['min_sizes', 'max_sizes', 'aspect_ratios'].map((name) => listOf(from.get(name)));
  if (small === void 0 || large === void 0 || written === void 0) return void 0;
  const ratios = [1];
  const flip2 = boolean(from, 'flip');
  for (const part2 of written) {
    const ratio = toNumber(part2);
    if (ratio === void 0 || flip2 === void 0) return void 0;
    if (ratios.some((other) => Math.abs(other - ratio) < 1e-6)) continue;
    ratios.push(ratio);
    if (flip2) ratios.push(1 / ratio);
  }
  return ratios.length * small.length + large.length;
}
function listOf(value) {
  if (isList(value)) return value;
  return toNumber(value) === void 0 || value === void 0 ? void 0 : [value];
}
function regionPool(name, summary, more, channels) {
  return {
    name,
    summary,
    parameters: [OUTPUT_SIZE, SPATIAL_SCALE, ...more],
    inputs: { minimum: 2, maximum: 2 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [features, regions] }) => {
      const checks = new Checks();
      const fits = checkRank(checks, features, 4, 4, '4 axes');
      return checks.answer([[regions?.[0], fits ? channels(from, features) : void 0, ...readAxes(from, 'output_size', 2)]]);
    },
  };
}
var detections = [
  priorBox,
  regionPool('RoIPool', 'Gives the largest values of each region of a map, divided into a grid.', [], (_, features) => features?.[1]),
  regionPool('RoIAlign', 'Gives values of each region of a map on a grid, interpolated.', [], (_, features) => features?.[1]),
  regionPool(
    'PSRoIPool',
    'As RoIPool, but each cell of the grid looks at channels of its own.',
    [{ name: 'output_dim', type: 'integer', doc: 'Number of channels of the output.', legal: 'at least 1' }],
    (from) => dimension(from, 'output_dim'),
  ),
];

// server/src/operators/dropout.ts
var p = {
  name: 'p',
  type: 'number',
  default: float(0.5),
  doc: 'The chance with which a value or a channel is dropped in training.',
  legal: 'between 0 and 1',
};
var inplace2 = { name: 'inplace', type: 'boolean', default: false, doc: 'Whether the input is overwritten.' };
function dropout2(name, summary, fewest = 0, most = Infinity, expected = '') {
  return sameShape(name, summary, [p, inplace2], (checks, from, input) => {
    checkProbability(checks, from, 'p');
    return checkRank(checks, input, fewest, most, expected);
  });
}
var dropouts = [
  dropout2('Dropout', 'Sets random values to 0 in training.'),
  dropout2('Dropout1d', 'Sets random channels of a sequence to 0 in training.', 2, 3, '2 axes (unbatched) or 3'),
  dropout2('Dropout2d', 'Sets random channels of an image to 0 in training.', 2, Infinity, 'at least 2 axes'),
  dropout2('Dropout3d', 'Sets random channels of a volume to 0 in training.', 2, Infinity, 'at least 2 axes'),
  dropout2('AlphaDropout', 'Dropout that keeps mean and variance, for SELU.'),
  dropout2('FeatureAlphaDropout', 'Alpha dropout of whole channels.', 2, Infinity, 'at least 2 axes'),
  sameShape(
    'StochasticDepth',
    "torchvision's: drops whole residual branches in training.",
    [
      { name: 'p', type: 'number', doc: 'The chance with which the branch is dropped in training.', legal: 'between 0 and 1' },
      { name: 'mode', type: 'string', choices: ['batch', 'row'], doc: 'Whether the batch is dropped as one or row by row.' },
    ],
    (checks, from) => {
      checkProbability(checks, from, 'p');
      return true;
    },
  ),
];

// server/src/operators/elementwise-joins.ts
var BROADCAST = {
  name: 'broadcast',
  type: 'boolean',
  default: true,
  doc: "Whether axes of size 1 are made to fit, as in PyTorch; Caffe's Eltwise takes tensors of one shape alone.",
};
var JOINS = [
  ['Add', 'Adds tensors cell by cell: a residual join.', Infinity],
  ['Sub', 'Subtracts the second tensor from the first, cell by cell.', 2],
  ['Mul', 'Multiplies tensors cell by cell: a gate.', Infinity],
  ['Div', 'Divides the first tensor by the second, cell by cell.', 2],
  ['Maximum', 'Gives the larger value, cell by cell.', Infinity],
  ['Minimum', 'Gives the smaller value, cell by cell.', Infinity],
  ['Pow', 'Raises the first tensor to the power of the second, cell by cell.', 2],
];
var elementwiseJoins = JOINS.map(([name, summary, maximum2]) => ({
  name,
  summary,
  parameters: [],
  meanings: [BROADCAST],
  inputs: { minimum: 2, maximum: maximum2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    return checks.answer([boolean(from, 'broadcast') === false ? sameShapes(checks, inputs) : broadcast(checks, inputs)]);
  },
}));

// server/src/operators/embedding.ts
var embedding = {
  name: 'Embedding',
  summary: 'Puts a learnt vector for each index; a look-up, without multiply-accumulates.',
  parameters: [
    { name: 'num_embeddings', type: 'integer', doc: 'How many indices there are.', legal: 'at least 0' },
    { name: 'embedding_dim', type: 'integer', doc: 'Size of each vector, the last axis of the output.', legal: 'at least 0' },
    {
      name: 'padding_idx',
      type: 'integer',
      default: null,
      nullable: true,
      doc: 'The index whose vector is not learnt.',
      legal: 'within num_embeddings',
    },
    { name: 'max_norm', type: 'number', default: null, nullable: true, doc: 'Vectors that are longer are shortened to it.' },
    { name: 'norm_type', type: 'number', default: float(2), doc: 'The degree of the norm for max_norm.' },
    { name: 'scale_grad_by_freq', type: 'boolean', default: false, doc: 'Whether gradients are divided by how often an index occurs.' },
    { name: 'sparse', type: 'boolean', default: false, doc: 'Whether gradients are sparse.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    checkLeast(checks, from, 'num_embeddings', 0, 'negative-size');
    const isSize2 = checkLeast(checks, from, 'embedding_dim', 0, 'negative-size');
    const [count, padding2] = [integer(from, 'num_embeddings'), integer(from, 'padding_idx')];
    if (count !== void 0 && padding2 !== void 0) {
      const value = padding2;
      checks.holds(value < count && value >= -count, () => ({
        code: 'argument-range',
        reason: 'out-of-range',
        argument: 'padding_idx',
        value,
        legal: `between ${-count} and ${count - 1}`,
      }));
    }
    if (input === void 0) return checks.answer([void 0]);
    return checks.answer([[...input, isSize2 ? dimension(from, 'embedding_dim') : void 0]]);
  },
  cost: ({ arguments: from }) => ({ parameters: multiply(dimension(from, 'num_embeddings'), dimension(from, 'embedding_dim')), macs: 0 }),
};

// server/src/operators/expand.ts
function checkRank3(checks, input, sizes, argument) {
  const expected = `at most ${sizes.length === 1 ? '1 axis' : `${sizes.length} axes`}, as many as ${argument} has`;
  return checks.holds(sizes.length >= input.length, () => ({
    code: 'rank-mismatch',
    reason: 'bad-rank',
    input: 0,
    shape: input,
    expected,
    argument,
  }));
}
function checkNotBelow(checks, sizes, least, argument, legal) {
  const value = sizes.find((size) => typeof size === 'number' && size < least);
  return checks.holds(value === void 0, () => ({ code: 'argument-range', reason: 'negative-size', argument, value: value ?? 0, legal }));
}
var expand = {
  name: 'Expand',
  summary: 'Shows axes of size 1 as larger ones, without a copy.',
  parameters: [
    {
      name: 'sizes',
      type: 'integers',
      variadic: true,
      doc: 'The sizes of the output, as numbers or as a tuple; -1 keeps the size of an axis.',
      legal: 'at least 0, or -1',
    },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const sizes = dimensions(from, 'sizes');
    if (sizes === void 0) return checks.answer([void 0]);
    const areSound = checkNotBelow(checks, sizes, -1, 'sizes', 'at least 0, or -1 for the size that is there');
    if (!areSound || input === void 0 || !checkRank3(checks, input, sizes, 'sizes')) return checks.answer([unknownLike(sizes)]);
    const added = sizes.length - input.length;
    const output = sizes.map((size, at) => {
      if (at < added) {
        const isGiven2 = checks.holds(size !== -1, () => ({
          code: 'argument-range',
          reason: 'negative-size',
          argument: 'sizes',
          value: -1,
          legal: 'at least 0 for a new axis',
        }));
        return isGiven2 ? size : void 0;
      }
      const there = input[at - added];
      if (size === -1 || size === there) return there;
      if (isEqual(there, 1) === true) return size;
      const fits = checks.equal(there, size, () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input: 1,
        axis: at - sizes.length,
        shapes: [input, sizes],
      }));
      return fits ? size : void 0;
    });
    return checks.answer([output]);
  },
};
var repeat = {
  name: 'Repeat',
  summary: 'Puts copies of the input side by side, along each axis.',
  parameters: [
    {
      name: 'repeats',
      type: 'integers',
      variadic: true,
      doc: 'How many copies along each axis; more numbers than axes add axes in front.',
      legal: 'at least 0',
    },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const copies = dimensions(from, 'repeats');
    if (copies === void 0) return checks.answer([void 0]);
    const areSound = checkNotBelow(checks, copies, 0, 'repeats', 'at least 0');
    if (!areSound || input === void 0 || !checkRank3(checks, input, copies, 'repeats')) return checks.answer([unknownLike(copies)]);
    const added = copies.length - input.length;
    return checks.answer([copies.map((count, at) => (at < added ? count : multiply(count, input[at - added])))]);
  },
};
var expansions = [expand, repeat];

// server/src/operators/flatten.ts
var flatten = {
  name: 'Flatten',
  summary: 'Makes the axes from start_dim to end_dim one.',
  parameters: [
    { name: 'start_dim', type: 'integer', default: 1, doc: 'The first axis that is flattened.' },
    { name: 'end_dim', type: 'integer', default: -1, doc: 'The last axis that is flattened.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    if (input === void 0) return checks.answer([void 0]);
    const start = resolveAxis(checks, 'start_dim', integer(from, 'start_dim'), input.length);
    const end = resolveAxis(checks, 'end_dim', integer(from, 'end_dim'), input.length);
    if (start === void 0 || end === void 0) return checks.answer([void 0]);
    const ordered = checks.holds(start <= end, () => ({
      code: 'argument-range',
      reason: 'start-after-end',
      argument: 'start_dim',
      value: integer(from, 'start_dim') ?? 0,
      legal: `an axis at or before end_dim`,
    }));
    if (!ordered) return checks.answer([void 0]);
    if (input.length === 0) return checks.answer([[1]]);
    return checks.answer([[...input.slice(0, start), product(input.slice(start, end + 1)), ...input.slice(end + 1)]]);
  },
};

// server/src/operators/group-norm.ts
var groupNorm = {
  name: 'GroupNorm',
  summary: 'Normalizes groups of channels of each sample by themselves.',
  parameters: [
    {
      name: 'num_groups',
      type: 'integer',
      doc: 'Into how many groups the channels are divided.',
      legal: 'at least 1, and a divisor of num_channels',
    },
    {
      name: 'num_channels',
      type: 'integer',
      inferable: true,
      doc: 'Number of channels of the input; `_` takes it from there.',
      legal: 'a multiple of num_groups',
    },
    { name: 'eps', type: 'number', default: float(1e-5), doc: 'Added to the variance, against division by 0.' },
    { name: 'affine', type: 'boolean', default: true, doc: 'Whether a scale and an offset are learnt for each channel.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const groups = integer(from, 'num_groups');
    const claimed = dimension(from, 'num_channels');
    checkLeast(checks, from, 'num_groups', 1, 'non-positive-groups');
    checkLeast(checks, from, 'num_channels', 0, 'negative-size');
    const divides = (value) => {
      if (groups === void 0 || groups < 1 || (typeof value === 'number' && modulo(value, groups) === 0)) return true;
      return checks.divisible(value, groups, () => ({
        code: 'group-mismatch',
        reason: 'groups-not-divisor',
        argument: 'num_channels',
        value,
        groups,
        divider: 'num_groups',
      }));
    };
    divides(claimed);
    if (input === void 0 || !checkRank(checks, input, 2, Infinity, 'at least 2 axes')) return checks.answer([void 0]);
    const actual = input[1];
    if (claimed === actual) return checks.answer([input]);
    const fits =
      claimed === void 0 || boolean(from, 'affine') === false
        ? divides(actual)
        : checks.equal(claimed, actual, () => ({
            code: 'channel-mismatch',
            reason: 'channels-mismatch',
            input: 0,
            axis: 1,
            argument: 'num_channels',
            expected: claimed,
            actual,
          }));
    return checks.answer([fits ? input : input.map((size, at) => (at === 1 ? void 0 : size))]);
  },
  cost: ({ arguments: from, inputs: [input] }) => {
    const channels = dimension(from, 'num_channels') ?? input?.[1];
    return { parameters: boolean(from, 'affine') === false ? 0 : multiply(2, channels), macs: 0 };
  },
};
function responseParameters(k) {
  return [
    { name: 'size', type: 'integer', doc: 'How many neighbouring channels count.', legal: 'at least 1' },
    { name: 'alpha', type: 'number', default: float(1e-4), doc: 'The factor of the squares.' },
    { name: 'beta', type: 'number', default: float(0.75), doc: 'The exponent.' },
    { name: 'k', type: 'number', default: k, doc: 'Added to the sum of the squares.' },
  ];
}
var groupNorms = [
  groupNorm,
  sameShape(
    'LocalResponseNorm',
    'Divides each value by those of its neighbouring channels, as in AlexNet.',
    responseParameters(float(1)),
    (checks, from, input) => {
      checkLeast(checks, from, 'size', 1, 'non-positive-size');
      return checkRank(checks, input, 3, Infinity, 'at least 3 axes');
    },
  ),
  sameShape('CrossMapLRN2d', 'LocalResponseNorm for images.', responseParameters(1), (checks, from, input) => {
    checkLeast(checks, from, 'size', 1, 'non-positive-size');
    return checkRank(checks, input, 4, 4, '4 axes');
  }),
];

// server/src/operators/identity.ts
var identity = {
  name: 'Identity',
  summary: 'Hands its input on unchanged.',
  parameters: [],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ inputs: [shape] }) => new Checks().answer([shape]),
};

// server/src/operators/layer-norm.ts
function declare5(name, summary, eps2, hasBias) {
  return {
    name,
    summary,
    parameters: [
      {
        name: 'normalized_shape',
        type: 'integers',
        inferable: true,
        doc: 'The sizes of the last axes, over which is normalized; `_` takes the last one of the input.',
      },
      { name: 'eps', type: 'number', default: eps2, nullable: true, doc: 'Added to the variance, against division by 0.' },
      { name: 'elementwise_affine', type: 'boolean', default: true, doc: 'Whether a scale (and an offset) is learnt for each place.' },
      ...(hasBias ? [{ name: 'bias', type: 'boolean', default: true, doc: 'Whether an offset is learnt as well.' }] : []),
    ],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }) => {
      const checks = new Checks();
      const sizes = dimensions(from, 'normalized_shape');
      const isLong = checks.holds(sizes === void 0 ? void 0 : sizes.length > 0, () => ({
        code: 'argument-type',
        reason: 'wrong-type',
        argument: 'normalized_shape',
        value: [],
        expected: 'at least one size',
      }));
      const count = sizes?.length ?? (isInfer(from.get('normalized_shape')) ? 1 : 0);
      const expected = `at least ${count === 1 ? '1 axis' : `${count} axes`}`;
      if (input === void 0 || !isLong || !checkRank(checks, input, count, Infinity, expected)) return checks.answer([void 0]);
      if (sizes === void 0) return checks.answer([input]);
      const start = input.length - sizes.length;
      let wrong;
      sizes.forEach((size, at) => {
        const axis = start + at;
        const actual = input[axis];
        if (size === actual) return;
        const fits = checks.equal(size, actual, () => ({
          code: 'feature-mismatch',
          reason: 'normalized-shape-mismatch',
          input: 0,
          axis,
          argument: 'normalized_shape',
          expected: size,
          actual,
        }));
        if (!fits) wrong ??= axis;
      });
      return checks.answer([
        wrong === void 0 ? input : input.map((size, axis) => (axis >= start && sizes[axis - start] !== size ? void 0 : size)),
      ]);
    },
    cost: ({ arguments: from, inputs: [input] }) => {
      if (boolean(from, 'elementwise_affine') === false) return { parameters: 0, macs: 0 };
      const tensors = hasBias && boolean(from, 'bias') !== false ? 2 : 1;
      return { parameters: multiply(tensors, product(normalizedSizes(from, input))), macs: 0 };
    },
  };
}
function normalizedSizes(from, input) {
  return dimensions(from, 'normalized_shape') ?? [input?.[input.length - 1]];
}
var layerNorms = [
  declare5('LayerNorm', 'Normalizes over the last axes of each sample.', float(1e-5), true),
  declare5('RMSNorm', 'Divides by the root mean square over the last axes.', null, false),
];

// server/src/operators/linear.ts
var START_DIM = {
  name: 'start_dim',
  type: 'integer',
  default: null,
  nullable: true,
  doc: "The first of the axes that are made one before, as Caffe's InnerProduct does; None for the last alone.",
};
var linears = [declare6(false), declare6(true)];
function declare6(lazy) {
  const features = {
    name: 'in_features',
    type: 'integer',
    inferable: true,
    doc: 'Size of the last axis of the input; `_` takes it from there.',
    legal: 'at least 1',
  };
  return {
    name: lazy ? 'LazyLinear' : 'Linear',
    summary: 'Multiplies the last axis by a matrix and adds a bias: a fully connected layer.',
    parameters: [
      ...(lazy ? [] : [features]),
      { name: 'out_features', type: 'integer', doc: 'Size of the last axis of the output.', legal: 'at least 0' },
      { name: 'bias', type: 'boolean', default: true, doc: 'Whether a learnt number is added to each output feature.' },
    ],
    meanings: [START_DIM],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [given] }) => {
      const checks = new Checks();
      const input = flattened(checks, from, given);
      if (input === void 0) return checks.answer([void 0]);
      if (
        !checks.holds(input.length > 0, () => ({
          code: 'rank-mismatch',
          reason: 'bad-rank',
          input: 0,
          shape: input,
          expected: 'at least 1 axis',
        }))
      )
        return checks.answer([void 0]);
      const axis = input.length - 1;
      const actual = input[axis];
      const expected = isInfer(from.get('in_features')) ? void 0 : dimension(from, 'in_features');
      checks.equal(expected, actual, () => ({
        code: 'feature-mismatch',
        reason: 'features-mismatch',
        input: 0,
        axis,
        argument: 'in_features',
        expected,
        actual,
      }));
      return checks.answer([[...input.slice(0, axis), dimension(from, 'out_features')]]);
    },
    cost: ({ arguments: from, inputs: [given] }, [output]) => {
      const input = flattened(new Checks(), from, given);
      const outFeatures = dimension(from, 'out_features');
      const written = dimension(from, 'in_features');
      const inFeatures = written ?? input?.[input.length - 1];
      const bias = boolean(from, 'bias') === false ? 0 : outFeatures;
      return {
        parameters: add(multiply(inFeatures, outFeatures), bias),
        macs: output === void 0 ? void 0 : multiply(product(output), inFeatures),
      };
    },
  };
}
function flattened(checks, from, input) {
  const start = integer(from, START_DIM.name);
  if (start === void 0 || input === void 0) return input;
  const axis = resolveAxis(checks, START_DIM.name, start, input.length);
  return axis === void 0 ? void 0 : [...input.slice(0, axis), product(input.slice(axis))];
}

// server/src/operators/losses.ts
function scalar(name, summary) {
  return {
    name,
    summary,
    parameters: [],
    inputs: { minimum: 1, maximum: Infinity },
    outputs: 'single',
    infer: () => new Checks().answer([[]]),
  };
}
var losses = [
  scalar('Loss', 'Measures how far predictions are from what is wanted: a scalar.'),
  scalar('Accuracy', 'The share of predictions that are right: a scalar.'),
];

// server/src/operators/matrix-product.ts
function checkInner(checks, left, right) {
  const inner = right.length === 1 ? -1 : -2;
  checks.equal(left[left.length - 1], right[right.length + inner], () => ({
    code: 'broadcast-mismatch',
    reason: 'matmul-mismatch',
    input: 1,
    axis: inner,
    shapes: [left, right],
  }));
}
var matMul = {
  name: 'MatMul',
  summary: 'The matrix product, as torch.matmul: vectors, matrices, and batches of them with broadcasting.',
  parameters: [],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ inputs: [left, right] }) => {
    const checks = new Checks();
    const isLeft = checkRank(checks, left, 1, Infinity, 'at least 1 axis', 0);
    const isRight = checkRank(checks, right, 1, Infinity, 'at least 1 axis', 1);
    if (left === void 0 || right === void 0 || !isLeft || !isRight) return checks.answer([void 0]);
    checkInner(checks, left, right);
    const batch = broadcast(checks, [left, right], 2) ?? [];
    const rows = left.length > 1 ? [left[left.length - 2]] : [];
    const columns = right.length > 1 ? [right[right.length - 1]] : [];
    return checks.answer([[...batch, ...rows, ...columns]]);
  },
  cost: ({ inputs: [left, right] }, [output]) => ({
    parameters: 0,
    macs: output === void 0 ? void 0 : multiply(product(output), left?.[left.length - 1] ?? right?.[Math.max(right.length - 2, 0)]),
  }),
};
var bmm = {
  name: 'Bmm',
  summary: 'The matrix products of two batches of matrices, without broadcasting.',
  parameters: [],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ inputs: [left, right] }) => {
    const checks = new Checks();
    const isLeft = checkRank(checks, left, 3, 3, '3 axes', 0);
    const isRight = checkRank(checks, right, 3, 3, '3 axes', 1);
    const [a, b] = [isLeft ? left : void 0, isRight ? right : void 0];
    if (a !== void 0 && b !== void 0) {
      const fits = checks.equal(a[0], b[0], () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input: 1,
        axis: -3,
        shapes: [a, b],
      }));
      checkInner(checks, a, b);
      return checks.answer([[fits ? simpler(a[0], b[0]) : void 0, a[1], b[2]]]);
    }
    return checks.answer([[a?.[0] ?? b?.[0], a?.[1], b?.[2]]]);
  },
  cost: ({ inputs: [left, right] }, [output]) => ({
    parameters: 0,
    macs: output === void 0 ? void 0 : multiply(product(output), left?.[2] ?? right?.[1]),
  }),
};
var bilinear = {
  name: 'Bilinear',
  summary: 'Multiplies two feature vectors with a learnt tensor between them.',
  parameters: [
    { name: 'in1_features', type: 'integer', inferable: true, doc: 'Size of the last axis of the first input.', legal: 'at least 1' },
    { name: 'in2_features', type: 'integer', inferable: true, doc: 'Size of the last axis of the second input.', legal: 'at least 0' },
    { name: 'out_features', type: 'integer', doc: 'Size of the last axis of the output.', legal: 'at least 0' },
    { name: 'bias', type: 'boolean', default: true, doc: 'Whether a learnt number is added to each output feature.' },
  ],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    checkLeast(checks, from, 'in1_features', 1, 'non-positive-size');
    checkLeast(checks, from, 'in2_features', 0, 'negative-size');
    const isOut = checkLeast(checks, from, 'out_features', 0, 'negative-size');
    const out = isOut ? dimension(from, 'out_features') : void 0;
    const [left, right] = inputs;
    const areSound = inputs.every((shape, input) => checkRank(checks, shape, 1, Infinity, 'at least 1 axis', input));
    if (left === void 0 || right === void 0 || !areSound) return checks.answer([void 0]);
    const expected = `${left.length === 1 ? '1 axis' : `${left.length} axes`}, as the first input has`;
    const ranksFit = checks.holds(left.length === right.length, () => ({
      code: 'rank-mismatch',
      reason: 'bad-rank',
      input: 1,
      shape: right,
      expected,
    }));
    if (!ranksFit) return checks.answer([void 0]);
    const output = left.slice(0, -1).map((size, axis) => {
      const fits = checks.equal(size, right[axis], () => ({
        code: 'broadcast-mismatch',
        reason: 'not-broadcastable',
        input: 1,
        axis: axis - left.length,
        shapes: inputs,
      }));
      return fits ? simpler(size, right[axis]) : void 0;
    });
    inputs.forEach((shape, input) => {
      const argument = `in${input + 1}_features`;
      const claimed = dimension(from, argument);
      const axis = left.length - 1;
      const actual = shape?.[axis];
      checks.equal(claimed, actual, () => ({
        code: 'feature-mismatch',
        reason: 'features-mismatch',
        input,
        axis,
        argument,
        expected: claimed,
        actual,
      }));
    });
    return checks.answer([[...output, out]]);
  },
  cost: ({ arguments: from, inputs: [left, right] }, [output]) => {
    const first = dimension(from, 'in1_features') ?? left?.[left.length - 1];
    const second = dimension(from, 'in2_features') ?? right?.[right.length - 1];
    const out = dimension(from, 'out_features');
    const weights2 = multiply(multiply(first, second), out);
    const macs = output === void 0 ? void 0 : multiply(product(output), multiply(first, second));
    return { parameters: add(weights2, boolean(from, 'bias') === false ? 0 : out), macs };
  },
};
var eps = (value) => ({ name: 'eps', type: 'number', default: float(value), doc: 'Against division by 0.' });
var cosineSimilarity = {
  name: 'CosineSimilarity',
  summary: 'The cosine of the angle between vectors that lie along an axis.',
  parameters: [{ name: 'dim', type: 'integer', default: 1, doc: 'The axis along which the vectors lie; it goes.' }, eps(1e-8)],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    const common = broadcast(checks, inputs);
    if (common === void 0) return checks.answer([void 0]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), common.length);
    if (axis === void 0) return checks.answer([common.slice(1).map(() => void 0)]);
    return checks.answer([common.filter((_, at) => at !== axis)]);
  },
};
var pairwiseDistance = {
  name: 'PairwiseDistance',
  summary: 'The distance between vectors that lie along the last axis.',
  parameters: [
    { name: 'p', type: 'number', default: float(2), doc: 'The degree of the norm.' },
    eps(1e-6),
    { name: 'keepdim', type: 'boolean', default: false, doc: 'Whether the last axis stays, with size 1.' },
  ],
  inputs: { minimum: 2, maximum: 2 },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    const common = broadcast(checks, inputs);
    const keep = boolean(from, 'keepdim');
    if (common === void 0 || keep === void 0) return checks.answer([void 0]);
    const kept = keep && common.length > 0 ? [1] : [];
    return checks.answer([[...common.slice(0, -1), ...kept]]);
  },
};
var matrixProducts = [matMul, bmm, bilinear, cosineSimilarity, pairwiseDistance];

// server/src/operators/padding-rules.ts
function padShape(checks, input, pad3, mode, argument) {
  if (!checkCount(checks, input, pad3, argument) || input === void 0) return void 0;
  return mode === 'constant' ? padConstant(checks, input, pad3) : padByMode(checks, input, pad3, mode, argument);
}
function checkCount(checks, input, pad3, argument) {
  const value = () => pad3.map((amount) => amount ?? UNKNOWN);
  const isPaired = checks.holds(pad3.length % 2 === 0, () => {
    return {
      code: 'argument-type',
      reason: 'pad-length-odd',
      argument,
      value: value(),
      expected: 'two numbers for each axis, before and after',
    };
  });
  if (!isPaired || input === void 0) return isPaired;
  return checks.holds(pad3.length <= 2 * input.length, () => {
    const expected = `at most ${2 * input.length} numbers for an input with ${input.length} ${input.length === 1 ? 'axis' : 'axes'}`;
    return { code: 'argument-type', reason: 'pad-length-too-large', argument, value: value(), expected };
  });
}
function padConstant(checks, input, pad3) {
  const rank = input.length;
  const count = pad3.length / 2;
  const output = [...input];
  for (let fromLast = 0; fromLast < count; fromLast++) {
    const axis = rank - 1 - fromLast;
    output[axis] = add(add(input[axis], pad3[2 * fromLast]), pad3[2 * fromLast + 1]);
  }
  const tooSmall2 = (axis, left, reason) => () => {
    return { code: 'empty-output', reason, axis: axis - rank, input: input[axis], output: left };
  };
  const negative = output.findIndex((size) => typeof size === 'number' && size < 0);
  checks.holds(negative < 0, tooSmall2(negative, output[negative], 'negative-output'));
  const least = pad3.every((amount) => typeof amount === 'number' && amount <= 0) ? 0 : 1;
  for (let axis = rank - count; axis < rank; axis++) {
    const left = cropped(input[axis], pad3[2 * (rank - 1 - axis)], pad3[2 * (rank - 1 - axis) + 1]);
    if (!checks.atLeast(left, 0, tooSmall2(axis, left, 'crop-too-large'))) output[axis] = void 0;
  }
  for (let axis = rank - count; axis < rank; axis++) {
    const size = output[axis];
    if (!checks.atLeast(size, least, tooSmall2(axis, size, 'negative-output'))) output[axis] = void 0;
  }
  return output;
}
function cropped(size, before, after) {
  if (typeof before !== 'number' || typeof after !== 'number' || before * after >= 0) return void 0;
  return add(size, Math.min(before, after));
}

// server/src/operators/pad.ts
var MODES = ['constant', 'reflect', 'replicate', 'circular'];
var pad = {
  name: 'Pad',
  summary: 'Adds cells at both ends of the last axes, or takes them off where a number is negative.',
  parameters: [
    { name: 'pad', type: 'integers', doc: 'Two numbers for each axis, before and after, the last axis first.' },
    { name: 'mode', type: 'string', default: 'constant', choices: MODES, doc: 'What the new cells are filled with.' },
    { name: 'value', type: 'number', default: null, nullable: true, doc: 'The constant that new cells are filled with; 0 by default.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferPad,
};
var MODULES = [
  { name: 'ZeroPad', mode: 'constant', filling: 'zeros', legal: void 0 },
  { name: 'ConstantPad', mode: 'constant', filling: 'cells with a constant value', legal: void 0 },
  {
    name: 'ReflectionPad',
    mode: 'reflect',
    filling: 'the mirror image of the cells beside the border',
    legal: 'below the size of the axis',
  },
  { name: 'ReplicationPad', mode: 'replicate', filling: 'copies of the border cell', legal: void 0 },
  { name: 'CircularPad', mode: 'circular', filling: 'the cells of the other end', legal: 'at most the size of the axis' },
];
var paddings = [pad, ...MODULES.flatMap((module) => [1, 2, 3].map((spatial) => declare7(module, spatial)))];
function declare7({ name, mode, filling, legal }, spatial) {
  const padding2 = {
    name: 'padding',
    type: 'integers',
    doc: `Cells at every end, or a tuple with ${2 * spatial} numbers: before and after, the last axis first.`,
    ...(legal === void 0 ? {} : { legal }),
  };
  const value = { name: 'value', type: 'number', doc: 'The constant that new cells are filled with.' };
  return {
    name: `${name}${spatial}d`,
    summary: `Adds ${filling} at both ends of the last ${spatial === 1 ? 'axis' : `${spatial} axes`}.`,
    parameters: name === 'ConstantPad' ? [padding2, value] : [padding2],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => inferModule(call, mode, spatial),
  };
}
function inferPad({ arguments: from, inputs: [input] }) {
  const checks = new Checks();
  const mode = MODES.find((known) => known === string(from, 'mode'));
  const written = from.get('pad');
  const amounts2 = isList(written) ? dimensions(from, 'pad') : void 0;
  if (amounts2 === void 0 || mode === void 0) {
    const isNumber = dimensions(from, 'pad') !== void 0 && amounts2 === void 0;
    checks.holds(!isNumber, () => ({
      code: 'argument-type',
      reason: 'wrong-type',
      argument: 'pad',
      value: written ?? null,
      expected: 'two numbers for each axis, before and after',
    }));
    return checks.answer([input?.map(() => void 0)]);
  }
  const shape = padShape(checks, input, amounts2, mode, 'pad');
  const value = number(from, 'value') ?? 0;
  checks.holds(mode === 'constant' || value === 0, () => ({
    code: 'argument-range',
    reason: 'out-of-range',
    argument: 'value',
    value,
    legal: `left out in mode "${mode}"`,
  }));
  return checks.answer([shape]);
}
function inferModule({ arguments: from, inputs: [input] }, mode, spatial) {
  const checks = new Checks();
  const written = dimensions(from, 'padding');
  if (written === void 0) return checks.answer([input?.map(() => void 0)]);
  const [every] = written;
  const amounts2 = isList(from.get('padding')) ? written : Array.from({ length: 2 * spatial }, () => every);
  return checks.answer([padShape(checks, input, amounts2, mode, 'padding')]);
}

// server/src/operators/parameter.ts
var parameter = {
  name: 'Parameter',
  summary: 'A tensor of trainable numbers that belongs to the network, such as the scale of a residual branch.',
  parameters: [
    {
      name: 'size',
      type: 'integers',
      variadic: true,
      doc: 'The sizes of its axes, one by one or as a tuple; `()` is a single number.',
      legal: 'at least 0',
    },
  ],
  inputs: { minimum: 0, maximum: 0 },
  outputs: 'single',
  infer: infer4,
  cost: (_, [output]) => ({ parameters: output === void 0 ? void 0 : product(output), macs: 0 }),
};
function infer4({ arguments: from }) {
  const checks = new Checks();
  const sizes = dimensions(from, 'size');
  sizes?.forEach((size) =>
    checks.atLeast(size, 0, () => ({
      code: 'argument-range',
      reason: 'negative-size',
      argument: 'size',
      value: size ?? null,
      legal: 'at least 0',
    })),
  );
  return checks.answer([sizes]);
}

// server/src/operators/pixel-shuffle.ts
var pixelShuffle = {
  name: 'PixelShuffle',
  summary: 'Moves groups of r*r channels into space: height and width become r times as large.',
  parameters: [{ name: 'upscale_factor', type: 'integer', doc: 'The r by which height and width grow.', legal: 'at least 1' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferShuffle,
};
var pixelUnshuffle = {
  name: 'PixelUnshuffle',
  summary: 'Moves r*r cells of space into channels: height and width become r times as small.',
  parameters: [
    { name: 'downscale_factor', type: 'integer', doc: 'The r by which height and width shrink; a divisor of both.', legal: 'at least 1' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferUnshuffle,
};
var channelShuffle = {
  name: 'ChannelShuffle',
  summary: 'Mixes the channels of the groups with each other; sizes stay as they are.',
  parameters: [
    {
      name: 'groups',
      type: 'integer',
      doc: 'Number of groups that the channels are divided into.',
      legal: 'at least 1, a divisor of the channels',
    },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const groups = integer(from, 'groups');
    const hasAxes = checkAxes(checks, input);
    const isPositive = checkMinimum(checks, from, 'groups', 1, 'non-positive-groups');
    if (hasAxes && isPositive && input !== void 0 && groups !== void 0) {
      const value = input[1];
      checks.divisible(value, groups, () => ({
        code: 'group-mismatch',
        reason: 'groups-not-divisor',
        argument: 'channels',
        value,
        groups,
        divider: 'groups',
      }));
    }
    return checks.answer([input]);
  },
};
function checkAxes(checks, input) {
  return checks.holds(input === void 0 || input.length >= 3, () => ({
    code: 'rank-mismatch',
    reason: 'bad-rank',
    input: 0,
    shape: input,
    expected: 'at least 3 axes',
  }));
}
function inferShuffle({ arguments: from, inputs: [input] }) {
  const checks = new Checks();
  const argument = 'upscale_factor';
  const factor = integer(from, argument);
  const hasAxes = checkAxes(checks, input);
  const isPositive = checkMinimum(checks, from, argument, 1, 'non-positive-factor');
  if (!hasAxes || input === void 0) return checks.answer([void 0]);
  const axis = input.length - 3;
  const [channels, height, width] = input.slice(axis);
  if (!isPositive || factor === void 0) return checks.answer([[...input.slice(0, axis), void 0, void 0, void 0]]);
  const divisor = factor * factor;
  const fits = checks.divisible(channels, divisor, () => ({
    code: 'channel-mismatch',
    reason: 'not-divisible',
    input: 0,
    axis,
    argument,
    divisor,
    actual: channels,
  }));
  const left = fits ? floorDivide(channels, divisor) : void 0;
  return checks.answer([[...input.slice(0, axis), left, multiply(height, factor), multiply(width, factor)]]);
}
function inferUnshuffle({ arguments: from, inputs: [input] }) {
  const checks = new Checks();
  const argument = 'downscale_factor';
  const factor = integer(from, argument);
  const hasAxes = checkAxes(checks, input);
  const isPositive = checkMinimum(checks, from, argument, 1, 'non-positive-factor');
  if (!hasAxes || input === void 0) return checks.answer([void 0]);
  const leading = input.length - 3;
  if (!isPositive || factor === void 0) return checks.answer([[...input.slice(0, leading), void 0, void 0, void 0]]);
  const shrink = (axis) => {
    const actual = input[axis];
    const fits = checks.divisible(actual, factor, () => ({
      code: 'reshape-mismatch',
      reason: 'not-divisible',
      argument,
      input: 0,
      actual,
      expected: factor,
      axis,
    }));
    return fits ? floorDivide(actual, factor) : void 0;
  };
  const space = [shrink(leading + 1), shrink(leading + 2)];
  if (input.includes(0)) return checks.answer([input]);
  return checks.answer([[...input.slice(0, leading), multiply(input[leading], factor * factor), ...space]]);
}

// server/src/operators/pool-parameters.ts
var CEIL_MODE = {
  name: 'ceil_mode',
  type: 'boolean',
  default: false,
  doc: 'Whether the output size is rounded up, so that a last window may reach over the end.',
};
var PADDING = {
  name: 'padding',
  type: 'padding',
  default: 0,
  doc: 'Cells added at both ends of each axis; or "valid", "half".',
  legal: 'at least 0 and at most half of kernel_size',
};
var NORM_TYPE = { name: 'norm_type', type: 'number', doc: 'The p of the norm.', legal: 'above 0' };
var RETURN_INDICES2 = {
  name: 'return_indices',
  type: 'boolean',
  default: false,
  doc: 'Whether the places of the largest values are given as well, for unpooling.',
};
var COUNT_INCLUDE_PAD = {
  name: 'count_include_pad',
  type: 'boolean',
  default: true,
  doc: 'Whether the zeros of the padding count in the mean.',
};
var DIVISOR_OVERRIDE = {
  name: 'divisor_override',
  type: 'integer',
  default: null,
  nullable: true,
  doc: 'What the sum is divided by, in place of the number of cells.',
  legal: 'other than 0',
};
var POOL_MEANINGS = [
  {
    name: 'keep_last',
    type: 'boolean',
    default: false,
    doc: 'Whether with ceil_mode a last window that starts behind the input is kept: Caffe leaves it out only where there is padding.',
  },
  {
    name: 'padding_below',
    type: 'string',
    default: 'half',
    choices: ['half', 'kernel'],
    doc: 'What the padding is limited by: at most half of kernel_size, or, in Caffe, less than kernel_size.',
  },
];
function poolParameters(kind, spatial) {
  const { kernel: kernel2, stride: stride2, dilation: dilation2 } = windowParameters(spatial);
  const strided = { ...stride2, default: null, nullable: true, doc: `${stride2.doc.replace(/\.$/, '')}; kernel_size by default.` };
  switch (kind) {
    case 'Max':
      return [kernel2, strided, PADDING, dilation2, RETURN_INDICES2, CEIL_MODE];
    case 'Avg':
      return [kernel2, strided, PADDING, CEIL_MODE, COUNT_INCLUDE_PAD, ...(spatial === 1 ? [] : [DIVISOR_OVERRIDE])];
    case 'LP':
      return [NORM_TYPE, kernel2, strided, CEIL_MODE];
  }
}

// server/src/operators/pooling.ts
var SUMMARIES = {
  Max: 'Gives the largest value of each window.',
  Avg: 'Gives the mean of each window.',
  LP: 'Gives the p-norm of each window.',
};
var WORDS2 = ['valid', 'half'];
var pools = ['Max', 'Avg', 'LP'].flatMap((kind) => [1, 2, 3].map((spatial) => declare8(kind, spatial)));
function declare8(kind, spatial) {
  return {
    name: `${kind}Pool${spatial}d`,
    summary: SUMMARIES[kind],
    parameters: poolParameters(kind, spatial),
    meanings: [AUTO_PAD, ...POOL_MEANINGS],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer5(call, kind, spatial),
    windows: ({ arguments: from, inputs: [input] }) =>
      axesOf(from, spatial, input).map((axis) => ({ ...toWindow(axis, 'pooling'), ceilMode: boolean(from, 'ceil_mode') === true })),
  };
}
function infer5({ arguments: from, inputs: [input] }, kind, spatial) {
  const checks = new Checks();
  const axes = axesOf(from, spatial, input);
  checkPaddingWord(checks, from.get('padding'), WORDS2);
  if (kind === 'Max' && spatial === 1) checkMaxPool1d(checks, from, input, axes);
  else checkPool(checks, from, input, axes, kind === 'Max');
  if (input === void 0 || (input.length !== spatial + 1 && input.length !== spatial + 2)) return checks.answer([void 0]);
  const sizes = input.slice(-spatial);
  if (kind !== 'Max' && spatial === 3 && !isAutoPadded(from))
    sizes.forEach((size, at) => checkUnpadded(checks, axes[at]?.kernel, size, at - spatial));
  const ceilMode = boolean(from, 'ceil_mode');
  const isAuto = isAutoPadded(from);
  const least = kind === 'Max' && spatial === 1 ? 0 : 1;
  const outputs = axes.map((axis, at) => {
    if (ceilMode === void 0 || !isLegal(axis) || (!isAuto && exceedsLimit(axis, from))) return void 0;
    const output = isAuto ? autoPaddedSize(sizes[at], axis) : poolingSize(sizes[at], axis, ceilMode);
    const fits = checks.atLeast(output, least, () => ({
      code: 'empty-output',
      reason: 'output-too-small',
      axis: at - spatial,
      input: sizes[at],
      output,
    }));
    return fits ? output : void 0;
  });
  if (kind === 'LP') checkNorm(checks, from);
  return checks.answer([[...input.slice(0, -spatial), ...outputs]]);
}
function checkNorm(checks, from) {
  checks.holds(number(from, 'norm_type') !== 0, () => ({
    code: 'argument-range',
    reason: 'zero-divisor',
    argument: 'norm_type',
    value: 0,
    legal: 'other than 0',
  }));
}
function checkMaxPool1d(checks, from, input, axes) {
  checkInput(checks, input, axes, false);
  checkLengths(checks, from, 1);
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  checkMinimum(checks, from, 'padding', 0, 'negative-padding');
  if (!isAutoPadded(from)) axes.forEach((axis, at) => checkLimit(checks, axis, at - 1, from));
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
}
function checkPool(checks, from, input, axes, isMax) {
  const spatial = axes.length;
  const fitsRank = () => checkRank2(checks, input, [spatial + 1, spatial + 2], rankWords(spatial));
  if (!isMax && spatial === 1) fitsRank();
  checkLengths(checks, from, spatial);
  if (isMax || spatial === 3) fitsRank();
  checkDivisor(checks, from);
  if (!isMax && spatial === 2 && (input?.length ?? 3) < 3) fitsRank();
  axes.forEach((axis, at) => {
    if (axis.stride === 0) checkMinimum(checks, from, isStrideWritten(from) ? 'stride' : 'kernel_size', 1, 'non-positive-stride');
    if (typeof axis.paddingStart === 'number' && axis.paddingStart < 0) checkMinimum(checks, from, 'padding', 0, 'negative-padding');
    if (!isAutoPadded(from)) checkLimit(checks, axis, at - spatial, from);
  });
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
  checkInput(checks, input, axes, boolean(from, 'ceil_mode') === false || axes.every(({ paddingStart }) => paddingStart === 0));
}
function checkInput(checks, input, axes, needsCells) {
  const spatial = axes.length;
  if (!checkRank2(checks, input, [spatial + 1, spatial + 2], rankWords(spatial)) || input === void 0) return;
  checkNotEmpty(checks, input, input.length - spatial - 1, needsCells ? axes : []);
}
function checkLengths(checks, from, spatial) {
  for (const name of ['kernel_size', 'stride', 'padding', 'dilation']) checkLength(checks, from, name, spatial);
}
function checkDivisor(checks, from) {
  checks.holds(integer(from, 'divisor_override') !== 0, () => ({
    code: 'argument-range',
    reason: 'zero-divisor',
    argument: 'divisor_override',
    value: 0,
    legal: 'other than 0',
  }));
}
function checkLimit(checks, axis, at, from) {
  const { kernel: kernel2, paddingStart: padding2 } = axis;
  if (typeof kernel2 === 'number' && typeof padding2 === 'number') {
    const limit3 = isLimitedByKernel(from) ? 'kernel' : 'half';
    checks.holds(!exceedsLimit(axis, from), () => ({
      code: 'pool-padding',
      reason: 'pad-too-large',
      axis: at,
      padding: padding2,
      kernel: kernel2,
      limit: limit3,
    }));
  } else if (typeof padding2 === 'number' && padding2 > 0) {
    checks.atLeast(kernel2, multiply(padding2, 2), () => ({
      code: 'pool-padding',
      reason: 'pad-too-large',
      axis: at,
      padding: padding2,
      kernel: 0,
      limit: 'half',
    }));
  }
}
function exceedsLimit({ kernel: kernel2, paddingStart }, from) {
  if (typeof kernel2 !== 'number' || typeof paddingStart !== 'number') return false;
  return paddingStart > (isLimitedByKernel(from) ? kernel2 - 1 : Math.trunc(kernel2 / 2));
}
function isLimitedByKernel(from) {
  return from.get('padding_below') === 'kernel';
}
function checkUnpadded(checks, kernel2, size, axis) {
  checks.atLeast(size, kernel2, () => ({
    code: 'kernel-exceeds-input',
    reason: 'kernel-larger-than-input',
    axis,
    size,
    padded: size,
    kernel: kernel2,
    dilation: 1,
    effectiveKernel: kernel2,
  }));
}
function isStrideWritten(from) {
  return (from.get('stride') ?? null) !== null;
}
function axesOf(from, spatial, input) {
  const kernel2 = readAxes(from, 'kernel_size', spatial);
  const stride2 = isStrideWritten(from) ? readAxes(from, 'stride', spatial) : kernel2;
  const dilation2 = from.get('dilation') === void 0 ? void 0 : readAxes(from, 'dilation', spatial);
  const written = from.get('padding') ?? 0;
  const padding2 = typeof written === 'string' && !WORDS2.includes(written) ? UNKNOWN : written;
  return kernel2.map((size, at) => {
    const spread2 = dilation2 === void 0 ? 1 : dilation2[at];
    const [paddingStart, paddingEnd] = paddingOf(padding2, at, spatial, size, spread2);
    const keepsLast = boolean(from, 'keep_last') === true;
    const axis = { kernel: size, stride: stride2[at], dilation: spread2, paddingStart, paddingEnd, ...(keepsLast && { keepsLast }) };
    return isAutoPadded(from) ? autoPad(axis, input?.[input.length - spatial + at]) : axis;
  });
}

// server/src/operators/recurrent.ts
function parametersOf(name) {
  const nonlinearity = {
    name: 'nonlinearity',
    type: 'string',
    default: 'tanh',
    choices: ['tanh', 'relu'],
    doc: 'The activation of each cell.',
  };
  const projection = {
    name: 'proj_size',
    type: 'integer',
    default: 0,
    doc: 'Size to which the output of each cell is projected; 0 for none.',
    legal: 'at least 0 and below hidden_size',
  };
  return [
    {
      name: 'input_size',
      type: 'integer',
      inferable: true,
      doc: 'Size of the last axis of the input; `_` takes it from there.',
      legal: 'at least 0',
    },
    { name: 'hidden_size', type: 'integer', doc: 'Size of the state of each cell.', legal: 'at least 1' },
    { name: 'num_layers', type: 'integer', default: 1, doc: 'How many layers are stacked.', legal: 'at least 1' },
    ...(name === 'RNN' ? [nonlinearity] : []),
    { name: 'bias', type: 'boolean', default: true, doc: 'Whether the cells have biases, two for each gate.' },
    {
      name: 'batch_first',
      type: 'boolean',
      default: false,
      doc: 'Whether the batch is axis 0 and the time axis 1, and not the other way round.',
    },
    { name: 'dropout', type: 'number', default: float(0), doc: 'The chance of dropout between layers.', legal: 'between 0 and 1' },
    { name: 'bidirectional', type: 'boolean', default: false, doc: 'Whether the sequence is read backwards as well.' },
    ...(name === 'LSTM' ? [projection] : []),
  ];
}
function sizesOf(from) {
  const hidden = dimension(from, 'hidden_size');
  const both = boolean(from, 'bidirectional');
  const written = from.get('proj_size');
  const projection = written === void 0 ? 0 : dimension(from, 'proj_size');
  return {
    hidden,
    layers: integer(from, 'num_layers'),
    directions: both === void 0 ? void 0 : both ? 2 : 1,
    out: projection === 0 ? hidden : projection,
    projection,
  };
}
function checkArguments(checks, from) {
  const input = checkLeast(checks, from, 'input_size', 0, 'negative-size');
  const hidden = checkLeast(checks, from, 'hidden_size', 1, 'non-positive-size');
  const layers = checkLeast(checks, from, 'num_layers', 1, 'non-positive-size');
  checkProbability(checks, from, 'dropout');
  const projection = checkLeast(checks, from, 'proj_size', 0, 'negative-size');
  const projected = dimension(from, 'proj_size');
  const below = checks.holds(projected === 0 ? true : isLess(projected, dimension(from, 'hidden_size')), () => ({
    code: 'argument-range',
    reason: 'out-of-range',
    argument: 'proj_size',
    value: projected ?? 0,
    legal: 'below hidden_size',
  }));
  return input && hidden && layers && projection && below;
}
function weights(kind, { hidden, layers, directions, out, projection }, inputSize) {
  const rows = multiply(kind.gates, hidden);
  const projected = multiply(projection, hidden);
  const cell = (reads) => add(multiply(rows, add(reads, out)), projected);
  const later = multiply(subtract(layers, 1), cell(multiply(directions, out)));
  return multiply(directions, add(cell(inputSize), later));
}
function declare9(kind) {
  const hasCell = kind.name === 'LSTM';
  const outputs = hasCell ? ['output', 'h_n', 'c_n'] : ['output', 'h_n'];
  return {
    name: kind.name,
    summary: kind.summary,
    parameters: parametersOf(kind.name),
    inputs: { minimum: 1, maximum: outputs.length },
    outputs,
    infer: ({ arguments: from, inputs }) => {
      const checks = new Checks();
      const [input] = inputs;
      const areSound = checkArguments(checks, from);
      const unknown = outputs.map(() => void 0);
      if (input === void 0 || !checkRank(checks, input, 2, 3, '2 axes (unbatched) or 3')) return checks.answer(unknown);
      const axis = input.length - 1;
      const expected = dimension(from, 'input_size');
      const actual = input[axis];
      checks.equal(expected, actual, () => ({
        code: 'feature-mismatch',
        reason: 'features-mismatch',
        input: 0,
        axis,
        argument: 'input_size',
        expected,
        actual,
      }));
      const batchFirst2 = boolean(from, 'batch_first');
      const timeAxis = input.length === 3 && batchFirst2 === true ? 1 : 0;
      checks.holds(input[timeAxis] !== 0 || batchFirst2 === void 0, () => ({
        code: 'empty-output',
        reason: 'zero-dim-input',
        axis: timeAxis,
        input: 0,
        output: 0,
      }));
      const sizes = areSound ? sizesOf(from) : void 0;
      const batch = input.length === 2 ? [] : [batchFirst2 === void 0 ? void 0 : input[1 - timeAxis]];
      const stacked = multiply(sizes?.directions, sizes?.layers);
      const hidden = [stacked, ...batch, sizes?.out];
      const cell = [stacked, ...batch, sizes?.hidden];
      checkState(checks, inputs, 1, hidden, hasCell && sizes?.projection !== 0 ? 'proj_size' : 'hidden_size');
      if (hasCell) checkState(checks, inputs, 2, cell, 'hidden_size');
      const output = [...input.slice(0, -1), multiply(sizes?.directions, sizes?.out)];
      return checks.answer(hasCell ? [output, hidden, cell] : [output, hidden]);
    },
    cost: ({ arguments: from, inputs: [input] }) => {
      const sizes = sizesOf(from);
      const inputSize = dimension(from, 'input_size') ?? input?.[input.length - 1];
      const products = weights(kind, sizes, inputSize);
      const biases =
        boolean(from, 'bias') === false ? 0 : multiply(multiply(2 * kind.gates, sizes.hidden), multiply(sizes.directions, sizes.layers));
      const macs = input === void 0 ? void 0 : multiply(products, product(input.slice(0, -1)));
      return { parameters: add(products, biases), macs };
    },
  };
}
function checkState(checks, inputs, input, wanted, argument) {
  const state = inputs[input];
  if (state === void 0) return;
  const isWhole = checkRank(checks, state, wanted.length, wanted.length, `${wanted.length} axes for a state`, input);
  if (!isWhole) return;
  const axis = wanted.length - 1;
  const [expected, actual] = [wanted[axis], state[axis]];
  checks.equal(expected, actual, () => ({
    code: 'feature-mismatch',
    reason: 'features-mismatch',
    input,
    axis,
    argument,
    expected,
    actual,
  }));
}
var recurrents = [
  declare9({ name: 'RNN', summary: 'A recurrent network with plain cells.', gates: 1 }),
  declare9({ name: 'GRU', summary: 'A recurrent network with gated cells.', gates: 3 }),
  declare9({ name: 'LSTM', summary: 'A recurrent network whose cells have a memory.', gates: 4 }),
];

// server/src/operators/reduce.ts
var REDUCTIONS = [
  { name: 'Mean', summary: 'The mean over axes.', several: true, needsCells: false },
  { name: 'Sum', summary: 'The sum over axes.', several: true, needsCells: false },
  { name: 'Prod', summary: 'The product over an axis.', several: false, needsCells: false },
  { name: 'Max', summary: 'The largest value over an axis, without its place.', several: false, needsCells: true },
  { name: 'Min', summary: 'The smallest value over an axis, without its place.', several: false, needsCells: true },
  { name: 'Amax', summary: 'The largest value over axes.', several: true, needsCells: true },
  { name: 'Amin', summary: 'The smallest value over axes.', several: true, needsCells: true },
  { name: 'Argmax', summary: 'The place of the largest value along an axis.', several: false, needsCells: true },
  { name: 'Argmin', summary: 'The place of the smallest value along an axis.', several: false, needsCells: true },
];
var reductions = REDUCTIONS.map(({ name, summary, several, needsCells }) => ({
  name,
  summary,
  parameters: [
    {
      name: 'dim',
      type: several ? 'integers' : 'integer',
      default: null,
      nullable: true,
      doc: several ? 'The axes that go, as a number or a tuple; None for all.' : 'The axis that goes; None for all.',
    },
    { name: 'keepdim', type: 'boolean', default: false, doc: 'Whether the axes stay, with size 1.' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const keep = from.get('keepdim');
    const dim2 = from.get('dim');
    const isAll = dim2 === null || isEmptyList(dim2);
    if (input === void 0) return checks.answer([isAll && keep === false ? [] : void 0]);
    const asked = integers(from, 'dim');
    const axes = isAll ? input.map((_, axis) => axis) : asked && resolveAxes(checks, 'dim', asked, input.length);
    if (needsCells && axes !== void 0) {
      const empty = axes.find((axis) => input[axis] === 0) ?? -1;
      checks.holds(empty < 0, () => ({ code: 'empty-output', reason: 'zero-dim-input', axis: empty, input: 0, output: 0 }));
    }
    return checks.answer([reduce(input, axes, asked?.length, keep)]);
  },
}));
function reduce(input, axes, asked, keep) {
  if (typeof keep !== 'boolean') return void 0;
  if (axes !== void 0)
    return keep ? input.map((size, axis) => (axes.includes(axis) ? 1 : size)) : input.filter((_, axis) => !axes.includes(axis));
  if (keep) return input.map(() => void 0);
  return asked === void 0 ? void 0 : Array.from({ length: Math.max(input.length - asked, 0) }, () => void 0);
}

// server/src/operators/reshape.ts
function checkSizes(checks, { argument, sizes }) {
  const negative = sizes.find((size) => typeof size === 'number' && size < -1);
  const isSound = checks.holds(negative === void 0, () => ({
    code: 'argument-range',
    reason: 'negative-size',
    argument,
    value: negative ?? 0,
    legal: 'at least 0, or -1 for what is left',
  }));
  const inferred = sizes.filter((size) => size === -1).length;
  const isOne = checks.holds(inferred < 2, () => ({
    code: 'reshape-mismatch',
    reason: 'two-inferred',
    argument,
    input: 0,
    actual: inferred,
    expected: 1,
  }));
  return isSound && isOne;
}
function resolveSizes(checks, target2, count) {
  const { argument, sizes, axis } = target2;
  const place = { argument, input: 0, ...(axis !== void 0 && { axis }) };
  const inferred = sizes.indexOf(-1);
  const known = product(sizes.filter((_, at) => at !== inferred));
  if (inferred < 0) {
    const fits = checks.equal(count, known, () => ({
      code: 'reshape-mismatch',
      reason: axis === void 0 ? 'element-count' : 'unflatten-mismatch',
      ...place,
      actual: count,
      expected: known,
    }));
    return fits ? sizes : void 0;
  }
  const isDecided = checks.holds(known !== 0, () => ({
    code: 'reshape-mismatch',
    reason: axis === void 0 ? 'element-count' : 'unflatten-mismatch',
    ...place,
    actual: count,
    expected: 0,
  }));
  if (!isDecided) return void 0;
  const divides = checks.divisible(count, known, () => ({
    code: 'reshape-mismatch',
    reason: 'not-divisible',
    ...place,
    actual: count,
    expected: known,
  }));
  return divides ? sizes.map((size, at) => (at === inferred ? floorDivide(count, known) : size)) : void 0;
}
function elements(shape) {
  return shape === void 0 ? void 0 : shape.reduce((count, size) => (count === 0 || size === 0 ? 0 : multiply(count, size)), 1);
}
var MEANINGS = [
  { name: 'zero_copies', type: 'boolean', default: false, doc: 'Whether a 0 in shape stands for the size of the input at its place.' },
  {
    name: 'start_dim',
    type: 'integer',
    default: 0,
    doc: 'The first axis that is changed; one counted from the end is the place behind it.',
  },
  { name: 'num_axes', type: 'integer', default: -1, doc: 'How many axes are changed; -1 for all from start_dim on.' },
];
function declare10(name, summary) {
  return {
    name,
    summary,
    parameters: [
      {
        name: 'shape',
        type: 'integers',
        variadic: true,
        doc: 'The sizes of the new axes, as numbers or as a tuple; -1 for one that is worked out. A 0 is a size of 0.',
        legal: 'at least 0, or -1 for one of them',
      },
    ],
    meanings: MEANINGS,
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input] }) => {
      const checks = new Checks();
      const written = dimensions(from, 'shape');
      const [start, end] = changedPart(from, input);
      if (written === void 0 || start === void 0) return checks.answer([void 0]);
      const part2 = input?.slice(start, end);
      const copies = boolean(from, 'zero_copies') === true;
      const sizes = copies ? written.map((size, at) => (size === 0 ? part2?.[at] : size)) : written;
      const target2 = { argument: 'shape', sizes };
      const resolved = checkSizes(checks, target2) ? resolveSizes(checks, target2, elements(part2)) : void 0;
      const output = resolved ?? sizes.map((size) => (copies && size !== -1 ? size : void 0));
      return checks.answer([[...(input?.slice(0, start) ?? []), ...output, ...(end === void 0 ? [] : (input?.slice(end) ?? []))]]);
    },
  };
}
function changedPart(from, input) {
  const [written, count] = [integer(from, 'start_dim'), integer(from, 'num_axes')];
  if (written === void 0 || count === void 0) return [void 0, void 0];
  if (input === void 0) return [written === 0 && count === -1 ? 0 : void 0, void 0];
  const start = written < 0 ? written + input.length + 1 : written;
  return start < 0 || start > input.length ? [void 0, void 0] : [start, count < 0 ? void 0 : start + count];
}
var unflatten = {
  name: 'Unflatten',
  summary: 'Divides one axis into several.',
  parameters: [
    { name: 'dim', type: 'integer', doc: 'The axis that is divided.' },
    {
      name: 'unflattened_size',
      type: 'integers',
      doc: 'The sizes of the axes that it becomes; -1 for one that is worked out.',
      legal: 'at least 0, or -1 for one of them',
    },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const sizes = dimensions(from, 'unflattened_size');
    const isLong = checks.holds(sizes === void 0 ? void 0 : sizes.length > 0, () => ({
      code: 'argument-type',
      reason: 'wrong-type',
      argument: 'unflattened_size',
      value: [],
      expected: 'at least one size',
    }));
    if (sizes === void 0 || !isLong) return checks.answer([void 0]);
    const areSound = checkSizes(checks, { argument: 'unflattened_size', sizes });
    if (input === void 0) return checks.answer([void 0]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === void 0) return checks.answer([input.length === 0 ? void 0 : unknownLike([...input.slice(1), ...sizes])]);
    const size = input.length === 0 ? 1 : input[axis];
    const resolved = areSound ? resolveSizes(checks, { argument: 'unflattened_size', sizes, axis }, size) : void 0;
    return checks.answer([[...input.slice(0, axis), ...(resolved ?? sizes.map(() => void 0)), ...input.slice(axis + 1)]]);
  },
};
var reshapes = [
  declare10('Reshape', 'Gives the elements a new shape, in the same order.'),
  declare10('View', 'Gives the elements a new shape, in the same order and the same memory.'),
  unflatten,
];

// server/src/operators/resize.ts
var RANKS = {
  nearest: [3, 4, 5],
  linear: [3],
  bilinear: [4],
  bicubic: [4],
  trilinear: [5],
  area: [3, 4, 5],
  'nearest-exact': [3, 4, 5],
};
var MODES2 = Object.keys(RANKS);
var SIZE = {
  name: 'size',
  type: 'integers',
  default: null,
  nullable: true,
  doc: 'Size of the output on each spatial axis.',
  legal: 'at least 1',
};
var SCALE_FACTOR = {
  name: 'scale_factor',
  type: 'numbers',
  default: null,
  nullable: true,
  doc: 'What each spatial axis is multiplied by; the size is rounded down.',
  legal: 'above 0',
};
var MODE = {
  name: 'mode',
  type: 'string',
  default: 'nearest',
  choices: MODES2,
  doc: 'How new cells are worked out from their neighbours.',
};
var ALIGN_CORNERS = {
  name: 'align_corners',
  type: 'boolean',
  default: null,
  nullable: true,
  doc: 'Whether the corner cells of input and output lie on each other; only for the linear and cubic modes.',
};
var RECOMPUTE = {
  name: 'recompute_scale_factor',
  type: 'boolean',
  default: null,
  nullable: true,
  doc: 'Whether the factor is worked out again from the rounded size.',
};
var ANTIALIAS = {
  name: 'antialias',
  type: 'boolean',
  default: false,
  doc: 'Whether shrinking smooths first; for "bilinear" and "bicubic".',
};
var resizes = [
  declare11('Upsample', [SIZE, SCALE_FACTOR, MODE, ALIGN_CORNERS, RECOMPUTE]),
  declare11('Interpolate', [SIZE, SCALE_FACTOR, MODE, ALIGN_CORNERS, RECOMPUTE, ANTIALIAS]),
  declare11('UpsamplingNearest2d', [SIZE, SCALE_FACTOR], 'nearest'),
  declare11('UpsamplingBilinear2d', [SIZE, SCALE_FACTOR], 'bilinear'),
];
function declare11(name, parameters4, fixedMode) {
  return {
    name,
    summary:
      fixedMode === void 0
        ? 'Resizes the spatial axes to a given size or by a factor.'
        : `Resizes height and width, in mode "${fixedMode}".`,
    parameters: parameters4,
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer6(call, fixedMode, name !== 'Interpolate'),
  };
}
function infer6({ arguments: from, inputs: [input] }, fixedMode, isModule) {
  const checks = new Checks();
  const mode = fixedMode ?? string(from, 'mode');
  const size = from.get('size') ?? null;
  const written = from.get('scale_factor') ?? null;
  const factor = isModule && !isList(written) && toNumber(written) === 0 ? null : written;
  checkAlignCorners(checks, from, mode);
  checkSource(checks, from, size, factor, input === void 0 ? void 0 : Math.max(input.length - 2, 0));
  if (input === void 0) return checks.answer([void 0]);
  const ranks = mode === void 0 ? [3, 4, 5] : (RANKS[mode] ?? []);
  const rankFits = checks.holds(ranks.includes(input.length), () => {
    const expected = ranks.length === 0 ? `one of the modes ${MODES2.join(', ')}` : `${ranks.join(', ')} axes in mode "${mode ?? ''}"`;
    return { code: 'rank-mismatch', reason: 'mode-rank-mismatch', input: 0, shape: input, expected, argument: 'mode' };
  });
  if (!rankFits) return checks.answer([void 0]);
  const sizes = input.slice(2).map((before, at) => outputSize(before, size, factor, at));
  const argument = size === null ? 'scale_factor' : 'size';
  if (mode === 'area') return checks.answer([adaptiveMean(checks, input, sizes, argument, from.get(argument) ?? null)]);
  const outputs = sizes.map((output, at) => {
    const before = input[2 + at];
    const fault = (found) => () => ({
      code: 'empty-output',
      reason: 'output-too-small',
      axis: at - sizes.length,
      input: before,
      output: found,
    });
    const fits = checks.atLeast(before, 1, fault(before)) && checks.atLeast(output, 1, fault(output));
    return fits ? output : void 0;
  });
  checkNotEmpty(checks, input.slice(0, 2), 1);
  return checks.answer([[...input.slice(0, 2), ...outputs]]);
}
function checkAlignCorners(checks, from, mode) {
  const value = from.get('align_corners') ?? null;
  if (typeof value !== 'boolean' || (mode !== 'nearest' && mode !== 'area' && mode !== 'nearest-exact')) return;
  const expected = 'nothing unless the mode is "linear", "bilinear", "bicubic" or "trilinear"';
  checks.holds(false, () => ({ code: 'argument-type', reason: 'align-corners-not-allowed', argument: 'align_corners', value, expected }));
}
function checkSource(checks, from, size, factor, spatial) {
  const isBoth = isGiven(size) && isGiven(factor);
  checks.holds(!isBoth, () => ({
    code: 'argument-type',
    reason: 'size-and-scale',
    argument: 'scale_factor',
    value: factor,
    expected: 'nothing where size is given',
  }));
  checks.holds(size !== null || factor !== null, () => ({ code: 'missing-argument', reason: 'size-or-scale-missing', argument: 'size' }));
  const [argument, value] = size === null ? ['scale_factor', factor] : ['size', size];
  if (isList(value) && spatial !== void 0) {
    const expected = `one number, or ${spatial}, one for each spatial axis`;
    checks.holds(value.length === spatial, () => ({ code: 'argument-type', reason: 'tuple-length-mismatch', argument, value, expected }));
  }
  const recomputes = isGiven(size) && boolean(from, 'recompute_scale_factor') === true;
  checks.holds(!recomputes, () => ({
    code: 'argument-type',
    reason: 'size-and-scale',
    argument: 'recompute_scale_factor',
    value: true,
    expected: 'nothing but False where size is given',
  }));
}
function isGiven(value) {
  return value !== null && !isUnknown(value);
}
function outputSize(before, size, factor, at) {
  if (size !== null) return toDimension(isList(size) ? size[at] : size);
  const multiplier = toNumber(isList(factor) ? factor[at] : factor);
  return multiplier === void 0 ? void 0 : scale(before, multiplier);
}

// server/src/operators/scale-shift.ts
var AXIS = { name: 'axis', type: 'integer', default: 1, doc: 'The first axis that has values of its own; 1 is the channels.' };
var NUM_AXES = {
  name: 'num_axes',
  type: 'integer',
  default: 1,
  doc: 'How many axes have values of their own; 0 for one value, -1 for all axes from axis on. A second input says it instead.',
  legal: 'at least -1',
};
var BIAS2 = { name: 'bias', type: 'boolean', default: false, doc: 'Whether an offset is learnt for each factor.' };
var scaleShifts = [
  declare12('Scale', "Multiplies by learnt factors, or by a second tensor: Caffe's layer.", [AXIS, NUM_AXES, BIAS2]),
  declare12('Bias', "Adds learnt offsets, or a second tensor: Caffe's layer.", [AXIS, NUM_AXES]),
];
function declare12(name, summary, parameters4) {
  return {
    name,
    summary,
    parameters: parameters4,
    inputs: { minimum: 1, maximum: 2 },
    outputs: 'single',
    infer: ({ arguments: from, inputs: [input, factors] }) => {
      const checks = new Checks();
      if (input === void 0) return checks.answer([void 0]);
      const axis = factors?.length === 0 ? 0 : resolveAxis(checks, 'axis', integer(from, 'axis'), input.length);
      if (axis === void 0 || factors === void 0) return checks.answer([input]);
      checkFactors(checks, input, factors, axis);
      return checks.answer([input]);
    },
    cost: ({ arguments: from, inputs }) => {
      const [input] = inputs;
      const count = inputs.length > 1 ? factorsOf(inputs[1]) : valuesOf(from, input);
      const own = inputs.length > 1 ? 0 : count;
      return { parameters: boolean(from, 'bias') === true ? (own === 0 ? count : multiply(2, own)) : own, macs: 0 };
    },
  };
}
function checkFactors(checks, input, factors, axis) {
  const shapes = [input, factors];
  const reaches = checks.holds(axis + factors.length <= input.length, () => ({
    code: 'rank-mismatch',
    reason: 'bad-rank',
    input: 1,
    shape: factors,
    expected: `at most ${input.length - axis} axes as its second input`,
  }));
  if (!reaches) return;
  factors.forEach((size, at) => {
    checks.equal(input[axis + at], size, () => ({
      code: 'broadcast-mismatch',
      reason: 'not-equal',
      input: 1,
      axis: axis + at - input.length,
      shapes: [shapes[0], [...input.slice(0, axis), ...factors, ...input.slice(axis + factors.length)]],
    }));
  });
}
function factorsOf(factors) {
  return factors === void 0 ? void 0 : product(factors);
}
function valuesOf(from, input) {
  const count = integer(from, 'num_axes');
  const axis = input === void 0 ? void 0 : resolveAxis(new Checks(), 'axis', integer(from, 'axis'), input.length);
  if (count === 0) return 1;
  if (input === void 0 || axis === void 0 || count === void 0) return void 0;
  return product(input.slice(axis, count < 0 ? void 0 : axis + count));
}

// server/src/operators/slice.ts
function clip(from, name, size, whole) {
  if (from.get(name) === null) return whole;
  const bound = dimension(from, name);
  const isNegative = isLess(bound, 0);
  if (isNegative === void 0) return void 0;
  return isNegative ? larger(add(size, bound), 0) : smaller(bound, size);
}
function smaller(a, b) {
  if (isLess(b, a) === false) return a;
  return isLess(a, b) === false ? b : minimum(a, b);
}
function larger(a, b) {
  if (isLess(a, b) === false) return a;
  return isLess(b, a) === false ? b : maximum(a, b);
}
var slice2 = {
  name: 'Slice',
  summary: 'A part of one axis, as x[start:end:step] in Python.',
  parameters: [
    { name: 'dim', type: 'integer', doc: 'The axis that is cut.' },
    { name: 'start', type: 'integer', default: 0, nullable: true, doc: 'The first cell; negative counts from the end.' },
    {
      name: 'end',
      type: 'integer',
      default: null,
      nullable: true,
      doc: 'The cell before which it ends; negative counts from the end, None is the end.',
    },
    { name: 'step', type: 'integer', default: 1, doc: 'Takes each step-th cell.', legal: 'at least 1' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const isStep = checkLeast(checks, from, 'step', 1, 'non-positive-size');
    if (input === void 0 || !checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer([void 0]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === void 0) return checks.answer([unknownLike(input)]);
    const size = input[axis];
    const start = clip(from, 'start', size, 0);
    const end = clip(from, 'end', size, size);
    const cells = larger(subtract(end, start), 0);
    const length = isStep ? ceilDivide(cells, dimension(from, 'step')) : void 0;
    return checks.answer([input.map((same, at) => (at === axis ? length : same))]);
  },
};
var select = {
  name: 'Select',
  summary: 'One cell of an axis; the axis goes.',
  parameters: [
    { name: 'dim', type: 'integer', doc: 'The axis that goes.' },
    { name: 'index', type: 'integer', doc: 'Which cell; negative counts from the end.', legal: 'within the axis' },
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    if (input === void 0 || !checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer([void 0]);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === void 0) return checks.answer([Array.from({ length: input.length - 1 }, () => void 0)]);
    const index = from.get('index');
    const isNegative = isSize(index) ? isLess(index, 0) : void 0;
    if (isSize(index) && isNegative !== void 0) {
      const needed = isNegative ? subtract(0, index) : add(index, 1);
      const size = input[axis];
      const legal = typeof size === 'number' ? `between ${-size} and ${size - 1}` : 'within the axis';
      checks.atLeast(size, needed, () => ({ code: 'argument-range', reason: 'out-of-range', argument: 'index', value: index, legal }));
    }
    return checks.answer([input.filter((_, at) => at !== axis)]);
  },
};
var slices = [slice2, select];

// server/src/operators/split.ts
var MOST_PARTS = 1024;
var dim = { name: 'dim', type: 'integer', default: 0, doc: 'The axis that is divided; 1 is the channels.' };
var OPEN = [];
function parts(input, axis, sizes) {
  return sizes.map((part2) => input.map((size, at) => (at === axis ? part2 : size)));
}
var chunk = {
  name: 'Chunk',
  summary: 'Divides an axis into a number of parts, the last of which may be smaller.',
  parameters: [{ name: 'chunks', type: 'integer', doc: 'How many parts; there may be fewer of a small axis.', legal: 'at least 1' }, dim],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'sequence',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const chunks = integer(from, 'chunks');
    if (!checkLeast(checks, from, 'chunks', 1, 'non-positive-size') || chunks === void 0) return checks.answer(OPEN);
    const unknown = (shape) => checks.answer(chunks > MOST_PARTS ? OPEN : Array.from({ length: chunks }, () => shape));
    if (input === void 0) return unknown(void 0);
    if (!checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return unknown(void 0);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (axis === void 0) return unknown(unknownLike(input));
    const size = input[axis];
    if (typeof size === 'number') {
      const most = Math.ceil(size / chunks);
      const count = size === 0 ? chunks : Math.ceil(size / most);
      if (count > MOST_PARTS) return checks.answer(OPEN);
      return checks.answer(parts(input, axis, cut(size, most, count)));
    }
    if (chunks > MOST_PARTS) return checks.answer(OPEN);
    if (modulo(size, chunks) === 0) {
      const part2 = floorDivide(size, chunks);
      return checks.answer(parts(input, axis, Array(chunks).fill(part2)));
    }
    const sizes = chunks === 2 ? [ceilDivide(size, 2), floorDivide(size, 2)] : Array(chunks).fill(void 0);
    return checks.answer(parts(input, axis, sizes));
  },
};
function cut(size, most, count) {
  return Array.from({ length: count }, (_, at) => (at < count - 1 ? most : size - most * (count - 1)));
}
var split = {
  name: 'Split',
  summary: 'Divides an axis into parts of given sizes.',
  parameters: [
    {
      name: 'split_size_or_sections',
      type: 'integers',
      doc: 'The size of each part (the last may be smaller), or a list of all sizes.',
      legal: 'at least 0',
    },
    dim,
  ],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'sequence',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const argument = 'split_size_or_sections';
    const sections = isList(from.get(argument)) ? dimensions(from, argument) : void 0;
    const step = dimension(from, argument);
    const negative = (sections ?? [step]).find((size2) => typeof size2 === 'number' && size2 < 0);
    const areSound = checks.holds(negative === void 0, () => ({
      code: 'argument-range',
      reason: 'negative-size',
      argument,
      value: negative ?? 0,
      legal: 'at least 0',
    }));
    const known = areSound && input !== void 0 && checkRank(checks, input, 1, Infinity, 'at least 1 axis') ? input : void 0;
    const axis = known && resolveAxis(checks, 'dim', integer(from, 'dim'), known.length);
    if (known === void 0 || axis === void 0) return checks.answer(sections?.map(() => unknownLike(known)) ?? OPEN);
    const size = known[axis];
    if (sections !== void 0) {
      const total = sum(sections);
      const fits = checks.equal(size, total, () => ({
        code: 'reshape-mismatch',
        reason: 'split-mismatch',
        argument,
        input: 0,
        axis,
        actual: size,
        expected: total,
      }));
      return checks.answer(parts(known, axis, fits ? sections : sections.map(() => void 0)));
    }
    if (size === 0) return checks.answer(parts(known, axis, [0]));
    const isSome = checks.holds(step !== 0, () => ({
      code: 'argument-range',
      reason: 'non-positive-size',
      argument,
      value: 0,
      legal: 'at least 1',
    }));
    const count = ceilDivide(size, step);
    if (!isSome || typeof count !== 'number' || count < 1 || count > MOST_PARTS) return checks.answer(OPEN);
    const last2 = subtract(size, multiply(step, count - 1));
    return checks.answer(
      parts(
        known,
        axis,
        Array.from({ length: count }, (_, at) => (at < count - 1 ? step : last2)),
      ),
    );
  },
};
var unbind = {
  name: 'Unbind',
  summary: 'Takes an axis away and gives its cells one by one.',
  parameters: [{ ...dim, doc: 'The axis that is taken away.' }],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'sequence',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    if (input === void 0 || !checkRank(checks, input, 1, Infinity, 'at least 1 axis')) return checks.answer(OPEN);
    const axis = resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    const count = axis === void 0 ? void 0 : input[axis];
    if (axis === void 0 || typeof count !== 'number' || count > MOST_PARTS) return checks.answer(OPEN);
    const rest = input.filter((_, at) => at !== axis);
    return checks.answer(Array.from({ length: count }, () => rest));
  },
};
var splits = [chunk, split, unbind];

// server/src/operators/stack.ts
var stack = {
  name: 'Stack',
  summary: 'Joins tensors of one shape along a new axis.',
  parameters: [{ name: 'dim', type: 'integer', default: 0, doc: 'The place of the new axis in the output.' }],
  inputs: { minimum: 1, maximum: Infinity },
  outputs: 'single',
  infer: ({ arguments: from, inputs }) => {
    const checks = new Checks();
    const rank = inputs.find((shape) => shape !== void 0)?.length;
    const dim2 = integer(from, 'dim');
    if (rank === void 0) return checks.answer([void 0]);
    const axis = resolveAxis(checks, 'dim', dim2, rank + 1);
    const odd = inputs.findIndex((shape) => shape !== void 0 && shape.length !== rank);
    const ranksFit = checks.holds(odd < 0, () => ({
      code: 'concat-mismatch',
      reason: 'cat-rank-mismatch',
      input: odd,
      shapes: inputs,
      dim: dim2 ?? 0,
    }));
    if (!ranksFit) return checks.answer([void 0]);
    const common = Array.from({ length: rank }, (_, at) => {
      let joined;
      for (const [input, shape] of inputs.entries()) {
        const size = shape?.[at];
        const fits = checks.equal(joined, size, () => ({
          code: 'concat-mismatch',
          reason: 'cat-size-mismatch',
          input,
          axis: at,
          shapes: inputs,
          dim: dim2 ?? 0,
        }));
        if (!fits) return void 0;
        joined = simpler(joined, size);
      }
      return joined;
    });
    if (axis === void 0) return checks.answer([Array.from({ length: rank + 1 }, () => void 0)]);
    return checks.answer([[...common.slice(0, axis), inputs.length, ...common.slice(axis)]]);
  },
};

// server/src/operators/tensor-split.ts
var ARGUMENT = 'indices_or_sections';
var MOST_PARTS2 = 1024;
var EXACT = {
  name: 'exact',
  type: 'boolean',
  default: false,
  doc: "Whether all parts have to have cells, and equal parts the same number of them, as in Caffe's Slice.",
};
var tensorSplit = {
  name: 'TensorSplit',
  summary: 'Divides an axis into a number of parts, or at the given places.',
  parameters: [
    {
      name: ARGUMENT,
      type: 'integers',
      doc: 'How many parts (the first ones may be larger by one cell), or where each part but the first begins.',
      legal: 'at least 1 as a number of parts',
    },
    { name: 'dim', type: 'integer', default: 0, doc: 'The axis that is divided; 1 is the channels.' },
  ],
  meanings: [EXACT],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'sequence',
  infer: ({ arguments: from, inputs: [input] }) => {
    const checks = new Checks();
    const written = from.get(ARGUMENT);
    const places = isList(written) ? dimensions(from, ARGUMENT) : void 0;
    const sections = integer(from, ARGUMENT);
    if (places === void 0) checkLeast(checks, from, ARGUMENT, 1, 'non-positive-size');
    const count = places === void 0 ? sections : places.length + 1;
    if (count === void 0 || count < 1 || count > MOST_PARTS2) return checks.answer([]);
    const each = (shape) => checks.answer(Array.from({ length: count }, () => shape));
    const axis = input === void 0 ? void 0 : resolveAxis(checks, 'dim', integer(from, 'dim'), input.length);
    if (input === void 0 || axis === void 0) return each(unknownLike(input));
    const size = input[axis];
    const isExact = boolean(from, EXACT.name) === true;
    const sizes = places === void 0 ? equalParts(checks, size, axis, count, isExact) : partsAt(checks, size, axis, places, isExact);
    return checks.answer(sizes.map((part2) => input.map((other, at) => (at === axis ? part2 : other))));
  },
};
function equalParts(checks, size, axis, count, isExact) {
  const part2 = floorDivide(size, count);
  if (!isExact) return Array.from({ length: count }, (_, at) => floorDivide(subtract(size, at - count + 1), count));
  const divides = checks.divisible(size, count, () => ({
    code: 'reshape-mismatch',
    reason: 'not-divisible',
    argument: ARGUMENT,
    input: 0,
    axis,
    actual: size,
    expected: count,
  }));
  return Array.from({ length: count }, () => (divides ? part2 : void 0));
}
function partsAt(checks, size, axis, places, isExact) {
  const ends = isExact ? places : places.map((place) => clamped(place, size));
  const bounds = [0, ...ends, size];
  return bounds.slice(1).map((end, at) => {
    const part2 = subtract(end, bounds[at]);
    if (!isExact) return part2 === void 0 ? void 0 : maximum(part2, 0);
    const hasCells = checks.atLeast(part2, 1, () => ({
      code: 'argument-range',
      reason: 'out-of-range',
      argument: ARGUMENT,
      value: places.map((place) => place ?? null),
      legal: `rising numbers${typeof size === 'number' ? ` below ${size}, the size of axis ${axis}` : ''}`,
    }));
    return hasCells ? part2 : void 0;
  });
}
function clamped(place, size) {
  if (typeof place !== 'number') return void 0;
  return place < 0 ? maximum(subtract(size, -place), 0) : minimum(place, size);
}

// server/src/operators/transposed-convolution.ts
var transposedConvolutions = [1, 2, 3].flatMap((spatial) => [declare13(spatial, false), declare13(spatial, true)]);
function declare13(spatial, lazy) {
  const { kernel: kernel2, stride: stride2, dilation: dilation2 } = windowParameters(spatial);
  return {
    name: `${lazy ? 'Lazy' : ''}ConvTranspose${spatial}d`,
    summary: `The transpose of a convolution (a fractionally strided convolution): spreads each input cell over a window of the output${lazy ? '; the number of input channels is taken from the input' : ''}.`,
    parameters: [
      ...(lazy ? [] : [IN_CHANNELS]),
      { name: 'out_channels', type: 'integer', doc: 'Number of channels of the output.', legal: 'at least 1' },
      kernel2,
      { ...stride2, doc: 'How far apart the windows of neighbouring input cells are: the stride of the convolution that this transposes.' },
      {
        name: 'padding',
        type: 'integers',
        default: 0,
        doc: 'Cells cut off at both ends of each output axis: the padding of the convolution that this transposes.',
        legal: 'at least 0',
      },
      {
        name: 'output_padding',
        type: 'integers',
        default: 0,
        doc: 'Cells added at the end of each output axis, to choose among the sizes that one convolution maps to the same size.',
        legal: 'at least 0, and below the stride or the dilation',
      },
      GROUPS,
      BIAS,
      dilation2,
      {
        name: 'padding_mode',
        type: 'string',
        default: 'zeros',
        choices: ['zeros'],
        doc: 'Only "zeros": a transposed convolution has no other.',
      },
    ],
    forwardParameters: [
      {
        name: 'output_size',
        type: 'integers',
        default: null,
        nullable: true,
        doc: 'The output size that is wanted; output_padding is then worked out from it.',
      },
    ],
    meanings: [AUTO_PAD],
    inputs: { minimum: 1, maximum: 1 },
    outputs: 'single',
    infer: (call) => infer7(call, spatial),
    cost: (call) => cost2(call, spatial),
    windows: ({ arguments: from, inputs: [input] }) => {
      const { axes, outputPadding: written } = readWindows(from, spatial);
      const outputPadding = checkOutputSize(new Checks(), from, input, axes) ?? written;
      return axes.map((axis, at) => ({ ...toWindow(axis, 'transposed'), outputPadding: outputPadding[at] }));
    },
  };
}
function infer7({ arguments: from, inputs: [input] }, spatial) {
  const checks = new Checks();
  const { axes, outputPadding: asWritten } = readWindows(from, spatial);
  checkGroups(checks, from);
  const wanted = checkOutputSize(checks, from, input, axes);
  if (!checkRank2(checks, input, [spatial + 1, spatial + 2], rankWords(spatial))) return checks.answer([void 0]);
  const outputPadding = wanted ?? asWritten;
  const written = ['stride', 'padding', 'dilation', ...(wanted === void 0 ? ['output_padding'] : [])];
  if (checkLength(checks, from, 'kernel_size', spatial, false)) for (const name of written) checkLength(checks, from, name, spatial);
  checkMinimum(checks, from, 'padding', 0, 'negative-padding');
  if (wanted === void 0) checkMinimum(checks, from, 'output_padding', 0, 'negative-output-padding');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  if (input === void 0) {
    checkWindow2(checks, from, axes, outputPadding);
    return checks.answer([void 0]);
  }
  const channelAxis2 = input.length - spatial - 1;
  const sizes = input.slice(-spatial);
  checkChannels(checks, from, input, channelAxis2);
  const isEmptyBatch = channelAxis2 === 1 && input[0] === 0;
  if (isEmptyBatch) checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  else {
    checkNotEmpty(checks, sizes, 0);
    checkWindow2(checks, from, axes, outputPadding);
  }
  const outputs = axes.map((axis, at) => {
    if (!isLegal(isEmptyBatch ? { ...axis, dilation: 1 } : axis)) return void 0;
    if (!isEmptyBatch && exceedsWindow(axis, outputPadding[at])) return void 0;
    const output = transposedSize(sizes[at], axis, outputPadding[at]);
    const reason = isEmptyBatch ? 'negative-output' : 'output-too-small';
    const fits = checks.atLeast(output, isEmptyBatch ? 0 : 1, () => ({
      code: 'empty-output',
      reason,
      axis: at - spatial,
      input: sizes[at],
      output,
    }));
    return fits ? output : void 0;
  });
  return checks.answer([[...input.slice(0, channelAxis2), dimension(from, 'out_channels'), ...outputs]]);
}
function readWindows(from, spatial) {
  const axes = readGeometry(from, spatial);
  if (!isAutoPadded(from)) return { axes, outputPadding: readAxes(from, 'output_padding', spatial) };
  const cropped2 = axes.map(autoCrop);
  return { axes: cropped2.map(({ axis }) => axis), outputPadding: cropped2.map(({ outputPadding }) => outputPadding) };
}
function checkWindow2(checks, from, axes, outputPadding) {
  const isKernelFirst = axes.length < 3;
  if (isKernelFirst) checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
  axes.forEach((axis, at) => checkOutputPadding(checks, axis, outputPadding[at], at - axes.length));
  if (!isKernelFirst) checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
}
function checkOutputPadding(checks, axis, outputPadding, at) {
  const { stride: stride2, dilation: dilation2 } = axis;
  if (typeof stride2 !== 'number' || typeof dilation2 !== 'number' || typeof outputPadding !== 'number') return;
  if (!exceedsWindow(axis, outputPadding)) return;
  checks.holds(false, () => ({
    code: 'output-padding-range',
    reason: 'output-padding-too-large',
    axis: at,
    outputPadding,
    stride: stride2,
    dilation: dilation2,
  }));
}
function exceedsWindow({ stride: stride2, dilation: dilation2 }, outputPadding) {
  if (typeof stride2 !== 'number' || typeof dilation2 !== 'number' || typeof outputPadding !== 'number') return false;
  return outputPadding >= stride2 && outputPadding >= dilation2;
}
function checkOutputSize(checks, from, input, axes) {
  const value = from.get('output_size');
  if (value === null || value === void 0) return void 0;
  const spatial = axes.length;
  const unknown = axes.map(() => void 0);
  const written = isList(value) ? dimensions(from, 'output_size') : void 0;
  if (written === void 0) {
    const isOne = dimension(from, 'output_size') !== void 0;
    checks.holds(!isOne, () => ({
      code: 'argument-type',
      reason: 'output-size-bad-length',
      argument: 'output_size',
      value,
      expected: `a tuple of ${spatial}`,
    }));
    return unknown;
  }
  if (input === void 0) {
    const isPossible = [spatial, spatial + 1, spatial + 2].includes(written.length);
    checkSizeLength(checks, from, isPossible, spatial, spatial + 2);
    return unknown;
  }
  const leading = input.length === spatial + 2 ? 2 : 1;
  const wanted = written.length === leading + spatial ? written.slice(leading) : written;
  if (!checkSizeLength(checks, from, wanted.length === spatial, spatial, leading + spatial)) return unknown;
  if (
    !checks.holds(input.length >= leading + spatial, () => ({
      code: 'rank-mismatch',
      reason: 'bad-rank',
      input: 0,
      shape: input,
      expected: rankWords(spatial),
    }))
  ) {
    return unknown;
  }
  return axes.map((axis, at) => {
    const minimum2 = transposedSize(input[leading + at], axis, 0);
    const outputSize3 = wanted[at];
    const maximum2 = subtract(add(minimum2, axis.stride), 1);
    const fault = () => ({
      code: 'output-padding-range',
      reason: 'output-size-out-of-range',
      axis: at - spatial,
      outputSize: outputSize3,
      minimum: minimum2,
      maximum: maximum2,
    });
    const fits = checks.atLeast(outputSize3, minimum2, fault) && checks.atLeast(maximum2, outputSize3, fault);
    return fits ? subtract(outputSize3, minimum2) : void 0;
  });
}
function checkSizeLength(checks, from, fits, spatial, full) {
  const expected = `${spatial} ${spatial === 1 ? 'number' : 'numbers'}, one for each axis, or ${full} with all axes of the input`;
  return checks.holds(fits, () => ({
    code: 'argument-type',
    reason: 'output-size-bad-length',
    argument: 'output_size',
    value: from.get('output_size') ?? null,
    expected,
  }));
}
function cost2({ arguments: from, inputs: [input] }, spatial) {
  const outChannels = dimension(from, 'out_channels');
  const inChannels = declaredChannels(from) ?? input?.[input.length - spatial - 1];
  const perCell = multiply(floorDivide(outChannels, integer(from, 'groups')), product(readAxes(from, 'kernel_size', spatial)));
  const bias = boolean(from, 'bias') === false ? 0 : outChannels;
  return {
    parameters: add(multiply(inChannels, perCell), bias),
    macs: input === void 0 ? void 0 : multiply(product(input), perCell),
  };
}

// server/src/operators/unary.ts
var limit = (name, doc) => ({ name, type: 'number', default: null, nullable: true, doc });
var unaries = [
  sameShape('Abs', 'The absolute value, cell by cell.'),
  sameShape('Neg', 'The negated value, cell by cell.'),
  sameShape('Exp', 'e to the power of each value.'),
  sameShape('Log', 'The natural logarithm of each value.'),
  sameShape('Sqrt', 'The square root of each value.'),
  sameShape('Rsqrt', 'One over the square root of each value.'),
  sameShape('Square', 'The square of each value.'),
  sameShape('Reciprocal', 'One over each value.'),
  sameShape('Sin', 'The sine of each value.'),
  sameShape('Cos', 'The cosine of each value.'),
  sameShape('Erf', 'The error function of each value.'),
  sameShape('Sign', 'The sign of each value: -1, 0 or 1.'),
  sameShape('Floor', 'The largest whole number up to each value.'),
  sameShape('Ceil', 'The smallest whole number from each value.'),
  sameShape('Round', 'The whole number nearest to each value.'),
  sameShape('Clamp', 'Limits values to min to max.', [
    limit('min', 'The smallest value; None for no limit.'),
    limit('max', 'The largest value; None for no limit.'),
  ]),
  sameShape('Power', "(shift + scale * x) ** power, cell by cell: Caffe's layer.", [
    { name: 'power', type: 'number', default: float(1), doc: 'The exponent.' },
    { name: 'scale', type: 'number', default: float(1), doc: 'The factor.' },
    { name: 'shift', type: 'number', default: float(0), doc: 'What is added before.' },
  ]),
  sameShape('QuantStub', 'Where a quantized model starts; hands its input on.', [
    { name: 'qconfig', type: 'any', default: null, nullable: true, doc: 'The settings of the quantization.' },
  ]),
  sameShape('DeQuantStub', 'Where a quantized model ends; hands its input on.', [
    { name: 'qconfig', type: 'any', default: null, nullable: true, doc: 'The settings of the quantization.' },
  ]),
  sameShape('Contiguous', 'Hands its input on, laid out in order in memory.'),
  sameShape('Detach', 'Hands its input on, without its gradient.'),
];

// server/src/operators/unfold.ts
var { kernel, stride, dilation } = windowParameters(2);
var padding = {
  name: 'padding',
  type: 'integers',
  default: 0,
  doc: 'Zeros added at both ends of each axis.',
  legal: 'at least 0',
};
var outputSize2 = { name: 'output_size', type: 'integers', doc: 'Height and width of the image.', legal: 'at least 1' };
var unfold = {
  name: 'Unfold',
  summary: 'Lays each window of an image out as a column (im2col).',
  parameters: [kernel, dilation, padding, stride],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferUnfold,
  windows: ({ arguments: from }) => readGeometry(from, 2).map((axis) => toWindow(axis, 'convolution')),
};
var fold = {
  name: 'Fold',
  summary: 'Adds columns, one for each window, up into an image (col2im).',
  parameters: [outputSize2, kernel, dilation, padding, stride],
  inputs: { minimum: 1, maximum: 1 },
  outputs: 'single',
  infer: inferFold,
};
function inferUnfold({ arguments: from, inputs: [input] }) {
  const checks = new Checks();
  const axes = readGeometry(from, 2);
  checkLengths2(checks, from);
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
  checkMinimum(checks, from, 'padding', 0, 'negative-padding');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  if (!checkRank2(checks, input, [3, 4], '4 axes, or 3 without a batch') || input === void 0) return checks.answer([void 0]);
  const channelAxis2 = input.length - 3;
  checkNotEmpty(checks, input, channelAxis2, axes);
  const blocks = axes.map((axis, at) => countBlocks(checks, axis, input[channelAxis2 + 1 + at], at));
  const column = multiply(input[channelAxis2], product(axes.map((axis) => axis.kernel)));
  return checks.answer([[...input.slice(0, channelAxis2), column, product(blocks)]]);
}
function inferFold({ arguments: from, inputs: [input] }) {
  const checks = new Checks();
  const axes = readGeometry(from, 2);
  const image = readAxes(from, 'output_size', 2);
  checkLength(checks, from, 'output_size', 2, false);
  checkLengths2(checks, from);
  checkMinimum(checks, from, 'kernel_size', 1, 'non-positive-kernel');
  checkMinimum(checks, from, 'stride', 1, 'non-positive-stride');
  checkMinimum(checks, from, 'dilation', 1, 'non-positive-dilation');
  checkMinimum(checks, from, 'padding', 0, 'negative-padding');
  if (!checkRank2(checks, input, [2, 3], '3 axes, or 2 without a batch') || input === void 0) return checks.answer([void 0]);
  const channelAxis2 = input.length - 2;
  checkNotEmpty(checks, input, channelAxis2);
  const window = product(axes.map((axis) => axis.kernel));
  const column = input[channelAxis2];
  const columnFits =
    typeof window !== 'number' ||
    window < 1 ||
    checks.divisible(column, window, () => ({
      code: 'channel-mismatch',
      reason: 'fold-channels-not-divisible',
      input: 0,
      axis: channelAxis2,
      argument: 'kernel_size',
      divisor: window,
      actual: column,
    }));
  const blocks = axes.map((axis, at) => (isLegal(axis) ? convolutionSize(image[at], axis) : void 0));
  const expected = blocks.reduce(multiply, 1);
  const actual = input[channelAxis2 + 1];
  checks.equal(expected, actual, () => ({
    code: 'reshape-mismatch',
    reason: 'fold-length-mismatch',
    argument: 'output_size',
    input: 0,
    actual,
    expected,
    axis: channelAxis2 + 1,
  }));
  blocks.forEach((count, at) => {
    checks.atLeast(count, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at - 2, input: image[at], output: count }));
  });
  const outputs = image.map((size, at) => {
    const fits = checks.atLeast(size, 1, () => ({
      code: 'empty-output',
      reason: 'output-too-small',
      axis: at - 2,
      input: actual,
      output: size,
    }));
    return fits ? size : void 0;
  });
  return checks.answer([[...input.slice(0, channelAxis2), columnFits ? floorDivide(column, window) : void 0, ...outputs]]);
}
function checkLengths2(checks, from) {
  for (const name of ['kernel_size', 'dilation', 'padding', 'stride']) checkLength(checks, from, name, 2, false);
}
function countBlocks(checks, axis, size, at) {
  if (!isLegal(axis)) return void 0;
  const output = convolutionSize(size, axis);
  const fits = checks.atLeast(output, 1, () => ({ code: 'empty-output', reason: 'output-too-small', axis: at - 2, input: size, output }));
  return fits ? output : void 0;
}

// server/src/operators/registry.ts
var declarations = [
  ...convolutions,
  ...transposedConvolutions,
  ...pools,
  ...adaptivePools,
  ...paddings,
  ...resizes,
  ...elementwiseJoins,
  ...linears,
  ...batchNorms,
  ...groupNorms,
  ...layerNorms,
  ...activations,
  ...axisActivations,
  ...dropouts,
  ...unaries,
  ...reshapes,
  ...axisOrders,
  ...expansions,
  ...splits,
  ...slices,
  ...reductions,
  ...matrixProducts,
  ...recurrents,
  ...attentions,
  ...scaleShifts,
  ...caffeGeometries,
  ...detections,
  ...losses,
  tensorSplit,
  embedding,
  stack,
  cat,
  flatten,
  identity,
  parameter,
  pixelShuffle,
  pixelUnshuffle,
  channelShuffle,
  unfold,
  fold,
  centerCrop,
];
var operators = new Map(declarations.map((operator) => [operator.name, operator]));

// server/src/reference/tensor-data.ts
function elementCount(shape) {
  return shape.reduce((product3, size) => product3 * size, 1);
}

// server/src/reference/padding-source.ts
var NO_SOURCE = -1;
function sourceIndex(position, size, mode) {
  if (position >= 0 && position < size) return position;
  switch (mode) {
    case 'constant':
      return NO_SOURCE;
    case 'reflect':
      return position < 0 ? -position : 2 * (size - 1) - position;
    case 'replicate':
      return position < 0 ? 0 : size - 1;
    case 'circular':
      return position < 0 ? position + size : position - size;
  }
}
function paddedSources(size, before, after, mode) {
  if (mode === 'circular' && (before < 0 || after < 0)) return wrappedSources(size, before, after);
  return Array.from({ length: Math.max(size + before + after, 0) }, (_, place) => sourceIndex(place - before, size, mode));
}
function wrappedSources(size, before, after) {
  const padded = Math.max(size + before + after, 0);
  const sources = Array.from({ length: padded }, () => NO_SOURCE);
  const [left, right] = [Math.max(before, 0), Math.max(after, 0)];
  const copy2 = (from, start, end) => {
    for (let place = start; place < end; place++) sources[place] = from[from.length === 1 ? 0 : place - start] ?? NO_SOURCE;
  };
  const kept = Array.from({ length: size }, (_, place) => place).slice(Math.max(-before, 0), size - Math.max(-after, 0));
  copy2(kept, left, padded - right);
  copy2(sources.slice(padded - left - right, padded - right), 0, left);
  copy2(sources.slice(left, left + right), padded - right, padded);
  return sources;
}

// server/src/reference/window-layout.ts
var NO_AXIS = { input: 1, output: 1, kernel: 1, stride: 1, dilation: 1, paddingStart: 0, paddingEnd: 0 };
function layOut(operator, { arguments: from, inputShapes, outputShapes }) {
  const windows2 = operator.windows?.({ arguments: from, inputs: inputShapes }) ?? [];
  const input = inputShapes[0] ?? [];
  const output = outputShapes[0] ?? [];
  const first = input.length - windows2.length;
  const axes = windows2.map((window, at) => toAxis(window, input[first + at] ?? 1, output[first + at] ?? 1));
  const [width = NO_AXIS, height = NO_AXIS, depth = NO_AXIS] = axes.reverse();
  return {
    batch: first > 1 ? (input[0] ?? 1) : 1,
    inputChannels: input[first - 1] ?? 1,
    outputChannels: output[first - 1] ?? 1,
    axes: [depth, height, width],
  };
}
function toAxis(geometry, input, output) {
  const { kernel: kernel2, stride: stride2, dilation: dilation2, paddingStart, paddingEnd } = geometry;
  return {
    input,
    output,
    kernel: toNumber2(kernel2, 1),
    stride: toNumber2(stride2, 1),
    dilation: toNumber2(dilation2, 1),
    paddingStart: toNumber2(paddingStart, 0),
    paddingEnd: toNumber2(paddingEnd, 0),
  };
}
function toNumber2(size, fallback) {
  return typeof size === 'number' ? size : fallback;
}
function tapsOf({ input, output, kernel: kernel2, stride: stride2, dilation: dilation2, paddingStart }, mode) {
  const taps = new Int32Array(output * kernel2);
  for (let cell = 0; cell < output; cell++) {
    for (let tap = 0; tap < kernel2; tap++) {
      taps[cell * kernel2 + tap] = sourceIndex(cell * stride2 + tap * dilation2 - paddingStart, input, mode);
    }
  }
  return taps;
}

// server/src/reference/convolution.ts
var convolutionKernels = convolutions.map((operator) => ({
  operator: operator.name,
  parameters: (call) => parameters(operator, call),
  run: (call) => [run(operator, call)],
}));
function parameters(operator, call) {
  const { arguments: from, inputShapes } = call;
  const { inputChannels, outputChannels, axes } = layOut(operator, call);
  const rank = operator.windows?.({ arguments: from, inputs: inputShapes })?.length ?? 0;
  const window = axes.slice(axes.length - rank).map(({ kernel: kernel2 }) => kernel2);
  const groupChannels = inputChannels / groupsOf(from);
  const weight = {
    name: 'weight',
    shape: [outputChannels, groupChannels, ...window],
    start: { fanIn: groupChannels * elementCount(window) },
  };
  return boolean(from, 'bias') === false ? [weight] : [weight, { name: 'bias', shape: [outputChannels], start: 'zeros' }];
}
function groupsOf(from) {
  return integer(from, 'groups') ?? 1;
}
function run(operator, call) {
  const { arguments: from, inputs, parameters: learned, outputShapes } = call;
  const { batch, inputChannels, outputChannels, axes } = layOut(operator, call);
  const input = inputs[0]?.data ?? new Float32Array();
  const weight = learned.get('weight')?.data ?? new Float32Array();
  const bias = learned.get('bias')?.data;
  const shape = outputShapes[0] ?? [];
  const output = new Float32Array(elementCount(shape));
  const groups = groupsOf(from);
  const [groupInputs, groupOutputs] = [inputChannels / groups, outputChannels / groups];
  const [depth, height, width] = axes;
  const mode = modeOf(from);
  const [depthTaps, heightTaps, widthTaps] = [tapsOf(depth, mode), tapsOf(height, mode), tapsOf(width, mode)];
  let cell = 0;
  for (let sample = 0; sample < batch; sample++) {
    for (let outputChannel = 0; outputChannel < outputChannels; outputChannel++) {
      const firstChannel = Math.floor(outputChannel / groupOutputs) * groupInputs;
      for (let z = 0; z < depth.output; z++) {
        for (let y = 0; y < height.output; y++) {
          for (let x = 0; x < width.output; x++) {
            let sum3 = bias?.[outputChannel] ?? 0;
            let tap = outputChannel * groupInputs * depth.kernel * height.kernel * width.kernel;
            for (let channel = 0; channel < groupInputs; channel++) {
              const plane = (sample * inputChannels + firstChannel + channel) * depth.input;
              for (let kz = 0; kz < depth.kernel; kz++) {
                const fromZ = depthTaps[z * depth.kernel + kz] ?? 0;
                for (let ky = 0; ky < height.kernel; ky++) {
                  const fromY = heightTaps[y * height.kernel + ky] ?? 0;
                  if (fromZ < 0 || fromY < 0) {
                    tap += width.kernel;
                    continue;
                  }
                  const row = ((plane + fromZ) * height.input + fromY) * width.input;
                  for (let kx = 0; kx < width.kernel; kx++, tap++) {
                    const fromX = widthTaps[x * width.kernel + kx] ?? 0;
                    if (fromX >= 0) sum3 += (input[row + fromX] ?? 0) * (weight[tap] ?? 0);
                  }
                }
              }
            }
            output[cell++] = sum3;
          }
        }
      }
    }
  }
  return { shape, data: output };
}
function modeOf(from) {
  const mode = string(from, 'padding_mode');
  return mode === 'reflect' || mode === 'replicate' || mode === 'circular' ? mode : 'constant';
}

// server/src/reference/kernel-call.ts
var EMPTY = { shape: [0], data: new Float32Array() };
function inputAt(call, at = 0) {
  return call.inputs[at] ?? EMPTY;
}
function inputShapeAt(call, at = 0) {
  return call.inputShapes[at] ?? [];
}
function outputShapeAt(call, at = 0) {
  return call.outputShapes[at] ?? [];
}
function parameterOf(call, name) {
  return call.parameters.get(name)?.data ?? EMPTY.data;
}
function wholeOf(from, name) {
  return integer(from, name) ?? Number.NaN;
}
function realOf(from, name) {
  return number(from, name) ?? Number.NaN;
}
function axisOf(dim2, rank) {
  return dim2 < 0 ? dim2 + Math.max(rank, 1) : dim2;
}

// server/src/reference/cell-by-cell.ts
function cellByCell(operator, prepare) {
  return { operator, run: (call) => [mapCells(inputAt(call), prepare(call.arguments))] };
}
function mapCells({ shape, data }, change) {
  return { shape, data: data.map((value) => change(value)) };
}

// server/src/reference/special-functions.ts
function erf(x) {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) > 6) return Math.sign(x);
  let term2 = x;
  let sum3 = x;
  for (let n = 1; Math.abs(term2) > Math.abs(sum3) * 1e-17; n++) {
    term2 *= (2 * x * x) / (2 * n + 1);
    sum3 += term2;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum3;
}
function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}
function roundHalfToEven(x) {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest === 0.5) return down % 2 === 0 ? down : down + 1;
  return rest < 0.5 ? down : down + 1;
}
function power(base, exponent) {
  return base === 1 || (base === -1 && Math.abs(exponent) === Infinity) ? 1 : base ** exponent;
}

// server/src/reference/activations.ts
var SELU_ALPHA = 1.6732632423543772;
var SELU_SCALE = 1.0507009873554805;
function softplus(x) {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
function limit2(x, least, most) {
  return Math.min(Math.max(x, least), most);
}
function leaky(slope) {
  return (x) => (x > 0 ? x : x * slope);
}
function geluByTanh(x) {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}
var activationKernels = [
  cellByCell('ReLU', () => (x) => Math.max(x, 0)),
  cellByCell('ReLU6', () => (x) => limit2(x, 0, 6)),
  cellByCell('LeakyReLU', (from) => leaky(realOf(from, 'negative_slope'))),
  // In evaluation the slope is the mean of those that training draws.
  cellByCell('RReLU', (from) => leaky((realOf(from, 'lower') + realOf(from, 'upper')) / 2)),
  cellByCell('ELU', (from) => {
    const alpha = realOf(from, 'alpha');
    return (x) => (x > 0 ? x : alpha * Math.expm1(x));
  }),
  cellByCell('SELU', () => (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x))),
  cellByCell('CELU', (from) => {
    const alpha = realOf(from, 'alpha');
    return (x) => (x > 0 ? x : alpha * Math.expm1(x / alpha));
  }),
  cellByCell('GELU', (from) => (string(from, 'approximate') === 'tanh' ? geluByTanh : (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)))),
  cellByCell('SiLU', () => (x) => x * sigmoid(x)),
  cellByCell('Mish', () => (x) => x * Math.tanh(softplus(x))),
  cellByCell('Hardswish', () => (x) => (x * limit2(x + 3, 0, 6)) / 6),
  cellByCell('Hardsigmoid', () => (x) => limit2(x + 3, 0, 6) / 6),
  cellByCell('Hardtanh', (from) => {
    const [least, most] = [realOf(from, 'min_val'), realOf(from, 'max_val')];
    return (x) => limit2(x, least, most);
  }),
  cellByCell('Hardshrink', (from) => {
    const lambd2 = realOf(from, 'lambd');
    return (x) => (Math.abs(x) <= lambd2 ? 0 : x);
  }),
  cellByCell('Softshrink', (from) => {
    const lambd2 = realOf(from, 'lambd');
    return (x) => (Math.abs(x) <= lambd2 ? 0 : x - Math.sign(x) * lambd2);
  }),
  cellByCell('Sigmoid', () => sigmoid),
  cellByCell('LogSigmoid', () => (x) => -softplus(-x)),
  cellByCell('Tanh', () => Math.tanh),
  cellByCell('Tanhshrink', () => (x) => x - Math.tanh(x)),
  cellByCell('Softplus', (from) => {
    const [beta, threshold] = [realOf(from, 'beta'), realOf(from, 'threshold')];
    return (x) => (x * beta > threshold ? x : softplus(x * beta) / beta);
  }),
  cellByCell('Softsign', () => (x) => x / (1 + Math.abs(x))),
  cellByCell('Threshold', (from) => {
    const [threshold, value] = [realOf(from, 'threshold'), realOf(from, 'value')];
    return (x) => (x <= threshold ? value : x);
  }),
];

// server/src/reference/fold-windows.ts
function foldWindows(input, sizes, seen, shape, { start, step, finish }) {
  const [depthCells, heightCells, widthCells] = seen;
  const [depth, height, width] = sizes;
  const inputPlane = depth * height * width;
  const outputPlane = depthCells.length * heightCells.length * widthCells.length;
  const planes = outputPlane === 0 ? 0 : shape.reduce((product3, size) => product3 * size, 1) / outputPlane;
  const output = new Float32Array(planes * outputPlane);
  let cell = 0;
  for (let plane = 0; plane < planes; plane++) {
    depthCells.forEach((fromDepth, z) => {
      heightCells.forEach((fromHeight, y) => {
        widthCells.forEach((fromWidth, x) => {
          let sum3 = start;
          for (const sourceZ of fromDepth) {
            for (const sourceY of fromHeight) {
              const row = plane * inputPlane + (sourceZ * height + sourceY) * width;
              for (const sourceX of fromWidth) sum3 = step(sum3, input[row + sourceX] ?? 0);
            }
          }
          output[cell++] = finish === void 0 ? sum3 : finish(sum3, z, y, x);
        });
      });
    });
  }
  return { shape, data: output };
}
var LARGEST = { start: -Infinity, step: (largest2, value) => (value > largest2 || Number.isNaN(value) ? value : largest2) };

// server/src/reference/adaptive-pooling.ts
var adaptivePoolKernels = adaptivePools.map(({ name }) => {
  const spatial = Number(/(\d)d$/.exec(name)?.[1] ?? 0);
  return { operator: name, run: (call) => [adaptivePool(inputAt(call), outputShapeAt(call), spatial, name.includes('Max'))] };
});
function adaptivePool({ shape: given, data }, shape, spatial, isMax) {
  const sizes = lastThree(given, spatial);
  const wanted = lastThree(shape, spatial);
  const [depth, height, width] = [seenCells(sizes[0], wanted[0]), seenCells(sizes[1], wanted[1]), seenCells(sizes[2], wanted[2])];
  const count = (seen, place) => seen[place]?.length ?? 0;
  const mean = {
    start: 0,
    step: (sum3, value) => sum3 + value,
    finish: (sum3, z, y, x) => sum3 / (count(depth, z) * count(height, y) * count(width, x)),
  };
  return foldWindows(data, sizes, [depth, height, width], shape, isMax ? LARGEST : mean);
}
function lastThree(shape, spatial) {
  const [width = 1, height = 1, depth = 1] = shape.slice(shape.length - spatial).reverse();
  return [depth, height, width];
}
function seenCells(size, wanted) {
  return Array.from({ length: wanted }, (_, place) => {
    const start = Math.floor((place * size) / wanted);
    return Array.from({ length: Math.ceil(((place + 1) * size) / wanted) - start }, (__, at) => start + at);
  });
}

// server/src/reference/gather.ts
function gather(data, offsets, constant = 0) {
  const output = new Float32Array(elementCount(offsets.map(({ length }) => length)));
  const last2 = offsets.length - 1;
  let cell = 0;
  const fill = (axis, base) => {
    for (const offset of offsets[axis] ?? []) {
      const index = base === NO_SOURCE || offset === NO_SOURCE ? NO_SOURCE : base + offset;
      if (axis < last2) fill(axis + 1, index);
      else output[cell++] = index === NO_SOURCE ? constant : (data[index] ?? 0);
    }
  };
  if (offsets.length === 0) output[0] = data[0] ?? 0;
  else fill(0, 0);
  return output;
}
function stridesOf(shape) {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
}
function evenOffsets(count, stride2, start = 0) {
  return Array.from({ length: count }, (_, place) => (start + place) * stride2);
}
function offsetsOf(shape) {
  const strides = stridesOf(shape);
  return shape.map((size, axis) => evenOffsets(size, strides[axis] ?? 1));
}
function broadcastOffsets(shape, target2) {
  const strides = stridesOf(shape);
  const added = target2.length - shape.length;
  return target2.map((size, axis) => evenOffsets(size, shape[axis - added] === size ? (strides[axis - added] ?? 0) : 0));
}

// server/src/reference/lanes.ts
function mapLanes({ shape, data }, axis, change) {
  const size = shape[axis] ?? 1;
  const stride2 = stridesOf(shape)[axis] ?? 1;
  const output = new Float32Array(data.length);
  const lane = new Float64Array(size);
  for (let start = 0; start < data.length; start++) {
    if (Math.floor(start / stride2) % size !== 0) continue;
    for (let place = 0; place < size; place++) lane[place] = data[start + place * stride2] ?? 0;
    change(lane);
    for (let place = 0; place < size; place++) output[start + place * stride2] = lane[place] ?? 0;
  }
  return { shape, data: output };
}
function lastAxes({ shape, data }, axes) {
  const own = offsetsOf(shape);
  const kept = own.filter((_, axis) => !axes.includes(axis));
  const moved = axes.map((axis) => own[axis] ?? []);
  return { data: gather(data, [...kept, ...moved]), size: elementCount(axes.map((axis) => shape[axis] ?? 1)) };
}

// server/src/reference/axis-activations.ts
var axisActivationKernels = [
  along('Softmax', softmaxAxis, (lane) => softmax2(lane)),
  along(
    'Softmax2d',
    (call) => inputShapeAt(call).length - 3,
    (lane) => softmax2(lane),
  ),
  along('Softmin', softmaxAxis, (lane) => {
    lane.forEach((value, at) => (lane[at] = -value));
    softmax2(lane);
  }),
  along('LogSoftmax', softmaxAxis, (lane) => {
    const largest2 = lane.reduce((most, value) => Math.max(most, value), -Infinity);
    const logarithm = Math.log(lane.reduce((sum3, value) => sum3 + Math.exp(value - largest2), 0)) + largest2;
    lane.forEach((value, at) => (lane[at] = value - logarithm));
  }),
  {
    operator: 'GLU',
    run: (call) => {
      const { shape, data } = inputAt(call);
      const output = outputShapeAt(call);
      const axis = axisOf(wholeOf(call.arguments, 'dim'), shape.length);
      const [stride2, half] = [stridesOf(shape)[axis] ?? 1, output[axis] ?? 0];
      const part2 = (start) => gather(data, offsetsOf(shape).with(axis, evenOffsets(half, stride2, start)));
      const gates = part2(half);
      return [{ shape: output, data: part2(0).map((value, at) => value * sigmoid(gates[at] ?? 0)) }];
    },
  },
  {
    operator: 'PReLU',
    parameters: ({ arguments: from, inputShapes: [shape = []] }) => {
      const count = integer(from, 'num_parameters') ?? (shape.length > 1 ? (shape[1] ?? 1) : 1);
      return [{ name: 'weight', shape: [count], start: { constant: realOf(from, 'init') } }];
    },
    run: (call) => {
      const { shape, data } = inputAt(call);
      const slopes = parameterOf(call, 'weight');
      const stride2 = stridesOf(shape)[1] ?? 1;
      const slopeAt = (at) => slopes[Math.floor(at / stride2) % slopes.length] ?? 0;
      return [{ shape, data: data.map((value, at) => (value > 0 ? value : value * slopeAt(at))) }];
    },
  },
];
function along(operator, axis, change) {
  return { operator, run: (call) => [mapLanes(inputAt(call), axis(call), change)] };
}
function softmaxAxis({ arguments: from, inputShapes: [shape = []] }) {
  const implied = [0, 1, 3].includes(shape.length) ? 0 : 1;
  return axisOf(integer(from, 'dim') ?? implied, shape.length);
}
function softmax2(values) {
  const largest2 = values.reduce((most, value) => Math.max(most, value), -Infinity);
  let sum3 = 0;
  values.forEach((value, at) => {
    const weight = Math.exp(value - largest2);
    values[at] = weight;
    sum3 += weight;
  });
  values.forEach((weight, at) => (values[at] = weight / sum3));
}

// server/src/reference/elementwise-joins.ts
var JOINS2 = {
  Add: (left, right) => left + right,
  Sub: (left, right) => left - right,
  Mul: (left, right) => left * right,
  Div: (left, right) => left / right,
  Maximum: Math.max,
  Minimum: Math.min,
  Pow: power,
};
var elementwiseJoinKernels = Object.entries(JOINS2).map(([operator, join3]) => ({
  operator,
  run: (call) => {
    const shape = outputShapeAt(call);
    const data = call.inputs.map((input) => broadcastTo(input, shape)).reduce((left, right) => joinCells(left, right, join3));
    return [{ shape, data }];
  },
}));
function broadcastTo({ shape, data }, target2) {
  const isSame = shape.length === target2.length && data.length === elementCount(target2);
  return isSame ? data : gather(data, broadcastOffsets(shape, target2));
}
function joinCells(left, right, join3) {
  return left.map((value, at) => join3(value, right[at] ?? 0));
}

// server/src/reference/linear.ts
var linearKernels = [
  linear('Linear'),
  linear('LazyLinear'),
  {
    operator: 'Bilinear',
    parameters: (call) => {
      const [first, second] = [inputShapeAt(call, 0).at(-1) ?? 0, inputShapeAt(call, 1).at(-1) ?? 0];
      const out = wholeOf(call.arguments, 'out_features');
      return [{ name: 'weight', shape: [out, first, second], start: { fanIn: first * second } }, ...biasOf(call.arguments, out)];
    },
    run: (call) => {
      const [left, right] = [inputAt(call, 0), inputAt(call, 1)];
      const [first, second] = [left.shape.at(-1) ?? 0, right.shape.at(-1) ?? 0];
      const shape = outputShapeAt(call);
      const out = shape.at(-1) ?? 0;
      const weight = parameterOf(call, 'weight');
      const bias = call.parameters.get('bias')?.data;
      const rows = left.data.length / first;
      const data = Float32Array.from({ length: rows * out }, (_, at) => {
        const [row, feature] = [Math.floor(at / out), at % out];
        let sum3 = bias?.[feature] ?? 0;
        for (let i = 0; i < first; i++) {
          for (let j = 0; j < second; j++) {
            const product3 = (left.data[row * first + i] ?? 0) * (right.data[row * second + j] ?? 0);
            sum3 += product3 * (weight[(feature * first + i) * second + j] ?? 0);
          }
        }
        return sum3;
      });
      return [{ shape, data }];
    },
  },
];
function linear(operator) {
  return {
    operator,
    parameters: (call) => {
      const features = inputShapeAt(call).at(-1) ?? 0;
      const out = integer(call.arguments, 'out_features') ?? 0;
      return [{ name: 'weight', shape: [out, features], start: { fanIn: features } }, ...biasOf(call.arguments, out)];
    },
    run: (call) => {
      const { data } = inputAt(call);
      const features = inputShapeAt(call).at(-1) ?? 0;
      const shape = outputShapeAt(call);
      const rows = shape.slice(0, -1).reduce((product3, size) => product3 * size, 1);
      return [{ shape, data: project(data, rows, features, parameterOf(call, 'weight'), call.parameters.get('bias')?.data) }];
    },
  };
}
function biasOf(from, features) {
  return boolean(from, 'bias') === false ? [] : [{ name: 'bias', shape: [features], start: 'zeros' }];
}
function project(data, rows, features, weight, bias) {
  const out = features === 0 ? (bias?.length ?? 0) : weight.length / features;
  const output = new Float32Array(rows * out);
  for (let row = 0; row < rows; row++) {
    for (let feature = 0; feature < out; feature++) {
      let sum3 = bias?.[feature] ?? 0;
      for (let at = 0; at < features; at++) sum3 += (data[row * features + at] ?? 0) * (weight[feature * features + at] ?? 0);
      output[row * out + feature] = sum3;
    }
  }
  return output;
}

// server/src/reference/attention.ts
function attend({ query, key, value, queryWidth, valueWidth }, scale2, isCausal = false) {
  const [queries, keys] = [query.length / queryWidth, key.length / queryWidth];
  const output = new Float32Array(queries * valueWidth);
  const weights2 = new Float64Array(queries * keys);
  for (let row = 0; row < queries; row++) {
    const own = weights2.subarray(row * keys, (row + 1) * keys);
    own.forEach((_, column) => {
      let product3 = 0;
      for (let at = 0; at < queryWidth; at++) product3 += (query[row * queryWidth + at] ?? 0) * (key[column * queryWidth + at] ?? 0);
      own[column] = isCausal && column > row ? -Infinity : product3 * scale2;
    });
    softmax2(own);
    for (let at = 0; at < valueWidth; at++) {
      output[row * valueWidth + at] = own.reduce((sum3, weight, column) => sum3 + weight * (value[column * valueWidth + at] ?? 0), 0);
    }
  }
  return { output, weights: weights2 };
}
var scaledDotProductAttention2 = {
  operator: 'ScaledDotProductAttention',
  run: (call) => {
    const shape = outputShapeAt(call);
    const batch = shape.slice(0, -2);
    const [query, key, value] = [0, 1, 2].map((at) => broadcastTo(inputAt(call, at), [...batch, ...inputShapeAt(call, at).slice(-2)]));
    const [queryWidth, valueWidth] = [inputShapeAt(call, 0).at(-1) ?? 1, inputShapeAt(call, 2).at(-1) ?? 1];
    const scale2 = number(call.arguments, 'scale') ?? 1 / Math.sqrt(queryWidth);
    const heads = elementCount(batch);
    const output = new Float32Array(elementCount(shape));
    for (let head = 0; head < heads; head++) {
      const own = (data = new Float32Array()) => data.subarray((head * data.length) / heads, ((head + 1) * data.length) / heads);
      const attended = attend(
        { query: own(query), key: own(key), value: own(value), queryWidth, valueWidth },
        scale2,
        boolean(call.arguments, 'is_causal') === true,
      );
      output.set(attended.output, (head * output.length) / heads);
    }
    return [{ shape, data: output }];
  },
};
var multiheadAttention2 = {
  operator: 'MultiheadAttention',
  parameters: (call) => {
    const { arguments: from } = call;
    const width = inputShapeAt(call).at(-1) ?? 0;
    return attentionParameters2(width, integer(from, 'kdim') ?? width, integer(from, 'vdim') ?? width, from);
  },
  run: (call) => {
    const { arguments: from, parameters: parameters4 } = call;
    const streams = [0, 1, 2].map((at) => inputAt(call, call.inputs.length === 1 ? 0 : at));
    const { output, weights: weights2 } = multihead(streams, parameters4, {
      heads: wholeOf(from, 'num_heads'),
      isBatchFirst: boolean(from, 'batch_first') === true,
      addsZeros: boolean(from, 'add_zero_attn') === true,
    });
    return [
      { shape: outputShapeAt(call, 0), data: output },
      { shape: outputShapeAt(call, 1), data: weights2 },
    ];
  },
};
var attentionKernels = [scaledDotProductAttention2, multiheadAttention2];
function attentionParameters2(width, keys, values, from) {
  const weight = (name, rows, columns) => ({
    name,
    shape: [rows, columns],
    start: { fanIn: columns },
  });
  const hasBias = boolean(from, 'bias') !== false;
  const isOne = keys === width && values === width;
  const extra = boolean(from, 'add_bias_kv') === true ? ['bias_k', 'bias_v'] : [];
  return [
    ...(isOne
      ? [weight('in_proj_weight', 3 * width, width)]
      : [weight('q_proj_weight', width, width), weight('k_proj_weight', width, keys), weight('v_proj_weight', width, values)]),
    ...(hasBias ? [{ name: 'in_proj_bias', shape: [3 * width], start: 'zeros' }] : []),
    ...extra.map((name) => ({ name, shape: [1, 1, width], start: { fanIn: width } })),
    weight('out_proj.weight', width, width),
    ...(hasBias ? [{ name: 'out_proj.bias', shape: [width], start: 'zeros' }] : []),
  ];
}
function multihead(streams, parameters4, { heads, isBatchFirst, addsZeros }) {
  const shape = streams[0]?.shape ?? [];
  const width = shape.at(-1) ?? 1;
  const depth = width / heads;
  const batch = shape.length === 2 ? 1 : ((isBatchFirst ? shape[0] : shape[1]) ?? 1);
  const at = (name) => parameters4.get(name)?.data;
  const projections = streams.map(({ shape: own, data }, stream) => {
    const features = own.at(-1) ?? 1;
    const piece = (whole, length) => whole?.subarray(stream * length, (stream + 1) * length);
    const weight = at(`${'qkv'.charAt(stream)}_proj_weight`) ?? piece(at('in_proj_weight'), width * width) ?? new Float32Array();
    return project(data, data.length / features, features, weight, piece(at('in_proj_bias'), width));
  });
  const queries = (projections[0]?.length ?? 0) / (width * batch);
  const collected = new Float32Array(queries * batch * width);
  const weights2 = [];
  const rowOf = (sample, time, length) => (isBatchFirst ? sample * length + time : time * batch + sample);
  for (let sample = 0; sample < batch; sample++) {
    const sums = [];
    for (let head = 0; head < heads; head++) {
      const [query, key, value] = projections.map((data, stream) => {
        const length = data.length / (width * batch);
        const rows = Array.from({ length }, (_, time) => data.subarray(rowOf(sample, time, length) * width));
        const extra = stream === 0 ? void 0 : at(stream === 1 ? 'bias_k' : 'bias_v');
        const all = extra === void 0 ? rows : [...rows, extra];
        const own = all.flatMap((row) => [...row.subarray(head * depth, (head + 1) * depth)]);
        return Float32Array.from(stream > 0 && addsZeros ? [...own, ...new Float32Array(depth)] : own);
      });
      if (query === void 0 || key === void 0 || value === void 0) continue;
      const attended = attend({ query, key, value, queryWidth: depth, valueWidth: depth }, 1 / Math.sqrt(depth));
      for (let time = 0; time < queries; time++) {
        collected.set(attended.output.subarray(time * depth, (time + 1) * depth), rowOf(sample, time, queries) * width + head * depth);
      }
      attended.weights.forEach((weight, place) => (sums[place] = (sums[place] ?? 0) + weight / heads));
    }
    weights2.push(Float32Array.from(sums));
  }
  const output = project(collected, queries * batch, width, at('out_proj.weight') ?? new Float32Array(), at('out_proj.bias'));
  return { output, weights: Float32Array.from(weights2.flatMap((sample) => [...sample])) };
}

// server/src/reference/axis-order.ts
var axisOrderKernels = [
  reorder('Permute', (from, axes) => axesOf2(from, 'dims', axes.length).map((axis) => axes[axis] ?? [])),
  reorder('Transpose', (from, axes) => {
    const [first, second] = [axisOf(wholeOf(from, 'dim0'), axes.length), axisOf(wholeOf(from, 'dim1'), axes.length)];
    return axes.map((own, axis) => axes[axis === first ? second : axis === second ? first : axis] ?? own);
  }),
  reorder('Flip', (from, axes) => {
    const flipped = axesOf2(from, 'dims', axes.length);
    return axes.map((own, axis) => (flipped.includes(axis) ? [...own].reverse() : own));
  }),
  {
    operator: 'Roll',
    run: (call) => {
      const { arguments: from } = call;
      const { shape, data } = inputAt(call);
      const shifts = integers(from, 'shifts') ?? [];
      const isFlat = from.get('dims') === null;
      const rolled = isFlat ? [0] : axesOf2(from, 'dims', shape.length);
      const offsets = [...(isFlat ? [evenOffsets(elementCount(shape), 1)] : offsetsOf(shape))];
      rolled.forEach((axis, at) => {
        offsets[axis] = roll2(offsets[axis] ?? [], shifts[at] ?? 0);
      });
      return [{ shape: outputShapeAt(call), data: gather(data, offsets) }];
    },
  },
];
function reorder(operator, order) {
  return {
    operator,
    run: (call) => {
      const { shape, data } = inputAt(call);
      return [{ shape: outputShapeAt(call), data: gather(data, order(call.arguments, offsetsOf(shape))) }];
    },
  };
}
function axesOf2(from, name, rank) {
  return (integers(from, name) ?? []).map((dim2) => axisOf(dim2 ?? 0, rank));
}
function roll2(offsets, shift) {
  const start = offsets.length === 0 ? 0 : ((-shift % offsets.length) + offsets.length) % offsets.length;
  return [...offsets.slice(start), ...offsets.slice(0, start)];
}

// server/src/reference/normalize.ts
function statisticsOf(data, start, length, count = 1, stride2 = 0) {
  const fold2 = (step) => {
    let sum3 = 0;
    for (let piece = 0; piece < count; piece++) {
      const first = start + piece * stride2;
      for (let at = first; at < first + length; at++) sum3 += step(data[at] ?? 0);
    }
    return sum3 / (count * length);
  };
  const mean = fold2((value) => value);
  return { mean, variance: fold2((value) => (value - mean) ** 2) };
}
function normalizePiece(input, output, start, length, { mean, variance }, eps2) {
  const scale2 = 1 / Math.sqrt(variance + eps2);
  for (let at = start; at < start + length; at++) output[at] = ((input[at] ?? 0) - mean) * scale2;
}
function scaleChannels(data, length, channels, weight, bias) {
  if (weight === void 0 && bias === void 0) return;
  data.forEach((value, at) => {
    const channel = Math.floor(at / length) % channels;
    data[at] = value * (weight?.[channel] ?? 1) + (bias?.[channel] ?? 0);
  });
}
function affineParameters(shape, hasBias = true) {
  const weight = { name: 'weight', shape, start: 'ones' };
  return hasBias ? [weight, { name: 'bias', shape, start: 'zeros' }] : [weight];
}

// server/src/reference/batch-norm.ts
var batchNormKernels = batchNorms.map(({ name }) => {
  const isInstance = name.includes('Instance');
  const spatial = Number(/(\d)d$/.exec(name)?.[1] ?? 0);
  const channelAxis2 = ({ inputShapes: [shape = []] }) => (isInstance && shape.length === spatial + 1 ? 0 : 1);
  return {
    operator: name,
    parameters: (call) => {
      const channels = [call.inputShapes[0]?.[channelAxis2(call)] ?? 0];
      return [
        ...(boolean(call.arguments, 'affine') === true ? affineParameters(channels) : []),
        ...(isTracking(call.arguments)
          ? [
              { name: 'running_mean', shape: channels, start: 'zeros' },
              { name: 'running_var', shape: channels, start: 'ones' },
            ]
          : []),
      ];
    },
    run: (call) => [normalize(call, channelAxis2(call), isInstance)],
  };
});
function isTracking(from) {
  return boolean(from, 'track_running_stats') === true;
}
function normalize(call, channelAxis2, isInstance) {
  const { arguments: from, parameters: parameters4 } = call;
  const { shape, data } = inputAt(call);
  const channels = shape[channelAxis2] ?? 1;
  const batch = channelAxis2 === 0 ? 1 : (shape[0] ?? 1);
  const length = elementCount(shape.slice(channelAxis2 + 1));
  const eps2 = realOf(from, 'eps');
  const [means, variances] = [parameters4.get('running_mean')?.data, parameters4.get('running_var')?.data];
  const output = new Float32Array(data.length);
  for (let channel = 0; channel < channels; channel++) {
    const whole =
      means !== void 0 && variances !== void 0
        ? { mean: means[channel] ?? 0, variance: variances[channel] ?? 1 }
        : isInstance
          ? void 0
          : statisticsOf(data, channel * length, length, batch, channels * length);
    for (let sample = 0; sample < batch; sample++) {
      const start = (sample * channels + channel) * length;
      normalizePiece(data, output, start, length, whole ?? statisticsOf(data, start, length), eps2);
    }
  }
  scaleChannels(output, length, channels, parameters4.get('weight')?.data, parameters4.get('bias')?.data);
  return { shape, data: output };
}

// server/src/reference/embedding.ts
var embeddingKernel = {
  operator: 'Embedding',
  parameters: ({ arguments: from }) => [
    // PyTorch starts with a normal distribution of deviation 1, which is He's for two inputs.
    { name: 'weight', shape: [wholeOf(from, 'num_embeddings'), wholeOf(from, 'embedding_dim')], start: { fanIn: 2 } },
  ],
  run: (call) => {
    const { arguments: from } = call;
    const shape = outputShapeAt(call);
    const size = shape.at(-1) ?? 0;
    const weight = parameterOf(call, 'weight');
    const longest = number(from, 'max_norm');
    const data = new Float32Array(inputAt(call).data.length * size);
    inputAt(call).data.forEach((index, at) => {
      const vector2 = weight.subarray(index * size, (index + 1) * size);
      const target2 = data.subarray(at * size, (at + 1) * size);
      if (!Number.isInteger(index) || index < 0 || vector2.length < size) target2.fill(Number.NaN);
      else target2.set(longest === void 0 ? vector2 : shortened(vector2, longest, realOf(from, 'norm_type')));
    });
    return [{ shape, data }];
  },
};
function shortened(vector2, longest, degree) {
  const length =
    degree === Infinity
      ? vector2.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      : vector2.reduce((sum3, value) => sum3 + Math.abs(value) ** degree, 0) ** (1 / degree);
  return length > longest ? vector2.map((value) => (value * longest) / (length + 1e-7)) : vector2;
}

// server/src/reference/expand.ts
var expansionKernels = [
  {
    operator: 'Expand',
    run: (call) => {
      const shape = outputShapeAt(call);
      return [{ shape, data: broadcastTo(inputAt(call), shape) }];
    },
  },
  {
    operator: 'Repeat',
    run: (call) => {
      const shape = outputShapeAt(call);
      const input = inputAt(call);
      const added = shape.length - input.shape.length;
      const strides = stridesOf(input.shape);
      const offsets = shape.map((size, axis) => {
        const once = input.shape[axis - added] ?? 1;
        return Array.from({ length: size }, (_, place) => (place % once) * (strides[axis - added] ?? 0));
      });
      return [{ shape, data: gather(input.data, offsets) }];
    },
  },
];

// server/src/reference/group-norm.ts
var FLOAT32_EPS = 2 ** -23;
var groupNormKernels = [
  {
    operator: 'GroupNorm',
    parameters: (call) => (boolean(call.arguments, 'affine') === false ? [] : affineParameters([inputShapeAt(call)[1] ?? 0])),
    run: (call) => {
      const { shape, data } = inputAt(call);
      const [batch = 1, channels = 1] = shape;
      const groups = wholeOf(call.arguments, 'num_groups');
      const length = data.length / (batch * groups);
      const output = new Float32Array(data.length);
      for (let start = 0; start < data.length; start += length) {
        normalizePiece(data, output, start, length, statisticsOf(data, start, length), realOf(call.arguments, 'eps'));
      }
      scaleChannels(output, length / (channels / groups), channels, call.parameters.get('weight')?.data, call.parameters.get('bias')?.data);
      return [{ shape, data: output }];
    },
  },
  {
    operator: 'LayerNorm',
    parameters: (call) => layerParameters(call, boolean(call.arguments, 'bias') !== false),
    run: (call) => [normalizeLast(call, (data, start, length) => statisticsOf(data, start, length))],
  },
  {
    operator: 'RMSNorm',
    parameters: (call) => layerParameters(call, false),
    run: (call) => [
      normalizeLast(call, (data, start, length) => {
        const { mean, variance } = statisticsOf(data, start, length);
        return { mean: 0, variance: variance + mean * mean };
      }),
    ],
  },
];
function normalizedShape(call) {
  return inputShapeAt(call).slice(-(dimensions(call.arguments, 'normalized_shape')?.length ?? 1));
}
function layerParameters(call, hasBias) {
  return boolean(call.arguments, 'elementwise_affine') === false ? [] : affineParameters(normalizedShape(call), hasBias);
}
function normalizeLast(call, statistics) {
  const { shape, data } = inputAt(call);
  const length = elementCount(normalizedShape(call));
  const output = new Float32Array(data.length);
  const eps2 = number(call.arguments, 'eps') ?? FLOAT32_EPS;
  for (let start = 0; start < data.length; start += length) {
    normalizePiece(data, output, start, length, statistics(data, start, length), eps2);
  }
  scaleChannels(output, 1, length, call.parameters.get('weight')?.data, call.parameters.get('bias')?.data);
  return { shape, data: output };
}

// server/src/reference/identity.ts
var NAMES = ['Squeeze', 'Unsqueeze', 'QuantStub', 'DeQuantStub', 'Contiguous', 'Detach'];
var names = [...[identity, flatten, ...reshapes, ...dropouts].map(({ name }) => name), ...NAMES];
var identityKernels = names.map((operator) => ({
  operator,
  run: (call) => [{ shape: outputShapeAt(call), data: inputAt(call).data }],
}));

// server/src/reference/joins.ts
var joinKernels = [
  {
    operator: 'Cat',
    run: (call) => {
      const shape = outputShapeAt(call);
      return [join2(call.inputs, shape, axisOf(wholeOf(call.arguments, 'dim'), shape.length))];
    },
  },
  {
    operator: 'Stack',
    run: (call) => {
      const shape = outputShapeAt(call);
      return [join2(call.inputs, shape, axisOf(wholeOf(call.arguments, 'dim'), shape.length))];
    },
  },
];
function join2(inputs, shape, axis) {
  const output = new Float32Array(elementCount(shape));
  const places = elementCount(shape.slice(0, axis));
  let cell = 0;
  for (let place = 0; place < places; place++) {
    for (const { data } of inputs) {
      const piece = data.length / places;
      output.set(data.subarray(place * piece, (place + 1) * piece), cell);
      cell += piece;
    }
  }
  return { shape, data: output };
}

// server/src/reference/matrix-product.ts
var matrixProductKernels = [
  { operator: 'MatMul', run: (call) => [{ shape: outputShapeAt(call), data: multiply2(inputAt(call, 0), inputAt(call, 1)) }] },
  { operator: 'Bmm', run: (call) => [{ shape: outputShapeAt(call), data: multiply2(inputAt(call, 0), inputAt(call, 1)) }] },
  {
    operator: 'CosineSimilarity',
    run: (call) => {
      const eps2 = realOf(call.arguments, 'eps');
      const compare = (left, right) => {
        const length = (cells) => Math.max(Math.sqrt(dot(cells, cells)), eps2);
        return dot(left, right) / (length(left) * length(right));
      };
      return [compareVectors(call, (rank) => axisOf(wholeOf(call.arguments, 'dim'), rank), compare)];
    },
  },
  {
    operator: 'PairwiseDistance',
    run: (call) => {
      const eps2 = realOf(call.arguments, 'eps');
      const degree = number(call.arguments, 'p') ?? 2;
      const compare = (left, right) =>
        norm(
          Float64Array.from(left, (value, at) => Math.abs(value - (right[at] ?? 0) + eps2)),
          degree,
        );
      return [compareVectors(call, (rank) => Math.max(rank - 1, 0), compare)];
    },
  },
];
function compareVectors(call, axisFor, compare) {
  const [left, right] = [inputAt(call, 0), inputAt(call, 1)];
  const common = broadcastShape(left.shape, right.shape);
  const axes = common.length === 0 ? [] : [axisFor(common.length)];
  const [first, second] = [left, right].map((input) => lastAxes({ shape: common, data: broadcastTo(input, common) }, axes));
  const shape = outputShapeAt(call);
  const size = first?.size ?? 1;
  const piece = (cells, at) => (cells ?? new Float32Array()).subarray(at * size, (at + 1) * size);
  const data = Float32Array.from({ length: elementCount(shape) }, (_, at) => compare(piece(first?.data, at), piece(second?.data, at)));
  return { shape, data };
}
function broadcastShape(left, right) {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [first, second] = [left[axis - rank + left.length] ?? 1, right[axis - rank + right.length] ?? 1];
    return first === 1 ? second : first;
  });
}
function dot(left, right) {
  return left.reduce((sum3, value, at) => sum3 + value * (right[at] ?? 0), 0);
}
function norm(cells, degree) {
  if (degree === Infinity) return cells.reduce((most, value) => Math.max(most, value), 0);
  if (degree === -Infinity) return cells.reduce((least, value) => Math.min(least, value), Infinity);
  if (degree === 0) return cells.filter((value) => value !== 0).length;
  return cells.reduce((sum3, value) => sum3 + value ** degree, 0) ** (1 / degree);
}
function multiply2(left, right) {
  const rows = left.shape.length > 1 ? (left.shape.at(-2) ?? 1) : 1;
  const inner = left.shape.at(-1) ?? 1;
  const columns = right.shape.length > 1 ? (right.shape.at(-1) ?? 1) : 1;
  const batch = broadcastShape(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const lefts = broadcastTo({ shape: [...left.shape.slice(0, -2), rows, inner], data: left.data }, [...batch, rows, inner]);
  const rights = broadcastTo({ shape: [...right.shape.slice(0, -2), inner, columns], data: right.data }, [...batch, inner, columns]);
  const output = new Float32Array(elementCount(batch) * rows * columns);
  output.forEach((_, at) => {
    const [column, row, matrix] = [at % columns, Math.floor(at / columns), Math.floor(at / (columns * rows))];
    let sum3 = 0;
    for (let k = 0; k < inner; k++) sum3 += (lefts[row * inner + k] ?? 0) * (rights[(matrix * inner + k) * columns + column] ?? 0);
    output[at] = sum3;
  });
  return output;
}

// server/src/reference/pad.ts
var MODES3 = { Reflection: 'reflect', Replication: 'replicate', Circular: 'circular' };
var paddingKernels = [
  ...paddings.map(({ name }) => {
    const moduleMode = MODES3[name.replace(/Pad(\dd)?$/, '')] ?? 'constant';
    const spatial = Number(/(\d)d$/.exec(name)?.[1] ?? 0);
    return {
      operator: name,
      run: (call) => {
        const { arguments: from } = call;
        const mode = name === 'Pad' ? functionMode(from) : moduleMode;
        const amounts2 = name === 'Pad' ? (integers(from, 'pad') ?? []) : moduleAmounts(from, spatial);
        return [pad2(inputAt(call), outputShapeAt(call), amounts2, mode, number(from, 'value') ?? 0)];
      },
    };
  }),
  {
    operator: 'CenterCrop',
    run: (call) => {
      const shape = inputShapeAt(call);
      const [height, width] = readAxes(call.arguments, 'size', 2).map((wanted, at) =>
        cropAmounts(shape[shape.length - 2 + at] ?? 0, typeof wanted === 'number' ? wanted : 0),
      );
      return [pad2(inputAt(call), outputShapeAt(call), [...(width ?? []), ...(height ?? [])], 'constant', 0)];
    },
  },
];
function functionMode(from) {
  const mode = string(from, 'mode');
  return mode === 'reflect' || mode === 'replicate' || mode === 'circular' ? mode : 'constant';
}
function moduleAmounts(from, spatial) {
  const written = integers(from, 'padding') ?? [];
  return isList(from.get('padding')) ? written : Array.from({ length: 2 * spatial }, () => written[0]);
}
function cropAmounts(size, wanted) {
  if (wanted > size) return [Math.floor((wanted - size) / 2), Math.ceil((wanted - size) / 2)];
  const start = roundHalfToEven((size - wanted) / 2);
  return [-start, start + wanted - size];
}
function pad2({ shape, data }, output, amounts2, mode, value) {
  const strides = stridesOf(shape);
  const offsets = offsetsOf(shape).map((own, axis) => {
    const at = 2 * (shape.length - 1 - axis);
    const [before, after] = [amounts2[at], amounts2[at + 1]];
    if (before === void 0 || after === void 0) return own;
    const stride2 = strides[axis] ?? 1;
    return paddedSources(shape[axis] ?? 0, before, after, mode).map((source) => (source === NO_SOURCE ? NO_SOURCE : source * stride2));
  });
  return { shape: output, data: gather(data, offsets, value) };
}

// server/src/reference/parameter.ts
var parameterKernel = {
  operator: 'Parameter',
  // In a state dict it has the name of the step, and nothing behind it.
  parameters: (call) => [{ name: '', shape: outputShapeAt(call), start: 'ones' }],
  run: (call) => [{ shape: outputShapeAt(call), data: parameterOf(call, '') }],
};

// server/src/reference/parts.ts
var partKernels = [
  { operator: 'Chunk', run: neighbours },
  { operator: 'Split', run: neighbours },
  {
    operator: 'Unbind',
    run: (call) => call.outputShapes.map((shape, at) => part(call, shape, at, 1, 1)),
  },
  {
    operator: 'Select',
    run: (call) => {
      const { shape } = inputAt(call);
      const index = wholeOf(call.arguments, 'index');
      const size = shape[axisOf(wholeOf(call.arguments, 'dim'), shape.length)] ?? 0;
      return [part(call, outputShapeAt(call), index < 0 ? index + size : index, 1, 1)];
    },
  },
  {
    operator: 'Slice',
    run: (call) => {
      const { shape } = inputAt(call);
      const axis = axisOf(wholeOf(call.arguments, 'dim'), shape.length);
      const size = shape[axis] ?? 0;
      const written = dimension(call.arguments, 'start');
      const start = typeof written === 'number' ? written : 0;
      const output = outputShapeAt(call);
      const first = start < 0 ? Math.max(start + size, 0) : start;
      return [part(call, output, first, output[axis] ?? 0, wholeOf(call.arguments, 'step'))];
    },
  },
];
function neighbours(call) {
  let start = 0;
  return call.outputShapes.map((shape) => {
    const count = shape[axisOf(wholeOf(call.arguments, 'dim'), shape.length)] ?? 0;
    const taken = part(call, shape, start, count, 1);
    start += count;
    return taken;
  });
}
function part(call, shape, start, count, step) {
  const input = inputAt(call);
  const axis = axisOf(wholeOf(call.arguments, 'dim'), input.shape.length);
  const stride2 = stridesOf(input.shape)[axis] ?? 1;
  const taken = evenOffsets(count, stride2 * step).map((offset) => offset + start * stride2);
  return { shape, data: gather(input.data, offsetsOf(input.shape).with(axis, taken)) };
}

// server/src/reference/pooling.ts
var poolKernels = pools.map((operator) => ({
  operator: operator.name,
  run: (call) => [run2(operator, call)],
}));
function run2(operator, call) {
  const { inputs, outputShapes } = call;
  const { axes } = layOut(operator, call);
  const [depth, height, width] = axes;
  const seen = [seenCells2(depth), seenCells2(height), seenCells2(width)];
  const input = inputs[0]?.data ?? new Float32Array();
  const sizes = [depth.input, height.input, width.input];
  return foldWindows(input, sizes, seen, outputShapes[0] ?? [], foldingOf(operator.name, call, axes, seen));
}
function seenCells2({ input, output, kernel: kernel2, stride: stride2, dilation: dilation2, paddingStart }) {
  return Array.from({ length: output }, (_, cell) => {
    const positions = Array.from({ length: kernel2 }, (__, tap) => cell * stride2 + tap * dilation2 - paddingStart);
    return positions.filter((position) => position >= 0 && position < input);
  });
}
function foldingOf(name, { arguments: from }, axes, seen) {
  if (name.startsWith('Max')) return LARGEST;
  const [depth, height, width] = axes.map(paddedCells);
  if (name.startsWith('LP')) {
    const power2 = number(from, 'norm_type') ?? 2;
    const window = axes.reduce((product3, { kernel: kernel2 }) => product3 * kernel2, 1);
    return {
      start: 0,
      step: (sum3, value) => sum3 + value ** power2,
      // PyTorch takes the mean and multiplies by the whole window, also where the window is cut off.
      finish: (sum3, z, y, x) => ((sum3 / product2(depth?.[z], height?.[y], width?.[x])) * window) ** (1 / power2),
    };
  }
  const override = integer(from, 'divisor_override');
  const includesPadding = boolean(from, 'count_include_pad') !== false;
  const [seenDepth, seenHeight, seenWidth] = seen;
  return {
    start: 0,
    step: (sum3, value) => sum3 + value,
    finish: (sum3, z, y, x) => {
      const count = product2(seenDepth[z]?.length, seenHeight[y]?.length, seenWidth[x]?.length);
      if (count === 0) return 0;
      return sum3 / (override ?? (includesPadding ? product2(depth?.[z], height?.[y], width?.[x]) : count));
    },
  };
}
function product2(depth = 1, height = 1, width = 1) {
  return depth * height * width;
}
function paddedCells({ input, output, kernel: kernel2, stride: stride2, paddingStart, paddingEnd }) {
  return Array.from({ length: output }, (_, cell) => {
    const start = cell * stride2 - paddingStart;
    return Math.min(start + kernel2, input + paddingEnd) - start;
  });
}

// server/src/reference/recurrent-cells.ts
function plainCell(activation) {
  return (fromInput, fromHidden, { cell }) => ({ hidden: fromInput.map((value, at) => activation(value + (fromHidden[at] ?? 0))), cell });
}
var gatedCell = (fromInput, fromHidden, { hidden, cell }) => {
  const size = hidden.length;
  const next = hidden.map((last2, at) => {
    const input = (gate) => fromInput[gate * size + at] ?? 0;
    const state = (gate) => fromHidden[gate * size + at] ?? 0;
    const update = sigmoid(input(1) + state(1));
    const candidate = Math.tanh(input(2) + sigmoid(input(0) + state(0)) * state(2));
    return (1 - update) * candidate + update * last2;
  });
  return { hidden: next, cell };
};
var memoryCell = (fromInput, fromHidden, { cell }) => {
  const size = cell.length;
  const gate = (number3, at) => (fromInput[number3 * size + at] ?? 0) + (fromHidden[number3 * size + at] ?? 0);
  const next = cell.map((last2, at) => sigmoid(gate(1, at)) * last2 + sigmoid(gate(0, at)) * Math.tanh(gate(2, at)));
  return { hidden: next.map((value, at) => sigmoid(gate(3, at)) * Math.tanh(value)), cell: next };
};

// server/src/reference/recurrent.ts
var KINDS = [
  {
    operator: 'RNN',
    gates: 1,
    cell: (from) => plainCell(string(from, 'nonlinearity') === 'relu' ? (x) => Math.max(x, 0) : Math.tanh),
  },
  { operator: 'GRU', gates: 3, cell: () => gatedCell },
  { operator: 'LSTM', gates: 4, cell: () => memoryCell },
];
var recurrentKernels = KINDS.map((kind) => ({
  operator: kind.operator,
  parameters: (call) => parameters2(kind, call),
  run: (call) => run3(kind, call),
}));
function sizesOf2(from) {
  const hidden = wholeOf(from, 'hidden_size');
  const projection = integer(from, 'proj_size') ?? 0;
  const directions = boolean(from, 'bidirectional') === true ? 2 : 1;
  return { layers: wholeOf(from, 'num_layers'), directions, hidden, out: projection === 0 ? hidden : projection };
}
function suffix(layer, direction) {
  return `_l${layer}${direction === 1 ? '_reverse' : ''}`;
}
function parameters2({ gates }, call) {
  const { layers, directions, hidden, out } = sizesOf2(call.arguments);
  const hasBias = boolean(call.arguments, 'bias') !== false;
  const rows = gates * hidden;
  return Array.from({ length: layers * directions }, (_, at) => {
    const layer = Math.floor(at / directions);
    const end = suffix(layer, at % directions);
    const reads = layer === 0 ? (inputShapeAt(call).at(-1) ?? 0) : directions * out;
    const weight = (name, height, width) => ({
      name: `${name}${end}`,
      shape: [height, width],
      start: { fanIn: Math.max(width, 1) },
    });
    const bias = (name) => ({ name: `${name}${end}`, shape: [rows], start: 'zeros' });
    return [
      weight('weight_ih', rows, reads),
      weight('weight_hh', rows, out),
      ...(hasBias ? [bias('bias_ih'), bias('bias_hh')] : []),
      ...(out === hidden ? [] : [weight('weight_hr', out, hidden)]),
    ];
  }).flat();
}
function run3(kind, call) {
  const { layers, directions, hidden, out } = sizesOf2(call.arguments);
  const input = inputAt(call);
  const isBatchFirst = input.shape.length === 3 && boolean(call.arguments, 'batch_first') === true;
  const [first = 1, second = 1] = input.shape;
  const [times, batch] = input.shape.length === 2 ? [first, 1] : isBatchFirst ? [second, first] : [first, second];
  const rowOf = (time, sample) => (isBatchFirst ? sample * times + time : time * batch + sample);
  const lastHidden = startOf(call, 1, layers * directions * batch * out);
  const lastCell = startOf(call, 2, layers * directions * batch * hidden);
  let read = input.data;
  for (let layer = 0; layer < layers; layer++) {
    const width = directions * out;
    const written = new Float32Array(times * batch * width);
    for (let direction = 0; direction < directions; direction++) {
      const step = stepOf(kind, call, suffix(layer, direction), read.length / (times * batch));
      for (let sample = 0; sample < batch; sample++) {
        const at = (layer * directions + direction) * batch + sample;
        let state = {
          hidden: lastHidden.slice(at * out, (at + 1) * out),
          cell: lastCell.slice(at * hidden, (at + 1) * hidden),
        };
        for (let count = 0; count < times; count++) {
          const row = rowOf(direction === 1 ? times - 1 - count : count, sample);
          state = step(read, row, state);
          written.set(state.hidden, row * width + direction * out);
        }
        lastHidden.set(state.hidden, at * out);
        lastCell.set(state.cell, at * hidden);
      }
    }
    read = written;
  }
  return [read, lastHidden, lastCell].slice(0, call.outputShapes.length).map((data, at) => ({ shape: outputShapeAt(call, at), data }));
}
function startOf(call, at, count) {
  const given = call.inputs[at];
  return given === void 0 ? new Float32Array(count) : given.data.slice(0, elementCount(given.shape));
}
function stepOf({ cell, operator }, call, end, width) {
  const next = cell(call.arguments);
  const [inputWeight, hiddenWeight] = [parameterOf(call, `weight_ih${end}`), parameterOf(call, `weight_hh${end}`)];
  const [inputBias, hiddenBias] = [call.parameters.get(`bias_ih${end}`)?.data, call.parameters.get(`bias_hh${end}`)?.data];
  const projection = operator === 'LSTM' ? call.parameters.get(`weight_hr${end}`)?.data : void 0;
  return (read, row, state) => {
    const fromInput = project(read.subarray(row * width, (row + 1) * width), 1, width, inputWeight, inputBias);
    const fromHidden = project(state.hidden, 1, state.hidden.length, hiddenWeight, hiddenBias);
    const after = next(fromInput, fromHidden, state);
    if (projection === void 0) return after;
    return { hidden: project(after.hidden, 1, after.hidden.length, projection), cell: after.cell };
  };
}

// server/src/reference/reduce.ts
var sum2 = (cells) => cells.reduce((total, value) => total + value, 0);
var largest = (cells) => cells.reduce((most, value) => Math.max(most, value), -Infinity);
var smallest = (cells) => cells.reduce((least, value) => Math.min(least, value), Infinity);
var REDUCTIONS2 = {
  Mean: (cells) => sum2(cells) / cells.length,
  Sum: sum2,
  Prod: (cells) => cells.reduce((total, value) => total * value, 1),
  Max: largest,
  Min: smallest,
  Amax: largest,
  Amin: smallest,
  Argmax: (cells) => placeOf(cells, (value, best) => value > best),
  Argmin: (cells) => placeOf(cells, (value, best) => value < best),
};
var reductionKernels = Object.entries(REDUCTIONS2).map(([operator, reduce2]) => ({
  operator,
  run: (call) => {
    const input = inputAt(call);
    const shape = outputShapeAt(call);
    const written = (integers(call.arguments, 'dim') ?? []).map((dim2) => axisOf(dim2 ?? 0, input.shape.length));
    const axes = written.length > 0 ? written.filter((axis) => axis < input.shape.length) : input.shape.map((_, axis) => axis);
    const { data, size } = lastAxes(input, axes);
    const count = shape.reduce((product3, length) => product3 * length, 1);
    const output = Float32Array.from({ length: count }, (_, at) => reduce2(data.subarray(at * size, (at + 1) * size)));
    return [{ shape, data: output }];
  },
}));
function placeOf(cells, isAhead) {
  let place = 0;
  cells.forEach((value, at) => {
    const best = cells[place] ?? 0;
    if (!Number.isNaN(best) && (Number.isNaN(value) || isAhead(value, best))) place = at;
  });
  return place;
}

// server/src/reference/resize-weights.ts
function weightedCells(mode, axis) {
  return Array.from({ length: axis.output }, (_, place) => {
    if (axis.antialias) return smoothedAt(place, mode === 'cubic', axis);
    switch (mode) {
      case 'nearest':
      case 'nearest-exact':
        return nearestAt(place, mode === 'nearest' ? 0 : 0.5, axis);
      case 'linear':
        return linearAt(place, axis);
      case 'cubic':
        return cubicAt(place, axis);
    }
  });
}
function nearestAt(place, shift, { input, ratio }) {
  const position = Math.floor(Math.fround(Math.fround(ratio) * (place + shift)));
  return { cells: [Math.min(position, input - 1)], weights: [1] };
}
function positionOf(place, { input, output, ratio, alignCorners }) {
  if (alignCorners) return output > 1 ? (place * (input - 1)) / (output - 1) : 0;
  return ratio * (place + 0.5) - 0.5;
}
function linearAt(place, axis) {
  const position = Math.max(positionOf(place, axis), 0);
  const first = Math.min(Math.floor(position), axis.input - 1);
  const rest = Math.min(position - first, 1);
  return { cells: [first, Math.min(first + 1, axis.input - 1)], weights: [1 - rest, rest] };
}
function cubicAt(place, axis) {
  const position = positionOf(place, axis);
  const first = Math.floor(position) - 1;
  const taps = [0, 1, 2, 3].map((tap) => first + tap);
  return {
    cells: taps.map((tap) => Math.min(Math.max(tap, 0), axis.input - 1)),
    weights: taps.map((tap) => cubic(position - tap, -0.75)),
  };
}
function cubic(distance, a) {
  const x = Math.abs(distance);
  if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}
function smoothedAt(place, isCubic, { input, output, ratio, alignCorners }) {
  const scale2 = alignCorners ? (output > 1 ? (input - 1) / (output - 1) : 0) : ratio;
  const width = Math.max(scale2, 1);
  const reach = (isCubic ? 2 : 1) * width;
  const centre = scale2 * (place + 0.5);
  const start = Math.max(Math.trunc(centre - reach + 0.5), 0);
  const end = Math.min(Math.trunc(centre + reach + 0.5), input);
  const cells = Array.from({ length: Math.max(end - start, 0) }, (_, at) => start + at);
  const raw = cells.map((cell) => {
    const distance = (cell - centre + 0.5) / width;
    return isCubic ? cubic(distance, -0.5) : Math.max(1 - Math.abs(distance), 0);
  });
  const total = raw.reduce((sum3, weight) => sum3 + weight, 0);
  return { cells, weights: raw.map((weight) => weight / total) };
}

// server/src/reference/resize.ts
var MODES4 = {
  nearest: 'nearest',
  'nearest-exact': 'nearest-exact',
  linear: 'linear',
  bilinear: 'linear',
  trilinear: 'linear',
  bicubic: 'cubic',
};
var resizeKernels = [
  { operator: 'Upsample', run: (call) => [run4(call, string(call.arguments, 'mode') ?? 'nearest')] },
  { operator: 'Interpolate', run: (call) => [run4(call, string(call.arguments, 'mode') ?? 'nearest')] },
  { operator: 'UpsamplingNearest2d', run: (call) => [run4(call, 'nearest')] },
  // The only module whose corners are aligned without being asked.
  { operator: 'UpsamplingBilinear2d', run: (call) => [run4(call, 'bilinear', true)] },
];
function run4(call, name, alignCorners = boolean(call.arguments, 'align_corners') === true) {
  const input = inputAt(call);
  const shape = outputShapeAt(call);
  const mode = MODES4[name];
  if (mode === void 0) return adaptivePool(input, shape, shape.length - 2, false);
  const antialias = boolean(call.arguments, 'antialias') === true;
  const axes = shape.slice(2).map((output, at) => {
    const size = input.shape[2 + at] ?? 1;
    return weightedCells(mode, { input: size, output, ratio: ratioOf(call.arguments, at, size, output), alignCorners, antialias });
  });
  return { shape, data: resize(input, shape, axes) };
}
function ratioOf(from, at, input, output) {
  const written = from.get('scale_factor');
  const factor = toNumber(isList(written) ? written[at] : written);
  const isRecomputed = boolean(from, 'recompute_scale_factor') === true || (from.get('size') ?? null) !== null;
  return factor === void 0 || factor <= 0 || isRecomputed ? input / output : 1 / factor;
}
var SAME = [{ cells: [0], weights: [1] }];
function resize({ shape: given, data }, shape, axes) {
  const [width = SAME, height = SAME, depth = SAME] = [...axes].reverse();
  const [columns = 1, rows = 1, layers = 1] = given.slice(2).reverse();
  const output = new Float32Array(elementCount(shape));
  const planes = elementCount(shape.slice(0, 2));
  let cell = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (const z of depth) {
      for (const y of height) {
        for (const x of width) {
          let sum3 = 0;
          z.cells.forEach((fromZ, atZ) => {
            y.cells.forEach((fromY, atY) => {
              const weight = (z.weights[atZ] ?? 0) * (y.weights[atY] ?? 0);
              const row = ((plane * layers + fromZ) * rows + fromY) * columns;
              x.cells.forEach((fromX, atX) => (sum3 += weight * (x.weights[atX] ?? 0) * (data[row + fromX] ?? 0)));
            });
          });
          output[cell++] = sum3;
        }
      }
    }
  }
  return output;
}

// server/src/reference/response-norm.ts
var responseNormKernels = [
  {
    operator: 'LocalResponseNorm',
    run: (call) => {
      const size = wholeOf(call.arguments, 'size');
      const before = Math.floor(size / 2);
      return [normalize2(call, (channel) => [channel - before, channel - before + size])];
    },
  },
  {
    operator: 'CrossMapLRN2d',
    run: (call) => {
      const reach = Math.floor((wholeOf(call.arguments, 'size') + 1) / 2);
      return [normalize2(call, (channel) => [channel - reach + 1, channel + reach], reach)];
    },
  },
];
function normalize2(call, neighbours2, kept = Infinity) {
  const { arguments: from } = call;
  const { shape, data } = inputAt(call);
  const channels = shape[1] ?? 1;
  const stride2 = stridesOf(shape)[1] ?? 1;
  const [size, alpha, beta, k] = [wholeOf(from, 'size'), realOf(from, 'alpha'), realOf(from, 'beta'), realOf(from, 'k')];
  const output = data.map((value, at) => {
    const channel = Math.floor(at / stride2) % channels;
    const first = at - channel * stride2;
    const [start, end] = neighbours2(channel);
    let sum3 = channel >= kept ? (data[first] ?? 0) ** 2 : 0;
    for (let other = Math.max(start, 0); other < Math.min(end, channels); other++) sum3 += (data[first + other * stride2] ?? 0) ** 2;
    return value / (k + (alpha * sum3) / size) ** beta;
  });
  return { shape, data: output };
}

// server/src/reference/shuffle.ts
var shuffleKernels = [
  {
    operator: 'PixelShuffle',
    run: (call) => {
      const factor = wholeOf(call.arguments, 'upscale_factor');
      const [planes, height, width] = planesOf(inputAt(call).shape);
      return [
        {
          shape: outputShapeAt(call),
          data: reorder2(inputAt(call).data, [planes / factor ** 2, factor, factor, height, width], [0, 3, 1, 4, 2]),
        },
      ];
    },
  },
  {
    operator: 'PixelUnshuffle',
    run: (call) => {
      const factor = wholeOf(call.arguments, 'downscale_factor');
      const [planes, height, width] = planesOf(inputAt(call).shape);
      const apart = [planes, height / factor, factor, width / factor, factor];
      return [{ shape: outputShapeAt(call), data: reorder2(inputAt(call).data, apart, [0, 2, 4, 1, 3]) }];
    },
  },
  {
    operator: 'ChannelShuffle',
    run: (call) => {
      const { shape, data } = inputAt(call);
      const groups = wholeOf(call.arguments, 'groups');
      const [batch = 1, channels = 1] = shape;
      return [{ shape, data: reorder2(data, [batch, groups, channels / groups, elementCount(shape.slice(2))], [0, 2, 1, 3]) }];
    },
  },
];
function planesOf(shape) {
  return [elementCount(shape.slice(0, -2)), shape.at(-2) ?? 1, shape.at(-1) ?? 1];
}
function reorder2(data, shape, order) {
  const own = offsetsOf(shape);
  return gather(
    data,
    order.map((axis) => own[axis] ?? []),
  );
}

// server/src/reference/transformer-encoder-layer.ts
var transformerEncoderLayerKernel = {
  operator: 'TransformerEncoderLayer',
  parameters: (call) => {
    const { arguments: from } = call;
    const width = inputShapeAt(call).at(-1) ?? 0;
    const inner = wholeOf(from, 'dim_feedforward');
    const hasBias = boolean(from, 'bias') !== false;
    const linear2 = (rows, columns) => [
      { name: 'weight', shape: [rows, columns], start: { fanIn: Math.max(columns, 1) } },
      ...(hasBias ? [{ name: 'bias', shape: [rows], start: 'zeros' }] : []),
    ];
    return [
      ...under('self_attn', attentionParameters2(width, width, width, from)),
      ...under('linear1', linear2(inner, width)),
      ...under('linear2', linear2(width, inner)),
      ...under('norm1', affineParameters([width], hasBias)),
      ...under('norm2', affineParameters([width], hasBias)),
    ];
  },
  run: (call) => {
    const { data } = inputAt(call);
    const shape = outputShapeAt(call);
    const isFirst = boolean(call.arguments, 'norm_first') === true;
    const join3 = (left, right) => left.map((value, at) => value + (right[at] ?? 0));
    const sublayer = (input, name, work) =>
      isFirst ? join3(input, work(norm2(call, name, input))) : norm2(call, name, join3(input, work(input)));
    const attended = sublayer(data, 'norm1', (cells) => attention(call, cells));
    return [{ shape, data: sublayer(attended, 'norm2', (cells) => feedForward(call, cells)) }];
  },
};
function under(module, parameters4) {
  return parameters4.map((parameter2) => ({ ...parameter2, name: `${module}.${parameter2.name}` }));
}
function attention(call, cells) {
  const { arguments: from, parameters: parameters4 } = call;
  const stream = { shape: inputShapeAt(call), data: cells };
  const own = new Map([...parameters4].map(([name, tensor]) => [name.replace(/^self_attn\./, ''), tensor]));
  const options = { heads: wholeOf(from, 'nhead'), isBatchFirst: boolean(from, 'batch_first') === true, addsZeros: false };
  return multihead([stream, stream, stream], own, options).output;
}
function feedForward(call, cells) {
  const width = inputShapeAt(call).at(-1) ?? 1;
  const inner = wholeOf(call.arguments, 'dim_feedforward');
  const isGelu = string(call.arguments, 'activation') === 'gelu';
  const linear2 = (data, features, name) => {
    const weight = call.parameters.get(`${name}.weight`)?.data ?? new Float32Array();
    return project(data, cells.length / width, features, weight, call.parameters.get(`${name}.bias`)?.data);
  };
  const activated = linear2(cells, width, 'linear1').map((x) => (isGelu ? 0.5 * x * (1 + erf(x / Math.SQRT2)) : Math.max(x, 0)));
  return linear2(activated, inner, 'linear2');
}
function norm2(call, name, cells) {
  const width = inputShapeAt(call).at(-1) ?? 1;
  const output = new Float32Array(cells.length);
  const eps2 = realOf(call.arguments, 'layer_norm_eps');
  for (let start = 0; start < cells.length; start += width) {
    normalizePiece(cells, output, start, width, statisticsOf(cells, start, width), eps2);
  }
  scaleChannels(output, 1, width, call.parameters.get(`${name}.weight`)?.data, call.parameters.get(`${name}.bias`)?.data);
  return output;
}

// server/src/reference/transposed-convolution.ts
var transposedConvolutionKernels = transposedConvolutions.map((operator) => ({
  operator: operator.name,
  parameters: (call) => parameters3(operator, call),
  run: (call) => [run5(operator, call)],
}));
function parameters3(operator, call) {
  const { arguments: from, inputShapes } = call;
  const { inputChannels, outputChannels, axes } = layOut(operator, call);
  const rank = operator.windows?.({ arguments: from, inputs: inputShapes })?.length ?? 0;
  const window = axes.slice(axes.length - rank);
  const groups = groupsOf(from);
  const overlap = elementCount(window.map(({ kernel: kernel2, stride: stride2 }) => kernel2 / stride2));
  const weight = {
    name: 'weight',
    shape: [inputChannels, outputChannels / groups, ...window.map(({ kernel: kernel2 }) => kernel2)],
    start: { fanIn: Math.max((inputChannels / groups) * overlap, 1) },
  };
  return boolean(from, 'bias') === false ? [weight] : [weight, { name: 'bias', shape: [outputChannels], start: 'zeros' }];
}
function run5(operator, call) {
  const { arguments: from, inputs, parameters: learned, outputShapes } = call;
  const { batch, inputChannels, outputChannels, axes } = layOut(operator, call);
  const input = inputs[0]?.data ?? new Float32Array();
  const weight = learned.get('weight')?.data ?? new Float32Array();
  const bias = learned.get('bias')?.data;
  const shape = outputShapes[0] ?? [];
  const output = new Float32Array(elementCount(shape));
  const groups = groupsOf(from);
  const [groupInputs, groupOutputs] = [inputChannels / groups, outputChannels / groups];
  const [inputCells, outputCells, taps] = [cellsOf(axes, 'input'), cellsOf(axes, 'output'), cellsOf(axes, 'kernel')];
  const sums = new Float64Array(outputCells);
  for (let sample = 0; sample < batch; sample++) {
    for (let outputChannel = 0; outputChannel < outputChannels; outputChannel++) {
      sums.fill(bias?.[outputChannel] ?? 0);
      const group = Math.floor(outputChannel / groupOutputs);
      for (let channel = group * groupInputs; channel < (group + 1) * groupInputs; channel++) {
        const firstCell = (sample * inputChannels + channel) * inputCells;
        const firstTap = (channel * groupOutputs + outputChannel - group * groupOutputs) * taps;
        spread(input, firstCell, weight, firstTap, axes, sums);
      }
      output.set(sums, (sample * outputChannels + outputChannel) * outputCells);
    }
  }
  return { shape, data: output };
}
function cellsOf(axes, what) {
  return elementCount(axes.map((axis) => axis[what]));
}
function spread(input, firstCell, weight, firstTap, [depth, height, width], sums) {
  let cell = firstCell;
  for (let z = 0; z < depth.input; z++) {
    for (let y = 0; y < height.input; y++) {
      for (let x = 0; x < width.input; x++) {
        const value = input[cell++] ?? 0;
        for (let kz = 0; kz < depth.kernel; kz++) {
          const toZ = target(depth, z, kz);
          if (toZ < 0 || toZ >= depth.output) continue;
          for (let ky = 0; ky < height.kernel; ky++) {
            const toY = target(height, y, ky);
            if (toY < 0 || toY >= height.output) continue;
            const row = (toZ * height.output + toY) * width.output;
            const taps = firstTap + (kz * height.kernel + ky) * width.kernel;
            for (let kx = 0; kx < width.kernel; kx++) {
              const toX = target(width, x, kx);
              if (toX < 0 || toX >= width.output) continue;
              sums[row + toX] = (sums[row + toX] ?? 0) + value * (weight[taps + kx] ?? 0);
            }
          }
        }
      }
    }
  }
}
function target({ stride: stride2, dilation: dilation2, paddingStart }, cell, tap) {
  return cell * stride2 + tap * dilation2 - paddingStart;
}

// server/src/reference/unary.ts
var unaryKernels = [
  cellByCell('Abs', () => Math.abs),
  cellByCell('Neg', () => (x) => -x),
  cellByCell('Exp', () => Math.exp),
  cellByCell('Log', () => Math.log),
  cellByCell('Sqrt', () => Math.sqrt),
  cellByCell('Rsqrt', () => (x) => 1 / Math.sqrt(x)),
  cellByCell('Square', () => (x) => x * x),
  cellByCell('Reciprocal', () => (x) => 1 / x),
  cellByCell('Sin', () => Math.sin),
  cellByCell('Cos', () => Math.cos),
  cellByCell('Erf', () => erf),
  cellByCell('Sign', () => Math.sign),
  cellByCell('Floor', () => Math.floor),
  cellByCell('Ceil', () => Math.ceil),
  cellByCell('Round', () => roundHalfToEven),
  cellByCell('Clamp', (from) => {
    const [least, most] = [number(from, 'min') ?? -Infinity, number(from, 'max') ?? Infinity];
    return (x) => Math.min(Math.max(x, least), most);
  }),
];

// server/src/reference/unfold.ts
var unfoldKernels = [
  {
    operator: unfold.name,
    run: (call) => {
      const { shape: image, data } = inputAt(call);
      const shape = outputShapeAt(call);
      const output = new Float32Array(elementCount(shape));
      visit(call.arguments, image, (column, cell) => (output[column] = data[cell] ?? 0));
      return [{ shape, data: output }];
    },
  },
  {
    operator: fold.name,
    run: (call) => {
      const { data } = inputAt(call);
      const shape = outputShapeAt(call);
      const sums = new Float64Array(elementCount(shape));
      visit(call.arguments, shape, (column, cell) => (sums[cell] = (sums[cell] ?? 0) + (data[column] ?? 0)));
      return [{ shape, data: Float32Array.from(sums) }];
    },
  },
];
function visit(from, image, meet) {
  const [height, width] = axesOf3(from, image);
  if (height === void 0 || width === void 0) return;
  const [heightTaps, widthTaps] = [tapsOf(height, 'constant'), tapsOf(width, 'constant')];
  const planes = elementCount(image.slice(0, -2));
  let column = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let ky = 0; ky < height.kernel; ky++) {
      for (let kx = 0; kx < width.kernel; kx++) {
        for (let y = 0; y < height.output; y++) {
          for (let x = 0; x < width.output; x++, column++) {
            const cellY = heightTaps[y * height.kernel + ky] ?? -1;
            const cellX = widthTaps[x * width.kernel + kx] ?? -1;
            if (cellY >= 0 && cellX >= 0) meet(column, (plane * height.input + cellY) * width.input + cellX);
          }
        }
      }
    }
  }
}
function axesOf3(from, image) {
  return readGeometry(from, 2).map((geometry, at) => {
    const size = image[image.length - 2 + at] ?? 1;
    const count = convolutionSize(size, geometry);
    return toAxis(geometry, size, typeof count === 'number' ? count : 0);
  });
}

// server/src/reference/registry.ts
var declarations2 = [
  ...convolutionKernels,
  ...transposedConvolutionKernels,
  ...poolKernels,
  ...adaptivePoolKernels,
  ...paddingKernels,
  ...resizeKernels,
  ...elementwiseJoinKernels,
  ...linearKernels,
  ...batchNormKernels,
  ...groupNormKernels,
  ...responseNormKernels,
  ...activationKernels,
  ...axisActivationKernels,
  ...identityKernels,
  ...unaryKernels,
  ...axisOrderKernels,
  ...expansionKernels,
  ...partKernels,
  ...reductionKernels,
  ...matrixProductKernels,
  ...recurrentKernels,
  ...attentionKernels,
  transformerEncoderLayerKernel,
  embeddingKernel,
  parameterKernel,
  ...joinKernels,
  ...shuffleKernels,
  ...unfoldKernels,
];
var kernels = new Map(declarations2.map((kernel2) => [kernel2.operator, kernel2]));

// server/src/reference/fast/assembler/module.ts
var VALUE_TYPES = { i32: 127, f32: 125, v128: 123 };
var SECTION = { type: 1, function: 3, memory: 5, export: 7, code: 10 };
var EXPORT_KIND = { function: 0, memory: 2 };
var FUNCTION_TYPE = 96;
var HAS_MAXIMUM = 1;
var END = 11;
var MAGIC_AND_VERSION = [0, 97, 115, 109, 1, 0, 0, 0];
function encodeModule({ functions, memory }) {
  const exported = [
    [...encodeName('memory'), EXPORT_KIND.memory, 0],
    ...functions.map(({ name }, at) => [...encodeName(name), EXPORT_KIND.function, ...unsigned(at)]),
  ];
  const types = functions.map(({ parameters: parameters4 }) => [
    FUNCTION_TYPE,
    ...vector(parameters4.map((type) => [VALUE_TYPES[type]])),
    0,
  ]);
  return Uint8Array.from([
    ...MAGIC_AND_VERSION,
    ...section(SECTION.type, vector(types)),
    ...section(SECTION.function, vector(functions.map((_, at) => unsigned(at)))),
    ...section(SECTION.memory, vector([[HAS_MAXIMUM, ...unsigned(memory.minimum), ...unsigned(memory.maximum)]])),
    ...section(SECTION.export, vector(exported)),
    ...section(SECTION.code, vector(functions.map(encodeFunction))),
  ]);
}
function encodeFunction({ locals, body }) {
  const code = [...vector(locals.map((type) => [1, VALUE_TYPES[type]])), ...body, END];
  return [...unsigned(code.length), ...code];
}
function section(id, content) {
  return [id, ...unsigned(content.length), ...content];
}
function vector(items) {
  return [...unsigned(items.length), ...items.flat()];
}
function encodeName(name) {
  return vector(Array.from(name, (character) => [character.charCodeAt(0)]));
}
function unsigned(value) {
  const bytes = [];
  for (let rest = value >>> 0; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
}
function signed(value) {
  const bytes = [];
  for (let rest = value | 0; ; rest >>= 7) {
    const low = rest & 127;
    if ((rest >> 6 === 0 && (low & 64) === 0) || (rest >> 6 === -1 && (low & 64) !== 0)) return [...bytes, low];
    bytes.push(low | 128);
  }
}

// server/src/reference/fast/assembler/instructions.ts
var VOID = 64;
var END2 = 11;
var SIMD = 253;
var ALIGNED_TO_4 = 2;
var binary =
  (...opcode) =>
  (left, right) => [...left, ...right, ...opcode];
var simd = (opcode) => [SIMD, ...unsigned(opcode)];
var load =
  (...opcode) =>
  (address, offset = 0) => [...address, ...opcode, ALIGNED_TO_4, ...unsigned(offset)];
var store =
  (...opcode) =>
  (address, value, offset = 0) => [...address, ...value, ...opcode, ALIGNED_TO_4, ...unsigned(offset)];
var i32 = {
  constant: (value) => [65, ...signed(value)],
  load: load(40),
  add: binary(106),
  subtract: binary(107),
  multiply: binary(108),
  isLess: binary(73),
};
var f32 = {
  load: load(42),
  store: store(56),
};
var v128 = {
  load: load(...simd(0)),
  store: store(...simd(11)),
  /** Loads one float32 into all four lanes. */
  loadSplat: load(...simd(9)),
};
var f32x4 = {
  zero: [SIMD, 12, ...new Array(16).fill(0)],
  add: binary(...simd(228)),
  multiply: binary(...simd(230)),
  /** left * right + sum, rounded once or twice as the machine likes. Part of relaxed SIMD. */
  relaxedMultiplyAdd: (left, right, sum3) => [...left, ...right, ...sum3, ...simd(261)],
  /** Lanes 0 to 3 are `left`'s, 4 to 7 are `right`'s. */
  shuffle: (left, right, lanes) => [
    ...left,
    ...right,
    ...simd(13),
    ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
  ],
};
function sequence(...statements) {
  return statements.flat();
}
function repeatWhile(condition, ...body) {
  return [3, VOID, ...body.flat(), ...condition, 13, 0, END2];
}
function when(condition, ...body) {
  return [...condition, 4, VOID, ...body.flat(), END2];
}
function whileHolds(condition, ...body) {
  return when(condition, repeatWhile(condition, ...body));
}
function advance(variable2, amount) {
  return variable2.set(i32.add(variable2.get, amount));
}
function defineFunction(at, name, parameters4, write) {
  const locals = [];
  const named = Object.fromEntries(parameters4.map((parameter2, index) => [parameter2, variable(index)]));
  const body = write(named, (type) => variable(parameters4.length + locals.push(type) - 1)).flat();
  return {
    declaration: { name, parameters: parameters4.map(() => 'i32'), locals, body },
    call: (...values) => [...values.flat(), 16, ...unsigned(at)],
  };
}
function variable(index) {
  return { get: [32, ...unsigned(index)], set: (value) => [...value, 33, ...unsigned(index)] };
}

// server/src/reference/fast/kernels/arithmetic.ts
var roundedTwice = (sum3, left, right) => sum3.set(f32x4.add(sum3.get, f32x4.multiply(left, right)));
var relaxed = (sum3, left, right) => sum3.set(f32x4.relaxedMultiplyAdd(left, right, sum3.get));

// server/src/reference/fast/kernels/copy.ts
var FLOAT = 4;
var VECTOR = 16;
function copyRowsFunction(at) {
  const parameters4 = ['from', 'fromPitch', 'to', 'toPitch', 'rows', 'cells'];
  return defineFunction(at, 'copyRows', parameters4, ({ from, fromPitch, to, toPitch, rows, cells }, local) => {
    const [read, write, left] = [local('i32'), local('i32'), local('i32')];
    return [
      whileHolds(
        i32.isLess(i32.constant(0), rows.get),
        read.set(from.get),
        write.set(to.get),
        left.set(cells.get),
        whileHolds(
          i32.isLess(i32.constant(3), left.get),
          v128.store(write.get, v128.load(read.get)),
          advance(read, i32.constant(VECTOR)),
          advance(write, i32.constant(VECTOR)),
          advance(left, i32.constant(-4)),
        ),
        whileHolds(
          i32.isLess(i32.constant(0), left.get),
          f32.store(write.get, f32.load(read.get)),
          advance(read, i32.constant(FLOAT)),
          advance(write, i32.constant(FLOAT)),
          advance(left, i32.constant(-1)),
        ),
        advance(from, fromPitch.get),
        advance(to, toPitch.get),
        advance(rows, i32.constant(-1)),
      ),
    ];
  });
}
function copyCellsFunction(at) {
  const parameters4 = ['from', 'fromPitch', 'fromStep', 'to', 'toPitch', 'toStep', 'rows', 'cells'];
  return defineFunction(at, 'copyCells', parameters4, (given, local) => {
    const { from, fromPitch, fromStep, to, toPitch, toStep, rows, cells } = given;
    const [read, write, left] = [local('i32'), local('i32'), local('i32')];
    return [
      when(
        i32.isLess(i32.constant(0), cells.get),
        whileHolds(
          i32.isLess(i32.constant(0), rows.get),
          read.set(from.get),
          write.set(to.get),
          left.set(cells.get),
          repeatWhile(
            i32.isLess(i32.constant(0), left.get),
            f32.store(write.get, f32.load(read.get)),
            advance(read, fromStep.get),
            advance(write, toStep.get),
            advance(left, i32.constant(-1)),
          ),
          advance(from, fromPitch.get),
          advance(to, toPitch.get),
          advance(rows, i32.constant(-1)),
        ),
      ),
    ];
  });
}

// server/src/reference/fast/kernels/multiply.ts
var FLOAT2 = 4;
var VECTOR2 = 16;
var TILE_CHANNELS = [4, 2, 1];
var TILE_VECTORS = 2;
function multiplyFunctions(at, multiplyAdd) {
  const tiles = TILE_CHANNELS.map((channels, index) => ({ channels, tile: tileFunction(at + index, channels, multiplyAdd) }));
  return [...tiles.map(({ tile }) => tile), multiplyFunction(at + tiles.length, tiles)];
}
function tileFunction(at, channels, multiplyAdd) {
  const parameters4 = ['weights', 'taps', 'tapsEnd', 'left', 'right', 'output', 'outputPitch'];
  return defineFunction(at, `tile${channels}`, parameters4, (given, local) => {
    const { weights: weights2, taps, tapsEnd, left, right, output, outputPitch } = given;
    const sums = Array.from({ length: channels }, () => [local('v128'), local('v128')]);
    const [leftPixels, rightPixels, weight] = [local('v128'), local('v128'), local('v128')];
    const [tap, channel] = [local('i32'), local('i32')];
    return [
      channel.set(output.get),
      ...sums.map(([leftSum, rightSum]) =>
        sequence(leftSum.set(v128.load(channel.get)), rightSum.set(v128.load(channel.get, VECTOR2)), advance(channel, outputPitch.get)),
      ),
      repeatWhile(
        i32.isLess(taps.get, tapsEnd.get),
        tap.set(i32.load(taps.get)),
        leftPixels.set(v128.load(i32.add(left.get, tap.get))),
        rightPixels.set(v128.load(i32.add(right.get, tap.get))),
        ...sums.map(([leftSum, rightSum], index) =>
          sequence(
            weight.set(v128.loadSplat(weights2.get, FLOAT2 * index)),
            multiplyAdd(leftSum, leftPixels.get, weight.get),
            multiplyAdd(rightSum, rightPixels.get, weight.get),
          ),
        ),
        advance(weights2, i32.constant(FLOAT2 * channels)),
        advance(taps, i32.constant(FLOAT2)),
      ),
      channel.set(output.get),
      ...sums.map(([leftSum, rightSum]) =>
        sequence(v128.store(channel.get, leftSum.get), v128.store(channel.get, rightSum.get, VECTOR2), advance(channel, outputPitch.get)),
      ),
    ];
  });
}
function multiplyFunction(at, tiles) {
  const parameters4 = ['weights', 'taps', 'tapsEnd', 'input', 'vectors', 'vectorsEnd', 'output', 'outputPitch', 'channels'];
  return defineFunction(at, 'multiply', parameters4, (given, local) => {
    const { weights: weights2, taps, tapsEnd, input, vectors, vectorsEnd, output, outputPitch, channels } = given;
    const [vector2, pixels] = [local('i32'), local('i32')];
    return tiles.map(({ channels: width, tile }) =>
      whileHolds(
        i32.isLess(i32.constant(width - 1), channels.get),
        vector2.set(vectors.get),
        pixels.set(output.get),
        repeatWhile(
          i32.isLess(vector2.get, vectorsEnd.get),
          tile.call(
            weights2.get,
            taps.get,
            tapsEnd.get,
            i32.add(input.get, i32.load(vector2.get)),
            i32.add(input.get, i32.load(vector2.get, FLOAT2)),
            pixels.get,
            outputPitch.get,
          ),
          advance(vector2, i32.constant(TILE_VECTORS * FLOAT2)),
          advance(pixels, i32.constant(TILE_VECTORS * VECTOR2)),
        ),
        // A tile's weights are as many floats as it has channels, for each tap; a tap's entry in the table has the size of a float.
        advance(weights2, i32.multiply(i32.subtract(tapsEnd.get, taps.get), i32.constant(width))),
        advance(output, i32.multiply(outputPitch.get, i32.constant(width))),
        advance(channels, i32.constant(-width)),
      ),
    );
  });
}

// server/src/reference/fast/web-assembly.ts
var webAssembly = globalThis.WebAssembly;

// server/src/reference/fast/machine.ts
var PAGE = 65536;
var LARGEST_MEMORY = 8192 * PAGE;
var KEPT_MEMORY = 2048 * PAGE;
function compileModule(support) {
  const multiplyAdd = support === 'relaxed-simd' ? relaxed : roundedTwice;
  const functions = [copyRowsFunction(0), copyCellsFunction(1)];
  functions.push(...multiplyFunctions(functions.length, multiplyAdd));
  const memory = { minimum: 1, maximum: LARGEST_MEMORY / PAGE };
  return webAssembly && new webAssembly.Module(encodeModule({ functions: functions.map(({ declaration }) => declaration), memory }));
}
function startMachine(module) {
  if (webAssembly === void 0) return void 0;
  const { exports } = new webAssembly.Instance(module);
  const { memory, ...functions } = exports;
  return { functions, memory };
}
function reserve({ memory }, bytes, limit3) {
  if (bytes > Math.min(limit3, LARGEST_MEMORY)) return false;
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (missing <= 0) return true;
  try {
    memory.grow(missing);
    return true;
  } catch {
    return false;
  }
}
function detectSimd() {
  const [ordinary, fused] = [f32x4.add, (left, right) => f32x4.relaxedMultiplyAdd(left, right, left)];
  if (!validates(ordinary)) return 'none';
  return validates(fused) ? 'relaxed-simd' : 'simd';
}
function validates(operation) {
  const probe = defineFunction(0, 'probe', [], () => {
    const value = v128.load(i32.constant(0));
    return [v128.store(i32.constant(0), operation(value, value))];
  });
  return webAssembly?.validate(encodeModule({ functions: [probe.declaration], memory: { minimum: 1, maximum: 1 } })) ?? false;
}

// server/src/reference/fast/weights.ts
function convolutionOrder({ inputs, outputs }, kernelCells) {
  return { group: outputs * inputs * kernelCells, output: inputs * kernelCells, input: kernelCells };
}
function transposedOrder({ inputs, outputs }, kernelCells) {
  return { group: inputs * outputs * kernelCells, output: kernelCells, input: outputs * kernelCells };
}
function packWeights(weight, order, { groups, inputs, outputs }, { passes }, blockChannels, packed) {
  let next = 0;
  for (let group = 0; group < groups; group++) {
    for (let first = 0; first < inputs; first += blockChannels) {
      const last2 = Math.min(first + blockChannels, inputs);
      for (const { taps } of passes) {
        for (const [output, width] of tilesOf(outputs)) {
          const tile = group * order.group + output * order.output;
          for (let input = first; input < last2; input++) {
            for (const { index } of taps) {
              const from = tile + input * order.input + index;
              for (let channel = 0; channel < width; channel++) packed[next++] = weight[from + channel * order.output] ?? 0;
            }
          }
        }
      }
    }
  }
}
function tilesOf(outputs) {
  const tiles = [];
  let first = 0;
  for (const width of TILE_CHANNELS) for (; first + width <= outputs; first += width) tiles.push([first, width]);
  return tiles;
}

// server/src/reference/fast/engine.ts
var FLOAT3 = 4;
var KEPT_WEIGHTS = LARGEST_MEMORY / 8;
var FastEngine = class {
  #support;
  #limit;
  #module;
  #machine;
  /** Addresses of packed weights, by their tensor and layer; forgotten all at once when there is no room. */
  #weights = /* @__PURE__ */ new WeakMap();
  #weightsEnd = 0;
  /** `limit`: the most memory that it may take, in bytes. */
  constructor(support, limit3) {
    this.#support = support;
    this.#limit = limit3;
  }
  /** The output, or undefined where there is not enough memory. */
  run(layer, tensors) {
    this.#module ??= compileModule(this.#support);
    this.#machine ??= this.#module && startMachine(this.#module);
    const machine = this.#machine;
    if (machine === void 0) return void 0;
    const weightsAt = this.#place(machine, layer, tensors.weight);
    if (weightsAt === void 0) return void 0;
    const output = runLayer(machine, layer, tensors, weightsAt, this.#weightsEnd);
    if (machine.memory.buffer.byteLength > KEPT_MEMORY) {
      this.#machine = void 0;
      this.#forgetWeights();
    }
    return output;
  }
  /** The address of the packed weights of a layer. Behind them there is room for what the layer takes. */
  #place(machine, layer, weight) {
    const { weightCount, bytes } = layer.layout;
    const known = this.#weights.get(weight)?.get(layer);
    if (known !== void 0 && reserve(machine, this.#weightsEnd + bytes, this.#limit)) return known;
    const size = Math.ceil((weightCount * FLOAT3) / 64) * 64;
    const isFull = this.#weightsEnd + size > KEPT_WEIGHTS || this.#weightsEnd + size + bytes > this.#limit;
    if (isFull) this.#forgetWeights();
    const at = this.#weightsEnd;
    if (!reserve(machine, at + size + bytes, this.#limit)) return void 0;
    const packed = new Float32Array(machine.memory.buffer, at, weightCount);
    packWeights(weight, layer.weightOrder, layer.channels, layer.correlation, layer.layout.blockChannels, packed);
    const ofTensor = this.#weights.get(weight) ?? /* @__PURE__ */ new WeakMap();
    this.#weights.set(weight, ofTensor.set(layer, at));
    this.#weightsEnd = at + size;
    return at;
  }
  #forgetWeights() {
    this.#weights = /* @__PURE__ */ new WeakMap();
    this.#weightsEnd = 0;
  }
};
function runLayer(machine, layer, { input, bias }, weightsAt, base) {
  const { channels, layout, inputCells, outputCells, batch } = layer;
  const memory = new Float32Array(machine.memory.buffer);
  const floatsAt = (at) => (base + at) / FLOAT3;
  new Int32Array(machine.memory.buffer).set(layout.tables, floatsAt(layout.tablesAt));
  memory.fill(0, floatsAt(layout.sourceAt), floatsAt(layout.sourceAt) + layout.blockChannels * layout.sourceCells);
  const output = new Float32Array(batch * channels.groups * channels.outputs * outputCells);
  const groupInput = channels.inputs * inputCells;
  const groupOutput = channels.outputs * outputCells;
  for (let sample = 0, done = 0; sample < batch; sample++) {
    let weights2 = weightsAt;
    for (let group = 0; group < channels.groups; group++, done++) {
      startSums(memory, layer, bias, group, base);
      for (let first = 0; first < channels.inputs; first += layout.blockChannels) {
        const count = Math.min(layout.blockChannels, channels.inputs - first);
        const from = done * groupInput + first * inputCells;
        memory.set(input.subarray(from, from + count * inputCells), floatsAt(layout.rawAt));
        if (layout.rawAt !== layout.sourceAt) padChannels(machine, layer, count, base);
        weights2 = multiplyBlock(machine, layer, count, weights2, base);
      }
      if (layout.isScattered) for (const pass of layout.passes) scatter(machine, layer, pass, base);
      const at = floatsAt(layout.outputAt);
      output.set(memory.subarray(at, at + groupOutput), done * groupOutput);
    }
  }
  return output;
}
function startSums(memory, { layout, channels }, bias, group, base) {
  for (const { sumsAt, sumsPitch } of layout.passes) {
    const [at, pitch] = [(base + sumsAt) / FLOAT3, sumsPitch / FLOAT3];
    if (bias === void 0) memory.fill(0, at, at + channels.outputs * pitch);
    else {
      for (let channel = 0; channel < channels.outputs; channel++) {
        const start = at + channel * pitch;
        memory.fill(bias[group * channels.outputs + channel] ?? 0, start, start + pitch);
      }
    }
  }
}
function multiplyBlock({ functions }, { layout, channels }, count, weightsAt, base) {
  let weights2 = weightsAt;
  for (const { taps, tapsAt, vectors, vectorsAt, sumsAt, sumsPitch } of layout.passes) {
    if (taps.length === 0) continue;
    const [firstTap, firstVector] = [base + tapsAt, base + vectorsAt];
    const lastTap = firstTap + count * taps.length * FLOAT3;
    const lastVector = firstVector + vectors * FLOAT3;
    const source = base + layout.sourceAt;
    functions.multiply(weights2, firstTap, lastTap, source, firstVector, lastVector, base + sumsAt, sumsPitch, channels.outputs);
    weights2 += count * taps.length * channels.outputs * FLOAT3;
  }
  return weights2;
}
function partOf({ input, before, stride: stride2, cells }, part2) {
  const to = Math.max(0, Math.ceil((before - part2) / stride2));
  const from = to * stride2 + part2 - before;
  return { from, to, count: Math.max(0, Math.min(cells - to, Math.ceil((input - from) / stride2))) };
}
function padChannels(machine, { correlation, layout, inputCells }, count, base) {
  const [depth, height, width] = correlation.source;
  const parts2 = (axis) => Array.from({ length: axis.stride }, (_, part2) => partOf(axis, part2));
  const [heightParts, widthParts] = [parts2(height), parts2(width)];
  const partCells = depth.cells * height.cells * width.cells;
  for (let channel = 0; channel < count; channel++) {
    const rawAt = base + layout.rawAt + channel * inputCells * FLOAT3;
    let partAt = base + layout.sourceAt + channel * layout.sourceCells * FLOAT3;
    for (const z of parts2(depth)) {
      for (const y of heightParts) {
        for (const x of widthParts) {
          for (let plane = 0; plane < z.count; plane++) {
            const from = ((z.from + plane * depth.stride) * height.input + y.from) * width.input + x.from;
            const to = ((z.to + plane) * height.cells + y.to) * width.cells + x.to;
            copy(machine, {
              from: rawAt + from * FLOAT3,
              fromPitch: height.stride * width.input,
              fromStep: width.stride,
              to: partAt + to * FLOAT3,
              toPitch: width.cells,
              toStep: 1,
              rows: y.count,
              cells: x.count,
            });
          }
          partAt += partCells * FLOAT3;
        }
      }
    }
  }
}
function scatter(machine, { layout, channels, outputAxes, outputCells }, pass, base) {
  const [, height, width] = outputAxes;
  const [stepZ, stepY, stepX] = pass.step;
  const [startZ, startY, startX] = pass.start;
  const { runs } = pass;
  const isDense = isEachOne(pass.step);
  const [planes, rows] = isDense ? [1, runs.count] : [pass.count[0], pass.count[1]];
  for (let channel = 0; channel < channels.outputs; channel++) {
    for (let plane = 0; plane < planes; plane++) {
      const to = ((startZ + plane * stepZ) * height + startY) * width + startX;
      copy(machine, {
        from: base + pass.sumsAt + channel * pass.sumsPitch + plane * rows * runs.pitch * FLOAT3,
        fromPitch: runs.pitch,
        fromStep: 1,
        to: base + layout.outputAt + (channel * outputCells + to) * FLOAT3,
        toPitch: isDense ? runs.cells : stepY * width,
        toStep: stepX,
        rows,
        cells: runs.cells,
      });
    }
  }
}
function isEachOne(steps) {
  return steps.every((step) => step === 1);
}
function copy({ functions }, { from, fromPitch, fromStep, to, toPitch, toStep, rows, cells }) {
  if (fromStep === 1 && toStep === 1) functions.copyRows(from, fromPitch * FLOAT3, to, toPitch * FLOAT3, rows, cells);
  else functions.copyCells(from, fromPitch * FLOAT3, fromStep * FLOAT3, to, toPitch * FLOAT3, toStep * FLOAT3, rows, cells);
}

// server/src/reference/fast/correlation.ts
function planConvolution({ axes }) {
  return combine2(mapAxes(axes, convolutionAxis));
}
function planTransposedConvolution({ axes }) {
  return combine2(mapAxes(axes, transposedAxis));
}
function channelCells(source) {
  return source.reduce((cells, axis) => cells * axis.cells * axis.stride, 1);
}
function isPlain(source) {
  return source.every(({ input, before, stride: stride2, cells }) => before === 0 && stride2 === 1 && cells === input);
}
function convolutionAxis({ input, output, kernel: kernel2, stride: stride2, dilation: dilation2, paddingStart }) {
  const taps = Array.from({ length: kernel2 }, (_, index) => ({
    index,
    offset: Math.floor((index * dilation2) / stride2),
    part: (index * dilation2) % stride2,
  }));
  const reached = output - 1 + Math.floor((dilation2 * (kernel2 - 1)) / stride2) + 1;
  const cells = stride2 === 1 && paddingStart === 0 ? Math.max(reached, input) : reached;
  return {
    kernel: kernel2,
    source: { input, before: paddingStart, stride: stride2, cells },
    passes: [{ taps, origin: 0, count: output, start: 0, step: 1 }],
  };
}
function transposedAxis({ input, output, kernel: kernel2, stride: stride2, dilation: dilation2, paddingStart }) {
  const passes = Array.from({ length: Math.min(stride2, output) }, (_, start) => {
    const remainder = (start + paddingStart) % stride2;
    const indices = Array.from({ length: kernel2 }, (_unused, index) => index);
    return {
      start,
      count: Math.ceil((output - start) / stride2),
      first: Math.floor((start + paddingStart) / stride2),
      taps: indices
        .filter((index) => (index * dilation2) % stride2 === remainder)
        .map((index) => ({ index, back: Math.floor((index * dilation2) / stride2) })),
    };
  });
  const firsts = passes.flatMap(({ first, taps }) => taps.map(({ back }) => first - back));
  const lasts = passes.flatMap(({ first, count, taps }) => taps.map(({ back }) => first + count - 1 - back));
  const before = Math.max(0, -Math.min(0, ...firsts));
  const cells = Math.max(input - 1, ...lasts) + 1 + before;
  return {
    kernel: kernel2,
    source: { input, before, stride: 1, cells },
    passes: passes.map(({ start, count, first, taps }) => {
      const furthest = Math.max(0, ...taps.map(({ back }) => back));
      return {
        taps: taps.map(({ index, back }) => ({ index, offset: furthest - back, part: 0 })),
        origin: first - furthest + before,
        count,
        start,
        step: stride2,
      };
    }),
  };
}
function combine2([depth, height, width]) {
  const source = [depth.source, height.source, width.source];
  const partCells = depth.source.cells * height.source.cells * width.source.cells;
  const cell = (z, y, x) => (z * height.source.cells + y) * width.source.cells + x;
  const part2 = (z, y, x) => (z * height.source.stride + y) * width.source.stride + x;
  const passes = depth.passes.flatMap((z) =>
    height.passes.flatMap((y) =>
      width.passes.map((x) => {
        const taps = z.taps.flatMap((tapZ) =>
          y.taps.flatMap((tapY) =>
            x.taps.map((tapX) => ({
              index: (tapZ.index * height.kernel + tapY.index) * width.kernel + tapX.index,
              offset: part2(tapZ.part, tapY.part, tapX.part) * partCells + cell(tapZ.offset, tapY.offset, tapX.offset),
            })),
          ),
        );
        return {
          taps,
          origin: cell(z.origin, y.origin, x.origin),
          count: [z.count, y.count, x.count],
          start: [z.start, y.start, x.start],
          step: [z.step, y.step, x.step],
        };
      }),
    ),
  );
  return { source, passes };
}
function mapAxes([depth, height, width], map) {
  return [map(depth), map(height), map(width)];
}

// server/src/reference/fast/layout.ts
var FLOAT4 = 4;
var VECTOR_CELLS = 4;
var LINE = 64;
var BLOCK_TAPS = 512;
function layOutMemory(correlation, channels, inputCells, outputCells) {
  const { source } = correlation;
  const mostTaps = Math.max(1, ...correlation.passes.map(({ taps: taps2 }) => taps2.length));
  const blockChannels = Math.min(channels.inputs, Math.max(1, Math.floor(BLOCK_TAPS / mostTaps)));
  let next = 0;
  const place = (cells) => {
    const at = next;
    next += Math.ceil((cells * FLOAT4) / LINE + 1) * LINE;
    return at;
  };
  const perChannel = channelCells(source);
  const tables = [];
  const tabled = correlation.passes.map((pass) => {
    const runs = runsOf(pass, source);
    const [taps2, vectors] = [tapTable(pass, blockChannels, perChannel), vectorTable(pass, runs, source)];
    const [tapsAt, vectorsAt] = [place(taps2.length), place(vectors.length)];
    tables.push([tapsAt, taps2], [vectorsAt, vectors]);
    return { ...pass, runs, vectors: vectors.length, tapsAt, vectorsAt };
  });
  const image = new Int32Array(next / FLOAT4);
  for (const [at, table] of tables) image.set(table, at / FLOAT4);
  const sourceAt = place(blockChannels * perChannel);
  const rawAt = isPlain(source) ? sourceAt : place(blockChannels * inputCells);
  const passes = tabled.map((pass) => {
    const cells = pass.vectors * VECTOR_CELLS;
    return { ...pass, sumsAt: place(cells * channels.outputs), sumsPitch: cells * FLOAT4 };
  });
  const [first] = passes;
  const isInOrder = passes.length === 1 && first?.sumsPitch === outputCells * FLOAT4 && first.runs.pitch === first.runs.cells;
  const outputAt = isInOrder ? first.sumsAt : place(outputCells * channels.outputs);
  const taps = correlation.passes.reduce((sum3, pass) => sum3 + pass.taps.length, 0);
  return {
    passes,
    blockChannels,
    tables: image,
    tablesAt: 0,
    rawAt,
    sourceAt,
    sourceCells: perChannel,
    outputAt,
    isScattered: !isInOrder,
    weightCount: channels.groups * channels.inputs * channels.outputs * taps,
    bytes: next + LINE,
  };
}
function runsOf({ count: [depth, height, width], step }, [, sourceHeight, sourceWidth]) {
  const isDense = step.every((size) => size === 1);
  let [count, cells] = [depth * height, width];
  if (isDense && width === sourceWidth.cells)
    [count, cells] = height === sourceHeight.cells ? [1, width * height * depth] : [depth, width * height];
  return { count, cells, pitch: Math.ceil(cells / VECTOR_CELLS) * VECTOR_CELLS };
}
function vectorTable({ origin, count: [depth, height] }, runs, source) {
  const [, { cells: sourceHeight }, { cells: sourceWidth }] = source;
  const runVectors = runs.pitch / VECTOR_CELLS;
  const used = runs.count * runVectors;
  const table = new Int32Array(Math.ceil(used / TILE_VECTORS) * TILE_VECTORS);
  const rowsOfRun = (depth * height) / runs.count;
  for (let run6 = 0, at = 0; run6 < runs.count; run6++) {
    const row = run6 * rowsOfRun;
    const start = origin + (Math.floor(row / height) * sourceHeight + (row % height)) * sourceWidth;
    for (let vector2 = 0; vector2 < runVectors; vector2++) table[at++] = (start + vector2 * VECTOR_CELLS) * FLOAT4;
  }
  table.fill(table[used - 1] ?? 0, used);
  return table;
}
function tapTable({ taps }, blockChannels, perChannel) {
  const table = new Int32Array(blockChannels * taps.length);
  let at = 0;
  for (let channel = 0; channel < blockChannels; channel++) {
    for (const { offset } of taps) table[at++] = (channel * perChannel + offset) * FLOAT4;
  }
  return table;
}

// server/src/reference/fast/layer.ts
function planLayer(kind, window, groups) {
  const { batch, axes, inputChannels, outputChannels } = window;
  const [depth, height, width] = axes;
  const cells = (what) => elementCount(axes.map((axis) => axis[what]));
  const channels = { groups, inputs: inputChannels / groups, outputs: outputChannels / groups };
  const isTransposed = kind === 'transposed';
  const correlation = isTransposed ? planTransposedConvolution(window) : planConvolution(window);
  return {
    correlation,
    channels,
    weightOrder: (isTransposed ? transposedOrder : convolutionOrder)(channels, cells('kernel')),
    layout: layOutMemory(correlation, channels, cells('input'), cells('output')),
    batch,
    inputCells: cells('input'),
    outputCells: cells('output'),
    outputAxes: [depth.output, height.output, width.output],
  };
}

// server/src/reference/fast/fast-kernels.ts
var LEAST_WORK = 65536;
function createFastKernels(options = {}) {
  const { detect = detectSimd, leastWork = LEAST_WORK, memoryLimit = LARGEST_MEMORY, refused } = options;
  let engine;
  let support;
  const layers = /* @__PURE__ */ new Map();
  const run6 = (operator, kind, call) => {
    support ??= detect();
    if (support === 'none') return 'no-simd';
    if (string(call.arguments, 'padding_mode') !== 'zeros') return 'padding-mode';
    const window = layOut(operator, call);
    const groups = groupsOf(call.arguments);
    if (multiplications(window, groups) < Math.max(leastWork, 1)) return 'small';
    const [input, weight] = [call.inputs[0], call.parameters.get('weight')];
    const shape = call.outputShapes[0];
    if (input === void 0 || weight === void 0 || shape === void 0) return 'small';
    const key = JSON.stringify([kind, window, groups]);
    let layer = layers.get(key);
    if (layer === void 0) {
      layer = planLayer(kind, window, groups);
      layers.set(key, layer);
    }
    engine ??= new FastEngine(support, memoryLimit);
    const bias = call.parameters.get('bias')?.data;
    const data = engine.run(layer, { input: input.data, weight: weight.data, bias });
    return data === void 0 ? 'memory' : { shape, data };
  };
  const fast2 = (operator, kind) => {
    const definition = kernels.get(operator.name);
    if (definition === void 0) return [];
    return [
      {
        ...definition,
        run: (call) => {
          const output = run6(operator, kind, call);
          if (typeof output !== 'string') return [output];
          refused?.(operator.name, output);
          return definition.run(call);
        },
      },
    ];
  };
  const all = [
    ...convolutions.flatMap((operator) => fast2(operator, 'convolution')),
    ...transposedConvolutions.flatMap((operator) => fast2(operator, 'transposed')),
  ];
  return new Map(all.map((kernel2) => [kernel2.operator, kernel2]));
}
function multiplications({ batch, axes, inputChannels, outputChannels }, groups) {
  const perAxis = axes.reduce((product3, { input, output, kernel: kernel2 }) => product3 * Math.min(input, output) * kernel2, 1);
  return (batch * inputChannels * outputChannels * perAxis) / groups;
}

// bench/onnx-model.ts
var INT = 2;
var INTS = 7;
var FLOAT_TENSOR = 1;
function encodeOnnxModel({ operator, attributes, input, output, weights: weights2 }) {
  const node = message(
    ...['X', ...weights2.map(({ name }) => name)].map((name) => text(1, name)),
    text(2, 'Y'),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      field(
        5,
        typeof value === 'number'
          ? message(text(1, name), number2(3, value), number2(20, INT))
          : message(text(1, name), ...value.map((item) => number2(8, item)), number2(20, INTS)),
      ),
    ),
  );
  const initializers = weights2.map(({ name, shape, data }) =>
    field(
      5,
      message(
        ...shape.map((size) => number2(1, size)),
        number2(2, FLOAT_TENSOR),
        text(8, name),
        field(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
      ),
    ),
  );
  const graph = message(
    field(1, node),
    text(2, 'layer'),
    ...initializers,
    field(11, valueInfo('X', input)),
    field(12, valueInfo('Y', output)),
  );
  const opset = message(text(1, ''), number2(2, 13));
  return message(number2(1, 8), field(7, graph), field(8, opset));
}
function valueInfo(name, shape) {
  const dimensions2 = shape.map((size) => field(1, message(number2(1, size))));
  const tensor = message(number2(1, FLOAT_TENSOR), field(2, message(...dimensions2)));
  return message(text(1, name), field(2, message(field(1, tensor))));
}
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.from([...bytes, rest]);
}
var number2 = (id, value) => message(varint(id * 8), varint(value));
var field = (id, content) => message(varint(id * 8 + 2), varint(content.length), content);
var text = (id, content) => field(id, new TextEncoder().encode(content));
function message(...parts2) {
  const bytes = new Uint8Array(parts2.reduce((length, part2) => length + part2.length, 0));
  let at = 0;
  for (const part2 of parts2) {
    bytes.set(part2, at);
    at += part2.length;
  }
  return bytes;
}

// bench/convolution.ts
var ROUNDS = Number(process.argv[2] ?? 40);
var plain = { operator: 'Conv2d', stride: 1, groups: 1, goal: 1 };
var transposed = { operator: 'ConvTranspose2d', kernel: 4, stride: 2, padding: 1, groups: 1, goal: 2 };
var LAYERS = [
  { ...plain, name: '3x224 k7 s2 -> 64', inputs: 3, outputs: 64, size: 224, kernel: 7, stride: 2, padding: 3 },
  { ...plain, name: '64x56 k3', inputs: 64, outputs: 64, size: 56, kernel: 3, padding: 1 },
  { ...plain, name: '256x28 k3', inputs: 256, outputs: 256, size: 28, kernel: 3, padding: 1 },
  { ...plain, name: 'depthwise 96x112 k3', inputs: 96, outputs: 96, size: 112, kernel: 3, padding: 1, groups: 96, goal: 2 },
  { ...plain, name: '512x14 k1', inputs: 512, outputs: 512, size: 14, kernel: 1, padding: 0 },
  { ...transposed, name: 'transposed 128x32 k4 s2 -> 64', inputs: 128, outputs: 64, size: 32 },
  { ...transposed, name: 'transposed 512x8 k4 s2 -> 256', inputs: 512, outputs: 256, size: 8 },
];
var fast = createFastKernels({
  refused: (operator, reason) => {
    throw new Error(`${operator} is left to the definition: ${reason}`);
  },
});
function noise(shape, seed) {
  let state = seed;
  const data = Float32Array.from({ length: elementCount(shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  });
  return { shape, data };
}
function tensorsOf({ operator: name, inputs, outputs, size, kernel: kernel2, stride: stride2, padding: padding2, groups }) {
  const operator = operators.get(name);
  if (operator === void 0) throw new Error(`no operator ${name}`);
  const input = noise([1, inputs, size, size], 1);
  const [rows, columns] = name === 'Conv2d' ? [outputs, inputs / groups] : [inputs, outputs / groups];
  const weight = noise([rows, columns, kernel2, kernel2], 2);
  const bias = noise([outputs], 3);
  const written = new Map(
    Object.entries({ in_channels: inputs, out_channels: outputs, kernel_size: kernel2, stride: stride2, padding: padding2, groups }),
  );
  const call = createCall(operator, written, [input.shape]);
  const outputShape = (operator.infer(call).outputs[0] ?? []).map(Number);
  const parameters4 = /* @__PURE__ */ new Map([
    ['weight', weight],
    ['bias', bias],
  ]);
  const kernelCall = {
    arguments: call.arguments,
    inputShapes: [input.shape],
    outputShapes: [outputShape],
    inputs: [input],
    parameters: parameters4,
  };
  return { input, weight, bias, outputShape, call: kernelCall };
}
function ours({ operator }, { call }) {
  const kernel2 = fast.get(operator);
  let output;
  const run6 = () => {
    const start = performance.now();
    output = kernel2?.run(call)[0];
    return performance.now() - start;
  };
  return { name: 'shapelint', run: run6, output: () => output?.data ?? new Float32Array() };
}
async function onnxRuntime(layer, { input, weight, bias, outputShape }) {
  const { operator, kernel: kernel2, stride: stride2, padding: padding2, groups } = layer;
  const model = encodeOnnxModel({
    operator: operator === 'Conv2d' ? 'Conv' : 'ConvTranspose',
    attributes: {
      kernel_shape: [kernel2, kernel2],
      strides: [stride2, stride2],
      pads: [padding2, padding2, padding2, padding2],
      group: groups,
    },
    input: input.shape,
    output: outputShape,
    weights: [
      { name: 'W', ...weight },
      { name: 'B', ...bias },
    ],
  });
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  const feeds = { X: new ort.Tensor('float32', input.data, input.shape) };
  let output;
  const run6 = async () => {
    const start = performance.now();
    const { Y } = await session.run(feeds);
    output = Y?.data;
    return performance.now() - start;
  };
  return { name: 'onnxruntime-web', run: run6, output: () => output };
}
function tensorFlow(layer, { input, weight, bias, outputShape }, isResident) {
  const { operator, inputs, outputs, size, kernel: kernel2, stride: stride2, padding: padding2, groups } = layer;
  const nhwc = tf.tidy(() =>
    tf
      .transpose(tf.tensor4d(input.data, [1, inputs, size, size]), [0, 2, 3, 1])
      .dataSync()
      .slice(),
  );
  const shape = [1, size, size, inputs];
  const [rows, columns] = operator === 'Conv2d' ? [outputs, inputs / groups] : [inputs, outputs / groups];
  const filter = tf.tidy(() => {
    const ordered = tf.tensor4d(weight.data, [rows, columns, kernel2, kernel2]);
    return tf.transpose(
      ordered,
      operator === 'Conv2d' && groups === 1 ? [2, 3, 1, 0] : operator === 'Conv2d' ? [2, 3, 0, 1] : [2, 3, 1, 0],
    );
  });
  const offset = tf.tensor1d(bias.data);
  const [, channels = 0, height = 0, width = 0] = outputShape;
  const apply = (x) => {
    const convolved =
      operator === 'ConvTranspose2d'
        ? tf.conv2dTranspose(x, filter, [1, height, width, channels], stride2, padding2)
        : groups === 1
          ? tf.conv2d(x, filter, stride2, padding2)
          : tf.depthwiseConv2d(x, filter, stride2, padding2);
    return convolved;
  };
  const resident = tf.tensor4d(nhwc, shape);
  let last2;
  const run6 = () => {
    last2?.dispose();
    const start = performance.now();
    if (isResident) last2 = apply(resident);
    else {
      const x = tf.tensor4d(nhwc, shape);
      last2 = apply(x);
      last2.dataSync();
      x.dispose();
    }
    return performance.now() - start;
  };
  const output = () =>
    tf.tidy(() => (last2 === void 0 ? new Float32Array() : tf.transpose(tf.add(last2, offset), [0, 3, 1, 2]).dataSync()));
  return { name: isResident ? 'tfjs, resident' : 'tfjs', run: run6, output };
}
function difference(left, right) {
  if (left.length !== right.length) return Infinity;
  let [most, largest2] = [0, 0];
  left.forEach((value, at) => {
    most = Math.max(most, Math.abs(value - (right[at] ?? NaN)));
    largest2 = Math.max(largest2, Math.abs(value));
  });
  return most / largest2;
}
async function measure(layer) {
  const tensors = tensorsOf(layer);
  const contestants = [
    ours(layer, tensors),
    await onnxRuntime(layer, tensors),
    tensorFlow(layer, tensors, false),
    tensorFlow(layer, tensors, true),
  ];
  const times = contestants.map(() => []);
  for (let round = -5; round < ROUNDS; round++) {
    for (const [at, contestant] of contestants.entries()) {
      const time = await contestant.run();
      if (round >= 0) times[at]?.push(time);
    }
  }
  const [own = new Float32Array(), ...others] = await Promise.all(contestants.map((contestant) => contestant.output()));
  const furthest = Math.max(...others.map((other) => difference(own, other)));
  const work =
    2 * elementCount(tensors.weight.shape) * (layer.operator === 'Conv2d' ? elementCount(tensors.outputShape.slice(2)) : layer.size ** 2);
  const best = times.map((all) => Math.min(...all));
  const [mine = NaN, onnx = NaN, copied = NaN, resident = NaN] = best;
  const ratios = [onnx / mine, copied / mine, resident / mine];
  const isReached = ratios.every((ratio) => ratio >= layer.goal) && furthest < 1e-5;
  const columns = [
    layer.name.padEnd(30),
    ...best.map((time) => `${time.toFixed(2).padStart(8)} ${(work / time / 1e6).toFixed(1).padStart(5)}`),
    ...ratios.map((ratio) => ratio.toFixed(2).padStart(6)),
    `${layer.goal}`.padStart(5),
    isReached ? ' yes' : '  no',
    furthest.toExponential(0).padStart(7),
  ];
  console.log(columns.join(' '));
  return isReached;
}
ort.env.wasm.numThreads = 1;
setThreadsCount(1);
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
var files = fileURLToPath(new URL('../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url));
setWasmPaths(files);
await tf.setBackend('wasm');
console.log(
  [
    `Node ${process.versions.node}, ${detectSimd()}, one thread, best of ${ROUNDS} in turns: milliseconds and GFLOP/s; how many times as fast; goal reached; difference.`,
    'shapelint, onnxruntime-web and tfjs: from an array to an array. tfjs, resident: its tensors stay in its memory. Weights are prepared before, for all.',
    'tfjs has no bias here.',
    '',
    `${''.padEnd(30)} ${['shapelint', 'ort-web', 'tfjs', 'tfjs, resident'].map((name) => name.padStart(14)).join(' ')}  / ort  /tfjs  /res. goal`,
  ].join('\n'),
);
for (const layer of LAYERS) await measure(layer);
