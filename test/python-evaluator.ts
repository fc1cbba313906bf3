// A tiny evaluator of Python's integer expressions, apart from ours: what the text form of a size has to mean.

/** The number that `text` is in Python with numbers for its names: `+ - * // **`, brackets, `min`, `max` and `int`. */
export function evaluatePython(text: string, values: Readonly<Record<string, number>>): number {
  const tokens = text.match(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|\w+|\*\*|\/\/|[-+*(),]/g) ?? [];
  let at = 0;

  const accept = (token: string) => {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  };
  const expect = (token: string) => {
    if (!accept(token)) throw new Error(`${token} expected, not ${tokens[at] ?? 'the end'} in ${text}`);
  };

  const sum = (): number => {
    let value = product();
    for (;;) {
      if (accept('+')) value += product();
      else if (accept('-')) value -= product();
      else return value;
    }
  };
  const product = (): number => {
    let value = unary();
    for (;;) {
      if (accept('*')) value *= unary();
      else if (accept('//')) value = Math.floor(value / unary());
      else return value;
    }
  };
  const unary = (): number => (accept('-') ? -unary() : power());
  const power = (): number => {
    const base = atom();
    return accept('**') ? base ** unary() : base;
  };
  const list = (): number[] => {
    const items = [sum()];
    while (accept(',')) items.push(sum());
    return items;
  };
  const atom = (): number => {
    if (accept('(')) {
      const value = sum();
      expect(')');
      return value;
    }
    const token = tokens[at++] ?? '';
    if (/^\d/.test(token)) return Number(token);
    if (!accept('(')) {
      const value = values[token];
      if (value === undefined) throw new Error(`no value for ${token} in ${text}`);
      return value;
    }
    const items = list();
    expect(')');
    switch (token) {
      case 'min':
        return Math.min(...items);
      case 'max':
        return Math.max(...items);
      case 'int':
        return Math.trunc(items[0] ?? NaN);
      default:
        throw new Error(`no function ${token} in ${text}`);
    }
  };

  const value = sum();
  if (at < tokens.length) throw new Error(`${tokens[at] ?? ''} is left over in ${text}`);
  return value;
}
