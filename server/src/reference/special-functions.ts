// Functions that JavaScript does not have, to the precision of float64 or nearly so.

/**
 * The error function, by the series 2/sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1))
 * (Abramowitz and Stegun 7.1.6), whose terms have one sign, so that nothing cancels.
 */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  // Beyond 6 the result is 1 in float64.
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** The whole number nearest to a value; of two that are as near, the even one. */
export function roundHalfToEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest === 0.5) return down % 2 === 0 ? down : down + 1;
  return rest < 0.5 ? down : down + 1;
}

/** C's pow, which differs from JavaScript's where the base is 1 or -1 and the exponent is no number of its own. */
export function power(base: number, exponent: number): number {
  return base === 1 || (base === -1 && Math.abs(exponent) === Infinity) ? 1 : base ** exponent;
}
