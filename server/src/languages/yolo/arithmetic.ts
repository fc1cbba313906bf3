// Arguments such as `na * (nc + 5)`, which the older parsers hand to Python's eval.

const TOKEN = /\s*(?:(?<number>\d+)|(?<name>[A-Za-z_]\w*)|(?<sign>\/\/|[-+*()]))/y;

/** No longer text is worked out. */
const LONGEST = 100;

/** Whole numbers and names with + - * // and brackets; undefined for all else, and where a name has no value. */
export function arithmetic(text: string, valueOf: (name: string) => number | undefined): number | undefined {
  const tokens = text.length > LONGEST ? undefined : tokensOf(text.trimEnd(), valueOf);
  if (tokens === undefined) return undefined;
  let at = 0;
  const takes = (...signs: readonly string[]) => {
    const token = tokens[at];
    if (typeof token !== 'string' || !signs.includes(token)) return undefined;
    at++;
    return token;
  };
  const factor = (): number | undefined => {
    if (takes('-') !== undefined) {
      const value = factor();
      return value === undefined ? undefined : -value;
    }
    if (takes('(') !== undefined) {
      const value = sum();
      return takes(')') === undefined ? undefined : value;
    }
    const token = tokens[at++];
    return typeof token === 'number' ? token : undefined;
  };
  const chain = (part: () => number | undefined, ...signs: readonly string[]): number | undefined => {
    let value = part();
    for (let sign = takes(...signs); sign !== undefined && value !== undefined; sign = takes(...signs)) {
      const next = part();
      value = next === undefined ? undefined : apply(sign, value, next);
    }
    return value;
  };
  const product = () => chain(factor, '*', '//');
  const sum = (): number | undefined => chain(product, '+', '-');
  const value = sum();
  return at === tokens.length && Number.isSafeInteger(value) ? value : undefined;
}

function apply(sign: string, a: number, b: number): number | undefined {
  if (sign === '//') return b === 0 ? undefined : Math.floor(a / b);
  return sign === '+' ? a + b : sign === '-' ? a - b : a * b;
}

function tokensOf(text: string, valueOf: (name: string) => number | undefined): (number | string)[] | undefined {
  const tokens: (number | string)[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text)?.groups;
    if (found === undefined) return undefined;
    const { number, name, sign } = found;
    const token = number !== undefined ? Number(number) : name !== undefined ? valueOf(name) : sign;
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}
